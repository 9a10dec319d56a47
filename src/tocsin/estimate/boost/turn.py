"""Powered flight with no vehicle assumed: thrust near the velocity's line, mass shed at a rate."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import OMEGA
from tocsin.earth.gravity import gradient_zonal, gravity_zonal
from tocsin.earth.kernel import kernel

Array = NDArray[np.float64]

STATE = 9  # r, v, ln a, pitch deviation, yaw deviation
LN_A, PITCH, YAW = 6, 7, 8
TURN_S = 20.0  # of the thrust's deviation, a Gauss-Markov process
DRIFT_V = 0.3  # m/s per root of a second
# What vehicles may be like: sigma of the thrust's deviation, and drift of ln a per root of a second.
USUAL, STEADY, STEERED = (math.radians(2.0), 0.02), (math.radians(0.5), 0.005), (math.radians(8.0), 0.02)
RESTART_LN_A, RESTART_SIGMA = math.log(27.0), 0.5  # of a new stage, m/s2
STAGED, OUT, OUT_LN_A = 1.0, 2.0, math.log(0.3)  # what begins anew: a stage, or a coast as good as free


@kernel
def rates(x: Array, slowness: float, k: Array, axes: Array) -> float:
    """Fill k (9,) with dx/dt: dv/dt = gravity + rotation + a u, d(ln a)/dt = a / v_e, deviations decay.

    u = (t + pitch n + yaw b) / |...|: axes (3, 3) is filled with t along the Earth-relative velocity, n
    upward and b aside from it. slowness: 1 / v_e, s/m. Returns the tangent of the path's angle, 0 where it
    is straight up.
    """
    ax, ay, az = gravity_zonal(x[0], x[1], x[2], 2)
    a = math.exp(x[LN_A])
    inverse = 1.0 / (math.sqrt(x[3] * x[3] + x[4] * x[4] + x[5] * x[5]) + 1e-9)
    tx, ty, tz = x[3] * inverse, x[4] * inverse, x[5] * inverse
    # Away from the Earth's middle: the deviations are alike in n and b, so any plane near the vertical does.
    inverse = 1.0 / math.sqrt(x[0] * x[0] + x[1] * x[1] + x[2] * x[2])
    ux, uy, uz = x[0] * inverse, x[1] * inverse, x[2] * inverse
    bx, by, bz = ty * uz - tz * uy, tz * ux - tx * uz, tx * uy - ty * ux
    level = math.sqrt(bx * bx + by * by + bz * bz)
    climb = (tx * ux + ty * uy + tz * uz) / level
    # Straight up there is no plane to deviate in: any will do.
    if level < 1e-3:
        bx, by, bz, level, climb = ty, -tx, 0.0, math.sqrt(tx * tx + ty * ty) + 1e-9, 0.0
    bx, by, bz = bx / level, by / level, bz / level
    nx, ny, nz = by * tz - bz * ty, bz * tx - bx * tz, bx * ty - by * tx
    per = a / math.sqrt(1.0 + x[PITCH] * x[PITCH] + x[YAW] * x[YAW])
    k[0], k[1], k[2] = x[3], x[4], x[5]
    k[3] = ax + OMEGA * OMEGA * x[0] + 2.0 * OMEGA * x[4] + per * (tx + x[PITCH] * nx + x[YAW] * bx)
    k[4] = ay + OMEGA * OMEGA * x[1] - 2.0 * OMEGA * x[3] + per * (ty + x[PITCH] * ny + x[YAW] * by)
    k[5] = az + per * (tz + x[PITCH] * nz + x[YAW] * bz)
    k[LN_A] = a * slowness
    k[PITCH] = -x[PITCH] / TURN_S
    k[YAW] = -x[YAW] / TURN_S
    axes[0, 0], axes[0, 1], axes[0, 2] = tx, ty, tz
    axes[1, 0], axes[1, 1], axes[1, 2] = nx, ny, nz
    axes[2, 0], axes[2, 1], axes[2, 2] = bx, by, bz
    tangent: float = climb
    return tangent


@kernel
def _push_slopes(x: Array, axes: Array, climb: float, F: Array) -> None:
    """Fill F[:3] (3, 9) with the derivatives of the acceleration in the state, by the axes that `rates` gave.

    Where the velocity turns by alpha toward b and beta toward n, u turns by alpha [b - pitch climb b + yaw
    (climb n - t)] + beta [n - pitch t]: n and b follow it, and b stays level. How they turn with the
    horizon from place to place is left out: a tenth of the field's gradient.
    """
    gradient_zonal(x[0], x[1], x[2], 2, F)
    p, y = x[PITCH], x[YAW]
    inverse = 1.0 / (1.0 + p * p + y * y)
    per = math.exp(x[LN_A]) * math.sqrt(inverse)
    turn = per / (math.sqrt(x[3] * x[3] + x[4] * x[4] + x[5] * x[5]) + 1e-9)
    for i in range(3):
        t, n, b = axes[0, i], axes[1, i], axes[2, i]
        along = t + p * n + y * b
        alpha, beta = turn * (b - p * climb * b + y * (climb * n - t)), turn * (n - p * t)
        for j in range(3):
            F[i, 3 + j] = alpha * axes[2, j] + beta * axes[1, j]
        F[i, LN_A] = per * along
        F[i, PITCH], F[i, YAW] = per * (n - p * inverse * along), per * (b - y * inverse * along)
    F[0, 0] += OMEGA * OMEGA
    F[1, 1] += OMEGA * OMEGA
    F[0, 4] += 2.0 * OMEGA
    F[1, 3] -= 2.0 * OMEGA


@kernel
def step(x: Array, slowness: float, dt: float, out: Array, s: Array) -> None:
    """Fill out (9,) with the state dt s later, from the rates now and halfway.

    x' = x + dt f(x + dt f(x) / 2), but the place r + dt v + dt^2 (a + 2 a_half) / 6. In a second's step that
    leaves a millimetre a second: DRIFT_V is three hundred times that. s (9, 9): scratch, which keeps the
    rates and axes now, then the state, rates and axes halfway.
    """
    half = s[4]
    s[1, 3] = rates(x, slowness, s[0], s[1:4, :3])
    for i in range(STATE):
        half[i] = x[i] + 0.5 * dt * s[0, i]
    s[6, 3] = rates(half, slowness, s[5], s[6:9, :3])
    for i in range(3):
        out[i] = x[i] + dt * x[3 + i] + dt * dt / 6.0 * (s[0, 3 + i] + 2.0 * s[5, 3 + i])
    for i in range(3, STATE):
        out[i] = x[i] + dt * s[5, i]


@kernel
def step_with_slopes(x: Array, slowness: float, dt: float, out: Array, F: Array, s: Array) -> None:
    """As `step`, and F (9, 10) with its derivatives in the state and, last, in the slowness; s (12, 9).

    With A = da/dx (3, 9) now and halfway, J = df/dx now: F_v = dt A_half (I + dt J / 2) and F_r = dt^2 A /
    6 + dt F_v / 3, beside what stands still.
    """
    step(x, slowness, dt, out, s)
    now, half, at = s[9:12], s[4], s[5]
    _push_slopes(x, s[1:4, :3], s[1, 3], now)
    _push_slopes(half, s[6:9, :3], s[6, 3], F)
    h, grown = 0.5 * dt, 1.0 + 0.5 * dt * s[0, LN_A]
    for i in range(3):
        f3, f4, f5, fa = F[i, 3], F[i, 4], F[i, 5], F[i, LN_A]
        for j in range(STATE):
            part = F[i, j]
            if j == LN_A:
                part *= grown
            elif j > LN_A:
                part *= 1.0 - h / TURN_S
            elif j >= 3:
                part += h * F[i, j - 3]
            F[3 + i, j] = dt * (part + h * (f3 * now[0, j] + f4 * now[1, j] + f5 * now[2, j]))
        F[3 + i, STATE] = dt * h * fa * s[0, LN_A] / slowness
    for i in range(3):
        for j in range(STATE):
            F[i, j] = dt * dt / 6.0 * now[i, j] + dt / 3.0 * F[3 + i, j]
        F[i, STATE] = dt / 3.0 * F[3 + i, STATE]
        F[i, i] += 1.0
        F[i, 3 + i] += dt
        F[3 + i, 3 + i] += 1.0
    for i in range(LN_A, STATE):
        for j in range(STATE + 1):
            F[i, j] = 0.0
    F[LN_A, LN_A], F[LN_A, STATE] = 1.0 + dt * at[LN_A] * grown, dt * at[LN_A] / slowness * grown
    F[PITCH, PITCH] = F[YAW, YAW] = 1.0 - dt / TURN_S * (1.0 - h / TURN_S)


@kernel
def noise_information(dt: float, noise: tuple[float, float], q: Array) -> float:
    """Fill q (5,) with the information of a step's process noise; returns its ln det.

    White acceleration: [[q0, q1], [q1, q2]] an axis, the inverse of [[dt^3/3, dt^2/2], [dt^2/2, dt]] times
    DRIFT_V^2; q3 of a walk of ln a; q4 of each of the deviations; noise: sigma of these, drift of ln a.
    """
    v = DRIFT_V * DRIFT_V
    q[0], q[1], q[2] = 12.0 / (v * dt * dt * dt), -6.0 / (v * dt * dt), 4.0 / (v * dt)
    q[3] = 1.0 / (noise[1] * noise[1] * dt)
    q[4] = 1.0 / (noise[0] * noise[0] * (1.0 - math.exp(-2.0 * dt / TURN_S)))
    return 3.0 * math.log(q[0] * q[2] - q[1] * q[1]) + math.log(q[3]) + 2.0 * math.log(q[4])
