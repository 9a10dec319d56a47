"""The profile-free fit on all its knots at once: cost, and the step of Gauss-Newton from front to front."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.ellipsoid import height_and_up
from tocsin.earth.kernel import kernel
from tocsin.estimate.boost.blocks import put_back
from tocsin.estimate.boost.front import FIXED, SEEN, begin, end, missed, onward, seen_there, weighted
from tocsin.estimate.boost.sighting import CLOCK, EAST, LAG, NORTH, angles, delay
from tocsin.estimate.boost.turn import STATE, rates
from tocsin.estimate.look_rows import lag_length
from tocsin.sensor.errors import LAG_MEAN

Array = NDArray[np.float64]
Ints = NDArray[np.int64]


@kernel
def _sight(
    x: Array, push: Array, c: Array, since: float, own: Ints, z: Array, weight: Array, eye: Array, j: Array,
    m: Array,
) -> float:  # fmt: skip
    """Fill j (2, 6 + m + 1) with a look's derivatives in a knot's place, speed and the fixed values, and last
    its whitened residual; their squares' sum.

    The look is `since` s after the knot x (9,), push (3,) the acceleration there. c (m,): slowness and fixed
    errors. Only the columns of the channel's own errors are written. m (2, 3) is scratch.
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
    e0 = weight[0] * (xi + c[1 + own[EAST]] - z[0])
    e1 = weight[1] * (eta + c[1 + own[NORTH]] - z[1])
    for r in range(2):
        moving = 0.0
        for i in range(3):
            j[r, i] = m[r, i] * weight[r]
            j[r, 3 + i] = j[r, i] * at
            moving += j[r, i] * x[3 + i]
        if own[CLOCK] >= 0:
            j[r, SEEN + 1 + own[CLOCK]] = -moving
        if own[LAG] >= 0:
            j[r, SEEN + 1 + own[LAG]] = length * moving
    j[0, SEEN + 1 + own[EAST]] = weight[0]
    j[1, SEEN + 1 + own[NORTH]] = weight[1]
    j[0, -1], j[1, -1] = e0, e1
    total: float = e0 * e0 + e1 * e1
    return total


@kernel
def sight(
    k: int, first: int, x: Array, c: Array, knot: Ints, since: Array, channel: Ints, z: Array, weight: Array,
    eye: Array, columns: Ints, slopes: bool, Q: Array, small: Array,
) -> tuple[int, float]:  # fmt: skip
    """The looks near knot k, which begin at `first`: where the next knot's begin, and their chi-square.

    With slopes Q (6 + m + 1,) squared is filled with their quadratic form, its upper triangle. small (9, 10):
    scratch.
    """
    n = Q.shape[0]
    if slopes:
        Q[:] = 0.0
    chi2 = 0.0
    i = first
    if i < knot.size and knot[i] == k:
        rates(x[k], c[0], small[0], small[1:4, :3])
    j = small[6:8]
    while i < knot.size and knot[i] == k:
        for r in range(2):
            for a in range(n):
                j[r, a] = 0.0
        own = columns[channel[i]]
        chi2 += _sight(
            x[k], small[0, 3:6], c, since[i], own, z[i], weight[i], eye[i], j[:, :n], small[4:6, :3]
        )
        if slopes:
            for a in range(n):
                f0, f1 = j[0, a], j[1, a]
                for b in range(a, n):
                    Q[a, b] += f0 * j[0, b] + f1 * j[1, b]
        i += 1
    return i, chi2


@kernel
def cost_of(
    x: Array, c: Array, dt: Array, noise: tuple[float, float], restart: Array, x0: Array, W0: Array,
    c0: Array, Wc: Array, knot: Ints, since: Array, channel: Ints, z: Array, weight: Array, eye: Array,
    columns: Ints, S: Array, Q: Array,
    small: Array, out: Array,
) -> float:  # fmt: skip
    """The cost of knots x (n, 9) and fixed values c (m,); out: chi-square of the looks in it."""
    begin(S, x[0], x0, W0, c, c0, Wc)
    cost = S[S.shape[0] - 1, S.shape[0] - 1]
    chi2, first = 0.0, 0
    w, ww = small[30:39, :1], small[39:48, :1]
    for k in range(x.shape[0]):
        first, part = sight(k, first, x, c, knot, since, channel, z, weight, eye, columns, False, Q, small)
        chi2 += part
        if k + 1 < x.shape[0]:
            missed(
                x[k], x[k + 1], c[0], dt[k], noise, restart[k], False, small[10, :STATE], small[11],
                small[48:57], small[12:24, :STATE],
            )  # fmt: skip
            for i in range(STATE):
                w[i, 0] = small[10, i]
            weighted(small[11], w, ww, 1)
            for i in range(STATE):
                cost += w[i, 0] * ww[i, 0]
    out[0] = chi2
    cost += chi2
    total: float = cost
    return total


@kernel
def smoothed(
    x: Array, c: Array, dt: Array, noise: tuple[float, float], restart: Array, x0: Array, W0: Array,
    c0: Array, Wc: Array, knot: Ints, since: Array, channel: Ints, z: Array, weight: Array, eye: Array,
    columns: Ints, S: Array, Q: Array,
    small: Array, rows: Array, border: Array, d: Array, dx: Array, dc: Array, out: Array,
) -> bool:  # fmt: skip
    """Fill dx (n, 9) and dc (m,), Gauss-Newton's step from knots x and fixed values c; whether there is one.

    out: ln det of all information, ln det of the steps' noise information. rows (n, 9, 18 + m + 1), border
    (m, 18 + m + 1): what is eliminated, for the step back and the covariance.
    """
    n, m = x.shape[0], c.size
    begin(S, x[0], x0, W0, c, c0, Wc)
    log = known = 0.0
    first = 0
    for k in range(n):
        first, _ = sight(k, first, x, c, knot, since, channel, z, weight, eye, columns, True, Q, small)
        seen_there(S, Q)
        if k + 1 < n:
            of_noise, of_knot = onward(S, x[k], x[k + 1], c[0], dt[k], noise, restart[k], rows[k], small)
            known += of_noise
            log += of_knot
    log += end(S, rows[n - 1], border)
    out[0], out[1] = log, known
    if not log < np.inf:
        return False
    d[:] = 0.0
    d[FIXED + m] = 1.0
    put_back(border, FIXED, FIXED + m, d)
    for i in range(m):
        dc[i] = d[FIXED + i]
    for k in range(n - 1, -1, -1):
        put_back(rows[k], 0, STATE, d)
        for i in range(STATE):
            dx[k, i] = d[i]
            d[STATE + i] = d[i]
    return True
