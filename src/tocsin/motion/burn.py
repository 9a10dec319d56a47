"""A burn in space: constant acceleration along or against the velocity."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from tocsin.earth.constants import OMEGA
from tocsin.earth.gravity import gravity
from tocsin.motion.forces import STANDARD, Forces

Array = NDArray[np.float64]

STEP_S = 0.5


@njit(cache=True, error_model="numpy")
def _burn(y: Array, along: float, dt: float, degree: int, order: int, out: Array) -> None:
    w, k = np.zeros((degree + 3, degree + 3)), np.zeros((4, 6))
    z = np.zeros(6)
    for i in range(out.shape[0]):
        for j in range(6):
            out[i, j] = y[j]
        for s in range(4):
            c = 0.0 if s == 0 else 1.0 if s == 3 else 0.5
            for j in range(6):
                z[j] = y[j] + c * dt * k[max(s - 1, 0), j]
            ax, ay, az = gravity(z[0], z[1], z[2], degree, order, w)
            speed = (z[3] ** 2 + z[4] ** 2 + z[5] ** 2) ** 0.5
            k[s, 0], k[s, 1], k[s, 2] = z[3], z[4], z[5]
            k[s, 3] = ax + OMEGA * OMEGA * z[0] + 2.0 * OMEGA * z[4] + along * z[3] / speed
            k[s, 4] = ay + OMEGA * OMEGA * z[1] - 2.0 * OMEGA * z[3] + along * z[4] / speed
            k[s, 5] = az + along * z[5] / speed
        for j in range(6):
            y[j] += dt / 6.0 * (k[0, j] + 2.0 * k[1, j] + 2.0 * k[2, j] + k[3, j])


def burn(x0: ArrayLike, dv: float, duration_s: float, forces: Forces = STANDARD) -> tuple[Array, Array]:
    """Times (n,) s from 0 to duration_s and states (n, 6) of a burn of dv m/s (braking if negative).

    dv/dt = gravity + rotation + (dv / duration) v/|v|, without air, by Runge-Kutta of order four.
    """
    n = max(1, round(duration_s / STEP_S))
    t = np.linspace(0.0, duration_s, n + 1)
    x = np.empty((n + 1, 6))
    y = np.array(x0, dtype=np.float64).reshape(6)
    _burn(y, dv / duration_s, duration_s / n, forces.degree, forces.order, x)
    return t, x
