"""Where an arc between two of its nodes is highest, or meets the ground."""

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.kernel import kernel
from tocsin.motion.dop853 import copy
from tocsin.motion.nodes import between
from tocsin.motion.steps import height_and_rate

Array = NDArray[np.float64]

NEAR_TOP, NEAR_GROUND = 1e-4, 1e-2  # m/s and m


@kernel
def crossing(climb: float, n: int, i: int, path: Array, y: Array) -> float:
    """The time between nodes i and i + 1 at which the climb (1.0) or the height (0.0) changes its sign.

    The Illinois rule on the quintics of `between`; y (n,), n = 6, is the state there. Neither which of the
    two nor n is a constant to the compiler, which else would make a kernel of each.
    """
    copy(n, path[i, 1:], y)
    h, rate = height_and_rate(y)
    a, fa = path[i, 0], rate if climb == 1.0 else h
    copy(n, path[i + 1, 1:], y)
    h, rate = height_and_rate(y)
    b, fb = path[i + 1, 0], rate if climb == 1.0 else h
    near = NEAR_TOP if climb == 1.0 else NEAR_GROUND
    t: float = b
    for _ in range(40):
        t = b - fb * (b - a) / (fb - fa)
        between(n, i, t, path, y)
        h, rate = height_and_rate(y)
        value = rate if climb == 1.0 else h
        if abs(value) < near:
            break
        if value * fb < 0.0:
            a, fa = b, fb
        else:
            fa *= 0.5
        b, fb = t, value
    return t


@kernel
def variance(row: Array, P: Array) -> float:
    """a P a' of a row a (7,) and a covariance P (7, 7)."""
    total = 0.0
    for i in range(7):
        part = 0.0
        for j in range(7):
            part += P[i, j] * row[j]
        total += part * row[i]
    return total
