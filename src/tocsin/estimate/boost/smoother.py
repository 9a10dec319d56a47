"""The profile-free fit's normal equations: one block a second, fixed errors at the border, solved in order."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.ellipsoid import height_and_up
from tocsin.earth.kernel import kernel
from tocsin.estimate.boost.sighting import CLOCK, EAST, LAG, NORTH, angles, delay, lag_length
from tocsin.estimate.boost.turn import (
    LN_A,
    RESTART_LN_A,
    RESTART_SIGMA,
    STATE,
    noise_information,
    rates,
    step,
    step_with_slopes,
)
from tocsin.sensor.errors import LAG_MEAN

Array = NDArray[np.float64]
Ints = NDArray[np.int64]


@kernel
def factored(a: Array) -> bool:
    """Replace the upper triangle of a positive matrix a (n, n) by R with R'R = a; false where there is none."""
    n = a.shape[0]
    for i in range(n):
        d = a[i, i]
        least = 1e-13 * abs(d)
        for k in range(i):
            d -= a[k, i] * a[k, i]
        if not d > least:
            return False
        d = math.sqrt(d)
        a[i, i] = d
        for j in range(i + 1, n):
            total = a[i, j]
            for k in range(i):
                total -= a[k, i] * a[k, j]
            a[i, j] = total / d
    return True


@kernel
def forward(R: Array, b: Array) -> None:
    """Replace b (n, k) by R^-T b."""
    n, k = b.shape
    for i in range(n):
        for a in range(i):
            f = R[a, i]
            for j in range(k):
                b[i, j] -= f * b[a, j]
        f = 1.0 / R[i, i]
        for j in range(k):
            b[i, j] *= f


@kernel
def _dynamics(
    a: Array, b: Array, slowness: float, dt: float, restart: bool, slopes: bool, w: Array, W: Array, F: Array,
    s: Array,
) -> tuple[float, float]:  # fmt: skip
    """Fill w (9,) with b - f(a) over dt, its information W and F (9, 10); cost and ln det W of the step.

    At a restart the new ln a knows nothing of the old one.
    """
    log = noise_information(dt, W)
    if slopes:
        step_with_slopes(a, slowness, dt, w, F, s)
    else:
        step(a, slowness, dt, w, s)
    for i in range(STATE):
        w[i] = b[i] - w[i]
    if restart:
        w[LN_A] = b[LN_A] - RESTART_LN_A
        log -= math.log(W[LN_A, LN_A] * RESTART_SIGMA * RESTART_SIGMA)
        W[LN_A, LN_A] = 1.0 / (RESTART_SIGMA * RESTART_SIGMA)
        for j in range(STATE + 1):
            F[LN_A, j] = 0.0
    cost = 0.0
    for i in range(STATE):
        for j in range(STATE):
            cost += w[i] * W[i, j] * w[j]
    return cost, log


@kernel
def _sight(
    x: Array, push: Array, c: Array, since: float, own: Ints, z: Array, weight: Array, eye: Array, slopes: bool,
    j: Array, m: Array, e: Array,
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
    return e[0] * e[0] + e[1] * e[1]


@kernel
def assemble(
    x: Array, c: Array, dt: Array, restart: Array, x0: Array, W0: Array, c0: Array, Wc: Array, knot: Ints,
    since: Array, channel: Ints, z: Array, weight: Array, eye: Array, columns: Ints, slopes: bool,
    D: Array, L: Array, B: Array, C: Array, g: Array, gc: Array, small: Array, e: Array, out: Array,
) -> float:  # fmt: skip
    """The cost of knots x (n, 9) and fixed values c (m,), and with slopes the blocks of the normal equations.

    D (n, 9, 9), L (n, 9, 9) from a knot to the next, B (n, 9, m), C (m, m), gradients g (n, 9), gc (m,).
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
        part, ln = _dynamics(x[k], x[k + 1], c[0], dt[k], restart[k] > 0.0, slopes, w, W, F, s)
        cost += part
        log += ln
        if not slopes:
            continue
        for i in range(STATE):
            ww = 0.0
            for a in range(STATE):
                ww += W[i, a] * w[a]
            push[i] = ww
        for i in range(STATE):
            g[k + 1, i] += push[i]
            for a in range(STATE):
                D[k + 1, i, a] += W[i, a]
            for a in range(STATE + 1):
                total = 0.0
                for b in range(STATE):
                    total += W[i, b] * F[b, a]
                small[31 + i, a] = total
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
                    if a != b:
                        D[k, b, a] += total
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
                for b in range(6):
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


@kernel
def eliminate(D: Array, L: Array, B: Array, C: Array, g: Array, gc: Array, dx: Array, dc: Array) -> float:
    """Solve the bordered block-tridiagonal system for dx (n, 9), dc (m,); ln det of all information, NaN if
    it is not positive.

    Forward: D_k = R'R, X = R^-T L, Y = R^-T B, and what is left goes to the next block and the border; then
    back. D, L, B, C keep R, X, Y and the border's factor.
    """
    n, m = D.shape[0], C.shape[0]
    log = 0.0
    for k in range(n):
        A = D[k]
        if not factored(A):
            return math.nan
        for i in range(STATE):
            log += 2.0 * math.log(A[i, i])
        forward(A, L[k])
        forward(A, B[k])
        for i in range(STATE):
            total = g[k, i]
            for a in range(i):
                total -= A[a, i] * g[k, a]
            g[k, i] = total / A[i, i]
        X, Y = L[k], B[k]
        if k + 1 < n:
            nD, nB = D[k + 1], B[k + 1]
            for a in range(STATE):
                for i in range(STATE):
                    f = X[a, i]
                    if f == 0.0:
                        continue
                    g[k + 1, i] -= f * g[k, a]
                    for b in range(STATE):
                        nD[i, b] -= f * X[a, b]
                    for b in range(m):
                        nB[i, b] -= f * Y[a, b]
        for a in range(STATE):
            for i in range(m):
                f = Y[a, i]
                gc[i] -= f * g[k, a]
                for b in range(m):
                    C[i, b] -= f * Y[a, b]
    if not factored(C):
        return math.nan
    for i in range(m):
        log += 2.0 * math.log(C[i, i])
        total = -gc[i]
        for a in range(i):
            total -= C[a, i] * dc[a]
        dc[i] = total / C[i, i]
    for i in range(m - 1, -1, -1):
        total = dc[i]
        for a in range(i + 1, m):
            total -= C[i, a] * dc[a]
        dc[i] = total / C[i, i]
    for k in range(n - 1, -1, -1):
        for i in range(STATE - 1, -1, -1):
            total = -g[k, i]
            for b in range(m):
                total -= B[k, i, b] * dc[b]
            if k + 1 < n:
                for a in range(STATE):
                    total -= L[k, i, a] * dx[k + 1, a]
            for a in range(i + 1, STATE):
                total -= D[k, i, a] * dx[k, a]
            dx[k, i] = total / D[k, i, i]
    return log
