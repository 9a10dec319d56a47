"""Whether windows may be watched one by one: everything at once, by nature alone, at raised rates."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import final

import numpy as np

from tocsin.motion.path import Path
from tocsin.study.false_alarm.estimate import Estimate, sampled
from tocsin.study.false_alarm.history import LEVELS, level_of
from tocsin.study.false_alarm.parts import PARTS, Part
from tocsin.study.false_alarm.primary import fresh
from tocsin.study.false_alarm.rates import RATES, YEAR_S, Rates
from tocsin.study.false_alarm.watch import START_T, Scene, watch
from tocsin.study.pool import each

SPAN_S, RAISED = 300.0, 100.0  # of the beginnings, and how many times the rates


def plain_parts() -> tuple[Part, ...]:
    """The parts that hang on no second thing beside the first, and are drawn without weights."""
    return tuple(p for p in PARTS if p.cause is None and not p.beside and not p.pairs)


@final
@dataclass(frozen=True, slots=True)
class Crowd:
    """The chance that a span with everything in it comes to each of `LEVELS`."""

    chance: tuple[Estimate, ...]

    def expected(self, a_year: Estimate) -> Estimate:
        """The same of what comes so often a year, one by one: 1 - exp(-rate span)."""
        factor = RAISED * SPAN_S / YEAR_S
        left = math.exp(-a_year.mean * factor)
        upper = 1.0 - math.exp(-a_year.upper * factor)
        return Estimate(1.0 - left, left * factor * a_year.error, a_year.hits, a_year.windows, upper)


def crowded(spans: int, seed: int, processes: int, tell: Callable[[float], None] = lambda _: None) -> Crowd:
    """So many spans, in each a Poisson number of every plain part's windows, all before one centre."""
    found = np.array(list(each(span, [(n, seed, RATES) for n in range(spans)], processes, tell)))
    return Crowd(tuple(sampled(np.ones(spans), found > k) for k in range(len(LEVELS))))


def span(number: int, seed: int, rates: Rates) -> int:
    """How far up the ladder one span came."""
    rng = np.random.default_rng([seed, 8, number])
    paths: list[Path] = []
    for part in plain_parts():
        shares = np.array([s.share(seed, rates) for s in part.strata])
        for _ in range(rng.poisson(part.per_year(rates) * RAISED * SPAN_S / YEAR_S)):
            drawn = part.strata[int(rng.choice(len(shares), p=shares / shares.sum()))].draw(seed, rates, rng)
            later = SPAN_S * rng.random()
            paths += [replace(p, t=p.t + later) for p in drawn.scene.common]
    if not paths:
        return 0
    return level_of(watch(Scene(max(p.t[-1] for p in paths) - START_T, tuple(paths)), fresh(rng).noise))
