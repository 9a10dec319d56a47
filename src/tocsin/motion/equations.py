"""Equations of motion of an unpowered body in the rotating Earth-fixed frame, and their variations."""

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.air import density_and_slope, layers
from tocsin.earth.constants import OMEGA
from tocsin.earth.ellipsoid import height_and_up
from tocsin.earth.gravity import gravity, gravity_gradient
from tocsin.earth.kernel import inlined, kernel

Array = NDArray[np.float64]

STATE = 6
STATE_AND_PHI = 48
ROW = STATE_AND_PHI + 1  # numbers in a row of the integrator's work; the last place is for the time


def _rhs(
    n: int,
    y: Array,
    inv_beta: float,
    layer: int,
    degree: int,
    order: int,
    air: Array,
    w: Array,
    g: Array,
    dy: Array,
) -> float:
    """Fill dy (n,) with the time derivative of y, the state (n = 6) or state and transition (n = 48).

    dv/dt = gravity(r) - 2 w x v - w x (w x r) - 1/2 rho(h) |v| v / beta, with v relative to the Earth and so
    to its co-rotating air; inv_beta = Cd A / m (m2/kg). y[6:] is phi (6, 7) row by row, with dphi/dt =
    [[0, I], [da/dr, da/dv]] phi and da/d(ln beta) added to the last column. w and g (6, 3) are scratch.
    The density follows one layer's law throughout a step: across an edge its slope jumps, which spoils phi;
    above the last layer there is none. Returns the rate of climb (m/s) in the air, NaN outside.
    """
    x, yy, z, vx, vy, vz = y[0], y[1], y[2], y[3], y[4], y[5]
    ax, ay, az = gravity(x, yy, z, degree, order, w)
    ax += OMEGA * OMEGA * x + 2.0 * OMEGA * vy
    ay += OMEGA * OMEGA * yy - 2.0 * OMEGA * vx
    speed = rho = slope = nx = ny = nz = 0.0
    climb = math.nan
    if inv_beta > 0.0 and layer < layers(air):
        h, _, _, nx, ny, nz = height_and_up(x, yy, z)
        rho, slope = density_and_slope(h, layer, air)
        speed = math.sqrt(vx * vx + vy * vy + vz * vz)
        d = -0.5 * rho * speed * inv_beta
        ax += d * vx
        ay += d * vy
        az += d * vz
        climb = nx * vx + ny * vy + nz * vz
    dy[0] = vx
    dy[1] = vy
    dy[2] = vz
    dy[3] = ax
    dy[4] = ay
    dy[5] = az
    if n > STATE:
        gravity_gradient(x, yy, z, degree, order, w, g)
        _variations(y, inv_beta, rho, slope, speed, nx, ny, nz, g, dy)
    return climb


@kernel
def _variations(
    y: Array,
    inv_beta: float,
    rho: float,
    slope: float,
    speed: float,
    nx: float,
    ny: float,
    nz: float,
    g: Array,
    dy: Array,
) -> None:
    """Fill dy[6:48] from da/dr in g[:3], and g[3:] with da/dv; the height's gradient is (nx, ny, nz)."""
    g[0, 0] += OMEGA * OMEGA
    g[1, 1] += OMEGA * OMEGA
    half = 0.5 * inv_beta
    per = half * rho / speed if speed > 0.0 else 0.0
    steep = half * slope * speed
    for i in range(3):
        v = y[3 + i]
        g[i, 0] -= steep * v * nx
        g[i, 1] -= steep * v * ny
        g[i, 2] -= steep * v * nz
        for j in range(3):
            g[3 + i, j] = -per * v * y[3 + j]
        g[3 + i, i] -= half * rho * speed
    g[3, 1] += 2.0 * OMEGA
    g[4, 0] -= 2.0 * OMEGA
    for j in range(21):
        dy[6 + j] = y[27 + j]
    for i in range(3):
        row = 27 + 7 * i
        r0, r1, r2 = g[i, 0], g[i, 1], g[i, 2]
        v0, v1, v2 = g[3 + i, 0], g[3 + i, 1], g[3 + i, 2]
        for j in range(7):
            dy[row + j] = (
                r0 * y[6 + j]
                + r1 * y[13 + j]
                + r2 * y[20 + j]
                + v0 * y[27 + j]
                + v1 * y[34 + j]
                + v2 * y[41 + j]
            )
        dy[row + 6] += half * rho * speed * y[3 + i]


rhs = kernel(_rhs)
rhs_in_place = inlined(_rhs)
"""The right-hand side, called and put in place: the latter for the stages of a step only, as it is long."""
