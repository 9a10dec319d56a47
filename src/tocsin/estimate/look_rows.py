"""One look of a body in the fit's terms: what it should be, and its slopes in the state and lasting errors.

The same equations as `tocsin.sensor.measurement` and `tocsin.sensor.errors`, for one look in a kernel.
"""

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import C_LIGHT, OMEGA
from tocsin.earth.ellipsoid import height_and_up
from tocsin.earth.kernel import kernel
from tocsin.sensor.errors import LAG_MEAN
from tocsin.sensor.infrared.centroid import CENTROID
from tocsin.sensor.rate_row import rate_row

Array = NDArray[np.float64]

LONGEST_M, HALF2_M2 = CENTROID.longest_m, CENTROID.half_m**2
TURN = 2.0 * math.pi
LAGGING = 4


@kernel
def radar_look(x: Array, place: Array, axes: Array, air: Array, h: Array, slope: Array, c: Array) -> None:
    """Fill three rows of h, slope in r and columns c (.., 6) of a radar's look at x (6,) from place (3,).

    axes (3, 3): east, north, up; air (4,): the whole refraction of troposphere and ionosphere, m and rad.
    """
    dx, dy, dz = x[0] - place[0], x[1] - place[1], x[2] - place[2]
    tau = math.sqrt(dx * dx + dy * dy + dz * dz) / C_LIGHT
    dx -= x[3] * tau
    dy -= x[4] * tau
    dz -= x[5] * tau
    e = axes[0, 0] * dx + axes[0, 1] * dy + axes[0, 2] * dz
    n = axes[1, 0] * dx + axes[1, 1] * dy + axes[1, 2] * dz
    u = axes[2, 0] * dx + axes[2, 1] * dy + axes[2, 2] * dz
    level2 = e * e + n * n
    level = math.sqrt(level2)
    far = math.sqrt(level2 + u * u)
    h[0], h[1], h[2] = far, math.atan2(e, n), math.atan2(u, level)
    per_far, per_level2 = 1.0 / far, 1.0 / level2
    out, up = level * per_far * per_far, u * per_far * per_far / level
    for j in range(3):
        ae, an, au = axes[0, j], axes[1, j], axes[2, j]
        along = e * ae + n * an
        slope[0, j] = (along + u * au) * per_far
        slope[1, j] = (n * ae - e * an) * per_level2
        slope[2, j] = out * au - up * along
    for i in range(3):
        c[i, 0] = c[i, 1] = c[i, 2] = c[i, 4] = c[i, 5] = 0.0
        c[i, i] = 1.0
        c[i, 3] = -(slope[i, 0] * x[3] + slope[i, 1] * x[4] + slope[i, 2] * x[5])
    c[0, 4], c[2, 4], c[0, 5], c[2, 5] = air[0], air[1], air[2], air[3]


@kernel
def radar_rate(x: Array, place: Array, lean: Array, h: Array, slope: Array, c: Array) -> None:
    """Fill the fourth row of h, slope in r and v, and columns c (.., 6) of a radar's look: its range rate.

    lean (2, 3): the whole range rate by troposphere and ionosphere, m/s, for each m/s of velocity.
    """
    h[3], change = rate_row(x, place, slope[3])
    c[3, 0] = c[3, 1] = c[3, 2] = 0.0
    c[3, 3] = -change
    for k in range(2):
        c[3, 4 + k] = lean[k, 0] * x[3] + lean[k, 1] * x[4] + lean[k, 2] * x[5]


@kernel
def lag_length(h: float) -> float:
    """How far (m) the plume's middle lies behind the body at height h (m), for scale 1."""
    h2 = max(h, 0.0) ** 2
    return LONGEST_M * h2 / (h2 + HALF2_M2)


@kernel
def telescope_look(x: Array, place: Array, axes: Array, lags: bool, h: Array, slope: Array, c: Array) -> None:
    """Fill two rows of h, slope in r and columns c (.., 4) of a telescope's look at x (6,) from place (3,).

    axes (3, 3): east, north, nadir; lags: what is seen is the plume, behind the body.
    """
    lx = ly = lz = 0.0
    if lags:
        height, _, _, _, _, _ = height_and_up(x[0], x[1], x[2])
        speed = max(math.sqrt(x[3] * x[3] + x[4] * x[4] + x[5] * x[5]), 1e-9)
        length = -lag_length(height) / speed
        lx, ly, lz = length * x[3], length * x[4], length * x[5]
    rx, ry, rz = x[0] + LAG_MEAN * lx, x[1] + LAG_MEAN * ly, x[2] + LAG_MEAN * lz
    dx, dy, dz = rx - place[0], ry - place[1], rz - place[2]
    tau = math.sqrt(dx * dx + dy * dy + dz * dz) / C_LIGHT
    turn = OMEGA * tau
    ex, ey = rx - x[3] * tau, ry - x[4] * tau
    dx = ex + turn * ey - place[0]
    dy = ey - turn * ex - place[1]
    dz -= x[5] * tau
    p = axes[0, 0] * dx + axes[0, 1] * dy + axes[0, 2] * dz
    q = axes[1, 0] * dx + axes[1, 1] * dy + axes[1, 2] * dz
    w = axes[2, 0] * dx + axes[2, 1] * dy + axes[2, 2] * dz
    h[0], h[1] = math.atan2(p, w), math.atan2(q, w)
    for j in range(3):
        slope[0, j] = (w * axes[0, j] - p * axes[2, j]) / (p * p + w * w)
        slope[1, j] = (w * axes[1, j] - q * axes[2, j]) / (q * q + w * w)
    for i in range(2):
        c[i, 0] = c[i, 1] = 0.0
        c[i, i] = 1.0
        c[i, 2] = -(slope[i, 0] * x[3] + slope[i, 1] * x[4] + slope[i, 2] * x[5])
        c[i, 3] = slope[i, 0] * lx + slope[i, 1] * ly + slope[i, 2] * lz


@kernel
def turned(angle: float) -> float:
    """An angle rad brought to between -pi and pi."""
    return angle - TURN * math.floor(angle / TURN + 0.5)
