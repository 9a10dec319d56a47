"""The Sun in or near a telescope's field: hidden by the Earth, raising the noise, or blinding."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue.assumed import assumed, check_assumed
from tocsin.errors import TocsinError
from tocsin.sensor.given import numbers
from tocsin.sensor.infrared.limb import limb
from tocsin.sensor.measurement import nadir_axes

Array = NDArray[np.float64]
R_SUN = 6.957e8  # m, the IAU's nominal solar radius (resolution B3 of 2015)


@final
@dataclass(frozen=True, slots=True)
class SunLimits:
    """How a telescope bears the Sun: angles from its boresight (rad)."""

    exclusion: float = assumed(
        math.radians(15.0), math.radians(8.0), math.radians(30.0), "rad", "blind within"
    )
    near: float = assumed(math.radians(30.0), math.radians(20.0), math.radians(45.0), "rad", "noisy within")
    power: float = assumed(2.0, 1.0, 3.0, "", "of the growth of stray light toward the Sun", zero=True)
    air_m: float = assumed(10e3, 0.0, 20e3, "m", "below which the limb's air hides the Sun", zero=True)

    def __post_init__(self) -> None:
        check_assumed(self)
        if not self.exclusion <= self.near <= math.pi:
            raise TocsinError(
                f"SunLimits: exclusion {math.degrees(self.exclusion):g} deg and near "
                f"{math.degrees(self.near):g} deg: give exclusion <= near <= 180 deg"
            )


SUN_LIMITS = SunLimits()


@final
@dataclass(frozen=True, slots=True, eq=False)
class SunField:
    """Where the Sun stands, each (n,).

    angle: from the boresight (rad); above_limb: of the Sun's centre over the Earth's limb, below 0 where that
    hides it (rad); visible: share of its disc; noise: over that without it, infinite where blind.
    """

    angle: Array
    above_limb: Array
    visible: Array
    noise: Array

    @property
    def blind(self) -> NDArray[np.bool_]:
        """Where the telescope sees nothing (n,)."""
        return np.isinf(self.noise)


def sun_field(
    r_satellite: Array, r_sun: Array, boresight: Array | None = None, limits: SunLimits = SUN_LIMITS
) -> SunField:
    """The Sun's effect at satellite positions (n, 3) for Sun positions (n, 3) or (3,), Earth-fixed m.

    boresight: (n, 3) or (3,), of any length; nadir unless given. With v the share of the disc not hidden,
    noise = 1 + v ((near / angle)^power - 1) within `near`, and infinite within `exclusion` if v > 0. The limb
    is taken as straight across the Sun's disc: v = 1/2 + (x sqrt(1 - x^2) + asin x) / pi, x above_limb in
    radii.
    """
    s, sun = np.atleast_2d(numbers("satellite (m)", r_satellite)), numbers("Sun (m)", r_sun)
    d = sun - s
    distance = np.linalg.norm(d, axis=-1)
    east, north, nadir = nadir_axes(s)
    p, q, w = (np.sum(d * axis, axis=-1) for axis in (east, north, nadir))
    edge, _ = limb(s, np.arctan2(p, q), limits.air_m)
    above = np.arctan2(np.hypot(p, q), w) - edge
    x = np.clip(above / np.arcsin(R_SUN / distance), -1.0, 1.0)
    visible = 0.5 + (x * np.sqrt(1.0 - x**2) + np.arcsin(x)) / np.pi
    axis = nadir if boresight is None else np.broadcast_to(numbers("boresight", boresight), s.shape)
    if not np.all(np.any(axis != 0.0, axis=-1)):
        raise TocsinError("boresight: a direction of no length; give a vector, or none for nadir")
    angle = np.arctan2(np.linalg.norm(np.cross(axis, d), axis=-1), np.sum(axis * d, axis=-1))
    louder = (limits.near / np.clip(angle, limits.exclusion, limits.near)) ** limits.power
    noise = 1.0 + visible * (louder - 1.0)
    return SunField(
        angle, above, visible, np.where((visible > 0.0) & (angle < limits.exclusion), np.inf, noise)
    )
