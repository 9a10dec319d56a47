"""An arc to the ground flown once: its impact, its highest point, and what lies between, with transitions."""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tocsin.earth.air import edge, layers
from tocsin.earth.constants import OMEGA
from tocsin.earth.ellipsoid import geodetic, height_and_up
from tocsin.earth.gravity import gravity_zonal
from tocsin.earth.harmonics import gravity_harmonic
from tocsin.earth.kernel import kernel
from tocsin.motion.crossing import crossing, variance
from tocsin.motion.dop853 import copy, step
from tocsin.motion.equations import ROW, STATE, STATE_AND_PHI, rhs
from tocsin.motion.fall import IMPACT, STAGES, fall
from tocsin.motion.nodes import NODE, ROOM, between, node_before
from tocsin.motion.steps import height_and_rate, layer_entered

Array = NDArray[np.float64]

SAMPLES = 25
COLUMNS = 6
EVERY = 3  # samples from one place at which the finer field is taken to the next
FIELD_ABOVE = 100e3  # m: what the finer field adds below does not reach a metre before the ground


@kernel
def _pull(y: Array, zonal: int, degree: int, order: int, w: Array, u: Array) -> None:
    """Fill u (6,) with Phi^-1 (0, da), da what a field has over the zonal one at y (48,); above the air only.

    There the flow keeps its symplectic form: with A = Phi_rr - Phi_rv W, p = v + W r, W = [omega x],
    u_r = -Phi_rv' da, u_v = A' da - W u_r.
    """
    for j in range(STATE):
        u[j] = 0.0
    if height_and_up(y[0], y[1], y[2])[0] < FIELD_ABOVE:
        return
    ax, ay, az = gravity_harmonic(y[0], y[1], y[2], degree, order, w)
    bx, by, bz = gravity_zonal(y[0], y[1], y[2], zonal)
    ax -= bx
    ay -= by
    az -= bz
    for j in range(3):
        u[j] = -(y[9 + j] * ax + y[16 + j] * ay + y[23 + j] * az)
        u[3 + j] = y[6 + j] * ax + y[13 + j] * ay + y[20 + j] * az
    # A' da = Phi_rr' da - W' Phi_rv' da = Phi_rr' da - W u_r, and once more W u_r for v.
    u[3] += 2.0 * OMEGA * u[1]
    u[4] -= 2.0 * OMEGA * u[0]


@kernel
def _sum_up(dt: float, u: Array, c: Array) -> None:
    """Fill c (m, 6) with the running integral of u (m, 6) over equal steps dt: cubics through four."""
    m = u.shape[0]
    for j in range(STATE):
        c[0, j] = 0.0
        for k in range(m - 1):
            if k == 0:
                part = 9.0 * u[0, j] + 19.0 * u[1, j] - 5.0 * u[2, j] + u[3, j]
            elif k == m - 2:
                part = 9.0 * u[k + 1, j] + 19.0 * u[k, j] - 5.0 * u[k - 1, j] + u[k - 2, j]
            else:
                part = 13.0 * (u[k, j] + u[k + 1, j]) - u[k - 1, j] - u[k + 2, j]
            c[k + 1, j] = c[k, j] + part * dt / 24.0


@kernel
def _moved(y: Array, t: float, dt: float, c: Array) -> None:
    """Add to the state in y (48,) at t what the finer field has moved it: Phi c(t)."""
    m = c.shape[0]
    k = min(max(int(t / dt), 0), m - 2)
    s = t / dt - k
    for i in range(STATE):
        for j in range(STATE):
            y[i] += y[6 + 7 * i + j] * (c[k, j] + s * (c[k + 1, j] - c[k, j]))


@kernel
def _summit(state: int, path: Array, y: Array) -> tuple[float, int]:
    """The time of the highest point and its node, with y (48,) the state there; at the start if it falls."""
    i, n = 1, int(path[0, 0])
    copy(state, path[1, 1:], y)
    if height_and_rate(y)[1] <= 0.0:
        return path[1, 0], 1
    while i + 1 < n:
        copy(state, path[i + 1, 1:], y)
        if height_and_rate(y)[1] <= 0.0:
            break
        i += 1
    t = crossing(1.0, state, i, path, y)
    between(len(y), i, t, path, y)
    return t, i


@kernel
def _in_between(
    i: int,
    t: float,
    inv_beta: float,
    degree: int,
    order: int,
    air: Array,
    path: Array,
    w: Array,
    g: Array,
    k: Array,
    out: Array,
) -> None:
    """Fill out (48,) with the state and transition at t after node i: on a fall through the air by a step.

    But where that leaves the heights of its nodes, as of a light body that is slowed for long.
    """
    n = len(out)
    copy(n, path[i, 1:], out)
    h, rate = height_and_rate(out)
    if inv_beta == 0.0 or rate >= 0.0 or h > FIELD_ABOVE or t == path[i, 0]:
        between(n, i, t, path, out)
        return
    layer = layer_entered(h, rate, air, edge(layers(air), air))
    rhs(n, out, inv_beta, layer, degree, order, air, w, g, k[0])
    z = k[STAGES]
    step(n, n, out, t - path[i, 0], inv_beta, layer, degree, order, air, w, g, k, z)
    copy(n, path[i + 1, 1:], out)
    low = height_and_rate(out)[0]
    if low - 1.0 <= height_and_rate(z)[0] <= h + 1.0:
        copy(n, z, out)
    else:
        between(n, i, t, path, out)


