"""Every window of the study over a pool of processes, each with draws of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import final
from zlib import crc32

import numpy as np

from tocsin.centre.event import CentreEvent
from tocsin.errors import TocsinError
from tocsin.study.false_alarm.history import Bar, confirmed_at, level_of
from tocsin.study.false_alarm.parts import PARTS, Part, part_of
from tocsin.study.false_alarm.rates import RATES, Rates
from tocsin.study.false_alarm.watch import watch
from tocsin.study.pool import each

FACTORS, PROBABILITIES = (2.0, 3.0, 5.0, 6.0, 7.0), (0.5, 0.7, 0.99)
BARS: tuple[Bar, ...] = (
    Bar(),
    *(Bar(factor=f) for f in FACTORS),
    *(Bar(probability=p) for p in PROBABILITIES),
    *(Bar(factor=f, alone=True) for f in (*FACTORS[:2], Bar().factor, *FACTORS[2:])),
)
STRICTEST_FACTOR, STRICTEST_P = max(FACTORS), max(PROBABILITIES)
LEAST, MOST_EFFORT = 2, 1000.0


@final
@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one window: its weight, the levels it reached, and under which `BARS` it was an attack.

    left_s: from when that was told to the impact, of a true attack; None under bars not reached.
    """

    weight: float
    level: int
    reached: tuple[bool, ...]
    left_s: tuple[float | None, ...]


@final
@dataclass(frozen=True, slots=True)
class Ran:
    """A part and the outcomes of each of its strata."""

    part: Part
    outcomes: tuple[tuple[Outcome, ...], ...]


def ran(
    effort: float = 1.0,
    seed: int = 0,
    processes: int = 1,
    tell: Callable[[float], None] = lambda _: None,
    rates: Rates = RATES,
    names: tuple[str, ...] = (),
) -> tuple[Ran, ...]:
    """Every part's windows, `effort` times as many as is usual; the same whatever the number of processes.

    Raises TocsinError as `check_asked`.
    """
    check_asked(effort, names)
    parts = tuple(part_of(name) for name in names) or PARTS
    jobs = [
        (part.name, k, n)
        for part in parts
        for k, stratum in enumerate(part.strata)
        for n in range(max(LEAST, round(stratum.windows * effort)))
    ]
    done = each(window, [(*job, seed, rates) for job in jobs], processes, tell)
    found = dict(zip(jobs, done, strict=True))
    return tuple(
        Ran(
            part,
            tuple(
                tuple(found[job] for job in jobs if job[:2] == (part.name, k))
                for k in range(len(part.strata))
            ),
        )
        for part in parts
    )


def check_asked(effort: float, names: tuple[str, ...]) -> None:
    """Raise TocsinError, all at once, for an effort that is none and for parts that do not exist."""
    problems: list[str] = []
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


def window(name: str, stratum: int, number: int, seed: int, rates: Rates) -> Outcome:
    """One window: it hangs on the seed, the part, the stratum and its number alone."""
    rng = np.random.default_rng([seed, crc32(name.encode()), stratum, number])
    drawn = part_of(name).strata[stratum].draw(seed, rates, rng)
    history = watch(drawn.scene, rng, _settled) if drawn.scene.lasts_s > 0.0 else ()
    told = [confirmed_at(history, bar) for bar in BARS]
    left = tuple(None if m is None or drawn.t_impact is None else drawn.t_impact - m.t for m in told)
    return Outcome(drawn.weight, level_of(history), tuple(m is not None for m in told), left)


def _settled(event: CentreEvent) -> bool:
    """Whether a line is an attack under the strictest bar, so that nothing can follow."""
    a = event.assessment
    p = 0.0 if a.protected is None else sum(a.protected.values())
    return (
        event.threat_state == "confirmed"
        and event.event_state.startswith("confirmed")
        and a.launch_factor >= STRICTEST_FACTOR
        and p >= STRICTEST_P
    )
