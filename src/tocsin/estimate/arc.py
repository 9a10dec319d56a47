"""One ballistic arc through all of a problem's looks: its rows in square-root form, and the search for it."""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tocsin.estimate.look_rows import LAGGING, radar_look, radar_rate, telescope_look, turned
from tocsin.estimate.looks import RATE
from tocsin.estimate.triangle import push, solve
from tocsin.motion.ballistic import coast
from tocsin.motion.equations import STATE_AND_PHI

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

CONVERGED, UNOBSERVABLE, DIVERGED = 0, 1, 2
OWN = 7  # the state, and the logarithm of the ballistic coefficient
CHUNK = 96  # rows of one channel that are rotated in at once, or one more where a look has four


@njit(cache=True, error_model="numpy")
def rows_of(
    t: Array, behind: int, look_node: Ints, prior_node: Ints, telescope: Bools, channel: Ints, z: Array,
    w: Array, place: Array, axes: Array, air: Array, lean: Array, q: Ints, first: Ints, bias_w: Array,
    prior_x: Array, prior_root: Array, inv_beta: float, drag_w: float, degree: int, order: int, layers: Array,
    rtol: float, x: Array, bias: Array, own: Array, lasting: Array, e: Array,
) -> float:  # fmt: skip
    """Fill the triangles of the step from x (7,), bias (b,): own (7, 8) and lasting (c, p, p + 1).

    t (m,): nodes counted from the epoch, the first `behind` of them before it. z, w, e (n, 3 or 4); e:
    whitened residuals, 0 where there is none. Returns the cost, that of all priors in it; NaN where the arc
    cannot be had.
    """
    m = len(t)
    state = np.empty((m, STATE_AND_PHI))
    begin = np.zeros(STATE_AND_PHI)
    begin[:6] = x[:6]
    for i in range(6):
        begin[6 + 8 * i] = 1.0
    drag = inv_beta * math.exp(-x[6])
    if behind < m:
        coast(len(begin), begin, drag, degree, order, layers, rtol, t[behind:], state[behind:])
    if behind > 0:
        back = np.empty((behind, STATE_AND_PHI))
        coast(len(begin), begin, drag, degree, order, layers, rtol, t[:behind][::-1].copy(), back)
        for i in range(behind):
            state[i] = back[behind - 1 - i]
    own[:, :] = 0.0
    lasting[:, :, :] = 0.0
    e[:, :] = 0.0
    widest = lasting.shape[1] - OWN
    end = widest + OWN
    rated = z.shape[1] > RATE
    waiting = np.zeros((len(q), end + 1, CHUNK + 8))
    count = np.zeros(len(q), dtype=np.int64)
    h, slope, columns = np.empty(4), np.empty((4, 6)), np.empty((4, 6))
    cost = 0.0
    cost += (x[6] * drag_w) ** 2
    for i in range(len(z)):
        c = channel[i]
        s = state[look_node[i]]
        seen = 2 if telescope[i] else 3
        if telescope[i]:
            telescope_look(s, place[i], axes[i], q[c] >= LAGGING, h, slope, columns)
        else:
            radar_look(s, place[i], axes[i], air[i], h, slope, columns)
            if rated and w[i, RATE] > 0.0:
                radar_rate(s, place[i], lean[i], h, slope, columns)
                seen = 4
        rows = waiting[c]
        left = widest - q[c]
        for k in range(seen):
            n = count[c]
            count[c] += 1
            off = z[i, k] - h[k]
            if k == 1 and not telescope[i]:
                off = turned(off)
            for j in range(q[c]):
                off -= columns[k, j] * bias[first[c] + j]
                rows[left + j, n] = columns[k, j] * w[i, k]
            for j in range(OWN):
                along = slope[k, 0] * s[6 + j] + slope[k, 1] * s[13 + j] + slope[k, 2] * s[20 + j]
                rows[widest + j, n] = along * w[i, k]
            if k == RATE:
                for j in range(OWN):
                    along = slope[k, 3] * s[27 + j] + slope[k, 4] * s[34 + j] + slope[k, 5] * s[41 + j]
                    rows[widest + j, n] += along * w[i, k]
            e[i, k] = off * w[i, k]
            rows[end, n] = e[i, k]
            cost += e[i, k] * e[i, k]
        if count[c] > CHUNK - 3:
            push(lasting[c], rows, count[c], left)
            rows[:, :] = 0.0
            count[c] = 0
    for c in range(len(q)):
        rows, left = waiting[c], widest - q[c]
        push(lasting[c], rows, count[c], left)
        rows[:, :] = 0.0
        for j in range(q[c]):
            known = bias_w[first[c] + j]
            rows[left + j, j] = known
            rows[end, j] = -bias[first[c] + j] * known
            cost += rows[end, j] ** 2
        push(lasting[c], rows, q[c], left)
        part = np.zeros((OWN + 1, 8))
        for i in range(OWN):
            for j in range(OWN + 1):
                part[j, i] = lasting[c, widest + i, widest + j]
        push(own, part, OWN, 0)
    for i in range(len(prior_node)):
        s = state[prior_node[i]]
        part = np.zeros((OWN + 1, 8))
        for k in range(6):
            off = 0.0
            for a in range(6):
                root = prior_root[i, k, a]
                off += root * (prior_x[i, a] - s[a])
                for j in range(OWN):
                    part[j, k] += root * s[6 + 7 * a + j]
            part[OWN, k] = off
            cost += off * off
        push(own, part, 6, 0)
    part = np.zeros((OWN + 1, 8))
    part[6, 0] = drag_w
    part[OWN, 0] = -x[6] * drag_w
    push(own, part, 1, 0)
    return float(cost)


