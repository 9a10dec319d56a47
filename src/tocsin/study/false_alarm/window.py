"""One window drawn and watched, and chains of windows that come near to a false warning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final
from zlib import crc32

import numpy as np

from tocsin.centre.event import CentreEvent
from tocsin.study.false_alarm.history import Bar, confirmed_at, danger, level_of
from tocsin.study.false_alarm.parts import part_of
from tocsin.study.false_alarm.primary import Primary, Start, fresh, moved
from tocsin.study.false_alarm.rates import Rates
from tocsin.study.false_alarm.splitting import Job
from tocsin.study.false_alarm.watch import watch

FACTORS, PROBABILITIES = (2.0, 3.0, 5.0, 6.0, 7.0), (0.5, 0.7, 0.99)
BARS: tuple[Bar, ...] = (
    Bar(),
    *(Bar(factor=f) for f in FACTORS),
    *(Bar(probability=p) for p in PROBABILITIES),
    *(Bar(factor=f, alone=True) for f in (*FACTORS[:2], Bar().factor, *FACTORS[2:])),
)
STRICTEST_FACTOR, STRICTEST_P = max(FACTORS), max(PROBABILITIES)


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
@dataclass(frozen=True, slots=True, eq=False)
class Watched:
    """A window's start, how near it came to a false warning (`history.danger`), and what became of it."""

    start: Start
    danger: float
    outcome: Outcome

    @property
    def weight(self) -> float:
        """Of its outcome."""
        return self.outcome.weight


def window(
    name: str, stratum: int, start: Start, more: np.random.Generator, seed: int, rates: Rates
) -> Watched:
    """One window of a stratum: a function of its start, and of what it draws beyond that."""
    drawn_of = part_of(name).strata[stratum]
    source = Primary(start.z, more)
    drawn = drawn_of.draw(seed, rates, source if drawn_of.split else more)
    history = watch(drawn.scene, start.noise, _settled) if drawn.scene.lasts_s > 0.0 else ()
    told = [confirmed_at(history, bar) for bar in BARS]
    left = tuple(None if m is None or drawn.t_impact is None else drawn.t_impact - m.t for m in told)
    outcome = Outcome(drawn.weight, level_of(history), tuple(m is not None for m in told), left)
    return Watched(Start(source.z, start.noise), danger(history), outcome)


def chain(
    name: str, stratum: int, job: Job[Watched], seed: int, rates: Rates, start: Start | None = None
) -> tuple[Watched, ...]:
    """A chain of windows above a danger: each moved a little, or the one before again.

    start: of the first window, drawn as nature has it unless given.
    """
    rng = np.random.default_rng([2, seed, crc32(name.encode()), stratum, *job.key])
    now = job.seed or window(name, stratum, start or fresh(rng), rng, seed, rates)
    out = [now]
    while len(out) < job.length:
        near = window(name, stratum, moved(now.start, rng), rng, seed, rates)
        now = near if near.danger > job.floor else now
        out.append(now)
    return tuple(out)


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
