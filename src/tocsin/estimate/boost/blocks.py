"""A bordered block-tridiagonal system solved in order: blocks of a state, fixed values at the border."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.kernel import kernel
from tocsin.estimate.boost.turn import STATE

Array = NDArray[np.float64]

SMALLEST_PIVOT = 1e-13  # of a diagonal, what must be left of it


@kernel
def factored(a: Array, n: int) -> bool:
    """Replace the upper triangle of a positive a (n, n) by R with R'R = a; false where there is none."""
    for i in range(n):
        d = a[i, i]
        least = SMALLEST_PIVOT * abs(d)
        for k in range(i):
            d -= a[k, i] * a[k, i]
        if not d > least:
            return False
        d = math.sqrt(d)
        a[i, i] = d
        for j in range(i + 1, n):
            total = a[i, j]
            for k in range(i):
                total -= a[k, i] * a[k, j]
            a[i, j] = total / d
    return True


@kernel
def forward(R: Array, b: Array) -> None:
    """Replace b (n, k) by R^-T b."""
    n, k = b.shape
    for i in range(n):
        for a in range(i):
            f = R[a, i]
            for j in range(k):
                b[i, j] -= f * b[a, j]
        f = 1.0 / R[i, i]
        for j in range(k):
            b[i, j] *= f


@kernel
def eliminate(D: Array, L: Array, B: Array, C: Array, g: Array, gc: Array, dx: Array, dc: Array) -> float:
    """Solve the bordered block-tridiagonal system for dx (n, 9), dc (m,); ln det of all information, NaN if
    it is not positive.

    Forward: D_k = R'R from its upper triangle, X = R^-T L, Y = R^-T B, and what is left goes to the next
    block and the border; then back. D, L, B, C keep R, X, Y and the border's factor.
    """
    n, m = D.shape[0], C.shape[0]
    log = 0.0
    for k in range(n):
        A = D[k]
        if not factored(A, STATE):
            return math.nan
        for i in range(STATE):
            log += 2.0 * math.log(A[i, i])
        forward(A, L[k])
        forward(A, B[k])
        for i in range(STATE):
            total = g[k, i]
            for a in range(i):
                total -= A[a, i] * g[k, a]
            g[k, i] = total / A[i, i]
        X, Y = L[k], B[k]
        if k + 1 < n:
            nD, nB = D[k + 1], B[k + 1]
            for a in range(STATE):
                for i in range(STATE):
                    f = X[a, i]
                    if f == 0.0:
                        continue
                    g[k + 1, i] -= f * g[k, a]
                    for b in range(i, STATE):
                        nD[i, b] -= f * X[a, b]
                    for b in range(m):
                        nB[i, b] -= f * Y[a, b]
        for a in range(STATE):
            for i in range(m):
                f = Y[a, i]
                gc[i] -= f * g[k, a]
                for b in range(m):
                    C[i, b] -= f * Y[a, b]
    if not factored(C, m):
        return math.nan
    for i in range(m):
        log += 2.0 * math.log(C[i, i])
        total = -gc[i]
        for a in range(i):
            total -= C[a, i] * dc[a]
        dc[i] = total / C[i, i]
    for i in range(m - 1, -1, -1):
        total = dc[i]
        for a in range(i + 1, m):
            total -= C[i, a] * dc[a]
        dc[i] = total / C[i, i]
    for k in range(n - 1, -1, -1):
        for i in range(STATE - 1, -1, -1):
            total = -g[k, i]
            for b in range(m):
                total -= B[k, i, b] * dc[b]
            if k + 1 < n:
                for a in range(STATE):
                    total -= L[k, i, a] * dx[k + 1, a]
            for a in range(i + 1, STATE):
                total -= D[k, i, a] * dx[k, a]
            dx[k, i] = total / D[k, i, i]
    return log
