"""Equations of motion of an unpowered body in the rotating Earth-fixed frame, and their variations."""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tocsin.earth.atmosphere import density_and_slope
from tocsin.earth.constants import OMEGA, R_EQ
from tocsin.earth.ellipsoid import height_and_up
from tocsin.earth.gravity import gravity_j2, gravity_j2_gradient

STATE = 6
STATE_AND_PHI = 48
R_AIRLESS = R_EQ + 2000e3  # m, above which drag is less than 1e-12 m/s2 even at 1 kg/m2


@njit(cache=True, error_model="numpy")
def rhs(
    n: int,
    y: NDArray[np.float64],
    inv_beta: float,
    layer: int,
    g: NDArray[np.float64],
    dy: NDArray[np.float64],
) -> None:
    """Fill dy with the time derivative of y, the state (n = 6) or the state and its transition (n = 48).

    dv/dt = g_J2(r) - 2 w x v - w x (w x r) - 1/2 rho(h) |v| v / beta, with v relative to the Earth and so to
    its co-rotating air; inv_beta = Cd A / m (m2/kg), 0 in vacuum. y[6:] is phi (6, 7) row by row, with
    dphi/dt = [[0, I], [da/dr, da/dv]] phi and da/d(ln beta) added to the last column. g is scratch (2, 3, 3).
    The density follows one layer's law throughout a step: across an edge its slope jumps, which spoils phi.
    """
    x, yy, z, vx, vy, vz = y[0], y[1], y[2], y[3], y[4], y[5]
    ax, ay, az = gravity_j2(x, yy, z)
    dy[0] = vx
    dy[1] = vy
    dy[2] = vz
    dy[3] = ax + OMEGA * OMEGA * x + 2.0 * OMEGA * vy
    dy[4] = ay + OMEGA * OMEGA * yy - 2.0 * OMEGA * vx
    dy[5] = az
    speed = 0.0
    rho = 0.0
    slope = 0.0
    nx = ny = nz = 0.0
    if inv_beta > 0.0 and x * x + yy * yy + z * z < R_AIRLESS * R_AIRLESS:
        h, _, _, nx, ny, nz = height_and_up(x, yy, z)
        rho, slope = density_and_slope(h, layer)
        speed = math.sqrt(vx * vx + vy * vy + vz * vz)
        k = -0.5 * rho * speed * inv_beta
        dy[3] += k * vx
        dy[4] += k * vy
        dy[5] += k * vz
    if n > STATE:
        _variations(y, inv_beta, rho, slope, speed, nx, ny, nz, g, dy)


@njit(cache=True, error_model="numpy")
def _variations(
    y: NDArray[np.float64],
    inv_beta: float,
    rho: float,
    slope: float,
    speed: float,
    nx: float,
    ny: float,
    nz: float,
    g: NDArray[np.float64],
    dy: NDArray[np.float64],
) -> None:
    """Fill dy[6:]; the height's gradient is the ellipsoid's normal (nx, ny, nz) exactly."""
    by_r = g[0]
    by_v = g[1]
    gravity_j2_gradient(y[0], y[1], y[2], by_r)
    by_r[0, 0] += OMEGA * OMEGA
    by_r[1, 1] += OMEGA * OMEGA
    by_v[:, :] = 0.0
    by_v[0, 1] = 2.0 * OMEGA
    by_v[1, 0] = -2.0 * OMEGA
    half = 0.5 * inv_beta
    if speed > 0.0:
        for i in range(3):
            v = y[3 + i]
            by_r[i, 0] -= half * slope * speed * v * nx
            by_r[i, 1] -= half * slope * speed * v * ny
            by_r[i, 2] -= half * slope * speed * v * nz
            by_v[i, i] -= half * rho * speed
            for j in range(3):
                by_v[i, j] -= half * rho * v * y[3 + j] / speed
    for j in range(21):
        dy[6 + j] = y[27 + j]
    for i in range(3):
        row = 27 + 7 * i
        for j in range(7):
            total = 0.0
            for k in range(3):
                total += by_r[i, k] * y[6 + 7 * k + j] + by_v[i, k] * y[27 + 7 * k + j]
            dy[row + j] = total
        dy[row + 6] += half * rho * speed * y[3 + i]
