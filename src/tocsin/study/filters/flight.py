"""Unpowered flight outside the air from look to look, and a radar's look at it, for the filters' kernels.

A filter's state x (n,) is the body's (6,), and after it, where they are states too, what range, azimuth and
elevation are constantly wrong by (3,).
"""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tocsin.earth.air import layers
from tocsin.estimate.look_rows import radar_look
from tocsin.motion.equations import STATE_AND_PHI, rhs

Array = NDArray[np.float64]

LONGEST = 10.0  # s; a step of Runge and Kutta's is then 0.1 mm off


@njit(cache=True, error_model="numpy")
def fly(n: int, y: Array, dt: float, degree: int, order: int, air: Array) -> None:
    """Carry y, a state (n = 6) or state and transition (n = 48), on by dt s, in place; no drag.

    Runge and Kutta's method of order 4 on `tocsin.motion.equations`: a third of the cost of one step of
    DOP853, and enough between looks.
    """
    k = np.empty((4, n))
    part = np.empty(n)
    w, g = np.zeros((degree + 3, degree + 3)), np.zeros((6, 3))
    top = layers(air)
    steps = max(1, math.ceil(abs(dt) / LONGEST))
    h = dt / steps
    for _ in range(steps):
        rhs(n, y, 0.0, top, degree, order, air, w, g, k[0])
        for s in range(1, 4):
            far = h if s == 3 else 0.5 * h
            for i in range(n):
                part[i] = y[i] + far * k[s - 1, i]
            rhs(n, part, 0.0, top, degree, order, air, w, g, k[s])
        for i in range(n):
            y[i] += h / 6.0 * (k[0, i] + 2.0 * k[1, i] + 2.0 * k[2, i] + k[3, i])


@njit(cache=True, error_model="numpy")
def flown_with_phi(x: Array, dt: float, degree: int, order: int, air: Array) -> tuple[Array, Array]:
    """The state (n,) dt s later and its transition (n, n); what follows the first six stays as it is."""
    y = np.zeros(STATE_AND_PHI)
    for i in range(6):
        y[i] = x[i]
        y[6 + 8 * i] = 1.0
    fly(STATE_AND_PHI, y, dt, degree, order, air)
    after, F = x.copy(), np.eye(len(x))
    for i in range(6):
        after[i] = y[i]
        for j in range(6):
            F[i, j] = y[6 + 7 * i + j]
    return after, F


@njit(cache=True, error_model="numpy")
def seen(x: Array, place: Array, axes: Array, near: float) -> tuple[Array, Array]:
    """Range m, azimuth, elevation rad (3,) that a radar should measure, and the slopes (3, n).

    The azimuth is the one within half a turn of `near`.
    """
    h, slope, columns, none = np.empty(3), np.empty((3, 3)), np.empty((3, 6)), np.zeros(4)
    radar_look(x, place, axes, none, h, slope, columns)
    H = np.zeros((3, len(x)))
    for i in range(3):
        for j in range(3):
            H[i, j] = slope[i, j]
        for j in range(6, len(x)):
            H[i, j] = 1.0 if j == 6 + i else 0.0
            h[i] += H[i, j] * x[j]
    h[1] -= 2.0 * math.pi * math.floor((h[1] - near) / (2.0 * math.pi) + 0.5)
    return h, H
