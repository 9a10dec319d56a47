"""Unpowered flight: the state and its state transition at given times, both ways from an epoch."""

import math

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from tocsin.motion.dop853 import LAST, copy, dense, dense_at, step, step_error
from tocsin.motion.equations import ROW, STATE, STATE_AND_PHI, rhs
from tocsin.motion.fall import STAGES
from tocsin.motion.forces import STANDARD, Forces
from tocsin.motion.impact import RTOL_BATCH, Impact, impact, impacts, impacts_stm, start_with_phi
from tocsin.motion.steps import (
    AIR_TOP,
    FIRST_STEP,
    MAX_STEPS,
    RTOL,
    SHORTEST,
    bounds,
    height_and_rate,
    layer_entered,
    next_step,
    part_within,
    step_cap,
)

__all__ = ["Impact", "impact", "impacts", "impacts_stm", "propagate", "propagate_many", "propagate_stm"]

Array = NDArray[np.float64]


@njit(cache=True, error_model="numpy")
def coast(
    n: int, y0: Array, inv_beta: float, degree: int, order: int, air: Array, rtol: float, t: Array, out: Array
) -> None:
    """Fill out (m, n) with the states at t (m,) s after y0, all of one sign and in order of |t|."""
    out[:, :] = math.nan
    m = t.shape[0]
    if m == 0:
        return
    work = np.zeros((STAGES + 11, ROW))
    k, f = work[:STAGES], work[STAGES : STAGES + 7]
    y, z, stage = work[STAGES + 7], work[STAGES + 8], work[STAGES + 9]
    w, g = np.zeros((degree + 3, degree + 3)), np.zeros((6, 3))
    copy(n, y0, y)
    sign = 1.0 if t[m - 1] >= 0.0 else -1.0
    top = AIR_TOP if inv_beta > 0.0 else -math.inf
    h, rate = height_and_rate(y)
    layer = layer_entered(h, sign * rate, air, top)
    low, high = bounds(layer, air, top)
    rhs(n, y, inv_beta, layer, degree, order, air, w, g, k[0])
    now = 0.0
    size = FIRST_STEP
    limit = math.inf
    done = 0
    while done < m and t[done] == 0.0:
        copy(n, y0, out[done])
        done += 1
    for _ in range(MAX_STEPS):
        if done == m:
            return
        left = abs(t[m - 1] - now)
        cut = min(size, step_cap(y, k, sign, low, high), limit)
        last = cut >= left
        dt = sign * (left if last else cut)
        step(n, n, y, dt, inv_beta, layer, degree, order, air, w, g, k, z)
        error = step_error(n, n, y, dt, k, rtol)
        size = next_step(abs(dt), size, error)
        if not error <= 1.0:
            if not size > SHORTEST:
                return
            continue
        h_new, rate = height_and_rate(z)
        within = part_within(h, h_new, low, high)
        if within < 1.0:
            limit = within * abs(dt)
            continue
        limit = math.inf
        end = t[m - 1] if last else now + dt
        if sign * t[done] < sign * end:
            dense(n, y, z, dt, inv_beta, layer, degree, order, air, w, g, k, stage, f)
            while done < m and sign * t[done] < sign * end:
                dense_at(n, y, f, (t[done] - now) / dt, out[done])
                done += 1
        while done < m and t[done] == end:
            copy(n, z, out[done])
            done += 1
        copy(n, z, y)
        copy(n, k[LAST], k[0])
        now = end
        h = h_new
        entered = layer_entered(h, sign * rate, air, top)
        if entered != layer:
            layer = entered
            low, high = bounds(layer, air, top)
            rhs(n, y, inv_beta, layer, degree, order, air, w, g, k[0])


@njit(cache=True, error_model="numpy")
def coast_all(
    n: int, y0: Array, inv_beta: Array, degree: int, order: int, air: Array, rtol: float, t: Array, out: Array
) -> None:
    """`coast` for each row of y0 (b, n), all to the same times, into out (b, m, n)."""
    for i in range(y0.shape[0]):
        coast(n, y0[i], inv_beta[i], degree, order, air, rtol, t, out[i])


def _propagate(
    n: int, t0: float, y0: Array, inv_beta: Array, t: ArrayLike, forces: Forces, rtol: float
) -> Array:
    """States (b, m, n) at t (m,) of y0 (b, n) at t0; rows that cannot be had are NaN."""
    dt = np.array(t, dtype=np.float64).reshape(-1) - float(t0)
    out = np.full((len(y0), len(dt), n), np.nan)
    sound = np.isfinite(y0).all(axis=1) & np.isfinite(inv_beta) & (inv_beta >= 0.0)
    for chosen in (np.flatnonzero(dt >= 0.0), np.flatnonzero(dt < 0.0)):
        if len(chosen):
            rank = chosen[np.argsort(np.abs(dt[chosen]), kind="stable")]
            part = np.empty((int(sound.sum()), len(rank), n))
            coast_all(
                n, y0[sound], inv_beta[sound], forces.degree, forces.order, forces.air, rtol, dt[rank], part
            )
            out[np.ix_(np.flatnonzero(sound), rank)] = part
    return out


def propagate(t0: float, x0: ArrayLike, inv_beta: float, t: ArrayLike, forces: Forces = STANDARD) -> Array:
    """States (n, 6) in m and m/s, Earth-fixed, at times t (n,) of a body that is at x0 (6,) at t0 (TAI s).

    Integrates `tocsin.motion.equations.rhs` by DOP853 with dense output, from t0 both ways; t in any order.
    inv_beta = Cd A / m in m2/kg, 0 for vacuum. The ground does not stop it: see `impact`. Rows that cannot
    be had (a state or time that is not a number, inv_beta below zero, an arc through the Earth's centre, or
    one followed back through the air until its speed has no bound) are NaN.
    Source: Hairer, Norsett and Wanner, Solving Ordinary Differential Equations I (1993), II.5-6.
    """
    y = np.array(x0, dtype=np.float64).reshape(1, STATE)
    return np.asarray(_propagate(STATE, t0, y, np.array([float(inv_beta)]), t, forces, RTOL)[0])


def propagate_many(
    t0: float, x0: ArrayLike, inv_beta: ArrayLike, t: ArrayLike, forces: Forces = STANDARD
) -> Array:
    """States (b, m, 6) at the same times t (m,) of many bodies at x0 (b, 6) at t0, as `propagate`, to 1 cm.

    inv_beta (b,) or one for all.
    """
    y = np.array(x0, dtype=np.float64).reshape(-1, STATE)
    each = np.array(np.broadcast_to(np.asarray(inv_beta, dtype=np.float64), len(y)))
    return _propagate(STATE, t0, y, each, t, forces, RTOL_BATCH)


def propagate_stm(
    t0: float, x0: ArrayLike, inv_beta: float, t: ArrayLike, forces: Forces = STANDARD
) -> tuple[Array, Array]:
    """States (n, 6) as `propagate`, with phi (n, 6, 7): dx(t)/dx0, and in the last column dx(t)/d(ln beta).

    Integrates the variational equations beside the state; its steps are chosen by the state alone.
    """
    y = _propagate(STATE_AND_PHI, t0, start_with_phi(x0)[None], np.array([float(inv_beta)]), t, forces, RTOL)[
        0
    ]
    return y[:, :6].copy(), y[:, 6:].reshape(-1, 6, 7)
