"""Where a radar should see a known object, and how that hangs on its offsets: kernels of one object."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import C_LIGHT, MU, OMEGA
from tocsin.earth.kernel import kernel

Array = NDArray[np.float64]


@kernel
def between(s: float, h: float, r0: Array, v0: Array, r1: Array, v1: Array, out: Array) -> None:
    """Position and velocity, out (6,), at the part s of a step h between two states: Hermite's cubic."""
    a, b = (1.0 + 2.0 * s) * (1.0 - s) ** 2, s * (1.0 - s) ** 2 * h
    c, d = s * s * (3.0 - 2.0 * s), s * s * (s - 1.0) * h
    da, db = 6.0 * s * (s - 1.0) / h, (1.0 - s) * (1.0 - 3.0 * s)
    dd = s * (3.0 * s - 2.0)
    for k in range(3):
        out[k] = a * r0[k] + b * v0[k] + c * r1[k] + d * v1[k]
        out[3 + k] = da * (r0[k] - r1[k]) + db * v0[k] + dd * v1[k]


@kernel
def carry(dt: float, wander: Array, x: Array, P: Array, cross: Array) -> None:
    """Advance offsets x (6,), P (6, 6), cross (k, 6, 3) by dt s, of either sign, in place: tau += tau' dt.

    Q = q [[T^3/3, T^2/2], [T^2/2, T]] of tau, tau', T = |dt|, and T times its density for the others.
    """
    span = abs(dt)
    x[0] += dt * x[1]
    for k in range(6):
        P[0, k] += dt * P[1, k]
    for k in range(6):
        P[k, 0] += dt * P[k, 1]
    for tie in range(cross.shape[0]):
        for k in range(3):
            cross[tie, 0, k] += dt * cross[tie, 1, k]
    P[0, 0] += wander[0] * span**3 / 3.0
    P[0, 1] += wander[0] * dt * span / 2.0
    P[1, 0] += wander[0] * dt * span / 2.0
    P[1, 1] += wander[0] * span
    for k in range(2, 6):
        P[k, k] += wander[1] * span


@kernel
def displace(state: Array, x: Array, y: Array, D: Array) -> None:
    """The place y (3,) m of an object whose elements put it at state (6,), and D (3, 6), its slope in x (6,).

    state: Earth-fixed position and velocity. tau moves it along its own path, the turn of the Earth left out
    and its bend within tau, g tau^2 / 2, left in.
    """
    rx, ry, rz = state[0], state[1], state[2]
    vx, vy, vz = state[3] - OMEGA * ry, state[4] + OMEGA * rx, state[5]
    r = math.sqrt(rx * rx + ry * ry + rz * rz)
    hx, hy, hz = ry * vz - rz * vy, rz * vx - rx * vz, rx * vy - ry * vx
    h = math.sqrt(hx * hx + hy * hy + hz * hz)
    hx, hy, hz, rx, ry, rz = hx / h, hy / h, hz / h, rx / r, ry / r, rz / r
    tx, ty, tz = hy * rz - hz * ry, hz * rx - hx * rz, hx * ry - hy * rx
    # The node's line, the pole's product with the plane's normal: of no matter where there is none.
    node = math.sqrt(hx * hx + hy * hy)
    cos_u, sin_u = 1.0, 0.0
    if node > 1e-9:
        cos_u, sin_u = (hx * ry - hy * rx) / node, rz / node
    D[0, 0], D[1, 0], D[2, 0] = vx, vy, vz
    for k in range(3):
        rk = rx if k == 0 else (ry if k == 1 else rz)
        tk = tx if k == 0 else (ty if k == 1 else tz)
        hk = hx if k == 0 else (hy if k == 1 else hz)
        D[k, 1] = -2.0 / 3.0 * r * rk
        D[k, 2] = 2.0 * sin_u * tk - cos_u * rk
        D[k, 3] = -2.0 * cos_u * tk - sin_u * rk
        D[k, 4] = sin_u * hk
        D[k, 5] = -cos_u * hk
        y[k] = state[k] - 0.5 * MU / (r * r) * rk * x[0] * x[0]
        for j in range(6):
            y[k] += D[k, j] * x[j]
        D[k, 0] -= MU / (r * r) * rk * x[0]


@kernel
def look_at(y: Array, site: Array, axes: Array, D: Array, z: Array, H: Array) -> None:
    """Range m, azimuth and elevation rad, z (3,), of a place y (3,) from a site, and H (3, 6) = J D.

    site (3,) m; axes (3, 3): its east, north and up.
    """
    e, n, u = 0.0, 0.0, 0.0
    for k in range(3):
        e += axes[0, k] * (y[k] - site[k])
        n += axes[1, k] * (y[k] - site[k])
        u += axes[2, k] * (y[k] - site[k])
    level2 = e * e + n * n
    level, far = math.sqrt(level2), math.sqrt(level2 + u * u)
    z[0], z[2] = far, math.atan2(u, level)
    z[1] = math.atan2(e, n)
    if z[1] < 0.0:
        z[1] += 2.0 * math.pi
    for j in range(6):
        de, dn, du = 0.0, 0.0, 0.0
        for k in range(3):
            de += axes[0, k] * D[k, j]
            dn += axes[1, k] * D[k, j]
            du += axes[2, k] * D[k, j]
        H[0, j] = (e * de + n * dn + u * du) / far
        H[1, j] = (n * de - e * dn) / level2
        H[2, j] = (level2 * du - u * (e * de + n * dn)) / (level * far * far)


@kernel
def bounced(state: Array, site: Array) -> float:
    """Shift a state (6,) back to when the echo left it, r - v |r - r_s| / c, in place; its range rate m/s."""
    dx, dy, dz = state[0] - site[0], state[1] - site[1], state[2] - site[2]
    far = math.sqrt(dx * dx + dy * dy + dz * dz)
    tau = far / C_LIGHT
    for k in range(3):
        state[k] -= tau * state[3 + k]
    rate: float = (dx * state[3] + dy * state[4] + dz * state[5]) / far
    return rate
