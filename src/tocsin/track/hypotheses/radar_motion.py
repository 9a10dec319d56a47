"""How a body in free flight moves in a radar's own coordinates, and what a push adds."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import MU, OMEGA
from tocsin.earth.gravity import gravity_zonal
from tocsin.earth.kernel import kernel

Array = NDArray[np.float64]

# Range, azimuth, elevation; then the velocity along the line, to the east of it and upward across it, m/s.
RANGE, AZIMUTH, ELEVATION, ALONG, EAST, UP = range(6)
LEAST_COSINE = 1e-2  # of elevation: straight up azimuth has no meaning


@kernel
def _axes(azimuth: float, elevation: float, enu: Array, u: Array) -> None:
    """Fill u (3, 3), Earth-fixed: along the line, east of it and upward across it; enu (3, 3) the site's."""
    sa, ca, se, ce = math.sin(azimuth), math.cos(azimuth), math.sin(elevation), math.cos(elevation)
    for i in range(3):
        e, n, up = enu[0, i], enu[1, i], enu[2, i]
        u[0, i] = ce * sa * e + ce * ca * n + se * up
        u[1, i] = ca * e - sa * n
        u[2, i] = -se * sa * e - se * ca * n + ce * up


@kernel
def _rates(y: Array, k: Array) -> None:
    """Fill k (6,) with the derivative of an Earth-fixed state y (6,) in free flight: J2, rotation."""
    ax, ay, az = gravity_zonal(y[0], y[1], y[2], 2)
    k[0], k[1], k[2] = y[3], y[4], y[5]
    k[3] = ax + OMEGA * OMEGA * y[0] + 2.0 * OMEGA * y[4]
    k[4] = ay + OMEGA * OMEGA * y[1] - 2.0 * OMEGA * y[3]
    k[5] = az


@kernel
def _flown(y: Array, dt: float, s: Array) -> None:
    """Move an Earth-fixed state y (6,) by dt, one step of Runge and Kutta's; s (5, 6) is scratch."""
    _rates(y, s[0])
    for c in range(1, 4):
        part = dt if c == 3 else 0.5 * dt
        for i in range(6):
            s[4, i] = y[i] + part * s[c - 1, i]
        _rates(s[4], s[c])
    for i in range(6):
        y[i] += dt / 6.0 * (s[0, i] + 2.0 * s[1, i] + 2.0 * s[2, i] + s[3, i])


@kernel
def _transition(y: Array, dt: float, F: Array) -> None:
    """Fill F (6, 6) with d y(dt) / d y to second order: gravity's gradient of a sphere, rotation."""
    r2 = y[0] * y[0] + y[1] * y[1] + y[2] * y[2]
    mu = MU / (r2 * math.sqrt(r2))
    h = 0.5 * dt * dt
    for i in range(3):
        for j in range(3):
            g = 3.0 * mu * y[i] * y[j] / r2
            if i == j:
                g += OMEGA * OMEGA * (1.0 if i < 2 else 0.0) - mu
            F[i, j] = (1.0 if i == j else 0.0) + h * g
            F[3 + i, j] = dt * g
            F[i, 3 + j] = dt if i == j else 0.0
            F[3 + i, 3 + j] = (1.0 if i == j else 0.0) + h * g
    F[0, 4] += 2.0 * OMEGA * h
    F[1, 3] -= 2.0 * OMEGA * h
    F[3, 4] += 2.0 * OMEGA * dt
    F[4, 3] -= 2.0 * OMEGA * dt


@kernel
def _times(a: Array, b: Array, c: Array) -> None:
    """Fill c with a b, all (6, 6)."""
    for i in range(6):
        for j in range(6):
            c[i, j] = 0.0
        for k in range(6):
            f = a[i, k]
            if f != 0.0:
                for j in range(6):
                    c[i, j] += f * b[k, j]


@kernel
def place(x: Array, site: Array, enu: Array, u: Array, y: Array) -> None:
    """Fill y (6,) with the Earth-fixed state of x (6,), and u (3, 3) with its axes."""
    _axes(x[AZIMUTH], x[ELEVATION], enu, u)
    for i in range(3):
        y[i] = site[i] + x[RANGE] * u[0, i]
        y[3 + i] = x[ALONG] * u[0, i] + x[EAST] * u[1, i] + x[UP] * u[2, i]


