"""Bands of what a number of runs can tell: of 95 %, or of another share by its z."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Z = NormalDist().inv_cdf(0.975)
Z_WIDE = NormalDist().inv_cdf(0.9995)
"""Of the band of 99.9 %, for what is asked of many figures at once."""

Band = tuple[float, float]


def chi_square_band(mean: float, freedom: float, z: float = Z) -> Band:
    """Where the true mean of a chi-square over its freedom f lies, seen as `mean` over so much in all.

    mean f / q at the quantiles q of -z and z, by Wilson and Hilferty's cube f (1 - a + z sqrt(a))^3 with
    a = 2 / 9f, good to 1e-3 from a freedom of 30 on and to 2e-3 from 20; without an upper end where the cube
    has no root above 0.
    """
    a = 2.0 / (9.0 * freedom)
    low, high = (1.0 - a + s * math.sqrt(a) for s in (z, -z))
    return mean / low**3, mean / high**3 if high > 0.0 else math.inf


def rms_band(values: Array, z: float = Z) -> Band:
    """Where the true RMS of independent values (n,) lies, each the root of a sum of squares of Gaussians.

    The squares s are taken as a gamma's, of shape k = mean(s) / cov(s, ln s) less its bias of three parts in
    n, or mean^2 / variance where that is less (heavy tails); then their sum is a chi-square's of freedom
    2 n k. Drawn again with replacement, 20 values would give bands that hold the truth 85 to 90 times of a
    hundred; these do so 93 to 96 times, of one axis and of several.
    Source: Ye and Chen, American Statistician 71 (2017), 177 (the shape); its bias as in Louzada, Ramos and
    Ramos (2019).
    """
    n = len(values)
    if n < 2 or not np.all(np.isfinite(values)):
        return 0.0, math.inf
    s = np.maximum(values**2, np.finfo(np.float64).tiny)
    mean, spread, bend = (
        float(np.mean(s)),
        float(np.var(s, ddof=1)),
        float(np.mean((s - np.mean(s)) * np.log(s))),
    )
    if spread <= 0.0 or bend <= 0.0:  # all the same: they tell of no spread
        return math.sqrt(mean), math.sqrt(mean)
    k = mean / bend
    k -= (3.0 * k - 2.0 / 3.0 * k / (1.0 + k) - 0.8 * k / (1.0 + k) ** 2) / n
    low, high = chi_square_band(mean, max(1.0, 2.0 * n * min(k, mean * mean / spread)), z)
    return math.sqrt(low), math.sqrt(high)


def median_band(values: Array, z: float = Z) -> Band:
    """Where the true median of values (n,) lies, whatever their distribution: between two of their ranks.

    As many below as above, (n - z sqrt(n)) / 2 of each left out, rounded down (the normal approximation of
    the sign test); from 0 to infinity where the values are too few for any.
    """
    n = len(values)
    out = math.floor(0.5 * (n - z * math.sqrt(n)))
    if out < 0:
        return 0.0, math.inf
    ranked = np.sort(values)
    return float(ranked[out]), float(ranked[n - 1 - out])


def mean_band(values: Array, z: float = Z) -> Band:
    """Where the true mean of values (n,) from 0 lies, by their own scatter: mean -+ z s / sqrt(n).

    Of sums of squares that are no chi-square's (tails); for fewer than 20 it is too narrow.
    """
    n = len(values)
    if n < 2 or not np.all(np.isfinite(values)):
        return 0.0, math.inf
    mean, half = float(np.mean(values)), z * float(np.std(values, ddof=1)) / math.sqrt(n)
    return max(0.0, mean - half), mean + half


def binomial_band(share: float, n: int) -> Band:
    """Wilson's score interval of a share seen in n runs."""
    middle = (share + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n)
    half = Z / (1.0 + Z * Z / n) * math.sqrt(share * (1.0 - share) / n + Z * Z / (4.0 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)
