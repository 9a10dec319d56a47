"""One adaptive DOP853 step for the equations of motion: stages, error, step size, dense output."""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tocsin.earth.atmosphere import LAYER_Z
from tocsin.earth.ellipsoid import height_and_up
from tocsin.motion.equations import rhs
from tocsin.motion.tableau import E3, E5, STAGES, A, D

Array = NDArray[np.float64]

ENTRY_HEIGHT = 100e3  # m, where drag begins to matter
ENTRY_STEP = 4.0  # s, the shortest cap on a step
G_SURFACE = 9.9  # m/s2, above any fall's acceleration
EDGE = 0.01  # m, a distance to the edge of a layer that counts as on it
EDGE_STEP = 1e-3  # s
V_SCALE = 1000.0  # m/s, below which a speed's tolerance no longer shrinks


@njit(cache=True, error_model="numpy")
def stage(n: int, s: int, y: Array, dt: float, inv_beta: float, k: Array, g: Array, y_stage: Array) -> None:
    """Fill y_stage = y + dt sum_j A[s, j] k[j] and k[s] = rhs(y_stage); k is (16, 48)."""
    for i in range(n):
        y_stage[i] = 0.0
    for j in range(s):
        a = A[s, j]
        if a != 0.0:
            for i in range(n):
                y_stage[i] += a * k[j, i]
    for i in range(n):
        y_stage[i] = y[i] + dt * y_stage[i]
    rhs(n, y_stage, inv_beta, g, k[s])


@njit(cache=True, error_model="numpy")
def step(n: int, y: Array, dt: float, inv_beta: float, k: Array, g: Array, y_new: Array) -> None:
    """Fill y_new, the solution of order eight dt after y, given k[0] = rhs(y); k[12] is then rhs(y_new)."""
    for s in range(1, STAGES + 1):
        stage(n, s, y, dt, inv_beta, k, g, y_new)


@njit(cache=True, error_model="numpy")
def step_error(y: Array, dt: float, k: Array, rtol: float) -> float:
    """Error of a step over its tolerance, from the six components of the state only.

    err = |dt| e5^2 / sqrt(6 (e5^2 + 0.01 e3^2)), each scaled by rtol |r| or rtol |v|.
    """
    r2 = y[0] * y[0] + y[1] * y[1] + y[2] * y[2]
    v2 = y[3] * y[3] + y[4] * y[4] + y[5] * y[5]
    scale_r = rtol * math.sqrt(r2)
    scale_v = rtol * max(math.sqrt(v2), V_SCALE)
    sum3 = 0.0
    sum5 = 0.0
    for i in range(6):
        e3 = 0.0
        e5 = 0.0
        for j in range(k.shape[0] - 4):
            e3 += E3[j] * k[j, i]
            e5 += E5[j] * k[j, i]
        scale = scale_r if i < 3 else scale_v
        sum3 += (e3 / scale) ** 2
        sum5 += (e5 / scale) ** 2
    below: float = sum5 + 0.01 * sum3
    if below > 0.0:
        return abs(dt) * sum5 / math.sqrt(6.0 * below)
    return below


@njit(cache=True, error_model="numpy")
def next_step(dt: float, size: float, error: float) -> float:
    """The step to try after one of dt > 0 with that error: 0.9 dt error^(-1/8), within a fifth and six times.

    A step that was cut below `size` and is good does not lower it.
    """
    if not error < math.inf:
        return 0.2 * dt
    growth: float = 0.9 * max(error, 1e-9) ** -0.125
    grown = dt * min(6.0, max(0.2, growth))
    return max(grown, size) if error <= 1.0 and dt < size else grown


@njit(cache=True, error_model="numpy")
def height_and_rate(y: Array) -> tuple[float, float]:
    """Geodetic height (m) and its rate (m/s)."""
    h, _, _, nx, ny, nz = height_and_up(y[0], y[1], y[2])
    return h, nx * y[3] + ny * y[4] + nz * y[5]


@njit(cache=True, error_model="numpy")
def step_cap(h: float, rate: float, inv_beta: float) -> float:
    """The longest step (s) that cannot pass unseen into the air (or, in vacuum, the ground).

    Above: free fall at the surface's acceleration, which no coast exceeds, from h to the floor. In the air:
    the next edge of a layer, where the density's slope jumps; a step across one would be refused many times.
    """
    drop = h - (ENTRY_HEIGHT if inv_beta > 0.0 else 0.0)
    if drop > 0.0:
        return max(ENTRY_STEP, (rate + math.sqrt(rate * rate + 2.0 * G_SURFACE * drop)) / G_SURFACE)
    cap = ENTRY_STEP
    if inv_beta > 0.0:
        for i in range(1, LAYER_Z.shape[0]):
            gap = LAYER_Z[i] - h
            if gap * rate > 0.0 and abs(gap) > EDGE:
                cap = min(cap, max(gap / rate, EDGE_STEP))
    return cap


@njit(cache=True, error_model="numpy")
def copy(n: int, source: Array, target: Array) -> None:
    """Copy n numbers; an assignment of slices would take a second longer to compile."""
    for i in range(n):
        target[i] = source[i]


@njit(cache=True, error_model="numpy")
def dense(
    n: int, y: Array, y_new: Array, dt: float, inv_beta: float, k: Array, g: Array, y_stage: Array, f: Array
) -> None:
    """Fill the dense output's coefficients f (7, 48) of the step from y to y_new, after three stages more."""
    for s in range(STAGES + 1, k.shape[0]):
        stage(n, s, y, dt, inv_beta, k, g, y_stage)
    for i in range(n):
        dy = y_new[i] - y[i]
        f[0, i] = dy
        f[1, i] = dt * k[0, i] - dy
        f[2, i] = 2.0 * dy - dt * (k[0, i] + k[STAGES, i])
    for m in range(4):
        for i in range(n):
            f[3 + m, i] = 0.0
        for j in range(k.shape[0]):
            d = dt * D[m, j]
            if d != 0.0:
                for i in range(n):
                    f[3 + m, i] += d * k[j, i]


@njit(cache=True, error_model="numpy")
def dense_at(n: int, y: Array, f: Array, s: float, out: Array) -> None:
    """Fill out with the dense output at the fraction s of the step, of order seven."""
    for i in range(n):
        value = 0.0
        for m in range(6, -1, -1):
            value = (value + f[m, i]) * (s if m % 2 == 0 else 1.0 - s)
        out[i] = y[i] + value
