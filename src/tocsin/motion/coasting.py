"""Unpowered flight of many bodies, each from its own time, to one time."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from tocsin.motion.ballistic import coast
from tocsin.motion.equations import STATE
from tocsin.motion.forces import STANDARD, Forces
from tocsin.motion.impact import RTOL_BATCH

Array = NDArray[np.float64]


@njit(cache=True, error_model="numpy")
def _coast_each(
    y0: Array, inv_beta: Array, degree: int, order: int, air: Array, rtol: float, dt: Array, out: Array
) -> None:
    for i in range(y0.shape[0]):
        coast(y0.shape[1], y0[i], inv_beta[i], degree, order, air, rtol, dt[i : i + 1], out[i : i + 1])


def propagate_each(
    t0: ArrayLike, x0: ArrayLike, inv_beta: ArrayLike, t: float, forces: Forces = STANDARD
) -> Array:
    """States (b, 6) at one time t (TAI s) of bodies that are at x0 (b, 6) at t0 (b,), each; to 1 cm.

    inv_beta (b,) or one for all; NaN where a row cannot be had, as in `propagate`.
    """
    y = np.array(x0, dtype=np.float64).reshape(-1, STATE)
    dt = t - np.array(np.broadcast_to(np.asarray(t0, dtype=np.float64), len(y)))
    each = np.array(np.broadcast_to(np.asarray(inv_beta, dtype=np.float64), len(y)))
    out = np.full_like(y, np.nan)
    sound = np.flatnonzero(np.isfinite(y).all(axis=1) & np.isfinite(dt) & np.isfinite(each) & (each >= 0.0))
    part = np.empty((len(sound), STATE))
    _coast_each(y[sound], each[sound], forces.degree, forces.order, forces.air, RTOL_BATCH, dt[sound], part)
    out[sound] = part
    return out
