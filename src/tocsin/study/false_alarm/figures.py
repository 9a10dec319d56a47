"""The study's figures: rates by part and cause, by level, under other bars and with other rates."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import final

import numpy as np

from tocsin.study.false_alarm.estimate import Estimate, bounded, estimate, over, together
from tocsin.study.false_alarm.history import LEVELS, Bar
from tocsin.study.false_alarm.rates import RATES, Rates
from tocsin.study.false_alarm.run import Ran
from tocsin.study.false_alarm.window import BARS, Outcome

TENFOLD = 10.0
SECOND = LEVELS.index("second phenomenology")
NO_RATES = ("nuisance_s", "solar_burst_s", "clock_fault_s", "glowing")  # durations, and a share


@final
@dataclass(frozen=True, slots=True)
class Point:
    """A bar, the false alarms of the independent part under it, and the warning that attacks then get.

    left_s: the median from warning to impact; told: the share of attacks that are told at all.
    """

    bar: Bar
    rate: Estimate
    left_s: float | None
    told: float


def by_level(one: Ran, seed: int, rates: Rates = RATES) -> tuple[Estimate, ...]:
    """How often a year windows of a part reach each level; nan for those to which a pair need not meet."""
    made = [
        _of(one, seed, rates, lambda o, k=k: o.level > k)  # type: ignore[misc]
        for k in range(len(LEVELS))
    ]
    if one.part.pairs:
        made[:SECOND] = [Estimate(math.nan, math.nan, e.hits, e.windows, math.nan) for e in made[:SECOND]]
    return tuple(made)


def alarms(one: Ran, seed: int, rates: Rates = RATES, bar: int = 0) -> Estimate:
    """How often a year a part is a confirmed threat under one of the bars; the ladder's own unless given."""
    made = _of(one, seed, rates, lambda o: o.reached[bar], BARS[bar] == Bar())
    if not one.part.pairs:
        return made
    return bounded(made, _of(one, seed, rates, lambda o: o.level > SECOND))


def independent(found: tuple[Ran, ...], seed: int, rates: Rates = RATES, bar: int = 0) -> Estimate:
    """The sum of the parts that have no common cause."""
    mine = [r for r in found if r.part.cause is None and not r.part.beside]
    return together([alarms(r, seed, rates, bar) for r in mine])


def tenfold(found: tuple[Ran, ...], seed: int, rates: Rates = RATES) -> dict[str, tuple[Estimate, Estimate]]:
    """Independent part and all common causes with each rate ten times as great.

    Exact to first order: what else happens in a window does not change with them.
    """
    common = [r for r in found if r.part.cause is not None]
    out = {}
    for f in fields(Rates):
        if f.name in NO_RATES:
            continue
        more = replace(rates, **{f.name: TENFOLD * getattr(rates, f.name)})
        caused = together([alarms(r, seed, more) for r in common])
        out[f.name] = (independent(found, seed, more), caused)
    return out


def trade(found: tuple[Ran, ...], seed: int, rates: Rates = RATES) -> tuple[Point, ...]:
    """False alarms against warning under each bar."""
    attacks = [
        d.outcome
        for r in found
        if r.part.name == "exercise data"
        for levels in r.strata
        for d in levels[0].drawn
    ]
    out = []
    for k, bar in enumerate(BARS):
        left = [v for o in attacks if (v := o.left_s[k]) is not None]
        share = len(left) / len(attacks) if attacks else 0.0
        median = float(np.median(left)) if left else None
        out.append(Point(bar, independent(found, seed, rates, k), median, share))
    return tuple(out)


def _of(one: Ran, seed: int, rates: Rates, hit: Callable[[Outcome], bool], sought: bool = False) -> Estimate:
    shares = [s.share(seed, rates) for s in one.part.strata]
    strata = [estimate(levels, lambda d: hit(d.outcome), sought) for levels in one.strata]
    return over(shares, strata).times(one.part.per_year(rates))
