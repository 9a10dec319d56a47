"""A template's ascent with its derivatives in every parameter, by the variational equations."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import R_EQ
from tocsin.earth.ellipsoid import E2
from tocsin.earth.kernel import kernel
from tocsin.estimate.boost.engine import (
    CUTOFF,
    LAT,
    LON,
    MOMENT,
    burning,
    end_by_scales,
)
from tocsin.estimate.boost.thrusting import rates

Array = NDArray[np.float64]

SHORT_S, MIDDLE_S, LONG_S = 2.0, 3.0, 6.0  # steps up to 10 s and 30 s after the pitch-over, and beyond


@kernel
def start(theta: Array, p: int, y: Array, stand: Array) -> None:
    """Fill y with the body at rest on the ground and its derivatives, and stand (9,) with up, east, north."""
    sl, cl, so, co = math.sin(theta[LAT]), math.cos(theta[LAT]), math.sin(theta[LON]), math.cos(theta[LON])
    stand[0], stand[1], stand[2] = cl * co, cl * so, sl
    stand[3], stand[4], stand[5] = -so, co, 0.0
    stand[6], stand[7], stand[8] = -sl * co, -sl * so, cl
    root = math.sqrt(1.0 - E2 * sl * sl)
    n = R_EQ / root
    for i in range(6 + 6 * p):
        y[i] = 0.0
    y[0], y[1], y[2] = n * stand[0], n * stand[1], n * (1.0 - E2) * sl
    if p:
        meridian = R_EQ * (1.0 - E2) / (root * root * root)
        for i in range(3):
            y[6 + i * p + LAT] = meridian * stand[6 + i]
            y[6 + i * p + LON] = n * cl * stand[3 + i]


@kernel
def _step_at(t: float, turned: float) -> float:
    """The longest step at t: short while it turns fast."""
    after = t - turned
    return SHORT_S if after < 10.0 else MIDDLE_S if after < 30.0 else LONG_S


@kernel
def fly(
    theta: Array, p: int, stages: Array, body: Array, begin: float, end: float, air: Array, until: float,
    t: Array, x: Array, work: Array, stand: Array, g: Array, by: Array, du: Array,
) -> int:  # fmt: skip
    """Fill times t (n,) s after launch and rows x (n, 6 + 6 p) of an ascent; how many, 0 if there is no room.

    Runge-Kutta of order four between the events: stages' ends, cut-off, programme. Where the thrust jumps at
    a time that follows the parameters, so do the derivatives: S+ = S- + (f- - f+) dt_e/dtheta, two rows of
    one time. Scratch: work (6, 6 + 6 p), stand (9,), g (8, 3), by (p,), du (3, p).
    """
    n = 6 + 6 * p
    y, trial = work[4], work[5]
    start(theta, p, y, stand)
    now, count = 0.0, 1
    t[0] = 0.0
    for j in range(n):
        x[0, j] = y[j]
    while now < until - MOMENT:
        stage, began, edge = burning(now + MOMENT, stages, theta)
        to = min(until, now + _step_at(now, end), edge)
        for event in (begin, end):
            if now < event - MOMENT:
                to = min(to, event)
        dt = to - now
        programmed = now < end - MOMENT
        for s in range(4):
            c = 0.0 if s == 0 else 1.0 if s == 3 else 0.5
            for j in range(n):
                trial[j] = y[j] + c * dt * work[max(s - 1, 0), j]
            rates(
                trial, p, now + c * dt, stage, began, programmed, stages, body, stand, theta, begin, end,
                air, by, g, du, work[s],
            )  # fmt: skip
        for j in range(n):
            y[j] += dt / 6.0 * (work[0, j] + 2.0 * work[1, j] + 2.0 * work[2, j] + work[3, j])
        now = to
        if count + 2 > t.size:
            return 0
        t[count] = now
        for j in range(n):
            x[count, j] = y[j]
        count += 1
        if p and stage >= 0 and now >= edge - MOMENT:
            # The thrust jumps here.
            rates(
                y, 0, now - MOMENT, stage, began, now < end - MOMENT, stages, body, stand, theta, begin,
                end, air, by, g, du, work[0],
            )  # fmt: skip
            after, since, _ = burning(now + MOMENT, stages, theta)
            rates(
                y, 0, now + MOMENT, after, since, now < end - MOMENT, stages, body, stand, theta, begin,
                end, air, by, g, du, work[1],
            )  # fmt: skip
            if now >= theta[CUTOFF] - MOMENT:
                for j in range(p):
                    by[j] = 0.0
                by[CUTOFF] = 1.0
            else:
                end_by_scales(stage, stages, theta, by)
            t[count] = now
            for j in range(n):
                x[count, j] = y[j]
            for i in range(3):
                jump = work[0, 3 + i] - work[1, 3 + i]
                for j in range(p):
                    x[count, 6 + (3 + i) * p + j] += jump * by[j]
            for j in range(n):
                y[j] = x[count, j]
            count += 1
    return count
