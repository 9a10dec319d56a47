"""What 1,000 objects cost in one radar's scan: resolution cells and the schedule, ours and in plain NumPy."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np

from tocsin.sensor.echo.resolution import cells, merged
from tocsin.sensor.echo.schedule import NO_LIMIT, time_line

OBJECTS, FRAMES = 1000, 257  # half an hour of frames of 7 s
CELL, BEAM = 474.3, np.radians(2.0)  # VHF: 316 kHz
ROUNDS = 9
MISSES = 5
CLOUDS = {
    "objects all over the view": (5e5, 0.5, 0.3),
    "a cloud of 50 km": (5e4, 0.017, 0.017),
    "a cloud of 6 km": (6e3, 0.002, 0.002),
    "one range cell, all over the view": (1e2, 0.5, 0.3),
}


def cells_by_numpy(values: np.ndarray, power: np.ndarray) -> np.ndarray:
    """The rule of `cells`, each leader against all the others at once."""
    leader = np.full(len(power), -1)
    for i in np.argsort(-power, kind="stable"):
        if leader[i] >= 0:
            continue
        d = np.abs(values - values[i])
        turn = np.minimum(d[:, 1], 2 * np.pi - d[:, 1]) * np.cos(values[i, 2])
        leader[(leader < 0) & (d[:, 0] < CELL) & (turn < BEAM) & (d[:, 2] < BEAM)] = i
    return leader


def keep_by_numpy(search: np.ndarray, detected: np.ndarray, capacity: int, budget: int) -> np.ndarray:
    """The rule of `time_line` for bodies always in view: tables (frames, bodies) in, looks out."""
    frames, bodies = search.shape
    look = np.zeros(search.shape, dtype=bool)
    missed, seen = np.full(bodies, -1), np.full(bodies, -1)
    for k in range(frames):
        held = missed >= 0
        asks = np.flatnonzero(held & ~search[k])
        finds = np.flatnonzero(~held & search[k] & detected[k])
        made = asks
        if len(asks) + len(finds) > budget:
            reserve = min(len(finds), capacity - np.count_nonzero(held))
            asks = asks[np.argsort(seen[asks], kind="stable")]
            overdue = asks[seen[asks] < k - 1][:budget]
            due = asks[seen[asks] >= k - 1][: max(budget - reserve - len(overdue), 0)]
            made = np.concatenate([overdue, due])
        look[k, held & search[k]] = True
        look[k, made] = True
        looked = look[k]
        seen[looked] = k
        missed[looked] = np.where(detected[k, looked], 0, missed[looked] + 1)
        missed[missed > MISSES] = -1
        room = min(capacity - np.count_nonzero(missed >= 0), budget - len(made))
        taken = finds[: max(room, 0)]
        missed[taken], seen[taken] = 0, k
        look[k, taken] = True
    return look


def seconds(job: Callable[[], object]) -> float:
    """Time of one call."""
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def main() -> None:
    """See that both sides agree; then alternate the jobs round by round and print medians and ratios."""
    rng = np.random.default_rng(2026)
    jobs: dict[str, tuple[Callable[[], object], Callable[[], object], int]] = {}
    power = 1.0 + rng.exponential(20.0, OBJECTS)
    for name, size in CLOUDS.items():
        values = np.array([3e6, 3.0, 0.6]) + rng.normal(0.0, 1.0, (OBJECTS, 3)) * size
        leader = cells(values, power, CELL, BEAM)
        assert np.array_equal(leader, cells_by_numpy(values, power)), name
        print(f"{name}: {len(np.unique(leader))} looks")
        jobs[f"cells: {name}"] = (
            lambda v=values: cells(v, power, CELL, BEAM),
            lambda v=values: cells_by_numpy(v, power),
            1,
        )
        if "50 km" in name:
            jobs[f"cells and merging: {name}"] = (
                lambda v=values: merged(v, power, cells(v, power, CELL, BEAM)),
                lambda v=values: merged(v, power, cells_by_numpy(v, power)),
                1,
            )
    frame, body = np.repeat(np.arange(FRAMES), OBJECTS), np.tile(np.arange(OBJECTS), FRAMES)
    search, detected = rng.random((FRAMES, OBJECTS)) < 0.1, rng.random((FRAMES, OBJECTS)) < 0.9
    detected[:, 0] = False
    for name, capacity, budget in (
        ("room and time for all", OBJECTS, NO_LIMIT),
        ("room for 500", 500, 700),
        ("room for 500, time for 250", 500, 250),
    ):
        args = (frame, body, search.ravel(), detected.ravel(), FRAMES, OBJECTS, capacity, MISSES, budget)
        line = time_line(*args)
        by_numpy = keep_by_numpy(search, detected, capacity, budget)
        # A look that search makes and that finds nothing is not told by the NumPy side.
        assert np.array_equal(line.look & args[3], by_numpy.ravel() & args[3]), name
        print(f"{name}: a mean frame puts off {line.put_off.mean():.0f}, refuses {line.refused.mean():.0f}")
        jobs[f"schedule: {name}"] = (
            lambda a=args: time_line(*a),
            lambda c=capacity, b=budget: keep_by_numpy(search, detected, c, b),
            FRAMES,
        )
    times: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in jobs}
    for number in range(ROUNDS + 1):
        for name, (ours, plain, count) in list(jobs.items())[:: -1 if number % 2 else 1]:
            pair = [(0, ours), (1, plain)][:: -1 if number % 2 else 1]
            for side, job in pair:
                taken = seconds(job) / count
                if number:
                    times[name][side].append(taken)
    for name, (ours_s, plain_s) in times.items():
        a, b = statistics.median(ours_s), statistics.median(plain_s)
        print(f"{name:52}{a * 1e3:9.3f} ms a scan, NumPy {b * 1e3:9.3f}, {b / a:6.1f} times")


if __name__ == "__main__":
    main()
