"""Whether levels come to what they should: one raised danger by nature's draws alone, and by splitting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import final

import numpy as np

from tocsin.study.false_alarm.estimate import Estimate, estimate
from tocsin.study.false_alarm.rates import RATES
from tocsin.study.false_alarm.run import Splits, driven
from tocsin.study.false_alarm.splitting import Effort, split

PART, STRATUM = "near launch", 0
NEAR = -2.0  # decades short of a false warning: common enough to be seen without levels
BRUTE, LEVELS = 5, 3  # times the windows of a level; levels
APART = 1_000_003


@final
@dataclass(frozen=True, slots=True)
class Levelled:
    """The chance of a window to come so near, by each way."""

    nature: Estimate
    splitting: Estimate


def levelled(
    windows: int, seed: int, processes: int, tell: Callable[[float], None] = lambda _: None
) -> Levelled:
    """Launches aimed beside protected ground, so many a level, and five times as many by nature alone."""
    ways = {"nature": Effort(BRUTE * windows, 1, 0.0), "splitting": Effort(windows, LEVELS, 0.0)}
    found = []
    for number, effort in enumerate(ways.values()):
        own = APART * (number + 1) + seed  # no window of the one is a window of the other
        splits: Splits = {(PART, STRATUM): split(effort, np.random.default_rng([3, own]))}

        def half(share: float, number: int = number) -> None:
            tell(0.5 * (number + share))

        levels = driven(splits, own, RATES, processes, half)[PART, STRATUM]
        found.append(estimate(levels, lambda d: d.danger >= NEAR))
    return Levelled(*found)
