"""Availability: for what share of a time a network's satellites have a place in view."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.catalogue import Network
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.errors import TocsinError
from tocsin.sensor.coverage import seen_along
from tocsin.sensor.given import numbers
from tocsin.sensor.view import MIN_ELEVATION_DEG

HEIGHT_M = 15e3
"""Height of the place that is looked at: a plume above the clouds, as in the study of ideal coverage."""


@final
@dataclass(frozen=True, slots=True)
class Availability:
    """Shares of a time (0 to 1) with one satellite at least, and with two; the longest time without, s."""

    one: float
    two: float
    longest_gap_s: float


def availability(
    network: Network,
    lat_deg: float,
    lon_deg: float,
    t_tai: ArrayLike,
    height_m: float = HEIGHT_M,
    min_elevation_deg: float = MIN_ELEVATION_DEG,
) -> Availability:
    """How far a network's satellites have a place (deg, and m above the ellipsoid) in view over t_tai (n,).

    Each time, TAI s, stands for what lies until the next; the last for as long as the one before it. Ideal:
    a sensor of the whole disc that never fails, so an upper bound. Raises TocsinError for fewer than two
    times, times that do not rise, a place that is none, and as `seen_along`.
    """
    t = numbers("availability, time (TAI s)", t_tai)
    if t.ndim != 1 or len(t) < 2 or not np.all(np.diff(t) > 0.0):
        raise TocsinError(
            "availability: the times are not two or more that rise: give such, 120 s apart, say"
        )
    lat = math.radians(float(numbers("availability, latitude (deg)", lat_deg, -90.0, 90.0)))
    lon = math.radians(float(numbers("availability, longitude (deg)", lon_deg, -360.0, 360.0)))
    r = ecef_from_geodetic(lat, lon, float(numbers("availability, height (m)", height_m, -1e3, 1e9)))
    along = seen_along(network, t, r, min_elevation_deg=min_elevation_deg)
    seen = along.seen[: len(network.satellites)].sum(axis=0)
    lasts = np.append(np.diff(t), t[-1] - t[-2])
    whole = float(lasts.sum())
    return Availability(
        float(lasts[seen >= 1].sum()) / whole,
        float(lasts[seen >= 2].sum()) / whole,
        _longest(seen == 0, lasts),
    )


def _longest(without: NDArray[np.bool_], lasts: NDArray[np.float64]) -> float:
    """The longest sum of consecutive durations (n,) over which `without` (n,) holds."""
    edge = np.diff(np.concatenate([[False], without, [False]]).astype(np.int8))
    begin, end = np.flatnonzero(edge > 0), np.flatnonzero(edge < 0)
    ends = np.concatenate([[0.0], np.cumsum(lasts)])
    return float(np.max(ends[end] - ends[begin], initial=0.0))
