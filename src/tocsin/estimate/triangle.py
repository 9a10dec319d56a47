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
def push(triangle: Array, rows: Array, count: int, first: int) -> None:
    """Rotate rows, which are spent, into a triangle (p, p + 1), from column `first` on.

    rows (p + 1, k) lie column by column: rows[j, i] is number j of row i. Their number is rounded up to the
    next multiple of 8, up to which they must be nought; so must be the columns before `first`.
    """
    p = triangle.shape[0]
    n = (count + 7) // 8 * 8
    for k in range(first, p):
        v = rows[k]
        square = _dot(v, v, n)
        if square == 0.0:
            continue
        top = triangle[k, k]
        size = math.sqrt(top * top + square)
        if top > 0.0:
            size = -size
        head = top - size
        scale = 1.0 / (size * head)
        triangle[k, k] = size
        for j in range(k + 1, p + 1):
            u = rows[j]
            a = (head * triangle[k, j] + _dot(v, u, n)) * scale
            triangle[k, j] += head * a
            for i in range(n):
                u[i] += a * v[i]


@kernel
def _dot(a: Array, b: Array, n: int) -> float:
    """Eight sums side by side, for the processor does so many at once: three times as fast as one."""
    s0 = s1 = s2 = s3 = s4 = s5 = s6 = s7 = 0.0
    for i in range(0, n, 8):
        s0 += a[i] * b[i]
        s1 += a[i + 1] * b[i + 1]
        s2 += a[i + 2] * b[i + 2]
        s3 += a[i + 3] * b[i + 3]
        s4 += a[i + 4] * b[i + 4]
        s5 += a[i + 5] * b[i + 5]
        s6 += a[i + 6] * b[i + 6]
        s7 += a[i + 7] * b[i + 7]
    return ((s0 + s4) + (s1 + s5)) + ((s2 + s6) + (s3 + s7))


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
    inverse, out = np.zeros((p, p)), np.empty((p, p))
    _squared_inverse(triangle, inverse, out)
    return out


@kernel
def _squared_inverse(triangle: Array, inverse: Array, out: Array) -> None:
    p = triangle.shape[0]
    for j in range(p):
        for i in range(j, -1, -1):
            total = 1.0 if i == j else 0.0
            for k in range(i + 1, j + 1):
                total -= triangle[i, k] * inverse[k, j]
            inverse[i, j] = total / triangle[i, i]
    for i in range(p):
        for j in range(i, p):
            total = 0.0
            for k in range(j, p):
                total += inverse[i, k] * inverse[j, k]
            out[i, j] = out[j, i] = total
