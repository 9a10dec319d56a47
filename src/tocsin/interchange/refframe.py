"""Reference frames by the names that CCSDS messages give them."""

import re
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from tocsin.earth.celestial import States, itrs_from_eme2000, itrs_from_gcrs, itrs_from_teme

Converter = Callable[[ArrayLike, ArrayLike, ArrayLike], States]

FRAMES = "ITRF (any realisation), EME2000, GCRF, ICRF or TEME"
_CELESTIAL = {
    "EME2000": itrs_from_eme2000,
    "J2000": itrs_from_eme2000,
    "GCRF": itrs_from_gcrs,
    "GCRS": itrs_from_gcrs,
    "ICRF": itrs_from_gcrs,
    "TEME": itrs_from_teme,
    "TEMEOFDATE": itrs_from_teme,
}


def to_itrs(name: str) -> Converter | None:
    """What takes times, positions and velocities of the frame called `name` to the ITRS; None if unknown.

    Velocities of an ITRF are relative to the rotating Earth already. Realisations of the ITRF differ by
    centimetres, and are taken as one. Source of the names: CCSDS 502.0-B-3, annex B, and its SANA registry.
    """
    if re.fullmatch(r"ITR[FS](-?(\d\d|\d{4}))?", name, re.ASCII):
        return _same
    return _CELESTIAL.get("ICRF" if re.fullmatch(r"ICRF\d", name, re.ASCII) else name)


def _same(t_tai: ArrayLike, r: ArrayLike, v: ArrayLike) -> States:
    return np.asarray(r, dtype=np.float64), np.asarray(v, dtype=np.float64)
