"""Powered flight with no vehicle assumed: thrust along the velocity but for a deviation, mass shed at a rate."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import OMEGA
from tocsin.earth.ellipsoid import height_and_up
from tocsin.earth.gravity import gravity_zonal
from tocsin.earth.kernel import kernel

Array = NDArray[np.float64]

STATE = 9  # r, v, ln a, pitch deviation, yaw deviation
LN_A, PITCH, YAW = 6, 7, 8
TURN_S, TURN_SIGMA = 20.0, math.radians(2.0)  # of the thrust's deviation, a Gauss-Markov process
DRIFT_LN_A, DRIFT_V = 0.02, 0.3  # per root of a second
RESTART_LN_A, RESTART_SIGMA = math.log(27.0), 0.5  # of a new stage, m/s2


@kernel
def rates(x: Array, slowness: float, k: Array) -> None:
    """Fill k (9,) with dx/dt: dv/dt = gravity + rotation + a u, d(ln a)/dt = a / v_e, deviations decay.

    u = (t + pitch n + yaw b) / |...|: t along the Earth-relative velocity, n up and b aside from it.
    slowness: 1 / v_e, s/m.
    """
    ax, ay, az = gravity_zonal(x[0], x[1], x[2], 2)
    a = math.exp(x[LN_A])
    speed = math.sqrt(x[3] * x[3] + x[4] * x[4] + x[5] * x[5]) + 1e-9
    tx, ty, tz = x[3] / speed, x[4] / speed, x[5] / speed
    _, _, _, ux, uy, uz = height_and_up(x[0], x[1], x[2])
    bx, by, bz = ty * uz - tz * uy, tz * ux - tx * uz, tx * uy - ty * ux
    level = math.sqrt(bx * bx + by * by + bz * bz)
    # Straight up there is no plane to deviate in: any will do.
    if level < 1e-3:
        bx, by, bz, level = ty, -tx, 0.0, math.sqrt(tx * tx + ty * ty) + 1e-9
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


@kernel
def step(x: Array, slowness: float, dt: float, out: Array, s: Array) -> None:
    """Fill out (9,) with the state dt s later, by one step of Runge-Kutta's fourth order; s (5, 9) scratch."""
    for i in range(STATE):
        out[i] = x[i]
    for c in range(4):
        for i in range(STATE):
            s[4, i] = x[i] + (0.0 if c == 0 else (1.0 if c == 3 else 0.5) * dt * s[c - 1, i])
        rates(s[4], slowness, s[c])
        for i in range(STATE):
            out[i] += dt / 6.0 * (1.0 if c == 0 or c == 3 else 2.0) * s[c, i]


@kernel
def step_with_slopes(x: Array, slowness: float, dt: float, out: Array, F: Array, s: Array) -> None:
    """As `step`, and F (9, 10) with its derivatives in the state and, last, in the slowness; s (7, 9).

    One-sided differences: a step is smooth, and they are good to 1e-6.
    """
    step(x, slowness, dt, out, s)
    for i in range(STATE):
        s[5, i] = x[i]
    for j in range(STATE + 1):
        h = 10.0 if j < 3 else 1e-2 if j < 6 else 1e-5 if j < STATE else 1e-9
        if j < STATE:
            s[5, j] = x[j] + h
        step(s[5], slowness + (h if j == STATE else 0.0), dt, s[6], s)
        if j < STATE:
            s[5, j] = x[j]
        for i in range(STATE):
            F[i, j] = (s[6, i] - out[i]) / h


@kernel
def noise_information(dt: float, W: Array) -> float:
    """Fill W (9, 9) with the information of a step's process noise; returns its ln det.

    White acceleration: [[dt^3/3, dt^2/2], [dt^2/2, dt]] q an axis; a walk of ln a; the deviations' own.
    """
    q = DRIFT_V * DRIFT_V
    for i in range(STATE):
        for j in range(STATE):
            W[i, j] = 0.0
    for i in range(3):
        W[i, i] = 12.0 / (q * dt * dt * dt)
        W[i, 3 + i] = W[3 + i, i] = -6.0 / (q * dt * dt)
        W[3 + i, 3 + i] = 4.0 / (q * dt)
    W[LN_A, LN_A] = 1.0 / (DRIFT_LN_A * DRIFT_LN_A * dt)
    turn = 1.0 / (TURN_SIGMA * TURN_SIGMA * (1.0 - math.exp(-2.0 * dt / TURN_S)))
    W[PITCH, PITCH] = W[YAW, YAW] = turn
    return 3.0 * math.log(12.0 / (q * q * dt * dt * dt * dt)) + math.log(W[LN_A, LN_A]) + 2.0 * math.log(turn)
