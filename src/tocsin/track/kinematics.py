"""How a look moves within one sensor's own coordinates: position, rate and acceleration on each axis."""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]
Ints = NDArray[np.int64]


@njit(cache=True)
def predict(x, P, dt, q):  # type: ignore[no-untyped-def]
    """Advance axes x (n, m, 3), P (n, m, 3, 3) in place by dt (n,) under white jerk of density q (n, m).

    F = [[1, T, T2/2], [0, 1, T], [0, 0, 1]];
    Q = q [[T5/20, T4/8, T3/6], [T4/8, T3/3, T2/2], [T3/6, T2/2, T]] (Bar-Shalom, Li and Kirubarajan).
    """
    A = np.empty((3, 3))
    for i in range(x.shape[0]):
        T = dt[i]
        for j in range(x.shape[1]):
            x[i, j, 0] += T * x[i, j, 1] + T * T / 2 * x[i, j, 2]
            x[i, j, 1] += T * x[i, j, 2]
            # F P, then (F P) F^T: written out, for Numba's matrix product would need SciPy.
            for c in range(3):
                A[0, c] = P[i, j, 0, c] + T * P[i, j, 1, c] + T * T / 2 * P[i, j, 2, c]
                A[1, c] = P[i, j, 1, c] + T * P[i, j, 2, c]
                A[2, c] = P[i, j, 2, c]
            for r in range(3):
                P[i, j, r, 0] = A[r, 0] + T * A[r, 1] + T * T / 2 * A[r, 2]
                P[i, j, r, 1] = A[r, 1] + T * A[r, 2]
                P[i, j, r, 2] = A[r, 2]
            s = q[i, j]
            P[i, j, 0, 0] += s * T**5 / 20
            P[i, j, 0, 1] += s * T**4 / 8
            P[i, j, 1, 0] += s * T**4 / 8
            P[i, j, 0, 2] += s * T**3 / 6
            P[i, j, 2, 0] += s * T**3 / 6
            P[i, j, 1, 1] += s * T**3 / 3
            P[i, j, 1, 2] += s * T**2 / 2
            P[i, j, 2, 1] += s * T**2 / 2
            P[i, j, 2, 2] += s * T


@njit(cache=True)
def gate(x, P, z, sigma, order, angle, limit):  # type: ignore[no-untyped-def]
    """Candidates of each track in compressed form: start (n + 1,), look, ln N(nu; 0, S), within the gate.

    z, sigma (k, m); order sorts z by its first axis, where a window is searched first, so that a crowded scan
    is not compared with every track. `angle` is the axis that wraps at 2 pi, or -1. limit: squared distance.
    """
    n, m, k = x.shape[0], x.shape[1], z.shape[0]
    start = np.zeros(n + 1, np.int64)
    column = np.empty(16 + 8 * n, np.int64)
    value = np.empty(16 + 8 * n)
    count = 0
    first = z[order, 0]
    widest = 0.0
    for j in range(k):
        widest = max(widest, sigma[j, 0])
    for i in range(n):
        reach = math.sqrt(limit * (P[i, 0, 0, 0] + widest * widest))
        low = np.searchsorted(first, x[i, 0, 0] - reach)
        for b in range(low, k):
            if first[b] > x[i, 0, 0] + reach:
                break
            j = order[b]
            d2, ln = 0.0, 0.0
            for a in range(m):
                nu = z[j, a] - x[i, a, 0]
                if a == angle:
                    nu = (nu + math.pi) % (2 * math.pi) - math.pi
                S = P[i, a, 0, 0] + sigma[j, a] ** 2
                d2 += nu * nu / S
                ln -= 0.5 * math.log(2 * math.pi * S)
            if d2 <= limit:
                if count == column.size:
                    column = np.concatenate((column, np.empty_like(column)))
                    value = np.concatenate((value, np.empty_like(value)))
                column[count] = j
                value[count] = ln - 0.5 * d2
                count += 1
        start[i + 1] = count
    return start, column[:count], value[:count]


@njit(cache=True)
def update(x, P, z, sigma, angle):  # type: ignore[no-untyped-def]
    """Kalman update in place of axes x (n, m, 3), P (n, m, 3, 3) with one look each, z, sigma (n, m)."""
    K = np.empty(3)
    for i in range(x.shape[0]):
        for a in range(x.shape[1]):
            nu = z[i, a] - x[i, a, 0]
            if a == angle:
                nu = (nu + math.pi) % (2 * math.pi) - math.pi
            S = P[i, a, 0, 0] + sigma[i, a] ** 2
            for r in range(3):
                K[r] = P[i, a, r, 0] / S
            for r in range(3):
                x[i, a, r] += K[r] * nu
                for c in range(3):
                    P[i, a, r, c] -= K[r] * K[c] * S
