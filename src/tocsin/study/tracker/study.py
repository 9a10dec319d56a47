"""The whole tracker flown many times: its errors against the bound, by moment and by chance of a look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import final

import numpy as np

from tocsin.errors import TocsinError
from tocsin.study.accuracy.bands import binomial_band, mean_band, rms_band
from tocsin.study.accuracy.draw import Draw
from tocsin.study.accuracy.figures import STATE, Figure
from tocsin.study.tracker.run import MOMENTS, Moment, moments

DETECTIONS = (0.7, 0.8, 0.9, 0.95)
ASKED = 1.2  # of RMSE over bound
ERRORS = ("position", "velocity", "impact")
CHUNK = 5
FEWEST = 2


@final
@dataclass(frozen=True, slots=True)
class Stage:
    """One moment of all runs with one chance of a look.

    phases: runs by what was told; bound: its median, 1 sigma; whole, known, had: RMSE over bound by quantity,
    as in `Moment`; nees: of the state over n, its mean; single: share of runs with one track; lost, wrong:
    over the looks that the body gave.
    """

    moment: str
    detection: float
    runs: int
    phases: dict[str, int]
    bound: dict[str, float]
    whole: dict[str, Figure]
    known: dict[str, Figure]
    had: dict[str, Figure]
    nees: Figure
    single: Figure
    lost: float
    wrong: float


def followed(
    detections: tuple[float, ...] = DETECTIONS,
    runs: int = 100,
    seed: int = 0,
    clutter: float = 1.0,
    processes: int = 1,
    tell: Callable[[float], None] = lambda _: None,
) -> Iterator[Stage]:
    """The stages of each chance of a look, once its runs are there; the same whatever the processes.

    clutter: times the catalogue's rate of false looks. Raises TocsinError for what is no chance, a rate below
    0, or fewer than two runs.
    """
    if runs < FEWEST:
        raise TocsinError(f"--runs {runs} is too few for a mean: give {FEWEST} or more")
    if not clutter >= 0.0:
        raise TocsinError(f"--clutter {clutter:g} is no rate: give 0 or more times the catalogue's")
    for p in detections:
        if not 0.0 < p < 1.0:
            raise TocsinError(f"--detection {p:g} is no chance of a look: give one above 0 and below 1")
    return _followed(detections, runs, seed, clutter, processes, tell)


def _followed(
    detections: tuple[float, ...],
    runs: int,
    seed: int,
    clutter: float,
    processes: int,
    tell: Callable[[float], None],
) -> Iterator[Stage]:
    done = 0
    with ProcessPoolExecutor(processes) as pool:
        waiting = [
            [pool.submit(_some, p, clutter, seed, k, min(CHUNK, runs - k)) for k in range(0, runs, CHUNK)]
            for p in detections
        ]
        try:
            for p, parts in zip(detections, waiting, strict=True):
                found: list[tuple[Moment, ...]] = []
                for part in parts:
                    found += part.result()
                    tell((done + len(found)) / (runs * len(detections)))
                done += runs
                for name, told in zip(MOMENTS, zip(*found, strict=True), strict=True):
                    yield stage(name, p, told)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _some(detection: float, clutter: float, seed: int, first: int, count: int) -> list[tuple[Moment, ...]]:
    """Runs `first` to first + count - 1: each hangs on the seed, the chance of a look and its number."""
    keys = [[seed, round(1e6 * detection), k] for k in range(first, first + count)]
    return [moments(detection, clutter, np.random.default_rng(np.random.SeedSequence(key))) for key in keys]


def stage(moment: str, detection: float, told: tuple[Moment, ...]) -> Stage:
    """The figures of one moment; runs that told no state count in `phases` alone."""
    n = len(told)
    good = [m for m in told if m.whole.status == "converged"]
    sizes = np.array([m.whole.nees for m in good]) / STATE
    nees = Figure(float(np.mean(sizes)) if good else np.nan, mean_band(sizes), None)
    one = float(np.mean([m.tracks == 1 for m in told]))
    looks = max(sum(m.looks for m in told), 1)
    return Stage(
        moment=moment,
        detection=detection,
        runs=n,
        phases=dict(Counter(m.phase for m in told)),
        bound={
            name: float(np.median([m.whole.errors[name][1] for m in good])) if good else np.nan
            for name in ERRORS
        },
        whole=_ratios([m.whole for m in told], (0.0, ASKED)),
        known=_ratios([m.known for m in told], None),
        had=_ratios([m.had for m in told], None),
        nees=nees,
        single=Figure(one, binomial_band(one, n), None),
        lost=sum(m.lost for m in told) / looks,
        wrong=sum(m.wrong for m in told) / looks,
    )


def _ratios(draws: list[Draw], asked: tuple[float, float] | None) -> dict[str, Figure]:
    """RMSE over bound by quantity, each run's error over its own bound."""
    out = {}
    for name in ERRORS:
        ratio = np.array([d.errors[name][0] / d.errors[name][1] for d in draws if d.status == "converged"])
        value = float(np.sqrt(np.mean(ratio**2))) if len(ratio) else np.nan
        out[name] = Figure(value, rms_band(ratio), asked)
    return out
