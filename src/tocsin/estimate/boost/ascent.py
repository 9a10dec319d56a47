"""A template's ascent with its derivatives in every parameter, by the variational equations."""

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
    CUTOFF,
    KICK,
    LAT,
    LON,
    MOMENT,
    THRUST,
    burning,
    end_by_scales,
    mass_by_scales,
)
from tocsin.motion.thrust import drag_coefficient

Array = NDArray[np.float64]

DEGREE = 4  # of the field: the rest is 5 m in three minutes
SHORT_S, MIDDLE_S, LONG_S = 2.0, 3.0, 6.0  # steps up to 10 s and 30 s after the pitch-over, and beyond
AIR_END = 100e3  # m, above which drag is left out


@kernel
def _aim(t: float, stand: Array, theta: Array, begin: float, end: float, u: Array, du: Array) -> None:
    """Fill u (3,) with the programmed direction and du (3, p) with its derivatives; stand: up, east, north."""
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
    stand: Array, theta: Array, begin: float, end: float, air: Array, by: Array, g: Array, du: Array, k: Array,
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
    for j in range(3 * p):
        k[6 + j] = y[6 + 3 * p + j]
    for i in range(3):
        row = 6 + (3 + i) * p
        r0, r1, r2, v0, v1, v2 = g[i, 0], g[i, 1], g[i, 2], g[3 + i, 0], g[3 + i, 1], g[3 + i, 2]
        # Less mass gives more of thrust and drag alike.
        lighter = -(a * u[i] + d * y[3 + i]) / mass
        for j in range(p):
            k[row + j] = (
                r0 * y[6 + j] + r1 * y[6 + p + j] + r2 * y[6 + 2 * p + j]
                + v0 * y[6 + 3 * p + j] + v1 * y[6 + 4 * p + j] + v2 * y[6 + 5 * p + j]
                + lighter * by[j]
            )  # fmt: skip
        if not along:
            for j in (LAT, LON, AZIMUTH, KICK):
                k[row + j] += a * du[i, j]
        if stage >= 0:
            k[row + THRUST + stage] += a * u[i] / theta[THRUST + stage]


@kernel
def start(theta: Array, p: int, y: Array, stand: Array) -> None:
    """Fill y with the body at rest on the ground and its derivatives, and stand (9,) with up, east, north."""
    sl, cl, so, co = math.sin(theta[LAT]), math.cos(theta[LAT]), math.sin(theta[LON]), math.cos(theta[LON])
    stand[0], stand[1], stand[2] = cl * co, cl * so, sl
    stand[3], stand[4], stand[5] = -so, co, 0.0
    stand[6], stand[7], stand[8] = -sl * co, -sl * so, cl
    a, e2 = 6378137.0, 6.69437999014e-3
    root = math.sqrt(1.0 - e2 * sl * sl)
    n = a / root
    for i in range(6 + 6 * p):
        y[i] = 0.0
    y[0], y[1], y[2] = n * stand[0], n * stand[1], n * (1.0 - e2) * sl
    if p:
        meridian = a * (1.0 - e2) / (root * root * root)
        for i in range(3):
            y[6 + i * p + LAT] = meridian * stand[6 + i]
            y[6 + i * p + LON] = n * cl * stand[3 + i]


@kernel
def _step_at(t: float, turned: float) -> float:
    """The longest step at t: short while it turns fast."""
    after = t - turned
    return SHORT_S if after < 10.0 else MIDDLE_S if after < 30.0 else LONG_S


@kernel
def fly(
    theta: Array, p: int, stages: Array, body: Array, begin: float, end: float, air: Array, until: float,
    t: Array, x: Array, work: Array, stand: Array, g: Array, by: Array, du: Array,
) -> int:  # fmt: skip
    """Fill times t (n,) s after launch and rows x (n, 6 + 6 p) of an ascent; how many, 0 if there is no room.

    Runge-Kutta of order four between the events: stages' ends, cut-off, programme. Where the thrust jumps at
    a time that follows the parameters, so do the derivatives: S+ = S- + (f- - f+) dt_e/dtheta, two rows of
    one time. Scratch: work (6, 6 + 6 p), stand (9,), g (8, 3), by (p,), du (3, p).
    """
    n = 6 + 6 * p
    y, trial = work[4], work[5]
    start(theta, p, y, stand)
    now, count = 0.0, 1
    t[0] = 0.0
    for j in range(n):
        x[0, j] = y[j]
    while now < until - MOMENT:
        stage, began, edge = burning(now + MOMENT, stages, theta)
        to = min(until, now + _step_at(now, end), edge)
        for event in (begin, end):
            if now < event - MOMENT:
                to = min(to, event)
        dt = to - now
        programmed = now < end - MOMENT
        for s in range(4):
            c = 0.0 if s == 0 else 1.0 if s == 3 else 0.5
            for j in range(n):
                trial[j] = y[j] + c * dt * work[max(s - 1, 0), j]
            rates(
                trial, p, now + c * dt, stage, began, programmed, stages, body, stand, theta, begin, end,
                air, by, g, du, work[s],
            )  # fmt: skip
        for j in range(n):
            y[j] += dt / 6.0 * (work[0, j] + 2.0 * work[1, j] + 2.0 * work[2, j] + work[3, j])
        now = to
        if count + 2 > t.size:
            return 0
        t[count] = now
        for j in range(n):
            x[count, j] = y[j]
        count += 1
        if p and stage >= 0 and now >= edge - MOMENT:
            # The thrust jumps here.
            rates(
                y, 0, now - MOMENT, stage, began, now < end - MOMENT, stages, body, stand, theta, begin,
                end, air, by, g, du, work[0],
            )  # fmt: skip
            after, since, _ = burning(now + MOMENT, stages, theta)
            rates(
                y, 0, now + MOMENT, after, since, now < end - MOMENT, stages, body, stand, theta, begin,
                end, air, by, g, du, work[1],
            )  # fmt: skip
            if now >= theta[CUTOFF] - MOMENT:
                for j in range(p):
                    by[j] = 0.0
                by[CUTOFF] = 1.0
            else:
                end_by_scales(stage, stages, theta, by)
            t[count] = now
            for j in range(n):
                x[count, j] = y[j]
            for i in range(3):
                jump = work[0, 3 + i] - work[1, 3 + i]
                for j in range(p):
                    x[count, 6 + (3 + i) * p + j] += jump * by[j]
            for j in range(n):
                y[j] = x[count, j]
            count += 1
    return count
