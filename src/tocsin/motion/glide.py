"""A notional gliding body: drag and lift in a constant ratio, the lift held to a level glide where it can."""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from tocsin.earth.air import density_and_slope, layer_at
from tocsin.earth.constants import OMEGA, R_EQ
from tocsin.earth.ellipsoid import height_and_up
from tocsin.earth.gravity import gravity
from tocsin.earth.kernel import kernel
from tocsin.motion.forces import STANDARD, Forces

Array = NDArray[np.float64]

STEP_S = 0.25
SAMPLE = 4  # steps between samples
DAMPING = 0.05  # 1/s, of the rate of climb
LONGEST_S = 4 * 3600.0


@kernel
def _derivative(
    y: Array, inv_beta: float, ratio: float, degree: int, order: int, air: Array, w: Array, k: Array, s: int
) -> float:
    """Fill k[s] (6,) with dy/dt; the height (m).

    a = gravity + rotation - D v/|v| + m (L/D) D n, where n is across the velocity in the vertical plane and
    -1 <= m <= 1 makes the vertical acceleration -0.05/s times the rate of climb, as far as lift can.
    """
    x, yy, z, vx, vy, vz = y[0], y[1], y[2], y[3], y[4], y[5]
    ax, ay, az = gravity(x, yy, z, degree, order, w)
    ax += OMEGA * OMEGA * x + 2.0 * OMEGA * vy
    ay += OMEGA * OMEGA * yy - 2.0 * OMEGA * vx
    h, _, _, nx, ny, nz = height_and_up(x, yy, z)
    rho = density_and_slope(h, layer_at(h, air), air)[0]
    speed = max(math.sqrt(vx * vx + vy * vy + vz * vz), 1e-3)
    drag = 0.5 * rho * speed * inv_beta
    ax -= drag * vx
    ay -= drag * vy
    az -= drag * vz
    climb = nx * vx + ny * vy + nz * vz
    level = math.sqrt(max(speed * speed - climb * climb, 1e-6))
    lift = ratio * drag * speed * level / speed  # its vertical part
    if lift > 0.0:
        rising = ax * nx + ay * ny + az * nz + level * level / (R_EQ + h)
        m = min(1.0, max(-1.0, -(rising + DAMPING * climb) / lift))
        full = m * ratio * drag * speed
        ax += full * (nx - climb * vx / (speed * speed)) * speed / level
        ay += full * (ny - climb * vy / (speed * speed)) * speed / level
        az += full * (nz - climb * vz / (speed * speed)) * speed / level
    k[s, 0], k[s, 1], k[s, 2] = vx, vy, vz
    k[s, 3], k[s, 4], k[s, 5] = ax, ay, az
    return h


@kernel
def _step(
    y: Array, dt: float, inv_beta: float, ratio: float, degree: int, order: int, air: Array, w: Array,
    k: Array, z: Array,
) -> float:  # fmt: skip
    """Fill z with the state dt after y by Runge-Kutta of order four; its height (m)."""
    for s in range(4):
        c = 0.0 if s == 0 else 1.0 if s == 3 else 0.5
        for j in range(6):
            z[j] = y[j] + c * dt * k[max(s - 1, 0), j]
        _derivative(z, inv_beta, ratio, degree, order, air, w, k, s)
    for j in range(6):
        z[j] = y[j] + dt / 6.0 * (k[0, j] + 2.0 * k[1, j] + 2.0 * k[2, j] + k[3, j])
    return height_and_up(z[0], z[1], z[2])[0]


@njit(cache=True, error_model="numpy")
def _glide(
    y: Array, inv_beta: float, ratio: float, degree: int, order: int, air: Array, t: Array, x: Array
) -> int:
    """Fill t (n,) and x (n, 6) with samples to the ground; how many, or none where it is not reached."""
    w, k, z = np.zeros((degree + 3, degree + 3)), np.zeros((4, 6)), np.zeros(6)
    h = height_and_up(y[0], y[1], y[2])[0]
    now = 0.0
    n = 0
    for i in range((t.size - 1) * SAMPLE):
        if i % SAMPLE == 0:
            t[n] = now
            x[n] = y
            n += 1
        below = _step(y, STEP_S, inv_beta, ratio, degree, order, air, w, k, z)
        if below <= 0.0:
            dt = STEP_S * h / (h - below)
            for _ in range(4):  # Newton on fresh steps
                at = _step(y, dt, inv_beta, ratio, degree, order, air, w, k, z)
                _, _, _, nx, ny, nz = height_and_up(z[0], z[1], z[2])
                dt -= at / (nx * z[3] + ny * z[4] + nz * z[5])
            t[n] = now + dt
            x[n] = z
            return n + 1
        y[:] = z
        h = below
        now += STEP_S
    return 0


def glide(
    x0: ArrayLike, inv_beta: float, lift_to_drag: float, forces: Forces = STANDARD
) -> tuple[Array, Array]:
    """Times (n,) s after the start and states (n, 6), each second, from x0 (6,) to the ground, exactly met.

    Runge-Kutta of order four in steps of 0.25 s. inv_beta = Cd A / m in m2/kg. Empty where the body does not
    come down in four hours, or x0 is not finite or under the ground. The law of the lift is notional: it
    levels the descent and holds it as long as the speed bears the body.
    """
    y = np.array(x0, dtype=np.float64).reshape(6)
    if not (np.isfinite(y).all() and height_and_up(*y[:3])[0] > 0.0):
        return np.empty(0), np.empty((0, 6))
    most = int(LONGEST_S / (STEP_S * SAMPLE)) + 2
    t, x = np.empty(most), np.empty((most, 6))
    n = _glide(y, float(inv_beta), float(lift_to_drag), forces.degree, forces.order, forces.air, t, x)
    return t[:n].copy(), x[:n].copy()
