"""Coverage: which sensors of a network have a point, a path or a height shell in view, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.catalogue import Network
from tocsin.catalogue.network import MAX_ELEMENT_AGE_DAYS
from tocsin.earth.ellipsoid import ecef_from_geodetic, geodetic_from_ecef, verticals
from tocsin.earth.time import DAY
from tocsin.errors import TocsinError
from tocsin.motion.orbit import satellite_states
from tocsin.sensor.given import numbers
from tocsin.sensor.view import MIN_ELEVATION_DEG, radar_sees, satellite_sees

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]
LEAST_STEP_DEG = 0.05


@final
@dataclass(frozen=True, slots=True)
class Along:
    """Who has a path in view: keys (s) of satellites, then of radars; t (n,) TAI s; seen (s, n)."""

    keys: tuple[str, ...]
    t: Array
    seen: Bools

    def first(self, key: str) -> float | None:
        """The first of the times at which this sensor has the path in view; None if there is none."""
        seen = self.seen[self.keys.index(key)]
        return float(self.t[np.argmax(seen)]) if seen.any() else None

    def spans(self, key: str) -> Array:
        """First and last time (k, 2) of each stretch of times over which this sensor has the path in view."""
        edge = np.diff(np.concatenate([[False], self.seen[self.keys.index(key)], [False]]).astype(np.int8))
        return np.stack([self.t[np.flatnonzero(edge > 0)], self.t[np.flatnonzero(edge < 0) - 1]], axis=-1)


@final
@dataclass(frozen=True, slots=True)
class Grid:
    """Who has a height shell in view: keys (s); cell centres lat_deg (a,), lon_deg (b,); seen (s, a, b)."""

    keys: tuple[str, ...]
    t: float
    height_m: float
    lat_deg: Array
    lon_deg: Array
    seen: Bools


def sensor_keys(network: Network) -> tuple[str, ...]:
    """The keys of a network's sensors in the order of coverage: satellites, then radars."""
    return (*(s.key for s, _ in network.satellites), *(r.key for r in network.radars))


def seen_along(
    network: Network,
    t_tai: ArrayLike,
    r_ecef: ArrayLike,
    refraction: bool = False,
    min_elevation_deg: float = MIN_ELEVATION_DEG,
    any_age: bool = False,
) -> Along:
    """Which sensors have a point in view that is at r_ecef (n, 3) m, or stays at (3,), at t_tai (n,) TAI s.

    By geometry alone (`satellite_sees`, `radar_sees`): whether it shines or how large it is, is not asked.
    Raises TocsinError for a time or place that is no number, and, but for any_age, for times more than 60
    days from a satellite's element set.
    """
    t = numbers("coverage, time (TAI s)", np.atleast_1d(t_tai))
    r = numbers("coverage, position (m)", r_ecef)
    if t.ndim != 1 or r.shape not in ((3,), (len(t), 3)):
        raise TocsinError(
            f"coverage: {t.shape} times and {r.shape} positions do not fit: give n times, and (n, 3) or (3,)"
        )
    if not any_age:
        _refuse_old_elements(network, t)
    r = np.broadcast_to(r, (len(t), 3))
    lat, lon, height = geodetic_from_ecef(r)
    return Along(
        sensor_keys(network),
        t,
        _seen(network, t, r, verticals(lat, lon), height, refraction, min_elevation_deg),
    )


def coverage_grid(
    network: Network,
    t_tai: float,
    height_m: float,
    step_deg: float = 0.5,
    refraction: bool = False,
    min_elevation_deg: float = MIN_ELEVATION_DEG,
) -> Grid:
    """Which sensors have each cell of a shell of one geodetic height (m) in view at t_tai (TAI s).

    Cells of step_deg, seen at their centres: 360 x 720 at half a degree. `seen.sum(axis=0)` counts the
    sensors. Raises TocsinError for a step that does not divide 180 deg, and as `seen_along`.
    """
    t = numbers("coverage, time (TAI s)", [t_tai])
    high = float(numbers("coverage, height (m)", height_m, -1e3, 1e9))
    step = float(numbers("coverage, step (deg)", step_deg, LEAST_STEP_DEG, 180.0))
    count = round(180.0 / step)
    if abs(count * step - 180.0) > 1e-9:
        raise TocsinError(f"coverage: a step of {step:g} deg does not divide 180 deg; give one such as 0.5")
    lat_deg = -90.0 + (np.arange(count, dtype=np.float64) + 0.5) * step
    lon_deg = -180.0 + (np.arange(2 * count, dtype=np.float64) + 0.5) * step
    lat, lon = np.radians(lat_deg)[:, None], np.radians(lon_deg)[None, :]
    up = verticals(lat, lon).reshape(-1, 3)
    r = ecef_from_geodetic(lat, lon, high).reshape(-1, 3)
    _refuse_old_elements(network, t)
    seen = _seen(network, t, r, up, np.asarray(high), refraction, min_elevation_deg)
    return Grid(sensor_keys(network), float(t[0]), high, lat_deg, lon_deg, seen.reshape(-1, count, 2 * count))


def _seen(
    network: Network, t: Array, r: Array, up: Array, height: Array, refraction: bool, min_elevation_deg: float
) -> Bools:
    """Who (s, n) sees r (n, 3) at t (n,), or at one time (1,) for all of them."""
    least = float(numbers("coverage, least elevation (deg)", min_elevation_deg, -90.0, 90.0))
    rows = []
    for satellite, elements in network.satellites:
        r_satellite, _ = satellite_states(elements, t)
        rows.append(satellite_sees(satellite, r_satellite, r, up, height, least))
    rows += [radar_sees(site, r, refraction) for site in network.radars]
    return np.array(rows, dtype=bool).reshape(-1, len(r))


def _refuse_old_elements(network: Network, t: Array) -> None:
    problems = []
    for satellite, elements in network.satellites:
        days = np.max(np.abs(t - elements.epoch_t_tai), initial=0.0) / DAY
        if days > MAX_ELEMENT_AGE_DAYS:
            problems.append(
                f"coverage: {satellite.name} ({satellite.key}) has no elements for a time {days:.0f} days "
                f"from its set of {elements.epoch_utc}: give times within {MAX_ELEMENT_AGE_DAYS:.0f} days "
                "of it, or a network of that date"
            )
    if problems:
        raise TocsinError(problems)
