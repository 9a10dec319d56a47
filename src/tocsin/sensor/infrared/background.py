"""What lies behind a plume: dark space above the limb, the night side, or sunlit cloud."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.catalogue.assumed import assumed, check_assumed
from tocsin.errors import TocsinError
from tocsin.sensor.given import numbers
from tocsin.sensor.infrared.transmission import ABSORBERS, MEAN_RADIUS, Absorbers, band_transmission

Array = NDArray[np.float64]


@final
@dataclass(frozen=True, slots=True)
class Background:
    """Noise over that against dark space, where the line of sight ends on the Earth."""

    earth: float = assumed(1.1, 1.0, 1.5, "", "before the Earth by night")
    sunlit: float = assumed(3.0, 1.2, 10.0, "", "before white cloud with no air above it, the Sun overhead")
    cloud_top_m: float = assumed(8e3, 0.0, 14e3, "m", "of the clouds behind the plume", zero=True)

    def __post_init__(self) -> None:
        check_assumed(self)
        if not 1.0 <= self.earth <= self.sunlit:
            raise TocsinError(
                f"Background: earth = {self.earth:g} and sunlit = {self.sunlit:g} are factors on the noise "
                "against dark space: give 1 <= earth <= sunlit"
            )


BACKGROUND = Background()


def background_factor(
    r: Array,
    r_sensor: Array,
    r_sun: Array,
    background: Background = BACKGROUND,
    absorbers: Absorbers = ABSORBERS,
) -> Array:
    """Noise (n,) over that against dark space for lines of sight from r_sensor (n, 3) to r (n, 3).

    A line that misses the clouds' sphere has dark space behind it: 1. Where it meets them,
    f^2 = earth^2 + (sunlit^2 - earth^2) cos z_sun T(z_sun) T(z_view): variances of backgrounds add, and
    sunlight passes the absorbing air above the cloud twice. r_sun: the Sun's place (3,) or (n, 3), m or
    any length, in the same axes. That scattering is no more than Lambert's is left to the false looks.
    """
    at, s, sun = (numbers("position (m)", v) for v in (r, r_sensor, r_sun))
    u = (at - s) / np.linalg.norm(at - s, axis=-1, keepdims=True)
    middle = np.sum(s * u, axis=-1)
    radius = MEAN_RADIUS + background.cloud_top_m
    inside = middle**2 - np.sum(s**2, axis=-1) + radius**2
    behind = (inside > 0.0) & (middle < 0.0)
    p = s - (middle + np.sqrt(np.maximum(inside, 0.0)))[..., None] * u
    normal = p / np.linalg.norm(p, axis=-1, keepdims=True)
    cos_sun = np.clip(np.sum(normal * sun, axis=-1) / np.linalg.norm(sun, axis=-1), 0.0, 1.0)
    cos_view = np.clip(-np.sum(normal * u, axis=-1), 0.0, 1.0)
    lit = cos_sun * _through(cos_sun, background, absorbers) * _through(cos_view, background, absorbers)
    noise2 = background.earth**2 + (background.sunlit**2 - background.earth**2) * lit
    return np.where(behind, np.sqrt(noise2), 1.0)


def _through(cosine: ArrayLike, background: Background, absorbers: Absorbers) -> Array:
    return band_transmission(background.cloud_top_m, np.arccos(cosine), absorbers)
