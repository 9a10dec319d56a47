"""A rate from weighted windows in strata, with its error and what may still be hidden where none was seen."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import final

import numpy as np

from tocsin.assess.raid import chi2_beyond
from tocsin.study.false_alarm.splitting import D, Level, mean_of, means_of

Z_95 = 1.645  # one-sided


@final
@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with its 1-sigma error, the windows that had it, and the 95 % upper end.

    upper: with what strata without any may hide, which `error` cannot know of; nan where there is no bound;
    effective: how many equal and independent ones the hits are worth.
    """

    mean: float
    error: float
    hits: int
    windows: int
    upper: float
    effective: float = 0.0

    @property
    def relative(self) -> float:
        """The error over the mean; inf where there is none."""
        return self.error / self.mean if self.mean > 0.0 else math.inf

    def times(self, factor: float) -> Estimate:
        """The same of a rate that is a factor as great."""
        return replace(self, mean=self.mean * factor, error=self.error * factor, upper=self.upper * factor)


def estimate(levels: Sequence[Level[D]], hit: Callable[[D], bool], sought: bool = False) -> Estimate:
    """The mean of weight times hit over levels: sum_k P(level k) mean_k(w 1 [up to the next floor]).

    sought: whether a hit is what the levels rise to, so that none lies below the last. The variance of each
    level's mean is that of its chains' means; the errors of P(level k), which hang on one another, add up;
    in the upper end P(level k) is lognormal. That end is of Poisson counts of chains, which are alike in
    themselves: of k with hits, their upper 95 % limit over n, times their mean (where weighted, k = (sum)^2
    / sum of squares); of none, the same of nought, times the mean weight.
    """
    mean = error = upper = 0.0
    hits = windows = 0
    effective = 0.0
    for level in levels:

        def value(d: D, above: float = level.above) -> float:
            return d.weight * (hit(d) and d.danger <= above)

        found, spread = mean_of(level.chains, value)
        mean += level.reached * found
        error += level.reached * math.hypot(math.sqrt(spread), found * level.relative)
        hits += sum(value(d) > 0.0 for d in level.drawn)
        # The seed of a chain was watched in the level before.
        windows += sum(len(chain) - (level.floor > -math.inf) for chain in level.chains)
        means = means_of(level.chains, value)
        surely = level.reached * math.exp(Z_95 * math.sqrt(math.log1p(level.relative**2)))
        if means.any():
            count = float(means.sum() ** 2 / (means @ means))
            k = max(1, int(count + 1e-9))
            effective += count
            upper += surely * float(means.sum()) / k * _at_most(k) / len(means)
        elif level is levels[-1] or not sought:
            weights = np.array([d.weight for d in level.drawn])
            most = float(weights.mean()) * _at_most(0) / len(means)
            upper += surely * min(most, float(weights.max()))
    return Estimate(float(mean), float(error), int(hits), int(windows), float(upper), effective)


@final
@dataclass(frozen=True, slots=True)
class _One:
    """A draw by itself, near nothing."""

    weight: float
    hit: bool
    danger: float = -math.inf


def sampled(weights: Iterable[float], hits: Iterable[bool]) -> Estimate:
    """The mean of weight times hit over independent draws."""
    chains = tuple((_One(float(w), bool(h)),) for w, h in zip(weights, hits, strict=True))
    return estimate((Level(1.0, 0.0, -math.inf, chains),), lambda d: d.hit)


def over(shares: Sequence[float], strata: Sequence[Estimate]) -> Estimate:
    """The mean over strata of these shares; errors add in squares, and upper ends by themselves."""
    parts = [e.times(share) for share, e in zip(shares, strata, strict=True)]
    return replace(together(parts), upper=sum(p.upper for p in parts))


def _at_most(k: int) -> float:
    """The upper 95 % limit of a Poisson mean of which k were counted (Garwood): 3.0 for none."""
    return 0.5 * chi2_beyond(0.05, 2 * k + 2)


def bounded(rare: Estimate, before: Estimate) -> Estimate:
    """A rare outcome's estimate, its upper end from what has to come before it, of the same windows.

    P(rare) = P(before) P(rare | before): where none of the windows that came so far went on, the latter is at
    most 3 / k, k their effective number. Where none came so far there is no bound: nan.
    """
    if rare.hits:
        return rare
    upper = math.nan
    if before.hits:
        upper = (before.mean + Z_95 * before.error) * min(_at_most(0) / before.effective, 1.0)
    return Estimate(rare.mean, rare.error, rare.hits, rare.windows, upper)


def together(parts: list[Estimate]) -> Estimate:
    """The sum of independent estimates; the excesses of upper ends that there are add in squares."""
    mean = sum(p.mean for p in parts)
    return Estimate(
        mean,
        math.sqrt(sum(p.error**2 for p in parts)),
        sum(p.hits for p in parts),
        sum(p.windows for p in parts),
        mean + math.sqrt(sum((p.upper - p.mean) ** 2 for p in parts if math.isfinite(p.upper))),
        sum(p.effective for p in parts),
    )
