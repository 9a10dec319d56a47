"""Telling less than is known: coarser places, and covariances that say so."""

from __future__ import annotations

import math

import numpy as np
from msgspec import structs
from numpy.typing import NDArray

from tocsin.assess.assessment import Ellipse, Place, StateEstimate

Array = NDArray[np.float64]
METRES_PER_DEG = math.pi / 180.0 * 6371e3
LEAST_COSINE = 0.01


def floored(P: Array, floor: float) -> Array:
    """P (n, n) with no eigenvalue below floor^2: P' = P + U max(floor^2 - w, 0) U^T, so P' - P >= 0."""
    if floor <= 0.0:
        return P
    w, u = np.linalg.eigh((P + P.T) / 2.0)
    added = (u * np.maximum(floor**2 - w, 0.0)) @ u.T
    return np.asarray(P + (added + added.T) / 2.0)


def coarse_state(
    state: StateEstimate, position_step_m: float, position_floor_m: float, velocity_floor_m_s: float
) -> StateEstimate:
    """A state whose position is rounded to a grid, and whose covariance is no smaller than before.

    The rounding's variance, step^2 / 12 on each axis (uniform error), is added to the position's block, then
    the position's and the velocity's blocks are floored. With nothing to coarsen it is the same state.
    """
    x, P = list(state.x), np.array(state.P).reshape(6, 6)
    if position_step_m > 0.0:
        x[:3] = [round(v / position_step_m) * position_step_m for v in x[:3]]
        P[range(3), range(3)] += position_step_m**2 / 12.0
    P[:3, :3] = floored(P[:3, :3], position_floor_m)
    P[3:, 3:] = floored(P[3:, 3:], velocity_floor_m_s)
    return StateEstimate(t=state.t, x=tuple(x), P=tuple(float(v) for v in P.ravel()))


def coarse_place(place: Place, step_m: float, floor_m: float) -> Place:
    """A place rounded to a grid of latitude and longitude, its regions widened as a state's covariance."""
    if step_m > 0.0:
        north = step_m / METRES_PER_DEG
        lat = round(place.lat_deg / north) * north
        east = north / max(math.cos(math.radians(lat)), LEAST_COSINE)
        lon = round(place.lon_deg / east) * east
        place = structs.replace(
            place, lat_deg=min(max(lat, -90.0), 90.0), lon_deg=min(max(lon, -180.0), 180.0)
        )
    return structs.replace(
        place,
        ellipse_50_km=_wider(place.ellipse_50_km, 0.5, step_m, floor_m),
        ellipse_90_km=_wider(place.ellipse_90_km, 0.9, step_m, floor_m),
    )


def _wider(ellipse: Ellipse, probability: float, step_m: float, floor_m: float) -> Ellipse:
    """The region after rounding: semi-axes are sqrt(-2 ln(1 - p)) sigmas of a two-dimensional Gaussian."""
    sigmas = math.sqrt(-2.0 * math.log(1.0 - probability)) / 1e3
    added, least = sigmas * step_m / math.sqrt(12.0), sigmas * floor_m
    major, minor = (max(math.hypot(a, added), least) for a in (ellipse.semi_major_km, ellipse.semi_minor_km))
    return Ellipse(major, minor, ellipse.azimuth_deg)
