"""Sigma points, their moments, and the correction by them.

Source: Julier and Uhlmann, Unscented filtering and nonlinear estimation, Proc. IEEE 92 (2004) 401.
"""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]


@njit(cache=True, error_model="numpy")
def root_of(P: Array) -> Array:
    """The lower triangle L (n, n) with L L^T = P; NaN where P is no covariance."""
    n = len(P)
    L = np.zeros((n, n))
    for i in range(n):
        for j in range(i + 1):
            total = P[i, j]
            for k in range(j):
                total -= L[i, k] * L[j, k]
            L[i, j] = math.sqrt(total) if i == j else total / L[j, j]
    return L


@njit(cache=True, error_model="numpy")
def sigma_points(x: Array, P: Array, kappa: float) -> Array:
    """The mean and x +- sqrt(n + kappa) L_j (2 n + 1, n), with L the Cholesky factor of P.

    The mean weighs kappa / (n + kappa), each other 1 / 2 (n + kappa).
    """
    n = len(x)
    L = root_of(P)
    far = math.sqrt(n + kappa)
    X = np.empty((2 * n + 1, n))
    for i in range(n):
        X[0, i] = x[i]
        for j in range(n):
            X[1 + j, i] = x[i] + far * L[i, j]
            X[1 + n + j, i] = x[i] - far * L[i, j]
    return X


@njit(cache=True, error_model="numpy")
def moments(X: Array, Y: Array, kappa: float) -> tuple[Array, Array, Array]:
    """Means (n,), (m,) of the points X (2 p + 1, n) and Y (2 p + 1, m), and their covariance (n, m)."""
    p, n, m = len(X) // 2, X.shape[1], Y.shape[1]
    other = 0.5 / (p + kappa)
    first = 2.0 * kappa * other
    x, y, C = first * X[0], first * Y[0], np.zeros((n, m))
    for s in range(1, len(X)):
        x += other * X[s]
        y += other * Y[s]
    for s in range(len(X)):
        w = other if s else first
        for i in range(n):
            for j in range(m):
                C[i, j] += w * (X[s, i] - x[i]) * (Y[s, j] - y[j])
    return x, y, C


@njit(cache=True, error_model="numpy")
def corrected(
    x: Array, P: Array, X: Array, Y: Array, z: Array, sigma: Array, kappa: float
) -> tuple[Array, Array]:
    """State and covariance after z (m,), where Y (2 n + 1, m) is what the sigma points X should give.

    K = Pxy S^-1 with S = Pyy + diag(sigma^2); x + K (z - y), P - K S K^T.
    """
    n, m = len(x), len(z)
    _, y, C = moments(X, Y, kappa)
    _, _, S = moments(Y, Y, kappa)
    for i in range(m):
        S[i, i] += sigma[i] * sigma[i]
    L = root_of(S)
    # B = C L^-T, so that K S K^T = B B^T and K d = B (L^-1 d).
    B, u = np.zeros((n, m)), np.zeros(m)
    for j in range(m):
        u[j] = z[j] - y[j]
        for k in range(j):
            u[j] -= L[j, k] * u[k]
        u[j] /= L[j, j]
        for i in range(n):
            B[i, j] = C[i, j]
            for k in range(j):
                B[i, j] -= L[j, k] * B[i, k]
            B[i, j] /= L[j, j]
    after, left = x.copy(), P.copy()
    for i in range(n):
        for k in range(m):
            after[i] += B[i, k] * u[k]
        for j in range(n):
            for k in range(m):
                left[i, j] -= B[i, k] * B[j, k]
    return after, left
