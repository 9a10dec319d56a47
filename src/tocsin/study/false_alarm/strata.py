"""Shares of a part's occasions, each with how its windows are drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import final

import numpy as np

from tocsin.study.false_alarm.draws import SightKind, Window, falling, landing_shares
from tocsin.study.false_alarm.rates import Rates

Draw = Callable[[int, Rates, np.random.Generator], Window]
PROBES = 400


@final
@dataclass(frozen=True, slots=True)
class Stratum:
    """A share of a part's occasions, how one of its windows is drawn, and how many are, in proportion.

    split: whether it is come to by levels; what is drawn then hangs on `Primary` numbers alone.
    """

    share: Callable[[int, Rates], float]
    draw: Draw
    windows: int
    split: bool = False


def whole(_: int, __: Rates) -> float:
    """All of a part's occasions."""
    return 1.0


def by_levels(draw: Callable[[np.random.Generator], Window], n: int) -> Stratum:
    """All of a part's occasions, come to by levels."""
    return Stratum(whole, lambda _, __, rng: draw(rng), n, split=True)


@cache
def _sights(seed: int, kind: int) -> tuple[SightKind, ...]:
    """Who could see glowing bodies of a class of landings."""
    rng = np.random.default_rng([seed, 2, kind])
    return tuple(falling(seed, kind, True, rng).sight for _ in range(PROBES))


def glowing(kind: int, sights: tuple[SightKind, ...], windows: int) -> Stratum:
    """Glowing bodies of a class of landings that are to be seen in one of these ways; by levels."""

    def share(seed: int, _: Rates) -> float:
        found = _sights(seed, kind)
        return float(landing_shares(seed)[kind]) * sum(map(found.count, sights)) / len(found)

    def draw(seed: int, _: Rates, rng: np.random.Generator) -> Window:
        while True:
            window = falling(seed, kind, True, rng)
            if window.sight in sights:
                return window

    return Stratum(share, draw, windows, split=True)


def landing(kind: int) -> Callable[[int, Rates], float]:
    """The share of a class of landings, by their distance to protected ground."""
    return lambda seed, _: float(landing_shares(seed)[kind])


def aimed(near: bool, draw: Callable[[bool, Rates, np.random.Generator], Window], n: int) -> Stratum:
    """Launches elsewhere that a cause falls upon: those beside protected ground, or the far ones."""

    def share(_: int, rates: Rates) -> float:
        part = rates.near_launches / (rates.near_launches + rates.far_launches)
        return part if near else 1.0 - part

    return Stratum(share, lambda _, rates, rng: draw(near, rates, rng), n, split=True)
