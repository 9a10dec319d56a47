"""Unpowered flight: the state and its state transition at given times, both ways from an epoch."""

import math

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from tocsin.motion.dop853 import copy, dense, dense_at, step, step_error
from tocsin.motion.equations import STATE, STATE_AND_PHI, rhs
from tocsin.motion.impact import Impact, impact, impacts, start_with_phi
from tocsin.motion.steps import (
    FIRST_STEP,
    MAX_STEPS,
    RTOL,
    SHORTEST,
    height_and_rate,
    layer_entered,
    next_step,
    part_in_layer,
    step_cap,
)
from tocsin.motion.tableau import STAGES, STAGES_DENSE

__all__ = ["Impact", "impact", "impacts", "propagate", "propagate_stm"]

Array = NDArray[np.float64]


@njit(cache=True, error_model="numpy")
def _coast(n: int, y0: Array, inv_beta: float, rtol: float, t: Array, out: Array) -> None:
    """Fill out (m, n) with the states at t (m,) s after y0, all of one sign and in order of |t|."""
    out[:, :] = math.nan
    m = t.shape[0]
    if m == 0:
        return
    work = np.zeros((10, STATE_AND_PHI))
    y, y_new, f = work[0], work[1], work[2:9]
    k = np.zeros((STAGES_DENSE, STATE_AND_PHI))
    g = np.zeros((2, 3, 3))
    copy(n, y0, y)
    sign = 1.0 if t[m - 1] >= 0.0 else -1.0
    h, rate = height_and_rate(y)
    layer = layer_entered(h, sign * rate)
    cap = step_cap(h, sign * rate, inv_beta, layer)
    rhs(n, y, inv_beta, layer, g, k[0])
    now = 0.0
    size = FIRST_STEP
    done = 0
    while done < m and t[done] == 0.0:
        copy(n, y0, out[done])
        done += 1
    for _ in range(MAX_STEPS):
        if done == m:
            return
        left = abs(t[m - 1] - now)
        cut = min(size, cap)
        last = cut >= left
        dt = sign * (left if last else cut)
        step(n, y, dt, inv_beta, layer, k, g, y_new)
        error = step_error(y, dt, k, rtol)
        size = next_step(abs(dt), size, error)
        if not error <= 1.0:
            if not size > SHORTEST:
                return
            continue
        h_new, rate = height_and_rate(y_new)
        part = part_in_layer(h, h_new, layer)
        if inv_beta > 0.0 and part < 1.0:
            cap = part * abs(dt)
            continue
        end = t[m - 1] if last else now + dt
        if sign * t[done] < sign * end:
            dense(n, y, y_new, dt, inv_beta, layer, k, g, work[9], f)
            while done < m and sign * t[done] < sign * end:
                dense_at(n, y, f, (t[done] - now) / dt, out[done])
                done += 1
        while done < m and t[done] == end:
            copy(n, y_new, out[done])
            done += 1
        copy(n, y_new, y)
        copy(n, k[STAGES], k[0])
        now = end
        h = h_new
        entered = layer_entered(h, sign * rate)
        if entered != layer:
            layer = entered
            rhs(n, y, inv_beta, layer, g, k[0])
        cap = step_cap(h, sign * rate, inv_beta, layer)


def _propagate(n: int, t0: float, y0: Array, inv_beta: float, t: ArrayLike) -> Array:
    dt = np.array(t, dtype=np.float64).reshape(-1) - float(t0)
    out = np.full((len(dt), n), np.nan)
    if not (np.isfinite(y0).all() and math.isfinite(inv_beta) and inv_beta >= 0.0):
        return out
    for chosen in (np.flatnonzero(dt >= 0.0), np.flatnonzero(dt < 0.0)):
        order = chosen[np.argsort(np.abs(dt[chosen]), kind="stable")]
        part = np.empty((len(order), n))
        _coast(n, y0, float(inv_beta), RTOL, dt[order], part)
        out[order] = part
    return out


def propagate(t0: float, x0: ArrayLike, inv_beta: float, t: ArrayLike) -> Array:
    """States (n, 6) in m and m/s, Earth-fixed, at times t (n,) of a body that is at x0 (6,) at t0 (TAI s).

    Integrates `tocsin.motion.equations.rhs` by DOP853 with dense output, from t0 both ways; t in any order.
    inv_beta = Cd A / m in m2/kg, 0 for vacuum. The ground does not stop it: see `impact`. Rows that cannot
    be had (a state or time that is not a number, inv_beta below zero, an arc through the Earth's centre, or
    one followed back through the air until its speed has no bound) are NaN.
    Source: Hairer, Norsett and Wanner, Solving Ordinary Differential Equations I (1993), II.5-6.
    """
    return _propagate(STATE, t0, np.array(x0, dtype=np.float64).reshape(STATE), inv_beta, t)


def propagate_stm(t0: float, x0: ArrayLike, inv_beta: float, t: ArrayLike) -> tuple[Array, Array]:
    """States (n, 6) as `propagate`, with phi (n, 6, 7): dx(t)/dx0, and in the last column dx(t)/d(ln beta).

    Integrates the variational equations beside the state; its steps are chosen by the state alone.
    """
    y = _propagate(STATE_AND_PHI, t0, start_with_phi(x0), inv_beta, t)
    return y[:, :6].copy(), y[:, 6:].reshape(-1, 6, 7)
