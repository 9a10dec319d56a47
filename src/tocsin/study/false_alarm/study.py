"""The whole study: its windows, and every figure that is asked of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import final

from tocsin.study.false_alarm.estimate import Estimate, together
from tocsin.study.false_alarm.figures import Point, alarms, by_level, independent, tenfold, trade
from tocsin.study.false_alarm.parts import Part
from tocsin.study.false_alarm.rates import RATES, Rates
from tocsin.study.false_alarm.run import LEAST_A_YEAR, ran


@final
@dataclass(frozen=True, slots=True)
class Found:
    """A part, its false warnings a year, and how often a year it comes to each level of `LEVELS`."""

    part: Part
    per_year: float
    alarms: Estimate
    levels: tuple[Estimate, ...]


@final
@dataclass(frozen=True, slots=True)
class Study:
    """All figures, a year; causes: of each common cause; tenfold: as `figures.tenfold` has it.

    effort and least as of `run.ran`.
    """

    seed: int
    effort: float
    least: float
    rates: Rates
    parts: tuple[Found, ...]
    independent: Estimate
    causes: dict[str, Estimate]
    tenfold: dict[str, tuple[Estimate, Estimate]]
    trade: tuple[Point, ...]

    @property
    def notices(self) -> Estimate:
        """Notices that nuisances of one channel make, whatever lies beside them."""
        return together([f.levels[0] for f in self.parts if f.part.notices])


def study(
    effort: float,
    seed: int,
    processes: int,
    tell: Callable[[float], None] = lambda _: None,
    rates: Rates = RATES,
    names: tuple[str, ...] = (),
    least: float = LEAST_A_YEAR,
) -> Study:
    """The study of all parts, or of those named; TocsinError as of `run.ran`."""
    found = ran(effort, seed, processes, tell, rates, names, least)
    parts = tuple(
        Found(r.part, r.part.per_year(rates), alarms(r, seed, rates), by_level(r, seed, rates)) for r in found
    )
    causes = {f.part.cause: f.alarms for f in parts if f.part.cause is not None}
    return Study(
        seed,
        effort,
        least,
        rates,
        parts,
        independent(found, seed, rates),
        causes,
        tenfold(found, seed, rates),
        trade(found, seed, rates),
    )
