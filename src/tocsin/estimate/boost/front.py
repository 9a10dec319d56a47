"""The front of the profile-free fit: a knot, the next and what is fixed, their cost one quadratic form."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.kernel import kernel
from tocsin.estimate.boost.blocks import eliminated
from tocsin.estimate.boost.turn import (
    LN_A,
    OUT,
    OUT_LN_A,
    PITCH,
    RESTART_LN_A,
    RESTART_SIGMA,
    STATE,
    YAW,
    noise_information,
    step,
    step_with_slopes,
)

Array = NDArray[np.float64]

# Where it stands in a front: this knot, the next, then 1 / v_e and the fixed errors, and last the gradient.
NEXT, FIXED = STATE, 2 * STATE
SEEN = 6  # of a knot's state, what a look tells of: in a look's own form the fixed values follow these


@kernel
def begin(S: Array, x: Array, x0: Array, W0: Array, c: Array, c0: Array, Wc: Array) -> None:
    """Fill a front S with the priors at a first knot x (9,) and fixed values c (m,)."""
    last = S.shape[0] - 1
    S[:] = 0.0
    for i in range(STATE):
        for j in range(STATE):
            part = W0[i, j] * (x[j] - x0[j])
            S[i, j] = W0[i, j]
            S[i, last] += part
            S[last, last] += part * (x[i] - x0[i])
    for i in range(c.size):
        off = Wc[i] * (c[i] - c0[i])
        S[FIXED + i, FIXED + i] = Wc[i]
        S[FIXED + i, last] = off
        S[last, last] += off * (c[i] - c0[i])


@kernel
def missed(
    a: Array, b: Array, slowness: float, dt: float, noise: tuple[float, float], restart: float, slopes: bool,
    w: Array, q: Array, F: Array, s: Array,
) -> float:  # fmt: skip
    """Fill w (9,) with b - f(a) over dt, q (5,) with its information and F (9, 10) with slopes; ln det of it.

    restart: 0 where thrust goes on, else what begins anew: its ln a knows nothing of the old one.
    """
    log = noise_information(dt, noise, q)
    if slopes:
        step_with_slopes(a, slowness, dt, w, F, s)
    else:
        step(a, slowness, dt, w, s)
    for i in range(STATE):
        w[i] = b[i] - w[i]
    if restart > 0.0:
        w[LN_A] = b[LN_A] - (OUT_LN_A if restart == OUT else RESTART_LN_A)
        log -= math.log(q[3] * RESTART_SIGMA * RESTART_SIGMA)
        q[3] = 1.0 / (RESTART_SIGMA * RESTART_SIGMA)
        F[LN_A, LN_A] = F[LN_A, STATE] = 0.0
    return log


@kernel
def weighted(q: Array, f: Array, out: Array, k: int) -> None:
    """Fill out (9, k) with W f, W the information q of a step and f (9, k)."""
    for i in range(3):
        for j in range(k):
            out[i, j] = q[0] * f[i, j] + q[1] * f[3 + i, j]
            out[3 + i, j] = q[1] * f[i, j] + q[2] * f[3 + i, j]
    for j in range(k):
        out[LN_A, j] = q[3] * f[LN_A, j]
        out[PITCH, j] = q[4] * f[PITCH, j]
        out[YAW, j] = q[4] * f[YAW, j]


@kernel
def onward(
    S: Array, a: Array, b: Array, slowness: float, dt: float, noise: tuple[float, float], restart: float,
    rows: Array, small: Array,
) -> tuple[float, float]:  # fmt: skip
    """Take a front from a knot a (9,) to the next b: ln det of the noise's information and of what goes.

    cost += w'W w with w = b + d_b - f(a) - F d_a; then d_a is eliminated, rows (9, n) as in `eliminated`, and
    the next knot is this one. small (60, 10): scratch.
    """
    n = S.shape[0]
    last = n - 1
    q, s = small[0], small[1:13, :STATE]
    F, WF, T = small[13:22], small[22:31], small[31:41]
    w, ww = small[41:50, :1], small[50:59, :1]
    log = missed(a, b, slowness, dt, noise, restart, True, small[59, :STATE], q, F, s)
    for i in range(STATE):
        w[i, 0] = small[59, i]
    weighted(q, F, WF, STATE + 1)
    weighted(q, w, ww, 1)
    for j in range(STATE + 1):
        for k in range(STATE + 1):
            T[j, k] = 0.0
        for i in range(SEEN):
            f = F[i, j]
            for k in range(STATE + 1):
                T[j, k] += f * WF[i, k]
    # The rows beyond the speed's are next to empty.
    for j in (LN_A, STATE):
        for k in (LN_A, STATE):
            T[j, k] += F[LN_A, j] * WF[LN_A, k]
    T[PITCH, PITCH] += F[PITCH, PITCH] * WF[PITCH, PITCH]
    T[YAW, YAW] += F[YAW, YAW] * WF[YAW, YAW]
    for i in range(STATE):
        for j in range(i, STATE):
            S[i, j] += T[i, j]
        S[i, FIXED] += T[i, STATE]
        down = 0.0
        for j in range(STATE):
            S[i, NEXT + j] = -WF[j, i]
            S[NEXT + i, NEXT + j] = 0.0
            down += F[j, i] * ww[j, 0]
        S[i, last] -= down
        for j in range(FIXED, n):
            S[NEXT + i, j] = 0.0
        S[NEXT + i, FIXED] = -WF[i, STATE]
        S[NEXT + i, last] = ww[i, 0]
        S[FIXED, last] -= F[i, STATE] * ww[i, 0]
        S[last, last] += w[i, 0] * ww[i, 0]
    S[FIXED, FIXED] += T[STATE, STATE]
    for i in range(3):
        S[NEXT + i, NEXT + i], S[NEXT + i, NEXT + 3 + i] = q[0], q[1]
        S[NEXT + 3 + i, NEXT + 3 + i] = q[2]
    S[NEXT + LN_A, NEXT + LN_A] = q[3]
    S[NEXT + PITCH, NEXT + PITCH] = S[NEXT + YAW, NEXT + YAW] = q[4]
    found = eliminated(S, 0, STATE, rows)
    for i in range(STATE):
        for j in range(i, STATE):
            S[i, j] = S[NEXT + i, NEXT + j]
        for j in range(FIXED, n):
            S[i, j] = S[NEXT + i, j]
    return log, found


@kernel
def seen_there(S: Array, Q: Array) -> None:
    """Add to a front the form Q (6 + m + 1,) of what was seen near its knot: place, speed, fixed, one."""
    n = Q.shape[0]
    for i in range(n):
        to = i if i < SEEN else FIXED - SEEN + i
        if i < SEEN:
            for j in range(i, SEEN):
                S[to, j] += Q[i, j]
        for j in range(max(i, SEEN), n):
            S[to, FIXED - SEEN + j] += Q[i, j]


@kernel
def end(S: Array, last: Array, border: Array) -> float:
    """Eliminate a front's last knot and its fixed values: ln det; last (9, n), border (m, n): the rows."""
    n = S.shape[0]
    # No knot comes next.
    for i in range(STATE):
        for j in range(STATE):
            S[i, NEXT + j] = 0.0
    log = eliminated(S, 0, STATE, last)
    return log + eliminated(S, FIXED, n - 1, border)
