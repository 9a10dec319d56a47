"""The unscented Kalman filter of an Earth-fixed state."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tocsin.study.filters.flight import fly, seen
from tocsin.study.filters.unscented import corrected, moments, sigma_points

Array = NDArray[np.float64]


@njit(cache=True, error_model="numpy")
def step(
    x: Array, P: Array, dt: float, z: Array, sigma: Array, place: Array, axes: Array,
    degree: int, order: int, air: Array, kappa: float,
) -> tuple[Array, Array]:  # fmt: skip
    """State (n,) and covariance (n, n) after a look z (3,) dt s later; the points are drawn once a look.

    With no process noise the points that were flown are still those of the state before the look.
    """
    X = sigma_points(x, P, kappa)
    Y = np.empty((len(X), 3))
    for s in range(len(X)):
        fly(6, X[s], dt, degree, order, air)
        Y[s], _ = seen(X[s], place, axes, z[1])
    before, _, held = moments(X, X, kappa)
    return corrected(before, held, X, Y, z, sigma, kappa)