@njit(cache=True, error_model="numpy")
def search(
    t: Array, behind: int, look_node: Ints, prior_node: Ints, telescope: Bools, channel: Ints, z: Array,
    w: Array, place: Array, axes: Array, air: Array, lean: Array, q: Ints, first: Ints, bias_w: Array,
    prior_x: Array, prior_root: Array, inv_beta: float, drag_w: float, degree: int, order: int, layers: Array,
    rtol: float, most: int, tolerance: float, x: Array, bias: Array, own: Array, lasting: Array, e: Array,
) -> tuple[int, int, float]:  # fmt: skip
    """Gauss-Newton from x (7,), bias (b,), which it moves to the least cost; halved where a step overshoots.

    min sum |(h(x(t_i)) + C b - z_i) / s_i|^2 + sum |b / s_b|^2 + (ln beta / s)^2 + sum |root (x(t_p) - p)|^2.
    It ends with a step of the state below `tolerance` standard deviations. Returns how it
    ended, how often the arc was flown, and the cost; the triangles and residuals e are those of the end.
    """
    step, moves = np.zeros(OWN), np.zeros(len(bias))
    y = np.zeros(lasting.shape[1])
    widest = lasting.shape[1] - OWN
    best = math.inf
    far = 1.0
    for n in range(most):
        cost = rows_of(
            t, behind, look_node, prior_node, telescope, channel, z, w, place, axes, air, lean, q, first,
            bias_w, prior_x, prior_root, inv_beta, drag_w, degree, order, layers, rtol, x, bias, own,
            lasting, e,
        )  # fmt: skip
        if not cost <= best * (1.0 + 1e-9) + 1e-6:
            if n == 0 or far < 1e-3:
                return DIVERGED, n + 1, best
            # Back by half of what was gone too far.
            far *= 0.5
            x -= far * step
            bias -= far * moves
            continue
        best, far = cost, 1.0
        if not solve(own, 0, OWN, step):
            return UNOBSERVABLE, n + 1, best
        size = 0.0
        for i in range(OWN):
            along = 0.0
            for j in range(i, OWN):
                along += own[i, j] * step[j]
            size += along * along
        for c in range(len(q)):
            y[widest:] = step
            solve(lasting[c], widest - q[c], widest, y)
            for j in range(q[c]):
                moves[first[c] + j] = y[widest - q[c] + j]
        x += step
        bias += moves
        if size < tolerance * tolerance:
            return CONVERGED, n + 1, best
    return DIVERGED, most, best
