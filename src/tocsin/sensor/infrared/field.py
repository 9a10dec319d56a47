"""A telescope's field: the whole disc of the Earth, or a band about its limb against dark space."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue import Satellite
from tocsin.earth.constants import R_EQ
from tocsin.sensor.infrared.limb import limb, meets
from tocsin.sensor.measurement import nadir_axes

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]
FAR_M, DISC_RAD = 4e7, 0.15  # a typical distance, and the radius of the Earth's disc from there


def in_field(satellite: Satellite, r: Array, r_satellite: Array) -> Bools:
    """Whether the lines of sight from r_satellite to r, each (n, 3) m, lie in the field (n,).

    With the whole disc all do, those beside the Earth as well. Else those whose angle from nadir is between
    the limb's less `limb_depth_deg` and that of the surface `limb_top_km` above the Earth.
    """
    if satellite.limb_depth_deg is None:
        return np.ones(len(r), dtype=bool)
    d = r - r_satellite
    p, q, w = (np.sum(d * axis, axis=-1) for axis in nadir_axes(r_satellite))
    angle = np.arctan2(np.hypot(p, q), w)
    low, high = _edges(satellite, r_satellite, np.arctan2(p, q))
    return np.asarray((angle >= low) & (angle <= high))


def draw_in_field(satellite: Satellite, r_satellite: Array, rng: np.random.Generator) -> Array:
    """Focal angles (n, 2) rad, one for each satellite position (n, 3) m, even over the disc or the band."""
    share = rng.random(len(r_satellite))
    turn = rng.uniform(0.0, 2.0 * np.pi, len(r_satellite))
    low, high = _edges(satellite, r_satellite, 0.5 * np.pi - turn)
    across = np.tan(np.sqrt(low**2 + share * (high**2 - low**2)))
    return np.asarray(np.arctan(across[:, None] * np.stack([np.cos(turn), np.sin(turn)], axis=-1)))


def field_solid_angle(satellite: Satellite) -> float:
    """Solid angle, sr, over which `draw_in_field` spreads from a typical distance."""
    if satellite.limb_depth_deg is None:
        return math.pi * DISC_RAD**2
    low = DISC_RAD - math.radians(satellite.limb_depth_deg)
    return math.pi * ((DISC_RAD + _top_m(satellite) / FAR_M) ** 2 - max(low, 0.0) ** 2)


def behind_the_earth(r: Array, r_satellite: Array, height_m: float) -> Bools:
    """Whether the surface at a height stands between r_satellite and r, each (n, 3) m: (n,)."""
    d = r - r_satellite
    first = np.linalg.norm(meets(r_satellite, d, height_m) - r_satellite, axis=-1)
    # A point on that very surface is not behind it: a metre for the rounding.
    return np.asarray(first < np.linalg.norm(d, axis=-1) - 1.0)


def _edges(satellite: Satellite, r_satellite: Array, azimuth: Array) -> tuple[Array, Array]:
    """Least and greatest angle (n,) rad from nadir, at azimuths (n,), of what the field has of the Earth."""
    if satellite.limb_depth_deg is None:
        high = np.arcsin(R_EQ / np.linalg.norm(r_satellite, axis=-1))
        return np.zeros_like(high), high
    top = _top_m(satellite)
    low = limb(r_satellite, azimuth, 0.0)[0] - math.radians(satellite.limb_depth_deg)
    return np.maximum(low, 0.0), limb(r_satellite, azimuth, top)[0]


def _top_m(satellite: Satellite) -> float:
    return 1e3 * (satellite.limb_top_km or 0.0)
