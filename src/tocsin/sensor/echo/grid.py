"""A smooth surface through the values of an even grid: the bicubic spline."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.kernel import inlined

Array = NDArray[np.float64]
Weights: TypeAlias = tuple[float, float, float, float]


def spline_coefficients(values: Array) -> Array:
    """Coefficients (..., m + 2, n + 2) of the bicubic spline through values (..., m, n), m and n at least 5.

    On an axis of nodes at 0, 1, ..., the spline is the sum of c[i] B(x - i + 1), B the cubic B-spline: twice
    continuously differentiable, with the third derivative continuous at the last node but one (not a knot).
    Source: de Boor, A Practical Guide to Splines.
    """
    return _along_last(np.swapaxes(_along_last(np.swapaxes(values, -1, -2)), -1, -2))


@inlined
def cell_of(x: float, cells: int) -> int:
    """The cell of an even axis in which x lies, from 0 to cells - 1 whatever x."""
    return min(max(int(x), 0), cells - 1)


@inlined
def spline_weights(t: float) -> Weights:
    """What the four coefficients about a cell weigh at t, from 0 to 1 across it."""
    s = 1.0 - t
    return (
        s * s * s / 6.0,
        (3.0 * t * t * t - 6.0 * t * t + 4.0) / 6.0,
        (3.0 * s * s * s - 6.0 * s * s + 4.0) / 6.0,
        t * t * t / 6.0,
    )


@inlined
def patch(c: Array, i: int, a: Weights, j: int, b: Weights) -> float:
    """The spline of coefficients c in cell (i, j), with the weights of either axis."""
    return (
        a[0] * _row(c, i, j, b)
        + a[1] * _row(c, i + 1, j, b)
        + a[2] * _row(c, i + 2, j, b)
        + a[3] * _row(c, i + 3, j, b)
    )


@inlined
def _row(c: Array, i: int, j: int, b: Weights) -> float:
    total: float = b[0] * c[i, j] + b[1] * c[i, j + 1] + b[2] * c[i, j + 2] + b[3] * c[i, j + 3]
    return total


def _along_last(values: Array) -> Array:
    n = values.shape[-1]
    # The two equations more, one at each end, have 0 on their right side.
    right = np.pad(values.reshape(-1, n), [(0, 0), (1, 1)])
    return np.ascontiguousarray(np.linalg.solve(_collocation(n), right.T).T).reshape(
        *values.shape[:-1], n + 2
    )


def _collocation(n: int) -> Array:
    a = np.zeros((n + 2, n + 2))
    row = np.arange(1, n + 1)
    a[row, row - 1], a[row, row], a[row, row + 1] = 1.0 / 6.0, 4.0 / 6.0, 1.0 / 6.0
    a[0, :5] = a[-1, -5:] = 1.0, -4.0, 6.0, -4.0, 1.0
    return a
