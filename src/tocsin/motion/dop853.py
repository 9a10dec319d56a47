"""One adaptive DOP853 step for the equations of motion: stages, error, step size, dense output."""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tocsin.earth.ellipsoid import height_and_up
from tocsin.motion.equations import rhs
from tocsin.motion.tableau import E3, E5, STAGES, STAGES_DENSE, A, D

Array = NDArray[np.float64]

ENTRY_HEIGHT = 100e3  # m, where drag begins to matter
ENTRY_STEP = 4.0  # s, the shortest cap on a step
G_SURFACE = 9.9  # m/s2, above any fall's acceleration
V_SCALE = 1000.0  # m/s, below which a speed's tolerance no longer shrinks


@njit(cache=True)
def stages(
    n: int, first: int, last: int, y: Array, dt: float, inv_beta: float, k: Array, g: Array, y_stage: Array
) -> None:
    """Fill the derivatives k[first:last] (16, 48) of the stages y + dt sum_j A[s, j] k[j]; k[0] is given.

    y_stage is left at the last stage; with last = 13 that is the solution of order eight.
    """
    for s in range(first, last):
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


@njit(cache=True)
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
        for j in range(STAGES):
            e3 += E3[j] * k[j, i]
            e5 += E5[j] * k[j, i]
        scale = scale_r if i < 3 else scale_v
        sum3 += (e3 / scale) ** 2
        sum5 += (e5 / scale) ** 2
    below = sum5 + 0.01 * sum3
    return abs(dt) * sum5 / math.sqrt(6.0 * below) if below > 0.0 else below


@njit(cache=True)
def next_step(dt: float, error: float) -> float:
    """The step to try after one of that error: 0.9 error^(-1/8), within a fifth and six times."""
    if error <= 0.0:
        return 6.0 * dt
    if not error < math.inf:
        return 0.2 * dt
    return dt * min(6.0, max(0.2, 0.9 * error**-0.125))


@njit(cache=True)
def height_and_rate(y: Array) -> tuple[float, float]:
    """Geodetic height (m) and its rate (m/s)."""
    h, _, _, nx, ny, nz = height_and_up(y[0], y[1], y[2])
    return h, nx * y[3] + ny * y[4] + nz * y[5]


@njit(cache=True)
def step_cap(h: float, rate: float, inv_beta: float) -> float:
    """The longest step that cannot pass unseen into the air (or, in vacuum, the ground), in s.

    Free fall at the surface's acceleration, which no coast exceeds, from h to the floor.
    """
    drop = h - (ENTRY_HEIGHT if inv_beta > 0.0 else 0.0)
    if drop <= 0.0:
        return ENTRY_STEP
    return max(ENTRY_STEP, (rate + math.sqrt(rate * rate + 2.0 * G_SURFACE * drop)) / G_SURFACE)


@njit(cache=True)
def dense(n: int, y: Array, y_new: Array, dt: float, k: Array, f: Array) -> None:
    """Fill the dense output's coefficients f (7, 48) of a step whose sixteen stages are in k."""
    for i in range(n):
        dy = y_new[i] - y[i]
        f[0, i] = dy
        f[1, i] = dt * k[0, i] - dy
        f[2, i] = 2.0 * dy - dt * (k[0, i] + k[STAGES, i])
    for m in range(4):
        for i in range(n):
            f[3 + m, i] = 0.0
        for j in range(STAGES_DENSE):
            d = dt * D[m, j]
            if d != 0.0:
                for i in range(n):
                    f[3 + m, i] += d * k[j, i]


@njit(cache=True)
def dense_at(n: int, y: Array, f: Array, s: float, out: Array) -> None:
    """Fill out with the dense output at the fraction s of the step, of order seven."""
    for i in range(n):
        value = 0.0
        for m in range(6, -1, -1):
            value = (value + f[m, i]) * (s if m % 2 == 0 else 1.0 - s)
        out[i] = y[i] + value
