"""95 % bands of what a number of runs can tell."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Z = NormalDist().inv_cdf(0.975)
RESAMPLES = 1000

Band = tuple[float, float]


def chi_square_band(mean: float, freedom: int) -> Band:
    """Where the true mean of a chi-square over its freedom f lies, seen as `mean` over so much in all.

    mean f / q at the quantiles q of 2.5 and 97.5 %, by Wilson and Hilferty's cube f (1 - a + z sqrt(a))^3
    with a = 2 / 9f, good to 1e-3 from a freedom of 30 on.
    """
    a = 2.0 / (9.0 * freedom)
    low, high = (mean / (1.0 - a + z * math.sqrt(a)) ** 3 for z in (Z, -Z))
    return low, high


def resampled_band(values: Array, what: str, rng: np.random.Generator) -> Band:
    """The percentile band of the "rms" or the "median" of values (n,), drawn again with replacement."""
    again = values[rng.integers(0, len(values), (RESAMPLES, len(values)))]
    found = np.sqrt(np.mean(again**2, axis=1)) if what == "rms" else np.median(again, axis=1)
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)


def binomial_band(share: float, n: int) -> Band:
    """Wilson's score interval of a share seen in n runs."""
    middle = (share + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n)
    half = Z / (1.0 + Z * Z / n) * math.sqrt(share * (1.0 - share) / n + Z * Z / (4.0 * n * n))
    return middle - half, middle + half
