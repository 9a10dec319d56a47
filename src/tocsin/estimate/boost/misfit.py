"""The misfit of an ascent to the looks, with the normal equations of parameters and fixed errors."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.ellipsoid import height_and_up
from tocsin.earth.kernel import kernel
from tocsin.estimate.boost.engine import TIME
from tocsin.estimate.boost.sighting import CLOCK, EAST, LAG, NORTH, angles, delay
from tocsin.estimate.look_rows import lag_length
from tocsin.sensor.errors import LAG_MEAN

Array = NDArray[np.float64]
Ints = NDArray[np.int64]


@kernel
def interval(t: float, at: int, times: Array, count: int) -> int:
    """The interval of the ascent's rows that holds t, searched from `at`, but none of no length."""
    while at > 0 and t < times[at]:
        at -= 1
    while at < count - 2 and t > times[at + 1]:
        at += 1
    return at


@kernel
def hermite(s: float, h: float, c: Array) -> None:
    """Fill c (8,) with the weights of (r0, v0, r1, v1) at the fraction s of a step h: place, then speed."""
    s2 = s * s
    c[0] = 1.0 - s2 * (3.0 - 2.0 * s)
    c[1] = h * s * (1.0 - s) * (1.0 - s)
    c[2] = s2 * (3.0 - 2.0 * s)
    c[3] = h * s2 * (s - 1.0)
    c[4] = 6.0 * s * (s - 1.0) / h
    c[5] = 1.0 + s * (3.0 * s - 4.0)
    c[6] = -c[4]
    c[7] = s * (3.0 * s - 2.0)


@kernel
def misfit(
    y: Array, p: int, size: int, times: Array, rows: Array, count: int, t: Array, channel: Ints, z: Array,
    weight: Array, eye: Array, columns: Ints, H: Array, g: Array, e: Array, c: Array, m: Array, j: Array,
) -> float:  # fmt: skip
    """sum |e|^2 of the whitened residuals e (n, 2), h(x) + C b - z; with p > 0 also H += J'J and g += J'e.

    y: `size` parameters, then the fixed errors. The ascent is read between its rows by Hermite's cubic, at
    the moment when the light left; clock and lag displace it as in `sensor.errors`, whose small change with
    the parameters is left out. Only H's upper triangle is filled. Scratch: c (8,), m (2, 3), j (2, n).
    """
    total = 0.0
    at = 0
    n = y.size
    first0, first1, fixed0, fixed1 = j[0], j[1], j[0, p:], j[1, p:]
    for i in range(t.size):
        on = channel[i]
        own = columns[on]
        late = y[size + own[CLOCK]] if own[CLOCK] >= 0 else 0.0
        since = t[i] - y[TIME] - late
        at = interval(since, at, times, count)
        tau = delay(rows[at, 0], rows[at, 1], rows[at, 2], eye[i])
        # The light's time from the nearest row is good to a metre of motion.
        at = interval(since - tau, at, times, count)
        h = times[at + 1] - times[at]
        if since - tau < 0.0 or not h > 0.0:
            hermite(0.0, 1.0, c)
            c[4], c[5], c[6], c[7] = 0.0, 0.0, 0.0, 0.0
        else:
            hermite((since - tau - times[at]) / h, h, c)
        a, b = rows[at], rows[at + 1]
        x = c[0] * a[0] + c[1] * a[3] + c[2] * b[0] + c[3] * b[3]
        yy = c[0] * a[1] + c[1] * a[4] + c[2] * b[1] + c[3] * b[4]
        zz = c[0] * a[2] + c[1] * a[5] + c[2] * b[2] + c[3] * b[5]
        vx = c[4] * a[0] + c[5] * a[3] + c[6] * b[0] + c[7] * b[3]
        vy = c[4] * a[1] + c[5] * a[4] + c[6] * b[1] + c[7] * b[4]
        vz = c[4] * a[2] + c[5] * a[5] + c[6] * b[2] + c[7] * b[5]
        length = 0.0
        if own[LAG] >= 0:
            v = (vx * vx + vy * vy + vz * vz) ** 0.5
            length = -lag_length(height_and_up(x, yy, zz)[0]) / max(v, 1.0)
            back = (LAG_MEAN + y[size + own[LAG]]) * length
            x, yy, zz = x + back * vx, yy + back * vy, zz + back * vz
        xi, eta = angles(x, yy, zz, tau, eye[i], m)
        e0 = weight[i, 0] * (xi + y[size + own[EAST]] - z[i, 0])
        e1 = weight[i, 1] * (eta + y[size + own[NORTH]] - z[i, 1])
        e[i, 0], e[i, 1] = e0, e1
        total += e0 * e0 + e1 * e1
        if p == 0:
            continue
        for k in range(3):
            m[0, k] *= weight[i, 0]
            m[1, k] *= weight[i, 1]
        for k in range(3):
            a0, a1, b0, b1 = a[6 + k * p :], a[6 + (3 + k) * p :], b[6 + k * p :], b[6 + (3 + k) * p :]
            m0, m1 = m[0, k], m[1, k]
            for q in range(p):
                part = c[0] * a0[q] + c[1] * a1[q] + c[2] * b0[q] + c[3] * b1[q]
                if k == 0:
                    first0[q], first1[q] = m0 * part, m1 * part
                else:
                    first0[q] += m0 * part
                    first1[q] += m1 * part
        moving0 = -(m[0, 0] * vx + m[0, 1] * vy + m[0, 2] * vz)
        moving1 = -(m[1, 0] * vx + m[1, 1] * vy + m[1, 2] * vz)
        j[0, TIME], j[1, TIME] = moving0, moving1
        for q in range(n - p):
            fixed0[q] = fixed1[q] = 0.0
        fixed0[own[EAST]], fixed1[own[NORTH]] = weight[i, 0], weight[i, 1]
        if own[CLOCK] >= 0:
            fixed0[own[CLOCK]], fixed1[own[CLOCK]] = moving0, moving1
        if own[LAG] >= 0:
            fixed0[own[LAG]], fixed1[own[LAG]] = -length * moving0, -length * moving1
        # Slices, and counted from nought: else an index may be negative, and no loop is vectorised.
        for q in range(n):
            row, j0, j1 = H[q, q:], j[0, q:], j[1, q:]
            f0, f1 = j0[0], j1[0]
            g[q] += f0 * e0 + f1 * e1
            for r in range(n - q):
                row[r] += f0 * j0[r] + f1 * j1[r]
    return total
