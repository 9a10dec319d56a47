"""Square-root information: rows of a least-squares problem rotated into a triangle, and solved there.

A triangle T (p, p + 1) holds R and d of |R y - d|^2; rows [J | e] are added by Householder reflections, so
that R'R = sum J'J without its condition ever being squared. Source: Bierman, Factorization Methods for
Discrete Sequential Estimation (1977), IV and V.
"""

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.kernel import kernel

Array = NDArray[np.float64]

SMALL = 1e-7
"""Of a column, what must be left on the diagonal: less is rounding, and the unknown not observable."""


@kernel
def push(triangle: Array, rows: Array, count: int, first: int, w: Array) -> None:
    """Rotate the first `count` of rows (k, m), which are spent, into triangle (p, m), from column `first` on.

    w (m,) is scratch. The columns before `first` of the rows must be zero.
    """
    p, m = triangle.shape
    for k in range(first, p):
        square = 0.0
        for i in range(count):
            square += rows[i, k] * rows[i, k]
        if square == 0.0:
            continue
        top = triangle[k, k]
        size = math.sqrt(top * top + square)
        if top > 0.0:
            size = -size
        head = top - size
        scale = 1.0 / (size * head)
        for j in range(k, m):
            w[j] = head * triangle[k, j]
        for i in range(count):
            a = rows[i, k]
            for j in range(k, m):
                w[j] += a * rows[i, j]
        for j in range(k, m):
            w[j] *= scale
            triangle[k, j] += head * w[j]
        for i in range(count):
            a = rows[i, k]
            for j in range(k + 1, m):
                rows[i, j] += a * w[j]


@kernel
def solve(triangle: Array, first: int, last: int, y: Array) -> bool:
    """Fill y[first:last] of R y = d by back substitution, y[last:] being known; whether all can be told.

    A row whose diagonal is next to nothing of its column leaves its unknown at nought, and gives false.
    """
    told = True
    for i in range(last - 1, first - 1, -1):
        total = triangle[i, triangle.shape[1] - 1]
        for j in range(i + 1, triangle.shape[1] - 1):
            total -= triangle[i, j] * y[j]
        if abs(triangle[i, i]) <= SMALL * _column(triangle, i):
            y[i] = 0.0
            told = False
        else:
            y[i] = total / triangle[i, i]
    return told


@kernel
def _column(triangle: Array, j: int) -> float:
    square = 0.0
    for i in range(j + 1):
        square += triangle[i, j] * triangle[i, j]
    return math.sqrt(square)


def covariance(triangle: Array) -> Array:
    """(R'R)^-1 (p, p) of a triangle whose diagonal has no nought."""
    p = triangle.shape[0]
    root = np.linalg.solve(triangle[:, :p], np.eye(p))
    return np.asarray(root @ root.T)
