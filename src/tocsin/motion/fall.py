"""The fall to the ground as a kernel: outcomes, apogee and impact as events within a step."""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tocsin.earth.air import edge, layers
from tocsin.motion.dop853 import LAST, copy, step, step_error
from tocsin.motion.drop import drop
from tocsin.motion.equations import ROW, rhs
from tocsin.motion.nodes import note
from tocsin.motion.outcome import clears, finite
from tocsin.motion.steps import (
    AIR_TOP,
    FALL_BELOW,
    FIRST_DROP,
    FIRST_STEP,
    MAX_STEPS,
    SHORTEST,
    air_felt_below,
    bounds,
    falls_for_good,
    height_and_rate,
    layer_entered,
    next_step,
    part_within,
    step_cap,
)

Array = NDArray[np.float64]

IMPACT, ORBIT, NO_IMPACT, INVALID = 0, 1, 2, 3
TOP, GROUND = 0, 1

T_EVENT = 1e-7  # s
FALL_SLACK = 100.0  # a fall through the air is short: what a step gets wrong there has no time to grow
STAGES = 16


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
    degree: int,
    order: int,
    air: Array,
    w: Array,
    g: Array,
    k: Array,
    z: Array,
) -> float:
    """The time within a step at which the climb (TOP) or the height (GROUND) is zero, and the state z then.

    The Illinois rule on fresh steps from the step's start.
    """
    a, fa, b, fb = 0.0, at_start, dt, at_end
    tau = dt
    for _ in range(60):
        tau = b - fb * (b - a) / (fb - fa)
        step(n, n, y, tau, inv_beta, layer, degree, order, air, w, g, k, z)
        h, hdot = height_and_rate(z)
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
def fall(
    n: int,
    y: Array,
    inv_beta: float,
    degree: int,
    order: int,
    air: Array,
    t_max: float,
    rtol: float,
    whole: bool,
    found: Array,
    path: Array,
) -> int:
    """Carry y (n,) to the ground; found is (time of impact, apogee, its time). Returns a place in STATUS.

    whole: with the apogee, and with all the air; else without drag where none is felt. path, where it has
    rows: the nodes of the arc, as `note` writes them.
    """
    noting = path.shape[0] > 0
    if noting:
        path[0, 0] = 0.0
    found[:] = math.nan
    if not (finite(y) and 0.0 <= inv_beta < math.inf):
        return INVALID
    h, hdot = height_and_rate(y)
    if h < 0.0:
        return INVALID
    orbit, escapes = clears(y)
    found[1] = math.inf if escapes else h
    found[2] = math.nan if escapes else 0.0
    if escapes or (orbit and not whole):
        return ORBIT
    work = np.zeros((STAGES + 2, ROW))
    k, x, z = work[:STAGES], work[STAGES], work[STAGES + 1]
    w, g = np.zeros((degree + 3, degree + 3)), np.zeros((6, 3))
    copy(n, y, x)
    drag = inv_beta > 0.0
    top = -math.inf
    if drag:
        top = min(AIR_TOP if whole else air_felt_below(inv_beta, air), edge(layers(air), air))
    layer = layer_entered(h, hdot, air, top)
    low, high = bounds(layer, air, top)
    stale = True
    now = 0.0
    size = FIRST_STEP
    size_h = FIRST_DROP
    stuck = -1
    limit = math.inf
    last = -1.0
    for _ in range(MAX_STEPS):
        if now >= t_max:
            break
        if high <= FALL_BELOW and layer != stuck and falls_for_good(x, hdot):
            floor = max(low, 0.0)
            if noting:
                rhs(n, x, inv_beta, layer, degree, order, air, w, g, k[0])
                note(n, now, x, k[0], path)
            x[n] = now
            h, size_h = drop(
                n, x, h, floor, inv_beta, layer, degree, order, air, rtol * FALL_SLACK, size_h, w, g, k, z
            )
            now = x[n]
            if h <= 0.0 and now <= t_max:
                found[0] = now
                copy(n, x, y)
                if noting:
                    rhs(n, x, inv_beta, layer, degree, order, air, w, g, k[0])
                    note(n, now, x, k[0], path)
                return IMPACT
            stuck = layer if h > floor else -1
            hdot = height_and_rate(x)[1]
            stale = True
        else:
            if stale:
                rhs(n, x, inv_beta, layer, degree, order, air, w, g, k[0])
                stale = False
            if noting and now > last:
                note(n, now, x, k[0], path)
                last = now
            dt = min(size, step_cap(x, k, 1.0, low, high), limit, t_max - now)
            step(n, n, x, dt, inv_beta, layer, degree, order, air, w, g, k, z)
            error = step_error(n, n, x, dt, k, rtol)
            size = next_step(dt, size, error)
            if not error <= 1.0:
                if not size > SHORTEST:
                    break
                continue
            h_new, hdot_new = height_and_rate(z)
            within = part_within(h, h_new, low, high)
            if within < 1.0:
                limit = within * dt
                continue
            limit = math.inf
            tops = whole and hdot > 0.0 and hdot_new <= 0.0
            lands = h_new < 0.0
            for event in range(TOP, GROUND + 1):
                if tops and event == TOP:
                    tau = _locate(
                        event, n, x, dt, hdot, hdot_new, inv_beta, layer, degree, order, air, w, g, k, z
                    )
                    _note_top(height_and_rate(z)[0], now + tau, found)
                    if orbit:
                        return ORBIT
                if lands and event == GROUND:
                    tau = _locate(event, n, x, dt, h, h_new, inv_beta, layer, degree, order, air, w, g, k, z)
                    found[0] = now + tau
                    copy(n, z, y)
                    if noting:
                        note(n, now + tau, z, k[LAST], path)
                    return IMPACT
            if tops:
                step(n, n, x, dt, inv_beta, layer, degree, order, air, w, g, k, z)
            _note_top(h_new, now + dt, found)
            copy(n, z, x)
            copy(n, k[LAST], k[0])
            now += dt
            h, hdot = h_new, hdot_new
        entered = layer_entered(h, hdot, air, top)
        if entered != layer:
            layer = entered
            low, high = bounds(layer, air, top)
            stale = True
    return ORBIT if orbit else NO_IMPACT


@njit(cache=True, error_model="numpy")
def fall_all(
    n: int,
    y: Array,
    inv_beta: Array,
    degree: int,
    order: int,
    air: Array,
    t_max: float,
    rtol: float,
    whole: bool,
    status: NDArray[np.int64],
    found: Array,
) -> None:
    """`fall` for each row of y (m, n), in place; NaN where there is no impact."""
    path = np.empty((0, 1))
    for i in range(y.shape[0]):
        status[i] = fall(n, y[i], inv_beta[i], degree, order, air, t_max, rtol, whole, found[i], path)
        if status[i] != IMPACT:
            y[i] = math.nan
