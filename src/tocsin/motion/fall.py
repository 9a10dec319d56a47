"""The fall to the ground as a kernel: outcomes, apogee and impact as events within a step."""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tocsin.earth.constants import MU, OMEGA, R_EQ
from tocsin.motion.dop853 import copy, step, step_error
from tocsin.motion.equations import STATE, STATE_AND_PHI, rhs
from tocsin.motion.steps import (
    ENTRY_HEIGHT,
    FIRST_STEP,
    MAX_STEPS,
    SHORTEST,
    height_and_rate,
    layer_entered,
    next_step,
    part_in_layer,
    step_cap,
)
from tocsin.motion.tableau import STAGES, STAGES_DENSE

Array = NDArray[np.float64]

IMPACT, ORBIT, NO_IMPACT, INVALID = 0, 1, 2, 3
TOP, GROUND = 0, 1

PERIGEE_CLEAR = 100e3  # m, a perigee that the air no longer stops at once
T_EVENT = 1e-7  # s
FALL_SLACK = 100.0  # a fall through the air is short: what a step gets wrong there has no time to grow


@njit(cache=True, error_model="numpy")
def _clears(y: Array) -> tuple[bool, bool]:
    """Whether the osculating two-body orbit clears the Earth, and whether it escapes for good."""
    x, yy, z = y[0], y[1], y[2]
    vx = y[3] - OMEGA * yy
    vy = y[4] + OMEGA * x
    vz = y[5]
    r = math.sqrt(x * x + yy * yy + z * z)
    energy = 0.5 * (vx * vx + vy * vy + vz * vz) - MU / r
    hx, hy, hz = yy * vz - z * vy, z * vx - x * vz, x * vy - yy * vx
    h2 = hx * hx + hy * hy + hz * hz
    e = math.sqrt(max(0.0, 1.0 + 2.0 * energy * h2 / (MU * MU)))
    escapes = energy >= 0.0 and x * vx + yy * vy + z * vz > 0.0
    return escapes or h2 / (MU * (1.0 + e)) > R_EQ + PERIGEE_CLEAR, escapes


@njit(cache=True, error_model="numpy")
def _finite(y: Array) -> bool:
    zero = 0.0
    for i in range(STATE):
        zero += 0.0 * y[i]
    return zero == 0.0


@njit(cache=True, error_model="numpy")
def _note_top(height: float, when: float, found: Array) -> None:
    if height > found[1]:
        found[1] = height
        found[2] = when


@njit(cache=True, error_model="numpy")
def _locate(
    event: int,
    n: int,
    y: Array,
    dt: float,
    at_start: float,
    at_end: float,
    inv_beta: float,
    layer: int,
    k: Array,
    g: Array,
    y_new: Array,
) -> float:
    """The time within a step at which the climb (TOP) or the height (GROUND) is zero, and the state then.

    The Illinois rule on fresh steps from the step's start.
    """
    a, fa, b, fb = 0.0, at_start, dt, at_end
    tau = dt
    for _ in range(60):
        tau = b - fb * (b - a) / (fb - fa)
        step(n, y, tau, inv_beta, layer, k, g, y_new)
        h, hdot = height_and_rate(y_new)
        value = hdot if event == TOP else h
        slope = 10.0 if event == TOP else max(abs(hdot), 0.1)
        if abs(value) < T_EVENT * slope or abs(b - a) < T_EVENT:
            break
        if value * fb < 0.0:
            a, fa = b, fb
        else:
            fa *= 0.5
        b, fb = tau, value
    return tau


@njit(cache=True, error_model="numpy")
def _fall(n: int, y: Array, inv_beta: float, t_max: float, rtol: float, apogee: bool, found: Array) -> int:
    """Carry y (n,) to the ground; found is (time of impact, apogee, its time). Returns a place in STATUS."""
    found[:] = math.nan
    if not (_finite(y) and 0.0 <= inv_beta < math.inf):
        return INVALID
    h, hdot = height_and_rate(y)
    if h < 0.0:
        return INVALID
    orbit, escapes = _clears(y)
    found[1] = math.inf if escapes else h
    found[2] = math.nan if escapes else 0.0
    if escapes or (orbit and not apogee):
        return ORBIT
    y_new = np.zeros(STATE_AND_PHI)
    k = np.zeros((STAGES_DENSE, STATE_AND_PHI))
    g = np.zeros((2, 3, 3))
    layer = layer_entered(h, hdot)
    cap = step_cap(h, hdot, inv_beta, layer)
    rhs(n, y, inv_beta, layer, g, k[0])
    now = 0.0
    size = FIRST_STEP
    for _ in range(MAX_STEPS):
        if now >= t_max:
            break
        dt = min(size, cap, t_max - now)
        step(n, y, dt, inv_beta, layer, k, g, y_new)
        falling = hdot < 0.0 and h < ENTRY_HEIGHT and inv_beta > 0.0
        error = step_error(y, dt, k, rtol * FALL_SLACK if falling else rtol)
        size = next_step(dt, size, error)
        if not error <= 1.0:
            if not size > SHORTEST:
                break
            continue
        h_new, hdot_new = height_and_rate(y_new)
        part = part_in_layer(h, h_new, layer)
        if inv_beta > 0.0 and part < 1.0:
            cap = part * dt
            continue
        tops = apogee and hdot > 0.0 and hdot_new <= 0.0
        lands = h_new < 0.0
        for event in range(TOP, GROUND + 1):
            if tops and event == TOP:
                tau = _locate(event, n, y, dt, hdot, hdot_new, inv_beta, layer, k, g, y_new)
                _note_top(height_and_rate(y_new)[0], now + tau, found)
                if orbit:
                    return ORBIT
            if lands and event == GROUND:
                found[0] = now + _locate(event, n, y, dt, h, h_new, inv_beta, layer, k, g, y_new)
                copy(n, y_new, y)
                return IMPACT
        if tops:
            step(n, y, dt, inv_beta, layer, k, g, y_new)
        _note_top(h_new, now + dt, found)
        copy(n, y_new, y)
        copy(n, k[STAGES], k[0])
        now += dt
        h, hdot = h_new, hdot_new
        entered = layer_entered(h, hdot)
        if entered != layer:
            layer = entered
            rhs(n, y, inv_beta, layer, g, k[0])
        cap = step_cap(h, hdot, inv_beta, layer)
    return ORBIT if orbit else NO_IMPACT


@njit(cache=True, error_model="numpy")
def fall_all(
    n: int,
    y: Array,
    inv_beta: Array,
    t_max: float,
    rtol: float,
    apogee: bool,
    status: NDArray[np.int64],
    found: Array,
) -> None:
    for i in range(y.shape[0]):
        status[i] = _fall(n, y[i], inv_beta[i], t_max, rtol, apogee, found[i])
        if status[i] != IMPACT:
            y[i] = math.nan
