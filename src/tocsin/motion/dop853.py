"""One DOP853 step for the equations of motion: stages, error, dense output."""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tocsin.motion.equations import rhs
from tocsin.motion.tableau import E3, E5, STAGES, A, D

Array = NDArray[np.float64]

V_SCALE = 1000.0  # m/s, below which a speed's tolerance no longer shrinks


@njit(cache=True, error_model="numpy")
def stage(
    n: int, s: int, y: Array, dt: float, inv_beta: float, layer: int, k: Array, g: Array, y_stage: Array
) -> None:
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
    rhs(n, y_stage, inv_beta, layer, g, k[s])


@njit(cache=True, error_model="numpy")
def step(n: int, y: Array, dt: float, inv_beta: float, layer: int, k: Array, g: Array, y_new: Array) -> None:
    """Fill y_new, the solution of order eight dt after y, given k[0] = rhs(y); k[12] is then rhs(y_new)."""
    for s in range(1, STAGES + 1):
        stage(n, s, y, dt, inv_beta, layer, k, g, y_new)


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
def copy(n: int, source: Array, target: Array) -> None:
    """Copy n numbers; an assignment of slices would take a second longer to compile."""
    for i in range(n):
        target[i] = source[i]


@njit(cache=True, error_model="numpy")
def dense(
    n: int,
    y: Array,
    y_new: Array,
    dt: float,
    inv_beta: float,
    layer: int,
    k: Array,
    g: Array,
    y_stage: Array,
    f: Array,
) -> None:
    """Fill the dense output's coefficients f (7, 48) of the step from y to y_new, after three stages more."""
    for s in range(STAGES + 1, k.shape[0]):
        stage(n, s, y, dt, inv_beta, layer, k, g, y_stage)
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
