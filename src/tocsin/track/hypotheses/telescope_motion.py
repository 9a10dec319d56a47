"""How what a telescope sees moves on its two angles: place, rate and acceleration, under white jerk."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.kernel import kernel

Array = NDArray[np.float64]

MODELS = 1


@kernel
def predict_telescope(x: Array, P: Array, dt: Array, q: Array) -> None:
    """Move states x (n, 1, 6), two axes of three, and P (n, 1, 6, 6) by dt (n,) each, in place.

    F = [[1, T, T2/2], [0, 1, T], [0, 0, 1]]; Q = q [[T5/20, T4/8, T3/6], [T4/8, T3/3, T2/2],
    [T3/6, T2/2, T]], q (n,) the density of jerk, rad2/s5 (Bar-Shalom, Li and Kirubarajan 2001, 6.2.3). The
    axes never mix.
    """
    for i in range(x.shape[0]):
        T = dt[i]
        h = 0.5 * T * T
        for o in (0, 3):
            y, C = x[i, 0, o:], P[i, 0, o : o + 3, o : o + 3]
            y[0] += T * y[1] + h * y[2]
            y[1] += T * y[2]
            for c in range(3):
                C[0, c] += T * C[1, c] + h * C[2, c]
                C[1, c] += T * C[2, c]
            for r in range(3):
                C[r, 0] += T * C[r, 1] + h * C[r, 2]
                C[r, 1] += T * C[r, 2]
            C[0, 0] += q[i] * T**5 / 20.0
            C[0, 1] += q[i] * T**4 / 8.0
            C[1, 0] += q[i] * T**4 / 8.0
            C[0, 2] += q[i] * T**3 / 6.0
            C[2, 0] += q[i] * T**3 / 6.0
            C[1, 1] += q[i] * T**3 / 3.0
            C[1, 2] += q[i] * T * T / 2.0
            C[2, 1] += q[i] * T * T / 2.0
            C[2, 2] += q[i] * T
