"""Where and when an unpowered body comes down: the ground as an event, with apogee and state transition."""

import math
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from tocsin.earth.constants import MU, OMEGA, R_EQ
from tocsin.motion.dop853 import height_and_rate, next_step, stages, step_cap, step_error
from tocsin.motion.equations import STATE, STATE_AND_PHI, rhs
from tocsin.motion.tableau import STAGES, STAGES_DENSE

Array = NDArray[np.float64]

STATUS = ("impact", "orbit", "no-impact", "invalid")
IMPACT, ORBIT, NO_IMPACT, INVALID = 0, 1, 2, 3

RTOL = 1e-10
RTOL_BATCH = 1e-9
MAX_STEPS = 50_000
T_MAX = 43200.0  # s, half a day
PERIGEE_CLEAR = 100e3  # m, a perigee that the air no longer stops at once
T_EVENT = 1e-7  # s


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


@njit(cache=True)
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


@njit(cache=True)
def _locate(
    rate: bool, y: Array, dt: float, at_start: float, at_end: float, inv_beta: float, k: Array, g: Array, y_new: Array
) -> float:
    """The time within a step at which the height (or its rate) is zero, by the Illinois rule on fresh steps."""
    a, fa, b, fb = 0.0, at_start, dt, at_end
    tau = dt
    for _ in range(60):
        tau = b - fb * (b - a) / (fb - fa)
        stages(STATE, 1, STAGES + 1, y, tau, inv_beta, k, g, y_new)
        h, hdot = height_and_rate(y_new)
        value = hdot if rate else h
        if abs(value) < T_EVENT * (10.0 if rate else max(abs(hdot), 0.1)) or abs(b - a) < T_EVENT:
            break
        if value * fb < 0.0:
            a, fa = b, fb
        else:
            fa *= 0.5
        b, fb = tau, value
    return tau


@njit(cache=True)
def _fall(n: int, y: Array, inv_beta: float, t_max: float, rtol: float, apogee: bool, found: Array) -> int:
    """Carry y (n,) to the ground; found is (time of impact, apogee, its time). Returns a place in STATUS."""
    found[:] = math.nan
    bad = not (0.0 <= inv_beta < math.inf)
    for i in range(STATE):
        bad = bad or not math.isfinite(y[i])
    if bad:
        return INVALID
    h, hdot = height_and_rate(y)
    if h < 0.0:
        return INVALID
    orbit, escapes = _clears(y)
    if escapes and apogee:
        found[1] = math.inf
    if escapes or (orbit and not apogee):
        return ORBIT
    y_new = np.zeros(STATE_AND_PHI)
    k = np.zeros((STAGES_DENSE, STATE_AND_PHI))
    g = np.zeros((2, 3, 3))
    rhs(n, y, inv_beta, g, k[0])
    found[1] = h
    found[2] = 0.0
    now = 0.0
    size = 20.0
    for _ in range(MAX_STEPS):
        if now >= t_max:
            break
        dt = min(size, step_cap(h, hdot, inv_beta), t_max - now)
        stages(n, 1, STAGES + 1, y, dt, inv_beta, k, g, y_new)
        error = step_error(y, dt, k, rtol)
        size = next_step(dt, error)
        if not error <= 1.0:
            if not size > 1e-6:
                break
            continue
        h_new, hdot_new = height_and_rate(y_new)
        if apogee and hdot > 0.0 and hdot_new <= 0.0:
            tau = _locate(True, y, dt, hdot, hdot_new, inv_beta, k, g, y_new)
            top, _ = height_and_rate(y_new)
            if top > found[1]:
                found[1] = top
                found[2] = now + tau
            if orbit:
                return ORBIT
            stages(n, 1, STAGES + 1, y, dt, inv_beta, k, g, y_new)
        if h_new < 0.0:
            tau = _locate(False, y, dt, h, h_new, inv_beta, k, g, y_new)
            stages(n, 1, STAGES + 1, y, tau, inv_beta, k, g, y_new)
            y[:n] = y_new[:n]
            found[0] = now + tau
            return IMPACT
        if h_new > found[1]:
            found[1] = h_new
            found[2] = now + dt
        y[:n] = y_new[:n]
        k[0, :n] = k[STAGES, :n]
        h, hdot = h_new, hdot_new
        now += dt
    return ORBIT if orbit else NO_IMPACT


@njit(cache=True)
def _fall_all(x0: Array, inv_beta: Array, t_max: float, rtol: float, status: Array, t: Array, r: Array) -> None:
    y = np.zeros(STATE_AND_PHI)
    found = np.zeros(3)
    for i in range(x0.shape[0]):
        y[:STATE] = x0[i]
        status[i] = _fall(STATE, y, inv_beta[i], t_max, rtol, False, found)
        t[i] = found[0]
        for j in range(3):
            r[i, j] = y[j] if status[i] == IMPACT else math.nan


def start_with_phi(x0: ArrayLike) -> Array:
    """The 48 numbers at t0: the state x0 (6,), and phi (6, 7) with the unit matrix and a zero column."""
    return np.concatenate([np.array(x0, dtype=np.float64).reshape(STATE), np.eye(6, 7).reshape(-1)])


def impact(t0: float, x0: ArrayLike, inv_beta: float, t_max: float = T_MAX) -> Impact:
    """The impact on the ellipsoid (geodetic height 0) of a body at x0 (6,), Earth-fixed m and m/s, at t0 (TAI s).

    inv_beta = Cd A / m in m2/kg, 0 for vacuum; t_max is the longest flight looked for, in s. The event is found to
    1e-6 s by fresh steps of DOP853 from the last node above ground. What has no impact has a status that says so.
    """
    y = start_with_phi(x0)
    found = np.empty(3)
    status = _fall(STATE_AND_PHI, y, float(inv_beta), float(t_max), RTOL, True, found)
    if status != IMPACT:
        y[:] = np.nan
    return Impact(
        STATUS[status], t0 + found[0], y[:6].copy(), y[6:].reshape(6, 7).copy(), found[1], t0 + found[2]
    )


def impacts(
    t0: float, x0: ArrayLike, inv_beta: ArrayLike, t_max: float = T_MAX
) -> tuple[NDArray[np.int64], Array, Array]:
    """Impacts of many bodies: status (n,) as a place in STATUS, time (n,) TAI s, Earth-fixed place (n, 3) m.

    x0 (n, 6) at t0, inv_beta (n,) or one for all; to 0.1 m. Without an impact, time and place are NaN.
    """
    start = np.array(x0, dtype=np.float64).reshape(-1, STATE)
    n = len(start)
    status, t, r = np.empty(n, dtype=np.int64), np.empty(n), np.empty((n, 3))
    each = np.ascontiguousarray(np.broadcast_to(np.asarray(inv_beta, dtype=np.float64), n)).copy()
    _fall_all(start, each, float(t_max), RTOL_BATCH, status, t, r)
    return status, t + t0, r