@kernel
def _slip(end: Array) -> float:
    """Bring the state in end (48,), some metres off the ground, along its motion to it; the time it takes."""
    h, rate = height_and_rate(end)
    slip = -h / rate
    for i in range(3):
        end[i] += slip * end[3 + i]
    return slip


@njit(cache=True, error_model="numpy")
def sweep_all(
    x0: Array,
    inv_beta: Array,
    P: Array,
    asked: Array,
    zonal: int,
    zonal_order: int,
    degree: int,
    order: int,
    air: Array,
    t_max: float,
    rtol: float,
    whole: bool,
    status: NDArray[np.int64],
    found: Array,
    end: Array,
    samples: Array,
    answers: Array,
) -> None:
    """Fly each row of x0 (b, 6) to the ground in the zonal field, and add what a finer one changes.

    Fills status (b,), found (b, 4): times of impact and apogee, the latter's height and variance; end
    (b, 48): state and transition at impact; samples (b, 25, 6): time, lat, lon, height, speed, and 1 sigma of
    position at equal steps of time; answers (b, k, 48): the state and transition at asked (b, k), NaN outside
    the arc. Where there is no impact all are NaN. zonal, zonal_order and whole: as of `fall`.
    """
    # Read off, and no constants: of a constant argument the compiler would make a kernel of its own.
    state, all_ = x0.shape[1], end.shape[1]
    first = min(state, 1)
    path = np.empty((ROOM, NODE))
    w = np.zeros((degree + 3, degree + 3))
    y = np.empty((SAMPLES, STATE_AND_PHI))
    u, c = np.empty((SAMPLES // EVERY + 1, STATE)), np.empty((SAMPLES // EVERY + 1, STATE))
    g, stages = np.empty((6, 3)), np.empty((STAGES + 1, ROW))
    at, row, three = np.empty(STATE_AND_PHI), np.empty(7), np.empty(3)
    for b in range(x0.shape[0]):
        found[b] = end[b] = samples[b] = answers[b] = math.nan
        copy(state, x0[b], at)
        for i in range(STATE):
            for j in range(7):
                at[STATE + 7 * i + j] = 1.0 if i == j else 0.0
        status[b] = fall(all_, at, inv_beta[b], zonal, zonal_order, air, t_max, rtol, whole, three, path)
        if status[b] != IMPACT:
            continue
        t_end = three[0]
        dt = t_end / (SAMPLES - 1)
        copy(all_, at, end[b])
        node = first
        for k in range(SAMPLES):
            if k < SAMPLES - 1:
                node = node_before(k * dt, node, path)
                _in_between(node, k * dt, inv_beta[b], zonal, zonal_order, air, path, w, g, stages, y[k])
            else:
                copy(all_, end[b], y[k])
            if k % EVERY == 0:
                _pull(y[k], zonal, degree, order, w, u[k // EVERY])
        long = EVERY * dt
        _sum_up(long, u, c)
        for k in range(SAMPLES):
            _moved(y[k], k * dt, long, c)
        slip = _slip(y[SAMPLES - 1])
        copy(state, y[SAMPLES - 1], end[b])
        for k in range(SAMPLES):
            s = samples[b, k]
            part = slip * k / (SAMPLES - 1) if k < SAMPLES - 1 else 0.0
            for i in range(3):
                y[k, i] += part * y[k, 3 + i]
            s[0] = k * (dt + slip / (SAMPLES - 1))
            s[1], s[2], s[3] = geodetic(y[k, 0], y[k, 1], y[k, 2])
            s[4] = math.sqrt(y[k, 3] ** 2 + y[k, 4] ** 2 + y[k, 5] ** 2)
            s[5] = 0.0
            for i in range(3):
                s[5] += variance(y[k, STATE + 7 * i :], P[b])
            s[5] = math.sqrt(max(s[5], 0.0) / 3.0)
        found[b, 0] = t_end + slip
        found[b, 1], node = _summit(state, path, at)
        if found[b, 1] > 0.0:
            _moved(at, found[b, 1], long, c)
            found[b, 2], _, _, nx, ny, nz = height_and_up(at[0], at[1], at[2])
            for j in range(7):
                row[j] = nx * at[6 + j] + ny * at[13 + j] + nz * at[20 + j]
            found[b, 3] = variance(row, P[b])
        for k in range(asked.shape[1]):
            if 0.0 <= asked[b, k] <= t_end:
                node = min(node_before(asked[b, k], first, path), int(path[0, 0]) - 1)
                _in_between(
                    node, asked[b, k], inv_beta[b], zonal, zonal_order, air, path, w, g, stages, answers[b, k]
                )
                _moved(answers[b, k], asked[b, k], long, c)
