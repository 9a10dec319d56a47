"""What is told of flights at their moments, by the very functions that an event is assessed with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import final

from tocsin.assess.assess import judged
from tocsin.assess.classify import MODEL, Kinematics
from tocsin.study.calibration.moments import BETA, Watched, territories
from tocsin.study.calibration.worlds import World


@final
@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """One flight at one moment: what was known and told of it, and what was true.

    true: index of the class; loft: index of a ballistic missile's, None of others; territory: probability by
    owner, and owner: the true one; None where nothing is told of it.
    """

    flight: int
    moment: str
    phase: str
    known: Kinematics
    true: int
    loft: int | None
    territory: dict[str, float] | None
    owner: str | None


def told_of(watched: Sequence[Watched], world: World) -> list[Told]:
    """All that is told of moments of a world's flights, its rates known, in one batch."""
    if not watched:
        return []
    model = replace(MODEL, rates=world.rates)
    found, known, *_ = judged([w.case for w in watched], territories(), 1.0 / BETA, model)
    return [
        Told(
            w.flight,
            w.moment,
            w.case.solution.phase,
            known.row(k),
            w.true,
            w.loft,
            None if w.moment == "boost" or w.owner is None else where.territory,
            w.owner,
        )
        for k, (w, where) in enumerate(zip(watched, found, strict=True))
    ]
