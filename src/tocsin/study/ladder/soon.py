"""How soon each class of flight comes to each state: many flights, and what half and most of them take."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import final

from tocsin.errors import TocsinError
from tocsin.study.ladder.draws import CLASSES, Aim, aims_of, draw
from tocsin.study.ladder.through import Soon, through
from tocsin.study.ladder.times import EVENT_STATES, THREAT_STATES
from tocsin.study.pool import each

MOST_FLIGHTS = 10_000


@final
@dataclass(frozen=True, slots=True)
class Spread:
    """Of some flights: what 5, 50 and 95 of 100 are within; reached: how many ever came to it.

    A flight that never did counts as infinite.
    """

    early: float
    median: float
    most: float
    reached: int


@final
@dataclass(frozen=True, slots=True)
class Group:
    """The flights of a class with one aim through one network: s after the first look to each state.

    could: of how many, by who has them in view, the event may be confirmed.
    left: seconds to impact when event and threat are confirmed, that 5, 50 and 95 of 100 have at least; a
    flight that is not confirmed, or comes down nowhere, has none: nought. gravest: flights by it.
    """

    name: str
    aim: Aim
    degraded: bool
    flights: int
    could: int
    unseen: int
    drawn: int
    event: dict[str, Spread]
    threat: dict[str, Spread]
    left: tuple[Spread, Spread]
    gravest: dict[str, int]


def checked(names: tuple[str, ...], flights: int) -> int:
    """The number of flights, if it and the classes are such as are drawn here. Raises TocsinError."""
    unknown = [name for name in names if name not in CLASSES]
    if unknown:
        raise TocsinError(f"no class {unknown[0]!r}; there are: {', '.join(CLASSES)}")
    if not 1 <= flights <= MOST_FLIGHTS:
        raise TocsinError(f"--flights {flights}: give a number of flights from 1 to {MOST_FLIGHTS}")
    return flights


def soon(
    names: tuple[str, ...],
    flights: int,
    seed: int,
    processes: int,
    tell: Callable[[float], None] = lambda share: None,
) -> tuple[Group, ...]:
    """So many flights of each class and aim through both networks; the same for any number of processes."""
    kinds = [(name, aim) for name in names for aim in aims_of(name)]
    # A flight of every class before the next of any, so that the share done tells the time.
    jobs = [(name, aim, number) for number in range(flights) for name, aim in kinds]
    pairs = each(one, [(*job, seed) for job in jobs], processes, tell)
    return tuple(grouped([s for pair in pairs for s in pair], kinds))


def one(name: str, aim: Aim, number: int, seed: int) -> tuple[Soon, Soon]:
    """One flight, drawn and put through both networks: it hangs on the seed, class, aim and number alone."""
    return through(draw(name, aim, number, seed), seed * MOST_FLIGHTS + number)


def grouped(found: list[Soon], kinds: list[tuple[str, Aim]]) -> Iterable[Group]:
    """The flights of each class and aim, whole network before degraded."""
    for name, aim in kinds:
        for degraded in (False, True):
            mine = [s for s in found if (s.name, s.aim, s.degraded) == (name, aim, degraded)]
            yield Group(
                name=name,
                aim=aim,
                degraded=degraded,
                flights=len(mine),
                could=sum(s.could for s in mine),
                unseen=sum(not s.seen for s in mine),
                drawn=sum(s.tries for s in mine),
                event={k: spread([s.event[k] for s in mine]) for k in EVENT_STATES},
                threat={k: spread([s.threat[k] for s in mine]) for k in THREAT_STATES},
                left=(left([s.left_s[0] for s in mine]), left([s.left_s[1] for s in mine])),
                gravest={k: sum(s.gravest == k for s in mine) for k in ("none", *THREAT_STATES)},
            )


def spread(values: list[float]) -> Spread:
    """Median and 95th percentile: the least value that so many of the flights are within."""
    reached = sum(math.isfinite(v) for v in values)
    return Spread(_within(values, 0.05), _within(values, 0.5), _within(values, 0.95), reached)


def left(values: list[float | None]) -> Spread:
    """What 5, 50 and 95 of 100 flights have at least; nought where there is None."""
    lacking = [0.0 if v is None else -v for v in values]
    reached = sum(v is not None for v in values)
    early, median, most = (0.0 - _within(lacking, share) for share in (0.05, 0.5, 0.95))
    return Spread(early, median, most, reached)


def _within(values: list[float], share: float) -> float:
    return sorted(values)[max(math.ceil(share * len(values) - 1e-9), 1) - 1]
