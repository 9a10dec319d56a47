"""All windows of the study over a pool of processes, each stratum level by level."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import count
from typing import final
from zlib import crc32

import numpy as np

from tocsin.errors import TocsinError
from tocsin.study.false_alarm.parts import PARTS, Part, part_of
from tocsin.study.false_alarm.rates import RATES, Rates
from tocsin.study.false_alarm.splitting import Effort, Job, Level, split
from tocsin.study.false_alarm.strata import Stratum
from tocsin.study.false_alarm.window import Watched, chain
from tocsin.study.pool import over

LEAST, MOST_EFFORT = 2, 1000.0
LEAST_A_YEAR, MOST_LEVELS = 0.1, 16
HALF = 0.5  # of the time that is left, as it is told, for each level

Levels = tuple[Level[Watched], ...]
Splits = dict[tuple[str, int], Generator[list[Job[Watched]], Sequence[tuple[Watched, ...]], Levels]]


@final
@dataclass(frozen=True, slots=True)
class Ran:
    """A part and the levels of each of its strata."""

    part: Part
    strata: tuple[Levels, ...]


def ran(
    effort: float = 1.0,
    seed: int = 0,
    processes: int = 1,
    tell: Callable[[float], None] = lambda _: None,
    rates: Rates = RATES,
    names: tuple[str, ...] = (),
    least: float = LEAST_A_YEAR,
) -> tuple[Ran, ...]:
    """Draw and watch all windows, level by level; the same for any number of processes.

    effort: windows of a level, as a factor of the usual number; least: a year, below which nothing is sought.
    TocsinError as of `check_asked`.
    """
    check_asked(effort, names, least)
    parts = tuple(part_of(name) for name in names) or PARTS
    splits: Splits = {
        (part.name, k): split(
            _effort(part, stratum, effort, least, seed, rates),
            np.random.default_rng([1, seed, crc32(part.name.encode()), k]),
        )
        for part in parts
        for k, stratum in enumerate(part.strata)
    }
    found = driven(splits, seed, rates, processes, tell)
    return tuple(Ran(p, tuple(found[p.name, k] for k in range(len(p.strata)))) for p in parts)


def _effort(part: Part, stratum: Stratum, effort: float, least: float, seed: int, rates: Rates) -> Effort:
    windows = max(LEAST, round(stratum.windows * effort))
    if not stratum.split:
        return Effort(windows, 1, 0.0)
    often = part.per_year(rates) * stratum.share(seed, rates)
    return Effort(windows, MOST_LEVELS, least / often if often > 0.0 else math.inf)


def driven(
    splits: Splits, seed: int, rates: Rates, processes: int, tell: Callable[[float], None]
) -> dict[tuple[str, int], Levels]:
    """The levels of each stratum, all strata's next levels drawn together, until none asks for more."""
    found: dict[tuple[str, int], Levels] = {}
    asked = {key: next(one) for key, one in splits.items()}
    with ProcessPoolExecutor(processes) as pool:
        for number in count():
            jobs = [(*key, job, seed, rates) for key, jobs in asked.items() for job in jobs]
            past, span = 1.0 - HALF**number, HALF ** (number + 1)

            def told(share: float, past: float = past, span: float = span) -> None:
                tell(past + span * share)

            done = iter(list(over(pool, chain, jobs, told)))
            drawn = {key: [next(done) for _ in jobs] for key, jobs in asked.items()}
            asked = {}
            for key, chains in drawn.items():
                try:
                    asked[key] = splits[key].send(chains)
                except StopIteration as end:
                    found[key] = end.value
            if not asked:
                tell(1.0)
                return found
    raise AssertionError


def check_asked(effort: float, names: tuple[str, ...], least: float = LEAST_A_YEAR) -> None:
    """Raise TocsinError, all at once, for an effort or a rate that is none and for parts there are not."""
    problems: list[str] = []
    if not 0.0 < least < math.inf:
        problems.append(f"--least {least:g} is no rate: give one above 0, a year; {LEAST_A_YEAR:g} is usual")
    if not 0.0 < effort <= MOST_EFFORT:
        problems.append(
            f"--effort {effort:g} is no size: give a number above 0, to {MOST_EFFORT:g}; 1 is the usual one"
        )
    for name in names:
        try:
            part_of(name)
        except TocsinError as problem:
            problems += problem.problems
    if problems:
        raise TocsinError(problems)