@kernel
def outward(x: Array, u: Array, J: Array) -> None:
    """Fill J (6, 6) with the derivative of the Earth-fixed state in x: as the line turns, so do its axes."""
    ce, se = max(math.cos(x[ELEVATION]), LEAST_COSINE), math.sin(x[ELEVATION])
    r, v, e, n = x[RANGE], x[ALONG], x[EAST], x[UP]
    for i in range(3):
        a, b, c = u[0, i], u[1, i], u[2, i]
        J[i, 0], J[i, 1], J[i, 2] = a, r * ce * b, r * c
        J[i, 3] = J[i, 4] = J[i, 5] = 0.0
        J[3 + i, 0] = 0.0
        J[3 + i, 1] = v * ce * b - e * (ce * a - se * c) - n * se * b
        J[3 + i, 2] = v * c - n * a
        J[3 + i, 3], J[3 + i, 4], J[3 + i, 5] = a, b, c


@kernel
def inward(x: Array, u: Array, J: Array) -> None:
    """Fill J (6, 6) with the derivative of x in the Earth-fixed state: the inverse of `outward`."""
    ce, se = max(math.cos(x[ELEVATION]), LEAST_COSINE), math.sin(x[ELEVATION])
    r, v, e, n = x[RANGE], x[ALONG], x[EAST], x[UP]
    for i in range(3):
        a, b, c = u[0, i], u[1, i], u[2, i]
        J[0, i], J[1, i], J[2, i] = a, b / (r * ce), c / r
        J[0, 3 + i] = J[1, 3 + i] = J[2, 3 + i] = 0.0
        J[3, i] = ce * e * J[1, i] + n * J[2, i]
        J[4, i] = (se * n - ce * v) * J[1, i]
        J[5, i] = -se * e * J[1, i] - v * J[2, i]
        J[3, 3 + i], J[4, 3 + i], J[5, 3 + i] = a, b, c


@kernel
def seen_from(y: Array, site: Array, enu: Array, u: Array, x: Array) -> None:
    """Fill x (6,) with an Earth-fixed state y (6,) as a site sees it, and u (3, 3) with its axes."""
    e = n = up = 0.0
    for i in range(3):
        d = y[i] - site[i]
        e, n, up = e + d * enu[0, i], n + d * enu[1, i], up + d * enu[2, i]
    level = math.hypot(e, n)
    x[RANGE], x[AZIMUTH], x[ELEVATION] = math.hypot(level, up), math.atan2(e, n), math.atan2(up, level)
    _axes(x[AZIMUTH], x[ELEVATION], enu, u)
    for a in range(3):
        x[3 + a] = u[a, 0] * y[3] + u[a, 1] * y[4] + u[a, 2] * y[5]


@kernel
def flight(x: Array, dt: float, site: Array, enu: Array, F: Array, s: Array) -> None:
    """Move a state x (6,) by dt and fill F (6, 6) = (dx/dy) Phi (dy/dx); s (27, 6) is scratch."""
    u, y, A, B, C, work = s[0:3, :3], s[3], s[4:10], s[10:16], s[16:22], s[22:27]
    place(x, site, enu, u, y)
    outward(x, u, A)
    _transition(y, dt, B)
    _times(B, A, C)
    _flown(y, dt, work)
    seen_from(y, site, enu, u, x)
    inward(x, u, A)
    _times(A, C, F)


@kernel
def spread(x: Array, P: Array, dt: float, push: float, F: Array, A: Array) -> None:
    """Move P (6, 6) by dt as F (6, 6) moves a state that is now at x (6,); A (6, 6) is scratch.

    P' = F P F' + Q; Q that of an acceleration `push` which lasts for dt. What is known of the velocity across
    the line bends into the range: E = dt^2 (s_e^2 + s_n^2) / (2 r) and its variance dt^4 (s_e^4 + s_n^4) /
    (2 r^2), and so into its rate.
    """
    r = x[RANGE]
    east, up = P[EAST, EAST], P[UP, UP]
    _times(F, P, A)
    for i in range(6):
        for j in range(i + 1):
            total = 0.0
            for k in range(6):
                total += A[i, k] * F[j, k]
            P[i, j] = P[j, i] = total
    bend, spread = (east + up) / (2.0 * r), (east * east + up * up) / (2.0 * r * r)
    d2 = dt * dt
    x[RANGE] += bend * d2
    x[ALONG] += 2.0 * bend * dt
    P[0, 0] += spread * d2 * d2
    P[3, 3] += 4.0 * spread * d2
    P[0, 3] += 2.0 * spread * d2 * dt
    P[3, 0] += 2.0 * spread * d2 * dt
    a2 = push * push * d2
    ce = max(math.cos(x[ELEVATION]), LEAST_COSINE)
    for i in range(3):
        per = 1.0 if i == 0 else 1.0 / (x[RANGE] * (ce if i == 1 else 1.0))
        P[i, i] += a2 * d2 / 4.0 * per * per
        P[3 + i, 3 + i] += a2
        P[i, 3 + i] += a2 * dt / 2.0 * per
        P[3 + i, i] += a2 * dt / 2.0 * per
