"""GOSPA of our own beside Stone Soup's, on the same places; and what a picture of 1,000 objects costs."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np
from stonesoup.metricgenerator.ospametric import GOSPAMetric
from stonesoup.types.state import State

from tocsin.study.association.gospa import gospa

C, P = 20e3, 2.0
ROUNDS, SMALL, LARGE = 7, 200, 1000
SPREADS = {"all over an ocean": 5e5, "in a crowd": 5e4}


def places(n: int, spread: float, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Objects, and tracks of four fifths of them, 3 km off an axis, with a tenth more that are false."""
    truth = rng.normal(0.0, spread, (n, 3))
    near = truth[: n * 4 // 5] + rng.normal(0.0, 3e3, (n * 4 // 5, 3))
    return truth, np.concatenate([near, rng.normal(0.0, spread, (n // 10, 3))])


def stone_soups(truth: np.ndarray, tracks: np.ndarray) -> dict[str, float]:
    """The four figures of Stone Soup: the distance, and the p-th powers of its parts."""
    now = datetime(2025, 7, 15, tzinfo=UTC)
    both = [[State(r[:, None], timestamp=now) for r in x] for x in (tracks, truth)]
    return GOSPAMetric(c=C, p=P).compute_gospa_metric(*both)[0].value


def seconds(job: Callable[[], object]) -> float:
    """Time of one call."""
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def main() -> None:
    """See that both agree; then take turns, and print medians and ratios."""
    rng = np.random.default_rng(2026)
    for name, spread in SPREADS.items():
        for n, m in ((0, 3), (3, 0), (40, 40), (SMALL, SMALL)):
            truth, tracks = places(max(n, m), spread, rng)
            truth, tracks = (truth, tracks[:0]) if m == 0 else (truth[:n], tracks)
            ours, theirs = gospa(truth, tracks, C, P), stone_soups(truth, tracks)
            assert np.isclose(ours.distance, theirs["distance"], rtol=1e-12), (name, n, m)
            for part in ("localisation", "missed", "false"):
                assert np.isclose(getattr(ours, part) ** P, theirs[part], rtol=1e-9), (name, n, m, part)
        small, large = places(SMALL, spread, rng), places(LARGE, spread, rng)
        times: list[list[float]] = [[], [], []]
        jobs = (lambda x=small: gospa(*x), lambda x=small: stone_soups(*x), lambda x=large: gospa(*x))
        for number in range(ROUNDS + 1):
            for k in range(3)[:: -1 if number % 2 else 1]:
                taken = seconds(jobs[k])
                if number:
                    times[k].append(taken)
        ours_s, theirs_s, large_s = (statistics.median(t) for t in times)
        print(
            f"{name}: {SMALL} objects {ours_s * 1e3:.2f} ms, Stone Soup {theirs_s * 1e3:.0f}, "
            f"{theirs_s / ours_s:.0f} times; {LARGE:,} objects {large_s * 1e3:.1f} ms"
        )


if __name__ == "__main__":
    main()
