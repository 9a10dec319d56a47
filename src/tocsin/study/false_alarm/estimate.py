"""A rate from weighted windows in strata, with its error and what may still be hidden where none was seen."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Z_95 = 1.645  # one-sided
NONE_SEEN = 3.0  # events that chance hides at 95 %, where none of n was seen


@final
@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with its 1-sigma error, the windows that had it, and the 95 % upper end.

    upper: with what strata without any may hide, which `error` cannot know of; nan where there is no bound.
    """

    mean: float
    error: float
    hits: int
    windows: int
    upper: float

    @property
    def relative(self) -> float:
        """The error over the mean; inf where there is none."""
        return self.error / self.mean if self.mean > 0.0 else math.inf

    def times(self, factor: float) -> Estimate:
        """The same of a rate that is a factor as great."""
        return Estimate(self.mean * factor, self.error * factor, self.hits, self.windows, self.upper * factor)


def estimate(shares: Array, weights: list[Array], hit: list[NDArray[np.bool_]]) -> Estimate:
    """The mean of weight times hit over strata of these shares: sum_k share_k mean_k(w 1).

    Its variance is sum_k share_k^2 s_k^2 / n_k. A stratum without a hit may hide min(3 / n_k, 1)
    of its mean weight.
    """
    mean = variance = hidden = 0.0
    for share, w, h in zip(shares, weights, hit, strict=True):
        n, x = len(w), w * h
        if not n:
            continue
        mean += share * float(x.mean())
        variance += share**2 * (float(x.var(ddof=1)) / n if n > 1 else float(x[0]) ** 2)
        if not h.any():
            hidden += share * min(NONE_SEEN / n, 1.0) * float(w.mean())
    error = math.sqrt(variance)
    return Estimate(
        mean, error, int(sum(h.sum() for h in hit)), sum(map(len, hit)), mean + Z_95 * error + hidden
    )


def bounded(rare: Estimate, before: Estimate) -> Estimate:
    """A rare outcome's estimate, its upper end from what has to come before it, of the same windows.

    P(rare) = P(before) P(rare | before): where none of the k windows that came so far went on, the latter is
    at most 3 / k. Where none came so far there is no bound: nan.
    """
    if rare.hits:
        return rare
    upper = math.nan
    if before.hits:
        upper = (before.mean + Z_95 * before.error) * min(NONE_SEEN / before.hits, 1.0)
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
    )
