"""A rate from weighted windows in strata, with its error and what may still be hidden where none was seen."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.assess.raid import chi2_beyond

Array = NDArray[np.float64]
Z_95 = 1.645  # one-sided


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

    Its variance is sum_k share_k^2 s_k^2 / n_k. The upper end adds those of the strata: of k hits, the upper
    95 % limit of a Poisson count over n, times their mean weight (of weighted hits k = (sum w)^2 / sum w^2).
    """
    mean = variance = upper = 0.0
    for share, w, h in zip(shares, weights, hit, strict=True):
        n, x = len(w), w * h
        if not n:
            continue
        mean += share * float(x.mean())
        variance += share**2 * (float(x.var(ddof=1)) / n if n > 1 else float(x[0]) ** 2)
        k = int(x.sum() ** 2 / (x @ x)) if h.any() else 0
        each = float(x.sum()) / k if k else float(w.mean())
        upper += share * min(each * _at_most(k) / n, float(w.max()))
    hits = int(sum(h.sum() for h in hit))
    return Estimate(mean, math.sqrt(variance), hits, sum(map(len, hit)), upper)


def _at_most(k: int) -> float:
    """The upper 95 % limit of a Poisson mean of which k were counted (Garwood): 3.0 for none."""
    return 0.5 * chi2_beyond(0.05, 2 * k + 2)


def bounded(rare: Estimate, before: Estimate) -> Estimate:
    """A rare outcome's estimate, its upper end from what has to come before it, of the same windows.

    P(rare) = P(before) P(rare | before): where none of the k windows that came so far went on, the latter is
    at most 3 / k. Where none came so far there is no bound: nan.
    """
    if rare.hits:
        return rare
    upper = math.nan
    if before.hits:
        upper = (before.mean + Z_95 * before.error) * min(_at_most(0) / before.hits, 1.0)
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
