"""Where and when an unpowered body comes down: the ground as an event, with apogee and state transition."""

import math
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from tocsin.earth.constants import MU, OMEGA, R_EQ
from tocsin.motion.dop853 import copy, step, step_error
from tocsin.motion.equations import STATE, STATE_AND_PHI, rhs
from tocsin.motion.steps import (
    ENTRY_HEIGHT,
    FIRST_STEP,
    SHORTEST,
    height_and_rate,
    layer_entered,
    next_step,
    part_in_layer,
    step_cap,
)
from tocsin.motion.tableau import STAGES, STAGES_DENSE

Array = NDArray[np.float64]

STATUS = ("impact", "orbit", "no-impact", "invalid")
IMPACT, ORBIT, NO_IMPACT, INVALID = 0, 1, 2, 3
TOP, GROUND = 0, 1

RTOL = 1e-10
RTOL_BATCH = 1e-9
MAX_STEPS = 50_000
T_MAX = 43200.0  # s, half a day
PERIGEE_CLEAR = 100e3  # m, a perigee that the air no longer stops at once
T_EVENT = 1e-7  # s
FALL_SLACK = 100.0  # a fall through the air is short: what a step gets wrong there has no time to grow


@dataclass(frozen=True, slots=True)
class Impact:
    """The end of an unpowered arc.

    status: "impact"; "orbit" (perigee above 100 km, or escape); "no-impact" (still up at t_max); "invalid" (a
    start that is not a number or lies under the ground). t (TAI s), x (6,) and phi (6, 7) are at impact, NaN
    without one; phi is the state transition to the fixed time t, not corrected for the change of that time.
    apogee_m is the geodetic height (m) of the highest point from t0 on, at t_apogee.
    """

    status: str
    t: float
    x: Array
    phi: Array
    apogee_m: float
    t_apogee: float


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
def _fall_all(
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


def start_with_phi(x0: ArrayLike) -> Array:
    """The 48 numbers at t0: the state x0 (6,), and phi (6, 7) with the unit matrix and a zero column."""
    return np.concatenate([np.array(x0, dtype=np.float64).reshape(STATE), np.eye(6, 7).reshape(-1)])


def impact(t0: float, x0: ArrayLike, inv_beta: float, t_max: float = T_MAX) -> Impact:
    """The impact on the ellipsoid (height 0) of a body at x0 (6,), Earth-fixed m and m/s, at t0 (TAI s).

    inv_beta = Cd A / m in m2/kg, 0 for vacuum; t_max is the longest flight looked for, in s. The event is
    found to 1e-6 s by fresh steps of DOP853 from the last node above ground; an arc without one says so in
    its status. Raises nothing for numbers that make no arc.
    """
    y = start_with_phi(x0)[None]
    status, found = np.empty(1, dtype=np.int64), np.empty((1, 3))
    _fall_all(
        STATE_AND_PHI, y, np.array([inv_beta], dtype=np.float64), float(t_max), RTOL, True, status, found
    )
    t, apogee_m, t_apogee = (float(value) for value in found[0])
    return Impact(
        STATUS[status[0]], t0 + t, y[0, :6].copy(), y[0, 6:].reshape(6, 7).copy(), apogee_m, t0 + t_apogee
    )


def impacts(
    t0: float, x0: ArrayLike, inv_beta: ArrayLike, t_max: float = T_MAX
) -> tuple[NDArray[np.int64], Array, Array]:
    """Impacts of many bodies: status (n,) as a place in STATUS, time (n,) TAI s, Earth-fixed place (n, 3) m.

    x0 (n, 6) at t0, inv_beta (n,) or one for all; to 0.1 m. Without an impact, time and place are NaN.
    """
    y = np.array(x0, dtype=np.float64).reshape(-1, STATE)
    n = len(y)
    each = np.array(np.broadcast_to(np.asarray(inv_beta, dtype=np.float64), n))
    status, found = np.empty(n, dtype=np.int64), np.empty((n, 3))
    _fall_all(STATE, y, each, float(t_max), RTOL_BATCH, False, status, found)
    return status, t0 + found[:, 0], y[:, :3].copy()
