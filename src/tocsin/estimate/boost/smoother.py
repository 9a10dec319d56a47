"""The profile-free fit's normal equations: one block a second, fixed errors at the border."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.ellipsoid import height_and_up
from tocsin.earth.kernel import kernel
from tocsin.estimate.boost.sighting import CLOCK, EAST, LAG, NORTH, angles, delay
from tocsin.estimate.boost.turn import (
    LN_A,
    OUT,
    OUT_LN_A,
    RESTART_LN_A,
    RESTART_SIGMA,
    STATE,
    noise_information,
    rates,
    step,
    step_with_slopes,
)
from tocsin.estimate.look_rows import lag_length
from tocsin.sensor.errors import LAG_MEAN

Array = NDArray[np.float64]
Ints = NDArray[np.int64]


@kernel
def _dynamics(
    a: Array, b: Array, slowness: float, dt: float, noise: tuple[float, float], restart: float, slopes: bool,
    w: Array, W: Array, F: Array, s: Array,
) -> tuple[float, float]:  # fmt: skip
    """Fill w (9,) with b - f(a) over dt, its information W and F (9, 10); cost and ln det W of the step.

    restart: 0 where thrust goes on, else what begins anew: its ln a knows nothing of the old one.
    """
    log = noise_information(dt, noise[0], noise[1], W)
    if slopes:
        step_with_slopes(a, slowness, dt, w, F, s)
    else:
        step(a, slowness, dt, w, s)
    for i in range(STATE):
        w[i] = b[i] - w[i]
    if restart > 0.0:
        w[LN_A] = b[LN_A] - (OUT_LN_A if restart == OUT else RESTART_LN_A)
        log -= math.log(W[LN_A, LN_A] * RESTART_SIGMA * RESTART_SIGMA)
        W[LN_A, LN_A] = 1.0 / (RESTART_SIGMA * RESTART_SIGMA)
        for j in range(STATE + 1):
            F[LN_A, j] = 0.0
    cost = 0.0
    for i in range(STATE):
        cost += W[i, i] * w[i] * w[i]
    for i in range(3):
        cost += 2.0 * W[i, 3 + i] * w[i] * w[3 + i]
    return cost, log


@kernel
def _sight(
    x: Array, push: Array, c: Array, since: float, own: Ints, z: Array, weight: Array, eye: Array,
    slopes: bool, j: Array, m: Array, e: Array,
) -> float:  # fmt: skip
    """Fill e (2,), the whitened residuals of a look `since` s after a knot x (9,), and with slopes j (2, 10).

    push (3,): the acceleration at the knot. c: slowness and fixed errors. j: derivatives in place and speed,
    then in the channel's own east, north, clock and lag. m (2, 3) is scratch.
    """
    tau = delay(x[0], x[1], x[2], eye)
    late = c[1 + own[CLOCK]] if own[CLOCK] >= 0 else 0.0
    at = since - tau - late
    px = x[0] + at * (x[3] + 0.5 * at * push[0])
    py = x[1] + at * (x[4] + 0.5 * at * push[1])
    pz = x[2] + at * (x[5] + 0.5 * at * push[2])
    length = 0.0
    if own[LAG] >= 0:
        v = (x[3] * x[3] + x[4] * x[4] + x[5] * x[5]) ** 0.5
        length = -lag_length(height_and_up(px, py, pz)[0]) / max(v, 1.0)
        back = (LAG_MEAN + c[1 + own[LAG]]) * length
        px, py, pz = px + back * x[3], py + back * x[4], pz + back * x[5]
    xi, eta = angles(px, py, pz, tau, eye, m)
    e[0] = weight[0] * (xi + c[1 + own[EAST]] - z[0])
    e[1] = weight[1] * (eta + c[1 + own[NORTH]] - z[1])
    if slopes:
        for r in range(2):
            moving = 0.0
            for i in range(3):
                j[r, i] = m[r, i] * weight[r]
                j[r, 3 + i] = j[r, i] * at
                moving += j[r, i] * x[3 + i]
            j[r, 6 + EAST] = weight[0] if r == 0 else 0.0
            j[r, 6 + NORTH] = weight[1] if r == 1 else 0.0
            j[r, 6 + CLOCK] = -moving
            j[r, 6 + LAG] = length * moving
    e0: float = e[0]
    e1: float = e[1]
    return e0 * e0 + e1 * e1


@kernel
def assemble(
    x: Array, c: Array, dt: Array, noise: tuple[float, float], restart: Array, x0: Array, W0: Array,
    c0: Array, Wc: Array, knot: Ints, since: Array, channel: Ints, z: Array, weight: Array, eye: Array,
    columns: Ints, slopes: bool, D: Array, L: Array, B: Array, C: Array, g: Array, gc: Array, small: Array,
    e: Array, out: Array,
) -> float:  # fmt: skip
    """The cost of knots x (n, 9) and fixed values c (m,), and with slopes the blocks of the normal equations.

    D (n, 9, 9), upper triangles, L (n, 9, 9) from a knot to the next, B (n, 9, m), C (m, m), gradients
    g (n, 9), gc (m,).
    out: chi2 of the looks, ln det of all prior information. e (looks, 2). small (48, 10): scratch.
    """
    n, m = x.shape[0], c.size
    w, push = small[0], small[1]
    W, F = small[2:11], small[11:20]
    s, mm, j = small[20:27], small[27:29], small[29:31]
    cost = log = chi2 = 0.0
    if slopes:
        D[:] = 0.0
        L[:] = 0.0
        B[:] = 0.0
        C[:] = 0.0
        g[:] = 0.0
        gc[:] = 0.0
    for i in range(STATE):
        for k in range(STATE):
            part = W0[i, k] * (x[0, k] - x0[k])
            cost += part * (x[0, i] - x0[i])
            if slopes:
                D[0, i, k] += W0[i, k]
                g[0, i] += part
    for i in range(m):
        cost += Wc[i] * (c[i] - c0[i]) ** 2
        if slopes:
            C[i, i] += Wc[i]
            gc[i] += Wc[i] * (c[i] - c0[i])
    for k in range(n - 1):
        part, ln = _dynamics(x[k], x[k + 1], c[0], dt[k], noise, restart[k], slopes, w, W, F, s)
        cost += part
        log += ln
        if not slopes:
            continue
        for i in range(STATE):
            # W couples the place and the speed of one axis, and nothing else.
            own, b = W[i, i], i + 3 if i < 3 else i - 3
            other = W[i, b] if i < LN_A else 0.0
            push[i] = own * w[i] + other * w[b]
            g[k + 1, i] += push[i]
            D[k + 1, i, i] += own
            if i < 3:
                D[k + 1, i, b] += other
            for a in range(STATE + 1):
                small[31 + i, a] = own * F[i, a] + other * F[b, a]
        for a in range(STATE + 1):
            down = 0.0
            for i in range(STATE):
                down += F[i, a] * push[i]
            if a < STATE:
                g[k, a] -= down
                for i in range(STATE):
                    L[k, a, i] -= small[31 + i, a]
                B[k + 1, a, 0] -= small[31 + a, STATE]
            else:
                gc[0] -= down
            for b in range(a, STATE + 1):
                total = 0.0
                for i in range(STATE):
                    total += F[i, a] * small[31 + i, b]
                if b < STATE:
                    D[k, a, b] += total
                elif a < STATE:
                    B[k, a, 0] += total
                else:
                    C[0, 0] += total
    before = -1
    for i in range(knot.size):
        k = knot[i]
        if k != before:
            rates(x[k], c[0], small[40])
            before = k
        own = columns[channel[i]]
        chi2 += _sight(x[k], small[40, 3:6], c, since[i], own, z[i], weight[i], eye[i], slopes, j, mm, e[i])
        if not slopes:
            continue
        for r in range(2):
            for a in range(6):
                g[k, a] += j[r, a] * e[i, r]
                for b in range(a, 6):
                    D[k, a, b] += j[r, a] * j[r, b]
            for p in range(own.size):
                if own[p] < 0:
                    continue
                f = j[r, 6 + p]
                col = 1 + own[p]
                gc[col] += f * e[i, r]
                for a in range(6):
                    B[k, a, col] += f * j[r, a]
                for q in range(own.size):
                    if own[q] >= 0:
                        C[col, 1 + own[q]] += f * j[r, 6 + q]
    out[0], out[1] = chi2, log
    return cost + chi2
