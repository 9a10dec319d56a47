"""Lagrange's interpolation of positions tabulated in time, with the velocity as its derivative."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

POINTS = 10  # a polynomial of degree 9, as users of SP3 and CPF take


def lagrange(t: Array, r: Array, at: Array, points: int = POINTS) -> tuple[Array, Array]:
    """Positions and velocities (m, 3) at times `at` (m,) from r (n, 3) at t (n,), n at least `points`.

    p(x) = sum_j r_j prod_{l != j} (x - t_l) / (t_j - t_l) over the nearest samples, as many before as after
    where there are; near the ends the window is one-sided and the error grows: r^(n)(xi) / n! times the
    product of the distances to the n samples.
    Source: Stoer and Bulirsch, Introduction to Numerical Analysis, 2.1.1.
    """
    first = np.clip(np.searchsorted(t, at, side="right") - points // 2, 0, len(t) - points)
    rows = first[:, None] + np.arange(points)
    node, y = t[rows], r[rows]
    unit = node[:, -1:] - node[:, :1]
    z = (node - at[:, None]) / unit
    apart = z[:, :, None] - z[:, None, :]
    np.einsum("mjj->mj", apart)[:] = 1.0
    weight = 1.0 / apart.prod(axis=2)
    others = np.broadcast_to(-z[:, None, :], apart.shape).copy()
    np.einsum("mjj->mj", others)[:] = 1.0
    value = weight * others.prod(axis=2)
    slope = np.zeros_like(value)
    for k in range(points):
        left = others.copy()
        left[:, :, k] = 1.0
        term = weight * left.prod(axis=2)
        term[:, k] = 0.0
        slope += term
    return np.einsum("mj,mjk->mk", value, y), np.einsum("mj,mjk->mk", slope, y) / unit
