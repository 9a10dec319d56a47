"""The Kalman filter's two updates, for small matrices in kernels."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]


@njit(cache=True, error_model="numpy")
def predicted(P: Array, F: Array, Q: Array) -> Array:
    """F P F^T + Q (n, n)."""
    n = len(P)
    half = np.zeros((n, n))
    for i in range(n):
        for k in range(n):
            if F[i, k] != 0.0:
                for j in range(n):
                    half[i, j] += F[i, k] * P[k, j]
    out = Q.copy()
    for i in range(n):
        for j in range(i + 1):
            total = 0.0
            for k in range(n):
                total += half[i, k] * F[j, k]
            out[i, j] += total
            out[j, i] = out[i, j]
    return out


@njit(cache=True, error_model="numpy")
def corrected(P: Array, H: Array, d: Array, sigma: Array) -> tuple[Array, Array]:
    """What m independent measurements add: the step dx (n,) and its covariance (n, n) in Joseph's form.

    d (m,) = z - h(x), H (m, n), sigma (m,). One after the other, which is the same as all at once:
    s = H P H^T + sigma^2, k = P H^T / s, P <- (I - k H) P (I - k H)^T + k sigma^2 k^T.
    Source: Bierman, Factorization Methods for Discrete Sequential Estimation (1977), V.
    """
    n = len(P)
    dx = np.zeros(n)
    P = P.copy()
    a, k = np.empty(n), np.empty(n)
    for m in range(len(d)):
        r = sigma[m] * sigma[m]
        s, left = r, d[m]
        for i in range(n):
            total = 0.0
            for j in range(n):
                total += P[i, j] * H[m, j]
            a[i] = total
            s += H[m, i] * total
            left -= H[m, i] * dx[i]
        for i in range(n):
            k[i] = a[i] / s
            dx[i] += k[i] * left
        for i in range(n):
            for j in range(i + 1):
                P[i, j] += k[i] * k[j] * s - k[i] * a[j] - a[i] * k[j]
                P[j, i] = P[i, j]
    return dx, P
