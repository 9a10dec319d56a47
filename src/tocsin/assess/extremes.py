"""When the first and the last of several uncertain moments come."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.earth.kernel import kernel

Array = NDArray[np.float64]

LEVELS = (0.05, 0.5, 0.95)
REACH = 8.0  # sigma on either side that the grid covers
GRID = 1200
LEAST_SIGMA_S = 1e-6
ROOT2 = math.sqrt(2.0)


@final
@dataclass(frozen=True, slots=True)
class Moment:
    """A moment's distribution: mean and 1 sigma, its 5, 50 and 95 % points (all s)."""

    mean: float
    sigma: float
    low: float
    middle: float
    high: float


@kernel
def _none_by(x: Array, t: Array, sigma: Array, p: Array, out: Array) -> None:
    """Fill out (m,) with the chance that none of the moments has come by x (m,)."""
    for j in range(x.shape[0]):
        stays = 1.0
        for i in range(t.shape[0]):
            stays *= 1.0 - 0.5 * p[i] * math.erfc((t[i] - x[j]) / sigma[i] / ROOT2)
        out[j] = stays


def first_of(t: ArrayLike, sigma: ArrayLike, probability: ArrayLike = 1.0) -> Moment | None:
    """The first of moments N(t, sigma) (n,), each of which comes with its probability; None if none may.

    F(x) = 1 - prod(1 - p_i Phi((x - t_i) / sigma_i)), given that one comes at all. They are taken as
    independent: common errors (one sensor's clock) move the mean no further than their own size.
    """
    return _extreme(np.asarray(t, float), np.asarray(sigma, float), probability, sign=1.0)


def last_of(t: ArrayLike, sigma: ArrayLike, probability: ArrayLike = 1.0) -> Moment | None:
    """As `first_of`, the last."""
    return _extreme(-np.asarray(t, float), np.asarray(sigma, float), probability, sign=-1.0)


def _extreme(t: Array, sigma: Array, probability: ArrayLike, sign: float) -> Moment | None:
    p = np.clip(np.broadcast_to(np.asarray(probability, dtype=np.float64), t.shape), 0.0, 1.0)
    may = (p > 0.0) & np.isfinite(t) & np.isfinite(sigma)
    t, p, sigma = t[may], p[may], np.maximum(sigma[may], LEAST_SIGMA_S)
    if len(t) == 0:
        return None
    # None comes later than the earliest of the latest ends of those that surely come; else up to the last.
    sure = (t + REACH * sigma)[p == 1.0]
    begin, end = float((t - REACH * sigma).min()), float((t + REACH * sigma).max())
    if len(sure):
        end = min(end, float(sure.min()))
    near = t - REACH * sigma <= end
    t, p, sigma = t[near], p[near], sigma[near]
    # Even steps, and closer ones wherever a moment is known well.
    own = (
        (t[:, None] + sigma[:, None] * np.linspace(-4.0, 4.0, 17)).ravel() if len(t) <= GRID else np.empty(0)
    )
    x = np.union1d(np.linspace(begin, end, GRID), own[(own > begin) & (own < end)])
    stays = np.empty(len(x))
    _none_by(x, t, sigma, np.ascontiguousarray(p), stays)
    never = float(np.prod(1.0 - p))
    F = (1.0 - stays) / (1.0 - never)
    mass, at = np.diff(F), 0.5 * (x[1:] + x[:-1])
    mass = np.maximum(mass, 0.0) / mass.sum()
    mean = float(mass @ at)
    spread = float(np.sqrt(mass @ ((at - mean) ** 2 + np.diff(x) ** 2 / 12.0)))
    low, middle, high = (float(np.interp(level * F[-1], F, x)) for level in LEVELS)
    if sign < 0.0:
        return Moment(-mean, spread, -high, -middle, -low)
    return Moment(mean, spread, low, middle, high)
