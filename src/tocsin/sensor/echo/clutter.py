"""False looks of a scan: where they may come from, cell by cell, and a draw of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import TocsinError
from tocsin.sensor.echo.ray import EARTH_RADIUS, straight_path
from tocsin.sensor.given import numbers

Array = NDArray[np.float64]
AZIMUTH_STEP, ELEVATION_STEP, HEIGHT_STEP_M = np.radians(3.0), np.radians(0.5), 5e3


@final
@dataclass(frozen=True, slots=True)
class Search:
    """What a radar searches, rad: a sector clockwise from az_start, az_width wide, between elevations."""

    az_start: float
    az_width: float
    el_min: float
    el_max: float

    def __post_init__(self) -> None:
        numbers("Search.az_start (rad)", self.az_start)
        numbers("Search.el_min (rad)", self.el_min, 0.0, np.pi / 2)
        numbers("Search.el_max (rad)", self.el_max, 0.0, np.pi / 2)
        problems = []
        if not 0.0 < self.az_width <= 2.0 * np.pi:
            problems.append(
                f"Search.az_width = {self.az_width:g} rad is impossible: give more than 0, at most 2 pi"
            )
        if self.el_max <= self.el_min:
            problems.append(
                f"Search.el_max = {self.el_max:g} rad is not above el_min = {self.el_min:g}: "
                "give a greater one"
            )
        if problems:
            raise TocsinError(problems)


@final
@dataclass(frozen=True, slots=True, eq=False)
class ClutterMap:
    """Expected false looks per second of search in each cell of azimuth, elevation and height.

    rate (a, e, h) 1/s; the edges (a + 1,), (e + 1,) in rad, (h + 1,) in m. excess_db (a, e, h): by how much
    the strongest echo of the cell passes the threshold, not below 0 where there is a rate.
    """

    kind: str
    azimuth: Array
    elevation: Array
    height: Array
    rate: Array
    excess_db: Array
    rate_sigma: float  # of the echoes' range rates, m/s

    @property
    def per_azimuth(self) -> Array:
        """Expected false looks per second and radian (a,) in each azimuth cell."""
        return np.asarray(self.rate.sum(axis=(1, 2)) / np.diff(self.azimuth))


@final
@dataclass(frozen=True, slots=True, eq=False)
class FalseLooks:
    """False looks (n,): values (n, 3) as range m, azimuth and elevation rad; power in mean noises; the kind.

    Elevations are geometric, as of looks corrected for refraction. power is at or above the threshold;
    `swerling.mean_snr_of` makes a signal-to-noise of it.
    """

    values: Array
    range_rate: Array
    power: Array
    kind: NDArray[np.str_]

    def __len__(self) -> int:
        return len(self.kind)

    def where(self, rows: NDArray[np.bool_]) -> FalseLooks:
        """Those of a mask (n,)."""
        return FalseLooks(self.values[rows], self.range_rate[rows], self.power[rows], self.kind[rows])


def joined(*parts: FalseLooks) -> FalseLooks:
    """The false looks of several sources, one after another; none of none."""
    if not parts:
        return FalseLooks(np.zeros((0, 3)), np.zeros(0), np.zeros(0), np.zeros(0, dtype=np.str_))
    fields = ("values", "range_rate", "power", "kind")
    return FalseLooks(*(np.concatenate([getattr(p, name) for p in parts]) for name in fields))


def cell_edges(search: Search, height_min_m: float, height_max_m: float) -> tuple[Array, Array, Array]:
    """Edges of even cells of a search between two heights: about 3 deg by 0.5 deg by 5 km."""
    spans = (
        (search.az_start, search.az_start + search.az_width, AZIMUTH_STEP),
        (search.el_min, search.el_max, ELEVATION_STEP),
        (height_min_m, height_max_m, HEIGHT_STEP_M),
    )
    edges = [np.linspace(low, high, 1 + max(1, round((high - low) / step))) for low, high, step in spans]
    return edges[0], edges[1], edges[2]


def middles(edges: Array) -> Array:
    """The middle (n,) of each cell between edges (n + 1,)."""
    return np.asarray(0.5 * (edges[:-1] + edges[1:]))


def shell_area(azimuth: Array, elevation: Array, height: Array) -> Array:
    """Area (a, e, h) m2 of the shell at each cell's middle height within its azimuths and elevations.

    r^2 (cos(psi_1) - cos(psi_2)) d_az, psi the angle at the Earth's centre: acos(r_s cos(el) / r) - el.
    """
    r = EARTH_RADIUS + middles(height)
    psi = np.arccos(EARTH_RADIUS / r * np.cos(elevation)[:, None]) - elevation[:, None]
    ring = r**2 * (np.cos(psi[1:]) - np.cos(psi[:-1]))
    return np.asarray(np.diff(azimuth)[:, None, None] * ring)


def slant_range(elevation: Array, height: Array) -> Array:
    """Range (e, h) m of each cell's middle."""
    return straight_path(middles(elevation)[:, None], middles(height), EARTH_RADIUS)


def draw_clutter(
    clutter: ClutterMap, search_s: float, threshold: float, rng: np.random.Generator
) -> FalseLooks:
    """Poisson draw of a source's false looks in search_s seconds of search, in no order.

    Uniform within a cell; power is threshold times 10^(u excess / 10), u uniform from 0 to 1 (assumed);
    range rate is normal. TocsinError for a negative time or threshold.
    """
    mean = clutter.rate.ravel() * float(numbers("search time (s)", search_s, 0.0))
    at_least = float(numbers("threshold", threshold, 0.0))
    cell = np.repeat(np.arange(len(mean)), rng.poisson(mean))
    a, e, h = np.unravel_index(cell, clutter.rate.shape)
    n = len(cell)
    where = [
        edges[i] + np.diff(edges)[i] * rng.random(n)
        for edges, i in ((clutter.azimuth, a), (clutter.elevation, e), (clutter.height, h))
    ]
    values = np.stack(
        [straight_path(where[1], where[2], EARTH_RADIUS), where[0] % (2.0 * np.pi), where[1]], -1
    )
    power = at_least * 10.0 ** (0.1 * rng.random(n) * clutter.excess_db.ravel()[cell])
    return FalseLooks(values, clutter.rate_sigma * rng.standard_normal(n), power, np.full(n, clutter.kind))
