"""The equations of a template's ascent, and their variations in every parameter."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.air import density_and_slope, layer_at
from tocsin.earth.atmosphere import speed_of_sound
from tocsin.earth.constants import OMEGA
from tocsin.earth.ellipsoid import height_and_up
from tocsin.earth.gravity import gradient_zonal, gravity_zonal
from tocsin.earth.kernel import kernel
from tocsin.estimate.boost.engine import (
    AZIMUTH,
    KICK,
    LAT,
    LON,
    THRUST,
    mass_by_scales,
)
from tocsin.motion.thrust import drag_coefficient

Array = NDArray[np.float64]

DEGREE = 4  # of the field: the rest is 5 m in three minutes
AIR_END = 100e3  # m, above which drag is left out


@kernel
def _aim(t: float, stand: Array, theta: Array, begin: float, end: float, u: Array, du: Array) -> None:
    """Fill u (3,) with the programmed direction, du (3, p) with its derivatives; stand: up, east, north."""
    pitch = math.exp(theta[KICK]) * min(1.0, max(0.0, (t - begin) / (end - begin)))
    s, q = math.sin(pitch), math.cos(pitch)
    ce, cn = math.sin(theta[AZIMUTH]), math.cos(theta[AZIMUTH])
    # up = (cos lat cos lon, cos lat sin lon, sin lat): east and north turn with it.
    cos_lat, sin_lat = stand[8], stand[2]
    for i in range(3):
        up, east, north = stand[i], stand[3 + i], stand[6 + i]
        level = ce * east + cn * north
        u[i] = q * up + s * level
        if du.shape[1]:
            du[i, LAT] = q * north - s * cn * up
            du[i, LON] = q * cos_lat * east + s * (
                ce * (sin_lat * north - cos_lat * up) - cn * sin_lat * east
            )
            du[i, AZIMUTH] = s * (cn * east - ce * north)
            du[i, KICK] = pitch * (q * level - s * up)


@kernel
def rates(
    y: Array, p: int, t: float, stage: int, start: float, programmed: bool, stages: Array, body: Array,
    stand: Array, theta: Array, begin: float, end: float, air: Array, by: Array, g: Array, du: Array,
    k: Array,
) -> None:  # fmt: skip
    """Fill k with dy/dt of y = (r, v, S), S (6, p) row by row: gravity, rotation, drag, thrust.

    dS/dt = [[0, I], [da/dr, da/dv]] S + [0; da/dtheta]; p = 0 leaves S out. by (p,), g (8, 3) and du (3, p)
    are scratch.
    """
    x, yy, z, vx, vy, vz = y[0], y[1], y[2], y[3], y[4], y[5]
    ax, ay, az = gravity_zonal(x, yy, z, DEGREE)
    k[0], k[1], k[2] = vx, vy, vz
    k[3] = ax + OMEGA * OMEGA * x + 2.0 * OMEGA * vy
    k[4] = ay + OMEGA * OMEGA * yy - 2.0 * OMEGA * vx
    k[5] = az
    speed = math.sqrt(vx * vx + vy * vy + vz * vz)
    u = g[6]
    mass, thrust = stages[stages.shape[0] - 1, 0], 0.0
    if stage >= 0:
        mass, thrust = mass_by_scales(stage, t, start, stages, theta, by)
    else:
        mass -= stages[stages.shape[0] - 1, 1]
        for j in range(p):
            by[j] = 0.0
    along = not programmed and speed > 0.0
    if along:
        u[0], u[1], u[2] = vx / speed, vy / speed, vz / speed
    else:
        _aim(t, stand, theta, begin, end, u, du)
    a = thrust / mass
    h, _, _, nx, ny, nz = height_and_up(x, yy, z)
    d = steep = turn = 0.0
    if h < AIR_END and speed > 0.0:
        rho, slope = density_and_slope(h, layer_at(h, air), air)
        sound = speed_of_sound(h)
        cd = drag_coefficient(speed / sound, body[1], body[2])
        half = -0.5 * body[0] / mass
        d = half * rho * speed * cd
        if p:
            steep = half * slope * speed * cd
            bend = (drag_coefficient(speed / sound + 1e-4, body[1], body[2]) - cd) * 1e4 / sound
            turn = half * rho * (cd + speed * bend) / speed
    for i in range(3):
        k[3 + i] += d * y[3 + i] + a * u[i]
    if p == 0:
        return
    gradient_zonal(x, yy, z, 2, g)
    g[0, 0] += OMEGA * OMEGA
    g[1, 1] += OMEGA * OMEGA
    per = a / speed if along else 0.0
    for i in range(3):
        v = y[3 + i]
        g[i, 0] += steep * v * nx
        g[i, 1] += steep * v * ny
        g[i, 2] += steep * v * nz
        for j in range(3):
            g[3 + i, j] = turn * v * y[3 + j] - per * u[i] * u[j]
        g[3 + i, i] += d + per
    g[3, 1] += 2.0 * OMEGA
    g[4, 0] -= 2.0 * OMEGA
    # Slices, and counted from nought: else an index may be negative, and no loop is vectorised.
    speeds, slopes = y[6 + 3 * p :], k[6:]
    for j in range(3 * p):
        slopes[j] = speeds[j]
    s0, s1, s2 = y[6 : 6 + p], y[6 + p : 6 + 2 * p], y[6 + 2 * p : 6 + 3 * p]
    s3, s4, s5 = speeds[:p], speeds[p : 2 * p], speeds[2 * p : 3 * p]
    for i in range(3):
        r0, r1, r2, v0, v1, v2 = g[i, 0], g[i, 1], g[i, 2], g[3 + i, 0], g[3 + i, 1], g[3 + i, 2]
        # Less mass gives more of thrust and drag alike.
        lighter = -(a * u[i] + d * y[3 + i]) / mass
        row = k[6 + (3 + i) * p :]
        for j in range(p):
            row[j] = (
                r0 * s0[j] + r1 * s1[j] + r2 * s2[j] + v0 * s3[j] + v1 * s4[j] + v2 * s5[j] + lighter * by[j]
            )
        if not along:
            for j in (LAT, LON, AZIMUTH, KICK):
                row[j] += a * du[i, j]
        if stage >= 0:
            row[THRUST + stage] += a * u[i] / theta[THRUST + stage]
