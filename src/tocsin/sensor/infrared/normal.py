"""The tail of the normal distribution, and the scaled complementary error function."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

FAR = 4.0  # from where the continued fraction is used
TERMS = 40  # of it: 1e-15 at FAR

_erfc = np.frompyfunc(math.erfc, 1, 1)


def normal_tail(x: ArrayLike) -> Array:
    """Q(x) = P(N(0, 1) > x) = erfc(x / sqrt 2) / 2 (...), without cancellation in the tail."""
    return np.asarray(0.5 * np.asarray(_erfc(np.asarray(x) / math.sqrt(2.0)), dtype=np.float64))


def scaled_erfc(y: ArrayLike) -> Array:
    """exp(y^2) erfc(y) (...) for y (...) from 0 on, to 1e-14.

    Above 4 by the continued fraction 1 / sqrt(pi) / (y + (1/2) / (y + 1 / (y + (3/2) / ...))). Source:
    Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 7.1.14.
    """
    y = np.asarray(y, dtype=np.float64)
    far = np.asarray(np.maximum(y, FAR))
    fraction = far.copy()
    for k in range(TERMS, 0, -1):
        np.divide(0.5 * k, fraction, out=fraction)
        fraction += far
    out = np.asarray(1.0 / (math.sqrt(math.pi) * fraction))
    near = y < FAR
    out[near] = np.exp(y[near] ** 2) * np.asarray(_erfc(y[near]), dtype=np.float64)
    return out
