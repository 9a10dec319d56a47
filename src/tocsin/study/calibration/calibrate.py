"""The study in whole: flights of a world, what was told of them, and whether it came true."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, final

import numpy as np

from tocsin.assess.classify import MODEL
from tocsin.study.calibration.moments import MOMENTS
from tocsin.study.calibration.outcomes import (
    class_outcomes,
    confusion,
    loft_outcomes,
    only_falls,
    probabilities,
    territory_outcomes,
)
from tocsin.study.calibration.reliability import Outcomes, Reliability, reliability
from tocsin.study.calibration.study import drawn
from tocsin.study.calibration.told import Told
from tocsin.study.calibration.worlds import WORLDS

ASKED_POINTS: Final = 3.0
ENOUGH: Final = 700
"""What is asked of each bin with so many events or more: to come true within so many points."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """What came of a world's flights.

    classes: by the world's rates, as a user states them; default: by the model's own rates; arcs: territories
    of what only falls; moments: classes, by the moment at which they were told; mistaken: for each true class
    the mean probabilities told.
    """

    world: str
    flights: int
    seed: int
    classes: Reliability
    default: Reliability
    territory: Reliability
    arcs: Reliability
    loft: Reliability
    moments: dict[str, Reliability]
    mistaken: dict[str, dict[str, float]]


def calibration(
    world: str,
    flights: int,
    seed: int,
    processes: int,
    tell: Callable[[float], None] = lambda share: None,
) -> Calibration:
    """Fly and watch so many flights of a world, and hold what was told against what was true."""
    return calibrated(world, drawn(world, flights, seed, processes, tell), flights, seed)


def calibrated(world: str, told: Sequence[Told], flights: int, seed: int) -> Calibration:
    """The study of what was told of a world's flights."""

    def of(outcomes: Outcomes) -> Reliability:
        return reliability(outcomes, np.random.default_rng([seed, flights]))

    p, lofts = probabilities(told, replace(MODEL, rates=WORLDS[world].rates))
    own, _ = probabilities(told, MODEL)
    moment = np.array([t.moment for t in told])
    return Calibration(
        world,
        flights,
        seed,
        of(class_outcomes(told, p)),
        of(class_outcomes(told, own)),
        of(territory_outcomes(told)),
        of(territory_outcomes(only_falls(told))),
        of(loft_outcomes(told, lofts)),
        {
            m: of(class_outcomes([t for t in told if t.moment == m], p[moment == m]))
            for m in MOMENTS
            if (moment == m).any()
        },
        confusion(told, p),
    )


def verdict(of: Reliability) -> str:
    """ "met": ten bins with enough events, each within what is asked; "missed": one that is not, its band and
    all or not; "few": too few events in a bin to say."""
    full = [b for b in of.bins if b.events >= ENOUGH]
    if any(abs(b.off) > ASKED_POINTS for b in full):
        return "missed"
    return "met" if len(full) == len(of.bins) else "few"
