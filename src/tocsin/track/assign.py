"""Which look belongs to which track: sparse optimal assignment by auction."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]
Ints = NDArray[np.int64]


@njit(cache=True)
def _auction(start, column, gain, n_columns, epsilon):  # type: ignore[no-untyped-def]
    """Forward auction; prices begin at zero and a row may keep to itself at gain zero, so it is optimal."""
    n = start.size - 1
    price, owner = np.zeros(n_columns), np.full(n_columns, -1, np.int64)
    chosen = np.full(n, -1, np.int64)
    queue = list(range(n))
    while len(queue) > 0:
        i = queue.pop()
        best, second, where = 0.0, 0.0, -1
        for k in range(start[i], start[i + 1]):
            value = gain[k] - price[column[k]]
            if value > best:
                best, second, where = value, best, column[k]
            elif value > second:
                second = value
        if where < 0:
            continue
        price[where] += best - second + epsilon
        if owner[where] >= 0:
            chosen[owner[where]] = -1
            queue.append(owner[where])
        owner[where] = i
        chosen[i] = where
    return chosen


def assign(start: Ints, column: Ints, gain: Array, n_columns: int, epsilon: float = 1e-3) -> Ints:
    """The column of each row (n,), or -1, that maximises the summed gain, each column used at most once.

    Rows are in compressed form: row i may take column[k] at gain[k] for k in start[i]:start[i+1], or none at
    gain 0. The sum is within n epsilon of the best (Bertsekas, auction algorithm, asymmetric case).
    """
    return np.asarray(_auction(start, column, gain, n_columns, epsilon))
