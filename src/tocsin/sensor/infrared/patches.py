"""Patches of high cloud as a satellite sees them: round the limb, over the globe, about a line of sight."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import R_EQ
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.errors import TocsinError
from tocsin.sensor.infrared.limb import limb, meets
from tocsin.sensor.infrared.transmission import zenith_angle

Array = NDArray[np.float64]
GOLDEN_TURN = math.pi * (3.0 - math.sqrt(5.0))


@final
@dataclass(frozen=True, slots=True, eq=False)
class Patches:
    """Patches at Earth-fixed r (n, 3) m, each of a solid angle (n,) sr at the satellite.

    wide (n,): the side along the limb, rad; the other, toward nadir, is what gives the solid angle.
    """

    r: Array
    solid_angle: Array
    wide: Array

    def where(self, mask: NDArray[np.bool_]) -> Patches:
        """The patches of a mask."""
        return Patches(self.r[mask], self.solid_angle[mask], self.wide[mask])


def limb_ring(r_satellite: Array, count: int, height_m: float, thickness_m: float) -> Patches:
    """The points where `count` lines of sight, even in azimuth, touch the cloud's height; north first.

    Each stands for a strip as wide as the azimuths are apart and as high as the layer is thick.
    """
    _check("count", count)
    azimuth = 2.0 * np.pi * np.arange(count) / count
    angle, r = limb(r_satellite, azimuth, height_m)
    distance = np.linalg.norm(r - r_satellite, axis=-1)
    wide = 2.0 * np.pi / count * np.sin(angle)
    return Patches(r, wide * thickness_m / distance, wide)


def globe(r_satellite: Array, count: int, height_m: float) -> Patches:
    """Those of `count` points, of equal area over the whole globe, that the satellite has above its horizon.

    Solid angle: area cos(zenith angle) / distance^2. Points: even in sin(latitude), longitude by the
    golden turn.
    """
    _check("count", count)
    k = np.arange(count)
    lat = np.arcsin(1.0 - (2.0 * k + 1.0) / count)
    r = ecef_from_geodetic(lat, np.mod(k * GOLDEN_TURN, 2.0 * np.pi), height_m)
    cosine = np.cos(zenith_angle(r, r_satellite))
    seen = cosine > 0.0
    distance = np.linalg.norm(r[seen] - r_satellite, axis=-1)
    area = 4.0 * np.pi * (R_EQ + height_m) ** 2 / count
    solid_angle = area * cosine[seen] / distance**2
    return Patches(r[seen], solid_angle, np.sqrt(solid_angle))


def cone(r_satellite: Array, r_aim: Array, half_angle: float, count: int, height_m: float) -> Patches:
    """Where `count` lines of sight, within half_angle (rad) of that to r_aim (3,), meet the cloud's height.

    The lines share the cone's solid angle evenly; those that pass over the cloud are left out.
    """
    _check("count", count)
    if not 0.0 < half_angle < 0.5 * np.pi:
        raise TocsinError(f"half_angle: {half_angle:g} rad is not possible: give one between 0 and pi / 2")
    axis = (r_aim - r_satellite) / np.linalg.norm(r_aim - r_satellite)
    side = np.cross(axis, np.eye(3)[np.argmin(np.abs(axis))])
    side /= np.linalg.norm(side)
    k = np.arange(count)
    cosine = 1.0 - (1.0 - math.cos(half_angle)) * (k + 0.5) / count
    turn = k * GOLDEN_TURN
    across = np.cos(turn)[:, None] * side + np.sin(turn)[:, None] * np.cross(axis, side)
    lines = cosine[:, None] * axis + np.sqrt(1.0 - cosine**2)[:, None] * across
    r = meets(r_satellite, lines, height_m)
    hit = np.isfinite(r[:, 0])
    each = np.full(int(hit.sum()), 2.0 * np.pi * (1.0 - math.cos(half_angle)) / count)
    return Patches(r[hit], each, np.sqrt(each))


def _check(name: str, count: int) -> None:
    if count < 1:
        raise TocsinError(f"{name}: {count} patches are none: give 1 or more")
