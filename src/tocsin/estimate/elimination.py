"""A chain of states tied each to the next: eliminated one after the other, and found again backwards.

The rows [J | d] of |J y - d|^2 are brought to triangles by Householder reflections, so that a chain of k
states costs k small ones and no condition is squared. Source: Bierman, Factorization Methods for Discrete
Sequential Estimation (1977), VI and X.
"""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tocsin.earth.kernel import kernel

Array = NDArray[np.float64]

SMALL = 1e-10  # of a column, what must be left on the diagonal: less is rounding, and the state not known


@njit(cache=True, error_model="numpy")
def eliminate(first: Array, steps: Array, looks: Array, upper: Array) -> float:
    """Fill upper (k, n, 2 n + 1) with [R_kk R_(k,k+1) | d_k] of each state; what is left of the cost."""
    k, n, wide = upper.shape
    m = looks.shape[1]
    rest = 0.0
    own, both = np.zeros((n + m, n + 1)), np.zeros((2 * n, wide))
    own[:n] = first
    for t in range(k):
        own[n:] = looks[t]
        reflect(own, n)
        for i in range(n, n + m):
            rest += own[i, n] ** 2
        if t == k - 1:
            upper[t, :, :n] = own[:n, :n]
            upper[t, :, wide - 1] = own[:n, n]
            break
        both[:n, :n] = own[:n, :n]
        both[:n, n : 2 * n] = 0.0
        both[:n, wide - 1] = own[:n, n]
        both[n:] = steps[t]
        reflect(both, n)
        upper[t] = both[:n]
        own[:n, :n] = both[n:, n : 2 * n]
        own[:n, n] = both[n:, wide - 1]
    return rest


@kernel
def reflect(A: Array, n: int) -> None:
    """Bring the first n columns of A to a triangle, in place, by Householder reflections of all columns."""
    rows, columns = A.shape
    for k in range(min(n, rows)):
        square = 0.0
        for i in range(k, rows):
            square += A[i, k] * A[i, k]
        if square == 0.0:
            continue
        size = -math.copysign(math.sqrt(square), A[k, k])
        A[k, k] -= size
        scale = 1.0 / (size * A[k, k])
        for j in range(k + 1, columns):
            along = 0.0
            for i in range(k, rows):
                along += A[i, k] * A[i, j]
            for i in range(k, rows):
                A[i, j] += along * scale * A[i, k]
        A[k, k] = size
        for i in range(k + 1, rows):
            A[i, k] = 0.0


@njit(cache=True, error_model="numpy")
def found_again(upper: Array, step: Array) -> bool:
    """Fill step (k, n) backwards from the last state; whether every one of them can be told."""
    k, n, wide = upper.shape
    for t in range(k - 1, -1, -1):
        for i in range(n - 1, -1, -1):
            total, column = upper[t, i, wide - 1], 0.0
            for j in range(i + 1, n):
                total -= upper[t, i, j] * step[t, j]
            for j in range(n):
                if t < k - 1:
                    total -= upper[t, i, n + j] * step[t + 1, j]
                column = max(column, abs(upper[t, j, i]))
            if not abs(upper[t, i, i]) > SMALL * column:
                return False
            step[t, i] = total / upper[t, i, i]
    return True


@njit(cache=True, error_model="numpy")
def covariances(upper: Array) -> Array:
    """P (k, n, n) of each state given all looks: R^-1 (I + B P_(k+1) B') R^-T with B = R_(k,k+1)."""
    k, n, _ = upper.shape
    P = np.zeros((k, n, n))
    A = np.zeros((n, n))
    for t in range(k - 1, -1, -1):
        A[:, :] = 0.0
        for i in range(n):
            A[i, i] = 1.0
        if t < k - 1:
            for i in range(n):
                for j in range(n):
                    for a in range(n):
                        for b in range(n):
                            A[i, j] += upper[t, i, n + a] * P[t + 1, a, b] * upper[t, j, n + b]
        # A <- R^-1 A, then R^-1 A'.
        for _ in range(2):
            for j in range(n):
                for i in range(n - 1, -1, -1):
                    for a in range(i + 1, n):
                        A[i, j] -= upper[t, i, a] * A[a, j]
                    A[i, j] /= upper[t, i, i]
            A = A.T.copy()
        P[t] = A
    return P
