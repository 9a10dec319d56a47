"""Gravity of a field of spherical harmonics and its gradient, without a singularity at the poles.

With s, t, u = x/r, y/r, z/r, q = R/r and the derived Legendre functions A_nm(u): r_m + i i_m = (s + i t)^m,
D_nm = C_nm r_m + S_nm i_m. Source: Pines, AIAA Journal 11 (1973), 1508-1511.
"""

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import MU, R_EQ
from tocsin.earth.geopotential import DEGREE, C, S
from tocsin.earth.kernel import kernel

Array = NDArray[np.float64]

LEGENDRE = DEGREE + 3  # rows and columns of the scratch for the functions A_nm


def _recursion() -> tuple[Array, Array]:
    """Factors of A_nm = a_nm u A_n-1,m - b_nm A_n-2,m, and on the diagonal of A_nn = a_nn A_n-1,n-1."""
    a, b = np.zeros((LEGENDRE, LEGENDRE)), np.zeros((LEGENDRE, LEGENDRE))
    for n in range(1, LEGENDRE):
        a[n, n] = 2 * n - 1
        for m in range(n):
            a[n, m], b[n, m] = (2 * n - 1) / (n - m), (n + m - 1) / (n - m)
    return a, b


FACTOR_A, FACTOR_B = _recursion()


@kernel
def _legendre(top: int, order: int, u: float, q: float, w: Array) -> None:
    """Fill w[n, m] = q^n A_nm(u) for n up to `top` and m up to `order`, m <= n."""
    w[0, 0] = 1.0
    uq = u * q
    qq = q * q
    for m in range(order + 1):
        if m > 0:
            w[m, m] = FACTOR_A[m, m] * q * w[m - 1, m - 1]
        if m < top:
            w[m + 1, m] = FACTOR_A[m + 1, m] * uq * w[m, m]
        for n in range(m + 2, top + 1):
            w[n, m] = FACTOR_A[n, m] * uq * w[n - 1, m] - FACTOR_B[n, m] * qq * w[n - 2, m]


@kernel
def gravity_harmonic(
    x: float, y: float, z: float, degree: int, order: int, w: Array
) -> tuple[float, float, float]:
    """Gravitational acceleration (m/s2) at an Earth-fixed position (m); w (degree + 3, degree + 3): scratch.

    g = mu/r2 (a1 + s a4, a2 + t a4, a3 + u a4), with sums over q^n: a1 = m A_nm (C r_m-1 + S i_m-1),
    a2 = m A_nm (S r_m-1 - C i_m-1), a3 = A_n,m+1 D, a4 = -A_n+1,m+1 D. order <= degree <= 36.
    """
    r = math.sqrt(x * x + y * y + z * z)
    s, t, u = x / r, y / r, z / r
    q = R_EQ / r
    _legendre(degree + 1, order + 1, u, q, w)
    a1 = a2 = a3 = 0.0
    a4 = -1.0
    rm, im = 1.0, 0.0
    rb = ib = 0.0  # of m - 1
    for m in range(order + 1):
        p0 = q0 = p1 = q1 = p2 = q2 = 0.0
        for n in range(max(m, 2), degree + 1):
            c = C[n, m]
            d = S[n, m]
            p0 += c * w[n, m]
            q0 += d * w[n, m]
            if m < n:
                p1 += c * w[n, m + 1]
                q1 += d * w[n, m + 1]
            p2 += c * w[n + 1, m + 1]
            q2 += d * w[n + 1, m + 1]
        a1 += m * (rb * p0 + ib * q0)
        a2 += m * (rb * q0 - ib * p0)
        a3 += rm * p1 + im * q1
        a4 -= (rm * p2 + im * q2) / q
        rb, ib = rm, im
        rm, im = s * rb - t * ib, s * ib + t * rb
    k = MU / (r * r)
    return k * (a1 + s * a4), k * (a2 + t * a4), k * (a3 + u * a4)


@kernel
def gradient_harmonic(x: float, y: float, z: float, degree: int, order: int, w: Array, g: Array) -> None:
    """Fill g (3, 3) with da/dr (1/s2) of `gravity_harmonic`: symmetric, with trace zero; w is scratch.

    The second sums of Pines, of the functions up to A_n+2,m+2.
    """
    r = math.sqrt(x * x + y * y + z * z)
    s, t, u = x / r, y / r, z / r
    q = R_EQ / r
    _legendre(degree + 2, order + 2, u, q, w)
    a4, a11, a12, a13, a14, a23, a24, a33, a34, a44 = -1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 3.0
    rm, im = 1.0, 0.0
    rb = ib = rc = ic = 0.0  # of m - 1 and of m - 2
    for m in range(order + 1):
        c00 = s00 = c01 = s01 = c02 = s02 = c11 = s11 = c12 = s12 = c22 = s22 = 0.0
        for n in range(max(m, 2), degree + 1):
            c = C[n, m]
            d = S[n, m]
            c00 += c * w[n, m]
            s00 += d * w[n, m]
            if m < n:
                c01 += c * w[n, m + 1]
                s01 += d * w[n, m + 1]
            if m + 1 < n:
                c02 += c * w[n, m + 2]
                s02 += d * w[n, m + 2]
            c11 += c * w[n + 1, m + 1]
            s11 += d * w[n + 1, m + 1]
            if m < n:
                c12 += c * w[n + 1, m + 2]
                s12 += d * w[n + 1, m + 2]
            c22 += c * w[n + 2, m + 2]
            s22 += d * w[n + 2, m + 2]
        mm = m * (m - 1)
        a4 -= (rm * c11 + im * s11) / q
        a11 += mm * (rc * c00 + ic * s00)
        a12 += mm * (rc * s00 - ic * c00)
        a13 += m * (rb * c01 + ib * s01)
        a23 += m * (rb * s01 - ib * c01)
        a14 -= m * (rb * c11 + ib * s11) / q
        a24 -= m * (rb * s11 - ib * c11) / q
        a33 += rm * c02 + im * s02
        a34 -= (rm * c12 + im * s12) / q
        a44 += (rm * c22 + im * s22) / (q * q)
        rc, ic = rb, ib
        rb, ib = rm, im
        rm, im = s * rb - t * ib, s * ib + t * rb
    k = MU / (r * r * r)
    g[0, 0] = k * (a11 + s * s * a44 + a4 + 2.0 * s * a14)
    g[0, 1] = k * (a12 + s * t * a44 + s * a24 + t * a14)
    g[0, 2] = k * (a13 + s * u * a44 + s * a34 + u * a14)
    g[1, 1] = k * (-a11 + t * t * a44 + a4 + 2.0 * t * a24)
    g[1, 2] = k * (a23 + t * u * a44 + u * a24 + t * a34)
    g[1, 0] = g[0, 1]
    g[2, 0] = g[0, 2]
    g[2, 1] = g[1, 2]
    g[2, 2] = -g[0, 0] - g[1, 1]
