"""An arc drawn back: to the ground from which it rose, and to its highest point where it falls already."""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tocsin.earth.air import edge, layers
from tocsin.earth.ellipsoid import height_and_up
from tocsin.earth.kernel import kernel
from tocsin.motion.ballistic import coast
from tocsin.motion.crossing import crossing, variance
from tocsin.motion.dop853 import LAST, copy, step, step_error
from tocsin.motion.equations import ROW, STATE, STATE_AND_PHI, rhs
from tocsin.motion.fall import STAGES
from tocsin.motion.nodes import NODE, ROOM, between, note
from tocsin.motion.steps import FIRST_STEP, SHORTEST, height_and_rate, next_step

Array = NDArray[np.float64]

HOP = 5.0  # s, of the way back through the air
MOST_HOPS = 60
BACK_S = 1500.0  # s beyond the highest point, or the start, that a way to the ground is looked for
TOP_S = 3600.0  # s that the highest point is looked for


@kernel
def _highest(state: int, i: int, path: Array, y: Array, row: Array, P: Array, top: Array) -> None:
    """Fill top (3,) with the time of the highest point between two nodes, its height and variance."""
    top[0] = crossing(1.0, state, i, path, y)
    between(len(y), i, top[0], path, y)
    top[1], _, _, nx, ny, nz = height_and_up(y[0], y[1], y[2])
    for j in range(7):
        row[j] = nx * y[6 + j] + ny * y[13 + j] + nz * y[20 + j]
    top[2] = variance(row, P)


@njit(cache=True, error_model="numpy")
def _out_of_the_air(
    n: int,
    y: Array,
    inv_beta: float,
    degree: int,
    order: int,
    air: Array,
    rtol: float,
    hop: Array,
    out: Array,
) -> float:
    """Draw y (48,), which falls, back through the air in place, drag given back; the time, below 0. n: 48."""
    now = 0.0
    highest = edge(layers(air), air)
    for _ in range(MOST_HOPS):
        h, rate = height_and_rate(y)
        if inv_beta == 0.0 or not (h < highest and rate < 0.0):
            break
        coast(n, y, inv_beta, degree, order, air, rtol, hop, out)
        if not math.isfinite(out[0, 0]):
            return math.nan
        copy(n, out[0], y)
        now += hop[0]
    return now


@njit(cache=True, error_model="numpy")
def back_all(
    x0: Array,
    inv_beta: Array,
    P: Array,
    degree: int,
    order: int,
    air: Array,
    rtol: float,
    tops: Array,
    grounds: Array,
) -> None:
    """Draw each row of x0 (b, 6) back, in a field of that degree and order.

    Fills tops (b, 3), where the body falls: the highest point's time after the start (s, below 0), height and
    variance; grounds (b, 7): the time and the state where it was at height 0. On the way down drag is given
    back, on the way up there was none: it would feed the speed that it took away. NaN where there is no such
    place, or it lies too far back.
    """
    path = np.empty((ROOM, NODE))
    work = np.zeros((STAGES + 2, ROW))
    k, z, y = work[:STAGES], work[STAGES], work[STAGES + 1]
    w, g = np.zeros((degree + 3, degree + 3)), np.zeros((6, 3))
    hop, out = np.array([-HOP]), np.empty((1, STATE_AND_PHI))
    row, at = np.empty(7), np.empty(STATE_AND_PHI)
    # No constants to the compiler, which else would make kernels of their own for each.
    state, whole = x0.shape[1], len(at)
    none = layers(air)
    for b in range(x0.shape[0]):
        tops[b] = grounds[b] = math.nan
        copy(state, x0[b], y)
        for i in range(STATE):
            for j in range(7):
                y[STATE + 7 * i + j] = 1.0 if i == j else 0.0
        falls = height_and_rate(y)[1] < 0.0
        now = _out_of_the_air(whole, y, inv_beta[b], degree, order, air, rtol, hop, out) if falls else 0.0
        if not math.isfinite(now):
            continue
        # In a short arc the hops through the air may have passed the top; half a hop off it nothing is lost.
        if falls and height_and_rate(y)[1] >= 0.0:
            falls = False
            tops[b, 0] = now
            tops[b, 1], _, _, nx, ny, nz = height_and_up(y[0], y[1], y[2])
            for j in range(7):
                row[j] = nx * y[6 + j] + ny * y[13 + j] + nz * y[20 + j]
            tops[b, 2] = variance(row, P[b])
        path[0, 0] = 0.0
        n = whole if falls else state
        limit = now - (TOP_S if falls else BACK_S)
        size = FIRST_STEP
        rhs(n, y, 0.0, none, degree, order, air, w, g, k[0])
        note(n, now, y, k[0], path)
        for _ in range(ROOM - 2):
            if now <= limit:
                break
            step(n, n, y, -size, 0.0, none, degree, order, air, w, g, k, z)
            tried = size
            error = step_error(n, n, y, tried, k, rtol)
            size = next_step(tried, size, error)
            if not error <= 1.0:
                if not size > SHORTEST:
                    break
                continue
            copy(n, z, y)
            now -= tried
            copy(n, k[LAST], k[0])
            note(n, now, y, k[0], path)
            last = int(path[0, 0]) - 1
            h, rate = height_and_rate(y)
            if falls and rate >= 0.0:
                _highest(state, last, path, at, row, P[b], tops[b])
                falls = False
                n = state
                limit = tops[b, 0] - BACK_S
            if h < 0.0:
                grounds[b, 0] = crossing(0.0, state, last, path, at)
                copy(state, at, grounds[b, 1:])
                break
