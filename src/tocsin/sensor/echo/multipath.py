"""Elevation errors from the echo's image in the ground: their size, and draws correlated over elevation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.catalogue.assumed import assumed, check_assumed
from tocsin.sensor.given import numbers, positive

Array = NDArray[np.float64]


@final
@dataclass(frozen=True, slots=True)
class Ground:
    """The ground before an array; none of it is published for any site."""

    reflection: float = assumed(0.4, 0.1, 0.9, "", "amplitude of the image; low over rough land", zero=True)
    sidelobe_ratio: float = assumed(
        200.0, 50.0, 1000.0, "", "power of the beam over its difference sidelobes"
    )
    height_m: float = assumed(15.0, 10.0, 30.0, "m", "of the array's phase centre above the ground")

    def __post_init__(self) -> None:
        check_assumed(self)


GROUND = Ground()


def multipath_sigma(elevation: ArrayLike, beamwidth: ArrayLike, ground: Ground = GROUND) -> Array:
    """1-sigma elevation error rad from the image: rho beamwidth / sqrt(8 G), after Barton and Ward.

    G is the power ratio of the beam to its difference pattern toward the image, 2 el below the beam's axis:
    1 / G = 2^(-4 (2 el / beamwidth)^2) + 1 / sidelobe_ratio, a Gaussian main lobe on top of sidelobes. So it
    grows below one beamwidth above the ground, to rho beamwidth / 2.8 at the horizon.
    """
    width = positive("beamwidth (rad)", beamwidth)
    x = 2.0 * numbers("elevation (rad)", elevation, 0.0, np.pi / 2) / width
    toward = np.exp2(-4.0 * x * x) + 1.0 / ground.sidelobe_ratio
    return np.asarray(ground.reflection * width * np.sqrt(toward / 8.0))


def correlation_length(wavelength_m: float, ground: Ground = GROUND) -> float:
    """Elevation rad over which the error stays alike: lambda / (4 pi h), the lobes' spacing over 2 pi.

    Lobes lambda / (2h) apart have the correlation cos(4 pi h d / lambda), whose bend at d = 0 is that of the
    exp(-d^2 / (2 l^2)) used here; heights that differ across the array wash out what lies further.
    """
    return float(positive("wavelength (m)", wavelength_m)) / (4.0 * np.pi * ground.height_m)


@final
@dataclass(frozen=True, slots=True)
class MultipathDraw:
    """The unit errors of n passes as functions of elevation: angular frequencies and phases (n, lobes)."""

    frequency: Array
    phase: Array

    def unit_error(self, elevation: ArrayLike) -> Array:
        """Errors (n, k) of mean square 1 at elevations (n, k) rad; times `multipath_sigma` they are angles.

        sqrt(2 / m) sum_j cos(w_j el + phi_j). The same elevation of the same pass has the same error,
        however often it is asked.
        """
        el = numbers("elevation (rad)", elevation, 0.0, np.pi / 2)
        out = np.zeros((len(self.frequency), el.shape[-1]))
        for w, phi in zip(self.frequency.T, self.phase.T, strict=True):
            out += np.cos(w[:, None] * el + phi[:, None])
        return np.asarray(np.sqrt(2.0 / self.frequency.shape[1]) * out)


def draw_multipath(n: int, length: float, rng: np.random.Generator, lobes: int = 24) -> MultipathDraw:
    """One draw for each of n passes: over draws the correlation is exp(-d^2 / (2 length^2)), length rad.

    Frequencies are normal with sigma 1 / length, phases uniform (random Fourier features, Rahimi and Recht
    2007); `lobes` of them are near enough to a Gaussian process (kurtosis short by 1.5 / lobes).
    """
    scale = float(positive("correlation length (rad)", length))
    frequency = rng.standard_normal((n, lobes)) / scale
    return MultipathDraw(frequency, rng.uniform(0.0, 2.0 * np.pi, (n, lobes)))
