"""The Sun and the Moon, where an observer at the Earth's centre sees them."""

import erfa
import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.earth.celestial import TT_TAI, gcrs_to_itrs
from tocsin.earth.constants import C_LIGHT
from tocsin.earth.time import DAY, JD_EPOCH

Array = NDArray[np.float64]

AU = 149597870700.0  # m, by definition
SUN_LIGHT_S = AU / C_LIGHT


def _tt(t_tai: Array) -> tuple[Array, Array]:
    """Terrestrial time as a Julian date in two parts."""
    days = np.floor(t_tai / DAY)
    return JD_EPOCH + days, (t_tai - days * DAY + TT_TAI) / DAY


def sun_ecef(t_tai: ArrayLike) -> Array:
    """Earth-fixed position (n, 3) m of the Sun at times t_tai (n,), by light that left it 499 s before.

    Minus the Earth's heliocentric place of SOFA's `epv00` (5 km), aberration (20 arc seconds) and light time
    being the same thing for the Sun seen from an Earth that moves. To 1e-3 deg.
    """
    t = np.asarray(t_tai, dtype=np.float64).reshape(-1)
    tt1, tt2 = _tt(t)
    earth = np.asarray(erfa.epv00(tt1, tt2 - SUN_LIGHT_S / DAY)[0]["p"]) * AU
    return np.asarray(np.einsum("nij,nj->ni", gcrs_to_itrs(t), -earth))


def moon_ecef(t_tai: ArrayLike) -> Array:
    """Earth-fixed position (n, 3) m of the Moon's centre at times t_tai (n,), by light of 1.3 s before.

    SOFA's `moon98` (Meeus's series: some 10 arc seconds and 20 km).
    """
    t = np.asarray(t_tai, dtype=np.float64).reshape(-1)
    tt1, tt2 = _tt(t)
    now = np.asarray(erfa.moon98(tt1, tt2)["p"]) * AU
    light = np.linalg.norm(now, axis=-1) / C_LIGHT
    then = np.asarray(erfa.moon98(tt1, tt2 - light / DAY)["p"]) * AU
    return np.asarray(np.einsum("nij,nj->ni", gcrs_to_itrs(t), then))
