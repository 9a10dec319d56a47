"""The extended Kalman filter, and the iterated one that linearises a look again where it has led.

Sources: Jazwinski, Stochastic Processes and Filtering Theory (1970), 8.3; Bell and Cathey, The iterated
Kalman filter update as a Gauss-Newton method, IEEE Trans. Automatic Control 38 (1993) 294.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tocsin.study.filters.flight import flown_with_phi, seen
from tocsin.study.filters.kalman import corrected, predicted

Array = NDArray[np.float64]


@njit(cache=True, error_model="numpy")
def step(
    x: Array, P: Array, dt: float, z: Array, sigma: Array, place: Array, axes: Array,
    degree: int, order: int, air: Array, rounds: int,
) -> tuple[Array, Array]:  # fmt: skip
    """State (n,) and covariance (n, n) after a look z (3,) dt s later: extended with one round.

    x_(i+1) = x + K_i (z - h(x_i) - H_i (x - x_i)), with K_i from the covariance before the look.
    """
    before, F = flown_with_phi(x, dt, degree, order, air)
    held = predicted(P, F, np.zeros(P.shape))
    now, after = before, held
    for _ in range(rounds):
        h, H = seen(now, place, axes, z[1])
        d = z - h
        for i in range(3):
            for j in range(len(x)):
                d[i] -= H[i, j] * (before[j] - now[j])
        dx, after = corrected(held, H, d, sigma)
        now = before + dx
    return now, after
