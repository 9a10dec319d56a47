"""Radio refractivity of the ionosphere: one Chapman layer of a given vertical content."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.catalogue.assumed import assumed, check_assumed
from tocsin.sensor.given import numbers, positive

Array = NDArray[np.float64]
TECU = 1e16  # electrons/m2
# e^2 / (8 pi^2 eps_0 m_e), m3/s2 (CODATA 2018).
PLASMA = 1.602176634e-19**2 / (8.0 * math.pi**2 * 8.8541878128e-12 * 9.1093837015e-31)
# What a layer of unit peak density and scale holds from -infinity to infinity.
CHAPMAN_AREA = math.sqrt(2.0 * math.pi * math.e)


@final
@dataclass(frozen=True, slots=True)
class Ionosphere:
    """An alpha-Chapman layer: n_e = n_m exp((1 - z - exp(-z)) / 2), z = (h - peak_m) / scale_m.

    tecu is the whole vertical content in 1e16 electrons/m2, so n_m = tecu 1e16 / (scale_m sqrt(2 pi e)).
    Spherically layered: no tilt, no bubbles, no magnetic field.
    """

    tecu: float = assumed(20.0, 5.0, 100.0, "TECU", "a quiet day; 50 of an active one", zero=True)
    peak_m: float = assumed(350e3, 250e3, 400e3, "m", "height of the densest place")
    scale_m: float = assumed(70e3, 50e3, 90e3, "m", "scale height at the peak: 290 km of equal thickness")

    def __post_init__(self) -> None:
        check_assumed(self)


IONOSPHERE = Ionosphere()
NO_IONOSPHERE = Ionosphere(tecu=0.0)


def electron_density(height_m: ArrayLike, ionosphere: Ionosphere = IONOSPHERE) -> Array:
    """Electrons per m3 (...) at heights (...) m."""
    z = (numbers("height (m)", height_m) - ionosphere.peak_m) / ionosphere.scale_m
    most = ionosphere.tecu * TECU / (ionosphere.scale_m * CHAPMAN_AREA)
    # Below -40 the exponential of an exponential is 0 in any case.
    return np.asarray(most * np.exp(0.5 * (1.0 - z - np.exp(-np.maximum(z, -40.0)))))


def plasma_refractivity(
    height_m: ArrayLike, frequency_hz: ArrayLike, ionosphere: Ionosphere = IONOSPHERE
) -> Array:
    """X = 40.3 n_e / f^2 (...): the phase index is 1 - X, the group index 1 + X.

    The first order (ITU-R P.531): the next term of the group index is 3 X^2 / 2, 0.4 % of the delay where
    the layer of 50 TECU is densest, at 155 MHz.
    """
    f = positive("frequency (Hz)", frequency_hz)
    return np.asarray(PLASMA * electron_density(height_m, ionosphere) / f**2)


def zenith_group_delay(frequency_hz: ArrayLike, ionosphere: Ionosphere = IONOSPHERE) -> Array:
    """Excess range (...) m straight up through the whole layer: 40.3 TEC / f^2; 839 m at 155 MHz, 50 TECU."""
    return np.asarray(PLASMA * ionosphere.tecu * TECU / positive("frequency (Hz)", frequency_hz) ** 2)
