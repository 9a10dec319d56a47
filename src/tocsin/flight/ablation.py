"""A single body that drag slows and heat consumes: its equations, and the state a while later."""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tocsin.earth.atmosphere import density
from tocsin.earth.constants import OMEGA
from tocsin.earth.ellipsoid import height_and_up
from tocsin.earth.gravity import gravity_zonal

Array = NDArray[np.float64]

DEGREE = 4


@njit(cache=True, error_model="numpy")
def derivative(y: Array, k: float, sigma: float, dy: Array) -> None:
    """Fill dy (7,) with the rate of change of y: place, velocity and the cube root of the mass,
    which, unlike the mass, falls steadily to nothing."""
    x, yy, z, vx, vy, vz = y[0], y[1], y[2], y[3], y[4], y[5]
    ax, ay, az = gravity_zonal(x, yy, z, DEGREE)
    speed = math.sqrt(vx * vx + vy * vy + vz * vz)
    drag = k * density(height_and_up(x, yy, z)[0]) * speed / y[6]
    dy[0], dy[1], dy[2] = vx, vy, vz
    dy[3] = ax + OMEGA * OMEGA * x + 2.0 * OMEGA * vy - drag * vx
    dy[4] = ay + OMEGA * OMEGA * yy - 2.0 * OMEGA * vx - drag * vy
    dy[5] = az - drag * vz
    dy[6] = -sigma / 3.0 * drag * speed * speed * y[6]


@njit(cache=True, error_model="numpy")
def advance(y0: Array, k: float, sigma: float, span: float, steps: int) -> Array:
    """The state (7,) a span (s) after y0, by steps of the classical Runge-Kutta rule."""
    y, z = y0.copy(), np.empty(7)
    slope = np.empty((4, 7))
    h = span / steps
    for _ in range(steps):
        for s in range(4):
            part = h if s == 3 else 0.5 * h
            for i in range(7):
                z[i] = y[i] + part * slope[s - 1, i] if s > 0 else y[i]
            derivative(z, k, sigma, slope[s])
        for i in range(7):
            y[i] += h / 6.0 * (slope[0, i] + 2.0 * (slope[1, i] + slope[2, i]) + slope[3, i])
    return y
