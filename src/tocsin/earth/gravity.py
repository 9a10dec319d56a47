"""Gravity of the Earth: the zonal field to degree four in closed form, any other by sums."""

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import MU, R_EQ
from tocsin.earth.geopotential import C2, C3, C4
from tocsin.earth.harmonics import gradient_harmonic, gravity_harmonic
from tocsin.earth.kernel import inlined, kernel


@inlined
def gravity_zonal(x: float, y: float, z: float, degree: int) -> tuple[float, float, float]:
    """Gravitational acceleration (m/s2) of the zonal field of degree 2 or 4 at an Earth-fixed position (m).

    a = mu/r2 [a3 e_z - (1 + b) r/r], a3 = sum C_n q^n P'_n(u), b = sum C_n q^n P'_n+1(u), q = R/r, u = z/r.
    Source: Pines, AIAA Journal 11 (1973), 1508-1511, for order zero.
    """
    r2 = x * x + y * y + z * z
    ir = 1.0 / math.sqrt(r2)
    q = R_EQ * ir
    u = z * ir
    uu = u * u
    k2 = C2 * q * q
    a3 = 3.0 * k2 * u
    b = k2 * (7.5 * uu - 1.5)
    if degree > 2:
        k3 = C3 * q * q * q
        k4 = C4 * q * q * q * q
        a3 += k3 * (7.5 * uu - 1.5) + k4 * u * (17.5 * uu - 7.5)
        b += k3 * u * (17.5 * uu - 7.5) + k4 * (1.875 + uu * (39.375 * uu - 26.25))
    k = MU * ir * ir
    along = -k * (1.0 + b) * ir
    return along * x, along * y, along * z + k * a3


@kernel
def gradient_zonal(x: float, y: float, z: float, degree: int, g: NDArray[np.float64]) -> None:
    """Fill g (3, 3) with da/dr (1/s2) of `gravity_zonal`: symmetric, with trace zero."""
    r2 = x * x + y * y + z * z
    ir = 1.0 / math.sqrt(r2)
    q = R_EQ * ir
    s = x * ir
    t = y * ir
    u = z * ir
    uu = u * u
    k2 = C2 * q * q
    a4 = -1.0 - k2 * (7.5 * uu - 1.5)
    a33 = 3.0 * k2
    a34 = -15.0 * k2 * u
    a44 = 3.0 + k2 * (52.5 * uu - 7.5)
    if degree > 2:
        k3 = C3 * q * q * q
        k4 = C4 * q * q * q * q
        a4 -= k3 * u * (17.5 * uu - 7.5) + k4 * (1.875 + uu * (39.375 * uu - 26.25))
        a33 += 15.0 * k3 * u + k4 * (52.5 * uu - 7.5)
        a34 -= k3 * (52.5 * uu - 7.5) + k4 * u * (157.5 * uu - 52.5)
        a44 += k3 * u * (157.5 * uu - 52.5) + k4 * (13.125 + uu * (433.125 * uu - 236.25))
    k = MU * ir * ir * ir
    g[0, 0] = k * (s * s * a44 + a4)
    g[0, 1] = k * s * t * a44
    g[0, 2] = k * s * (u * a44 + a34)
    g[1, 1] = k * (t * t * a44 + a4)
    g[1, 2] = k * t * (u * a44 + a34)
    g[1, 0] = g[0, 1]
    g[2, 0] = g[0, 2]
    g[2, 1] = g[1, 2]
    g[2, 2] = k * (a33 + uu * a44 + a4 + 2.0 * u * a34)


@inlined
def gravity(
    x: float, y: float, z: float, degree: int, order: int, w: NDArray[np.float64]
) -> tuple[float, float, float]:
    """Gravitational acceleration (m/s2) of EGM2008 to a degree and order, without the centrifugal term."""
    if order == 0 and (degree == 2 or degree == 4):
        return gravity_zonal(x, y, z, degree)
    return gravity_harmonic(x, y, z, degree, order, w)


@kernel
def gravity_gradient(
    x: float, y: float, z: float, degree: int, order: int, w: NDArray[np.float64], g: NDArray[np.float64]
) -> None:
    """Fill g (3, 3) with da/dr (1/s2) of `gravity`."""
    if order == 0 and (degree == 2 or degree == 4):
        gradient_zonal(x, y, z, degree, g)
    else:
        gradient_harmonic(x, y, z, degree, order, w, g)
