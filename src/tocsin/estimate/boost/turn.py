"""Powered flight with no vehicle assumed: thrust near the velocity's line, mass shed at a rate."""

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
TURN_S = 20.0  # of the thrust's deviation, a Gauss-Markov process
DRIFT_V = 0.3  # m/s per root of a second
# What vehicles may be like: sigma of the thrust's deviation, and drift of ln a per root of a second.
USUAL, STEADY, STEERED = (math.radians(2.0), 0.02), (math.radians(0.5), 0.005), (math.radians(8.0), 0.02)
RESTART_LN_A, RESTART_SIGMA = math.log(27.0), 0.5  # of a new stage, m/s2
STAGED, OUT, OUT_LN_A = 1.0, 2.0, math.log(0.3)  # what begins anew: a stage, or a coast as good as free


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
    """Fill out (9,) with the state dt s later, by one step of Runge-Kutta's order four; s (5, 9) scratch."""
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

    To second order in dt, from the acceleration's derivatives A (3, 9) halfway, by one-sided differences:
    F_v = [(dt + dt^2 V / 2) A_j ...] with V = da/dv, and F_r = [... dt^2 A_j / 2]. Within 1 % of what a
    second adds, which is all that Gauss-Newton asks.
    """
    step(x, slowness, dt, out, s)
    half, at, off = s[5], s[6], s[0]
    for i in range(STATE):
        half[i] = 0.5 * (x[i] + out[i])
    rates(half, slowness, at)
    grown, decayed = 1.0 + 0.5 * dt * at[LN_A], 1.0 - 0.5 * dt / TURN_S
    for j in range(STATE):
        h = 100.0 if j < 3 else 1e-2 if j < 6 else 1e-5
        kept = half[j]
        half[j] += h
        rates(half, slowness, off)
        half[j] = kept
        part = grown if j == LN_A else decayed if j > LN_A else 1.0
        for i in range(3):
            F[i, j] = (off[3 + i] - at[3 + i]) / h * part
        for i in range(3, STATE):
            F[i, j] = 0.0
    # The velocity's rows, V = F[:3, 3:6] still being the acceleration's derivatives.
    for j in range(STATE):
        for i in range(3):
            turned = F[i, 3] * F[0, j] + F[i, 4] * F[1, j] + F[i, 5] * F[2, j]
            F[3 + i, j] = dt * F[i, j] + 0.5 * dt * dt * turned
    for i in range(3):
        for j in range(3):
            F[3 + i, 3 + j] += 0.5 * dt * dt * F[i, j]
        F[3 + i, STATE] = 0.5 * dt * F[3 + i, LN_A] * at[LN_A] / slowness
        F[i, STATE] = dt / 3.0 * F[3 + i, STATE]
    for i in range(3):
        for j in range(STATE):
            F[i, j] *= 0.5 * dt * dt
        F[i, i] += 1.0
        F[i, 3 + i] += dt
        F[3 + i, 3 + i] += 1.0
    F[LN_A, LN_A], F[LN_A, STATE] = math.exp(at[LN_A] * dt), at[LN_A] / slowness * dt
    F[PITCH, PITCH] = F[YAW, YAW] = math.exp(-dt / TURN_S)
    for i in range(LN_A + 1, STATE):
        F[i, STATE] = 0.0


@kernel
def noise_information(dt: float, turn_sigma: float, drift: float, W: Array) -> float:
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
    W[LN_A, LN_A] = 1.0 / (drift * drift * dt)
    turn = 1.0 / (turn_sigma * turn_sigma * (1.0 - math.exp(-2.0 * dt / TURN_S)))
    W[PITCH, PITCH] = W[YAW, YAW] = turn
    return 3.0 * math.log(12.0 / (q * q * dt * dt * dt * dt)) + math.log(W[LN_A, LN_A]) + 2.0 * math.log(turn)
