"""Splitting: what is too rare to be seen is come to by levels, each drawn on from those nearest to it."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar, final

import numpy as np
from numpy.typing import NDArray

SHARE = 0.25  # of a level's windows that the next is drawn on from
LEAST_KEPT = 2
HIT = 0.0  # the danger of what is sought


class Drawn(Protocol):
    """What was drawn, with its weight: it is what is sought at `HIT`, and the less below it, the farther."""

    @property
    def danger(self) -> float:
        """How near."""
        ...

    @property
    def weight(self) -> float:
        """How often nature draws it, over how often it was drawn here."""
        ...


D = TypeVar("D", bound=Drawn)


@final
@dataclass(frozen=True, slots=True)
class Job(Generic[D]):
    """A chain to be drawn: `length` long with its seed, all above the floor; without one, anything.

    key: the level and the number of the chain: what its draws hang on.
    """

    key: tuple[int, int]
    seed: D | None = None
    floor: float = -math.inf
    length: int = 1


@final
@dataclass(frozen=True, slots=True)
class Level(Generic[D]):
    """Chains drawn above the floor, which is reached with this chance, relative: its error over it.

    above: the next level's floor; inf of the last, which has no next.
    """

    reached: float
    relative: float
    floor: float
    chains: tuple[tuple[D, ...], ...]
    above: float = field(default=math.inf)

    @property
    def drawn(self) -> tuple[D, ...]:
        """Of all chains."""
        return tuple(d for chain in self.chains for d in chain)


@final
@dataclass(frozen=True, slots=True)
class Effort:
    """How many are drawn a level, the most levels, and the chance below which nothing is sought."""

    windows: int
    levels: int
    least: float


def split(
    effort: Effort, rng: np.random.Generator
) -> Generator[list[Job[D]], Sequence[tuple[D, ...]], tuple[Level[D], ...]]:
    """Levels of rising danger up to where `SHARE` of a level is what is sought; asks for chains to be drawn.

    P(danger > b_k) = prod_j p_j, p_j the share of level j above the next floor: that is the danger of the
    best which is not kept, lest p_j be too high. It ends too where a level cannot rise, at the most levels,
    and below the least chance. Each p_j's variance is that of the means of its chains; relative errors add
    up, not in squares, for the levels descend from one another.
    Source: Au and Beck, Probabilistic Engineering Mechanics 16 (2001), 263; Kahn and Harris (1951).
    """
    jobs: list[Job[D]] = [Job((0, k)) for k in range(effort.windows)]
    reached, relative, floor = 1.0, 0.0, -math.inf
    levels: list[Level[D]] = []
    while True:
        level = Level(reached, relative, floor, tuple((yield jobs)))
        drawn = sorted(level.drawn, key=lambda d: -d.danger)
        above = drawn[min(max(round(SHARE * len(drawn)), 1), len(drawn) - 1)].danger
        near = [d for d in drawn if d.danger > above]
        rising = len(near) >= LEAST_KEPT and above < HIT
        if not rising or len(levels) + 1 >= effort.levels or reached < effort.least:
            return (*levels, level)
        p, spread = mean_of(level.chains, lambda d, b=above: float(d.danger > b))  # type: ignore[misc]
        levels.append(Level(level.reached, level.relative, floor, level.chains, above))
        reached, relative, floor = reached * p, relative + math.sqrt(spread) / p, above
        seeds = rng.permutation(len(near))
        length = max(round(effort.windows / len(seeds)), 1)
        jobs = [Job((len(levels), k), near[s], floor, length) for k, s in enumerate(seeds)]


def mean_of(chains: Sequence[Sequence[D]], value: Callable[[D], float]) -> tuple[float, float]:
    """The mean of a value over all that chains hold, and its variance: that of the chains' means."""
    means = means_of(chains, value)
    mean = float(np.mean(means))
    if len(means) > 1:
        return mean, float(means.var(ddof=1)) / len(means)
    return mean, mean**2


def means_of(chains: Sequence[Sequence[D]], value: Callable[[D], float]) -> NDArray[np.float64]:
    """The mean (n,) of a value over each chain."""
    return np.array([np.mean([value(d) for d in chain]) for chain in chains])
