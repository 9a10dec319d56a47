"""Coverage of a half-degree globe by a whole network, beside the sensors' own tests of the same points."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from tocsin.catalogue import network
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.sensor.coverage import Grid, coverage_grid, seen_along
from tocsin.sensor.measurement import range_azimuth_elevation
from tocsin.sensor.radar import Radar
from tocsin.sensor.view import within

DATE = "2025-07-15"
HEIGHT_M = 200e3
ROUNDS = 7


def by_the_radars(points: np.ndarray, radars: tuple[Radar, ...]) -> np.ndarray:
    """Who has the points in view, by the measurement equation and each radar's own limits."""
    still = np.zeros_like(points)
    seen = []
    for radar in radars:
        there = np.broadcast_to(radar.r_ecef, points.shape)
        seen.append(within(radar.site, *range_azimuth_elevation(points, still, there)[0].T))
    return np.array(seen)


def main() -> None:
    """See that all agree; then alternate the jobs round by round and print medians and ratios."""
    chosen = network(DATE)
    radars = tuple(Radar(site) for site in chosen.radars)
    first: Grid = coverage_grid(chosen, chosen.t_tai, HEIGHT_M)
    lat, lon = np.meshgrid(np.radians(first.lat_deg), np.radians(first.lon_deg), indexing="ij")
    points = ecef_from_geodetic(lat, lon, HEIGHT_M).reshape(-1, 3)
    times = np.full(len(points), chosen.t_tai)
    satellites, cells = len(chosen.satellites), len(points)
    flat = first.seen.reshape(len(first.keys), -1)
    print(f"{satellites} satellites, {len(radars)} radars, {cells:,} cells")
    print(f"grid and path differ in {np.sum(seen_along(chosen, times, points).seen != flat)} answers")
    print(f"grid and radars differ in {np.sum(by_the_radars(points, radars) != flat[satellites:])} answers")
    jobs: dict[str, Callable[[], object]] = {
        "the grid": lambda: coverage_grid(chosen, chosen.t_tai, HEIGHT_M),
        "the grid, refraction": lambda: coverage_grid(chosen, chosen.t_tai, HEIGHT_M, refraction=True),
        "as many points of a path, each at its time": lambda: seen_along(chosen, times, points),
        "radars alone, by their measurement equation": lambda: by_the_radars(points, radars),
    }
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for job in jobs.values():
        job()
    for number in range(ROUNDS):
        for name, job in list(jobs.items())[:: -1 if number % 2 else 1]:
            start = time.perf_counter()
            job()
            taken[name].append(time.perf_counter() - start)
    base = statistics.median(taken["the grid"])
    for name, each in taken.items():
        median = statistics.median(each)
        print(f"{name:46}{median:8.3f} s{median / base:8.2f} times the grid")


if __name__ == "__main__":
    main()
