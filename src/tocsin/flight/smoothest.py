"""The smoothest series of numbers that explains what was read as well as it was read."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

HALVINGS = 14
WIDEST = 8.0  # decades of the weight, either way
TINY = 1e-13  # so that what neither A nor D tells of is 0


def smoothest(A: Array, y: Array, sigma: float, D: Array, most: float = np.inf) -> Array:
    """The x (k,), |x_i| <= most, that is least in |D x| among those with rms(A x - y) <= sigma.

    A (n, k), y (n,), D (m, k). x minimises |A x - y|^2 + w |D x|^2, and w is the greatest that leaves a root
    mean square of sigma or less (the least w, where none does); what would pass `most` is held there.
    Source: Reinsch, Numerische Mathematik 10 (1967), 177-183, who so smooths by splines.
    """
    normal, right, rough = A.T @ A, A.T @ y, D.T @ D
    scale = float(np.trace(normal) / np.trace(rough))
    if scale == 0.0:  # y says nothing of x
        return np.zeros(len(right))
    eye = TINY * np.eye(len(normal))
    normal, rough = normal + scale * eye, scale * (rough + eye)

    def solved(decades: float) -> Array:
        return _bounded(normal + 10.0**decades * rough, right, most)

    low, high = -WIDEST, WIDEST
    best = solved(low)
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        x = solved(middle)
        if float(((A @ x - y) ** 2).mean()) <= sigma**2:
            low, best = middle, x
        else:
            high = middle
    return best


def _bounded(normal: Array, right: Array, most: float) -> Array:
    """The x of normal x = right; an x_i beyond `most` is held at it, and the others solved for again."""
    x = np.zeros(len(right))
    free = np.ones(len(right), dtype=np.bool_)
    while free.any():
        x[free] = np.linalg.solve(
            normal[np.ix_(free, free)], right[free] - normal[np.ix_(free, ~free)] @ x[~free]
        )
        beyond = free & (np.abs(x) > most)
        if not beyond.any():
            break
        x[beyond] = np.copysign(most, x[beyond])
        free &= ~beyond
    return x


def bends(k: int) -> Array:
    """(k - 2, k): the second differences of k values."""
    return np.diff(np.eye(k), n=2, axis=0)
