"""Whether the weights are right: one raised world drawn by nature alone, and by importance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, final

import numpy as np

from tocsin.study.false_alarm.bodies import decay
from tocsin.study.false_alarm.draws import AFTER_S, BEFORE_S, a_landing, sight_of, trimmed
from tocsin.study.false_alarm.estimate import Estimate, sampled
from tocsin.study.false_alarm.history import LEVELS, level_of
from tocsin.study.false_alarm.nuisances import glint, telescopes
from tocsin.study.false_alarm.primary import fresh
from tocsin.study.false_alarm.watch import START_T, Scene, watch
from tocsin.study.false_alarm.weight import NATURAL, PROPOSAL
from tocsin.study.pool import each

Way = Literal["nature", "importance"]
# A glint lies within so far of each body and moves nearly as it does: a rate of such glints raised beyond all
# measure, so that nature alone brings the two together within few windows.
NEAR_M, SPEEDS, LASTS_S = 30e3, ((1.0, 600.0),), 60.0


@final
@dataclass(frozen=True, slots=True)
class Checked:
    """Of each of `LEVELS`: the chance a window by nature's draws, and by weighted ones."""

    nature: tuple[Estimate, ...]
    importance: tuple[Estimate, ...]


def checked(
    windows: int, seed: int, processes: int, tell: Callable[[float], None] = lambda _: None
) -> Checked:
    """So many windows each way: a glint beside a body that comes down on protected ground."""
    ways: tuple[Way, Way] = ("nature", "importance")
    jobs = [(way, n, seed) for way in ways for n in range(windows)]
    found = list(each(raised, jobs, processes, tell))
    return Checked(*(_levels(found[k * windows : (k + 1) * windows]) for k in range(2)))


def raised(way: Way, number: int, seed: int) -> tuple[float, int]:
    """One window's weight, and the levels that it reached."""
    rng = np.random.default_rng([seed, 9, way == "nature", number])
    while True:
        body = decay(a_landing(seed, 0, rng), False, START_T + BEFORE_S, rng)
        sight = sight_of(body)
        if sight.last - sight.first >= LASTS_S:
            break
    body, lasts = trimmed(body, sight)
    begin = float(rng.uniform(START_T + BEFORE_S, START_T + BEFORE_S + sight.last - sight.first - LASTS_S))
    eye = telescopes()[int(rng.integers(len(telescopes())))]
    proposal = NATURAL if way == "nature" else PROPOSAL
    beside = glint(body, begin, LASTS_S, eye, rng, SPEEDS, proposal, NEAR_M)
    scene = Scene(min(lasts, begin - START_T + LASTS_S + AFTER_S), (body,), {eye.key: (beside.path,)})
    return beside.weight, level_of(watch(scene, fresh(rng).noise))


def _levels(found: list[tuple[float, int]]) -> tuple[Estimate, ...]:
    weight, level = (np.array(column) for column in zip(*found, strict=True))
    return tuple(sampled(weight, level > k) for k in range(len(LEVELS)))
