"""Gravity: the point mass and the second zonal harmonic, with its gradient."""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tocsin.earth.constants import J2, MU, R_EQ


@njit(cache=True, error_model="numpy")
def gravity_j2(x: float, y: float, z: float) -> tuple[float, float, float]:
    """Gravitational acceleration (m/s2) at an Earth-fixed position (m), without the centrifugal term.

    a = -mu/r3 [1 + k (1 - 5 s)] (x, y), -mu/r3 [1 + k (3 - 5 s)] z, with k = 3/2 J2 (R/r)2 and s = (z/r)2.
    Source: Montenbruck and Gill, Satellite Orbits (2000), section 3.2.
    """
    r2 = x * x + y * y + z * z
    m = -MU / (r2 * math.sqrt(r2))
    k = 1.5 * J2 * R_EQ * R_EQ / r2
    s5 = 5.0 * z * z / r2
    a = m * (1.0 + k * (1.0 - s5))
    return a * x, a * y, m * (1.0 + k * (3.0 - s5)) * z


@njit(cache=True, error_model="numpy")
def gravity_j2_gradient(x: float, y: float, z: float, g: NDArray[np.float64]) -> None:
    """Fill g (3, 3) with da/dr (1/s2) of `gravity_j2`: symmetric, with trace zero.

    The derivative of the sum of -mu r / r3 and the J2 term, each a product of powers of r and of z.
    """
    r2 = x * x + y * y + z * z
    m = -MU / (r2 * math.sqrt(r2))
    k = 1.5 * J2 * R_EQ * R_EQ / r2
    s = z * z / r2
    a = m * (1.0 + k * (1.0 - 5.0 * s))
    radial = -m * (3.0 + k * (5.0 - 35.0 * s)) / r2
    axial = -10.0 * m * k * z / r2
    g[0, 0] = a + radial * x * x
    g[0, 1] = radial * x * y
    g[0, 2] = radial * x * z + axial * x
    g[1, 0] = g[0, 1]
    g[1, 1] = a + radial * y * y
    g[1, 2] = radial * y * z + axial * y
    g[2, 0] = g[0, 2]
    g[2, 1] = g[1, 2]
    g[2, 2] = -g[0, 0] - g[1, 1]
