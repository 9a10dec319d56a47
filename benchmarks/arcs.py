"""Arcs to impact, with and without state transition, against SciPy's DOP853 on the same equations."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np
from scipy.integrate import solve_ivp

from tocsin.earth.constants import OMEGA
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.earth.gravity import gravity_j2
from tocsin.motion.ballistic import impact, impacts, propagate_stm

# Burnout of the reference flight of an 8,220 km arc: metres and metres a second, Earth-fixed.
BURNOUT = np.array([-1350140.475, -3973436.638, 5072099.975, 2265.6147, 2304.5919, 5683.8499])
ROUNDS = 7


def by_scipy() -> float:
    """Impact time of the same vacuum arc by SciPy."""

    def rhs(_t: float, y: np.ndarray) -> np.ndarray:
        a = np.array(gravity_j2(y[0], y[1], y[2]))
        spin = np.array([OMEGA**2 * y[0] + 2 * OMEGA * y[4], OMEGA**2 * y[1] - 2 * OMEGA * y[3], 0.0])
        return np.concatenate([y[3:], a + spin])

    def ground(_t: float, y: np.ndarray) -> float:
        return float(geodetic_from_ecef(y[:3])[2])

    ground.terminal, ground.direction = True, -1.0  # type: ignore[attr-defined]
    found = solve_ivp(rhs, (0.0, 4000.0), BURNOUT, "DOP853", events=ground, rtol=1e-10, atol=1e-6)
    return float(found.t_events[0][0])


def seconds(job: Callable[[], object], repeats: int) -> float:
    """Time of one call, from `repeats` in a row."""
    start = time.perf_counter()
    for _ in range(repeats):
        job()
    return (time.perf_counter() - start) / repeats


def main() -> None:
    """Alternate the jobs round by round; print medians and their ratios to SciPy's one arc."""
    many = np.repeat(BURNOUT[None], 100, axis=0)
    looks = np.linspace(0.0, 1500.0, 200)
    jobs: dict[str, tuple[Callable[[], object], int]] = {
        "SciPy DOP853, one arc": (by_scipy, 3),
        "impact with state transition, vacuum": (lambda: impact(0.0, BURNOUT, 0.0), 300),
        "impact with state transition, drag": (lambda: impact(0.0, BURNOUT, 1 / 9000), 300),
        "a hundred impacts, vacuum": (lambda: impacts(0.0, many, np.zeros(100)), 10),
        "a hundred impacts, drag": (lambda: impacts(0.0, many, np.full(100, 1 / 9000)), 10),
        "state transitions at 200 looks of 1,500 s": (
            lambda: propagate_stm(0.0, BURNOUT, 1 / 9000, looks),
            300,
        ),
    }
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for job, _ in jobs.values():
        job()
    for number in range(ROUNDS):
        for name, (job, repeats) in list(jobs.items())[:: -1 if number % 2 else 1]:
            times[name].append(seconds(job, repeats))
    base = statistics.median(times["SciPy DOP853, one arc"])
    for name, taken in times.items():
        median = statistics.median(taken)
        print(f"{name:44}{median * 1e3:9.3f} ms {base / median:9.1f} times as fast as SciPy's one arc")
    print(f"impact time: {impact(0.0, BURNOUT, 0.0).t:.6f} s here, {by_scipy():.6f} s by SciPy")


if __name__ == "__main__":
    main()
