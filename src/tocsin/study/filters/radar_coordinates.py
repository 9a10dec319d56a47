"""A filter that keeps its state as the radar measures it: range, azimuth, elevation and their rates.

A look is then linear in the state, and what is uncertain keeps its shape: at long range a thin shell across
the line of sight, which no ellipsoid of an Earth-fixed state is. The flight is what is not linear; sigma
points carry it, which linearised flight does worse. Sources: Mehra, A comparison of several nonlinear filters
for reentry vehicle tracking, IEEE Trans. Automatic Control 16 (1971) 307, for the coordinates (recalled);
Tian and Bar-Shalom, Coordinate conversion and tracking for very long range radars, IEEE Trans. Aerospace and
Electronic Systems 45 (2009), who find a filter in such coordinates inconsistent at very long range.
"""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tocsin.earth.constants import C_LIGHT
from tocsin.study.filters.flight import fly
from tocsin.study.filters.kalman import corrected
from tocsin.study.filters.unscented import moments, sigma_points

Array = NDArray[np.float64]


@njit(cache=True, error_model="numpy")
def to_radar(x: Array, place: Array, axes: Array, near: float) -> Array:
    """Range, azimuth, elevation of where the echo came from, and their rates (6,); what follows is kept."""
    y = x.copy()
    d, v = np.zeros(3), np.zeros(3)
    tau = math.sqrt((x[0] - place[0]) ** 2 + (x[1] - place[1]) ** 2 + (x[2] - place[2]) ** 2) / C_LIGHT
    for i in range(3):
        for j in range(3):
            d[i] += axes[i, j] * (x[j] - tau * x[3 + j] - place[j])
            v[i] += axes[i, j] * x[3 + j]
    level2 = d[0] * d[0] + d[1] * d[1]
    level = math.sqrt(level2)
    far = math.sqrt(level2 + d[2] * d[2])
    out = (d[0] * v[0] + d[1] * v[1]) / level
    y[0], y[1], y[2] = far, math.atan2(d[0], d[1]), math.atan2(d[2], level)
    y[1] -= 2.0 * math.pi * math.floor((y[1] - near) / (2.0 * math.pi) + 0.5)
    y[3] = (d[0] * v[0] + d[1] * v[1] + d[2] * v[2]) / far
    y[4] = (v[0] * d[1] - v[1] * d[0]) / level2
    y[5] = (v[2] * level - d[2] * out) / (far * far)
    return y


@njit(cache=True, error_model="numpy")
def from_radar(y: Array, place: Array, axes: Array) -> Array:
    """The Earth-fixed state (6,) that `to_radar` makes y of; what follows is kept."""
    x = y.copy()
    sa, ca, se, ce = math.sin(y[1]), math.cos(y[1]), math.sin(y[2]), math.cos(y[2])
    level, up = y[0] * ce, y[0] * se
    out = y[3] * ce - up * y[5]
    d = np.array([level * sa, level * ca, up])
    v = np.array([out * sa + level * y[4] * ca, out * ca - level * y[4] * sa, y[3] * se + level * y[5]])
    r, w = place.copy(), np.zeros(3)
    for i in range(3):
        for j in range(3):
            r[i] += axes[j, i] * d[j]
            w[i] += axes[j, i] * v[j]
    # The body has gone on for as long as the echo travelled, which depends a little on where it is now.
    tau = y[0] / C_LIGHT
    for _ in range(3):
        far = 0.0
        for i in range(3):
            far += (r[i] + tau * w[i] - place[i]) ** 2
        tau = math.sqrt(far) / C_LIGHT
    for i in range(3):
        x[i] = r[i] + tau * w[i]
        x[3 + i] = w[i]
    return x


@njit(cache=True, error_model="numpy")
def slopes(y: Array, place: Array, axes: Array) -> Array:
    """How the Earth-fixed state moves with that in radar coordinates (n, n), by central differences."""
    n = len(y)
    J = np.eye(n)
    for j in range(6):
        step = (1.0, 1e-6, 1e-6, 1e-2, 1e-8, 1e-8)[j]
        ahead, behind = y.copy(), y.copy()
        ahead[j] += step
        behind[j] -= step
        difference = from_radar(ahead, place, axes) - from_radar(behind, place, axes)
        for i in range(6):
            J[i, j] = difference[i] / (2.0 * step)
    return J


@njit(cache=True, error_model="numpy")
def step(
    y: Array, P: Array, dt: float, z: Array, sigma: Array, place: Array, axes: Array,
    degree: int, order: int, air: Array, kappa: float,
) -> tuple[Array, Array]:  # fmt: skip
    """State (n,) and covariance (n, n) in radar coordinates after a look z (3,) dt s later."""
    Y = sigma_points(y, P, kappa)
    n = len(y)
    for s in range(len(Y)):
        x = from_radar(Y[s], place, axes)
        fly(6, x, dt, degree, order, air)
        Y[s] = to_radar(x, place, axes, z[1])
    before, _, held = moments(Y, Y, kappa)
    H = np.zeros((3, n))
    d = np.empty(3)
    for i in range(3):
        H[i, i] = 1.0
        d[i] = z[i] - before[i]
        if n > 6:
            H[i, 6 + i] = 1.0
            d[i] -= before[6 + i]
    dy, after = corrected(held, H, d, sigma)
    return before + dy, after
