"""The profile-free boost fit: a gravity turn of unknown thrust, in stereo, with process noise."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import OMEGA
from tocsin.earth.ellipsoid import ecef_from_geodetic, geodetic_from_ecef
from tocsin.earth.frames import enu_from_ecef
from tocsin.earth.gravity import gravity_zonal
from tocsin.estimate.ballistic import Gaussian, transported
from tocsin.estimate.boost.meeting import CLOUD_TOP_M, Meeting, ground_below, meeting
from tocsin.estimate.boost.sighting import Sightings, sightings
from tocsin.estimate.boost.smoother import assemble, eliminate
from tocsin.estimate.boost.template import PLACE_M, Status
from tocsin.estimate.boost.turn import (
    DRIFT_V,
    LN_A,
    RESTART_LN_A,
    STATE,
    TURN_SIGMA,
    rates,
    step_with_slopes,
)
from tocsin.estimate.looks import Channel, Looks

Array = NDArray[np.float64]

LEAST_LOOKS = 8
SLOWNESS, SLOWNESS_SIGMA = 1.0 / 2800.0, 0.08 / 2800.0  # 1 / v_e, s/m
LN_A_SIGMA = 0.3
# At a first look at the cloud tops; one that comes late, higher up, tells neither height nor speed.
HEIGHT_SIGMA_M, SPEED_UP, SPEED_SIGMA, LATE_M = 3e3, 500.0, 500.0, 20e3
LATE_HEIGHT_SIGMA_M, LATE_SPEED_SIGMA = 200e3, 3000.0
STAGING_RATE = 1.0 / 60.0  # of a second's beginning a stage
AFTER_CUTOFF_S = 1.0
MOST_STAGINGS, WINDOW, LEAST_FALL = 5, 8, 0.12
LARGEST_SIGMA_M = 100e3
SETTLED = 0.05  # of the cost, below which a step is the last


@final
@dataclass(frozen=True, slots=True, eq=False)
class TurnFit:
    """A gravity turn fitted: its knots, its state at the last look or after burnout, its likelihood.

    knots t (n,) TAI s with x (n, 9): place, speed, ln a, pitch and yaw deviation; c (m,): 1 / v_e and fixed
    errors; stagings: TAI s at which a stage began anew. last: x (9,) at the last knot with its covariance
    (9, 9). evidence as of a `BoostFit`: -2 ln of the innovations' likelihood, which is the same measure of
    the same looks. What is not "converged" has no state.
    """

    status: Status
    t: Array
    x: Array
    c: Array
    stagings: tuple[float, ...]
    chi2: float
    freedom: int
    last: tuple[Array, Array]
    state: Gaussian | None
    evidence: float


def fit_gravity_turn(
    looks: Looks,
    channels: tuple[Channel, ...],
    t_burnout: tuple[float, float] | None = None,
    warm: TurnFit | None = None,
) -> TurnFit:
    """Fit powered flight of no known vehicle to the looks of two telescopes or more.

    x_k+1 = f(x_k; 1/v_e) + w_k, a knot a second: min sum |e|^2 + sum w'Q^-1 w + priors, by Gauss-Newton on
    all knots and fixed errors at once. Thrust may deviate from the Earth-relative velocity by 2 deg over
    20 s; ln a drifts by 0.02 and each axis by 0.3 m/s in a second; a new stage begins with an ln a of its own
    (0.5), where the looks show it. t_burnout as in `fit_template`. From one telescope it is "unobservable".
    """
    return turn_seen(sightings(looks, channels), t_burnout, warm)


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Frame:
    """What stays the same while a gravity turn is solved: knots' steps, looks by knot, priors."""

    seen: Sightings
    dt: Array
    knot: NDArray[np.int64]
    since: Array
    x0: Array
    W0: Array
    c0: Array
    Wc: Array


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Solved:
    """Knots and fixed values, their cost and evidence; the last knot's covariance with the fixed values'."""

    x: Array
    c: Array
    restart: Array
    cost: float
    chi2: float
    evidence: float
    P: Array
    sound: bool


def turn_seen(
    seen: Sightings, t_burnout: tuple[float, float] | None, warm: TurnFit | None, path: Meeting | None = None
) -> TurnFit:
    """`fit_gravity_turn` of looks made ready; path: where their lines meet, if that has been found already."""
    if not seen.sound:
        return _none(seen, "invalid")
    path = path or meeting(seen)
    if path is None or np.sort(np.bincount(seen.channel))[-2] < LEAST_LOOKS or seen.last < 4.0:
        return _none(seen, "unobservable")
    frame = _frame(seen, path)
    if warm is not None and (warm.status != "converged" or len(warm.c) != len(frame.c0)):
        warm = None
    x, restart = _start(frame, path, warm)
    found = _solve(frame, x, np.copy(frame.c0) if warm is None else warm.c, restart, 12)
    if not found.sound:
        return _none(seen, "diverged")
    found = _with_stagings(frame, found)
    sigma = math.sqrt(max(float(np.trace(found.P[:3, :3])), 0.0))
    if not sigma < LARGEST_SIGMA_M:
        return _none(seen, "unobservable")
    t = seen.t_first + np.concatenate([[0.0], np.cumsum(frame.dt)])
    return TurnFit(
        status="converged",
        t=t,
        x=found.x,
        c=found.c,
        stagings=tuple(float(0.5 * (t[k] + t[k + 1])) for k in np.flatnonzero(found.restart)),
        chi2=found.chi2,
        freedom=2 * len(seen.t),
        last=(found.x[-1], found.P[:STATE, :STATE]),
        state=_state(found, float(t[-1]), t_burnout),
        evidence=found.evidence,
    )


def _frame(seen: Sightings, path: Meeting) -> _Frame:
    """Knots about a second apart, the last at the last look; priors as in the docstrings."""
    n = max(math.ceil(seen.last), 1)
    dt = np.full(n, seen.last / n)
    knot = np.clip(np.round((seen.t - 0.14) / dt[0]), 0, n).astype(np.int64)
    lat, lon = ground_below(seen)
    axes = enu_from_ecef(lat, lon)
    first, _, _ = path.at(np.zeros(1))
    height = float(geodetic_from_ecef(first)[2][0])
    x0 = np.zeros(STATE)
    if height < LATE_M:
        x0[:3] = ecef_from_geodetic(lat, lon, CLOUD_TOP_M)
        x0[3:6] = SPEED_UP * axes[2]
        sigma = np.array([PLACE_M, PLACE_M, HEIGHT_SIGMA_M, *[SPEED_SIGMA] * 3])
    else:
        x0[:3] = first[0]
        sigma = np.array([PLACE_M, PLACE_M, LATE_HEIGHT_SIGMA_M, *[LATE_SPEED_SIGMA] * 3])
    x0[LN_A] = RESTART_LN_A
    W0 = np.zeros((STATE, STATE))
    W0[:3, :3] = axes.T @ np.diag(sigma[:3] ** -2.0) @ axes
    W0[3:6, 3:6] = axes.T @ np.diag(sigma[3:] ** -2.0) @ axes
    W0[6:, 6:] = np.diag([LN_A_SIGMA**-2.0, TURN_SIGMA**-2.0, TURN_SIGMA**-2.0])
    return _Frame(
        seen=seen,
        dt=dt,
        knot=knot,
        since=seen.t - knot * dt[0],
        x0=x0,
        W0=W0,
        c0=np.concatenate([[SLOWNESS], np.zeros(len(seen.prior))]),
        Wc=np.concatenate([[SLOWNESS_SIGMA**-2.0], seen.prior]),
    )


def _start(frame: _Frame, path: Meeting, warm: TurnFit | None) -> tuple[Array, Array]:
    """Knots (n, 9) of an earlier fit, carried on, or of the path where lines meet; restarts (n - 1,)."""
    t = np.concatenate([[0.0], np.cumsum(frame.dt)])
    restart = np.zeros(len(frame.dt))
    x = np.zeros((len(t), STATE))
    if warm is not None:
        old = warm.t - frame.seen.t_first
        for i in range(STATE):
            x[:, i] = np.interp(t, old, warm.x[:, i])
        F, s = np.zeros((STATE, STATE + 1)), np.zeros((7, STATE))
        for k in np.flatnonzero(t > old[-1]):
            step_with_slopes(x[k - 1], warm.c[0], t[k] - max(t[k - 1], old[-1]), x[k], F, s)
        for moment in warm.stagings:
            k = int(np.searchsorted(t, moment - frame.seen.t_first)) - 1
            restart[min(max(k, 0), len(restart) - 1)] = 1.0
        return x, restart
    r, v, a = path.at(t)
    x[:, :3], x[:, 3:6] = r, v
    for k in range(len(t)):
        pull = np.array(gravity_zonal(r[k, 0], r[k, 1], r[k, 2], 2))
        pull += [OMEGA**2 * r[k, 0] + 2 * OMEGA * v[k, 1], OMEGA**2 * r[k, 1] - 2 * OMEGA * v[k, 0], 0.0]
        x[k, LN_A] = math.log(min(max(float(np.linalg.norm(a[k] - pull)), 10.0), 100.0))
    return x, restart


def _solve(frame: _Frame, x: Array, c: Array, restart: Array, iterations: int) -> _Solved:
    """Gauss-Newton with line search from knots x and fixed values c."""
    n, m = len(x), len(c)
    D, L, B = np.zeros((n, STATE, STATE)), np.zeros((n, STATE, STATE)), np.zeros((n, STATE, m))
    C, g, gc = np.zeros((m, m)), np.zeros((n, STATE)), np.zeros(m)
    dx, dc, out = np.zeros((n, STATE)), np.zeros(m), np.zeros(2)
    small, e = np.zeros((48, STATE + 1)), np.zeros((len(frame.seen.t), 2))

    def cost_at(x: Array, c: Array, slopes: bool) -> float:
        seen = frame.seen
        return float(
            assemble(
                x, c, frame.dt, restart, frame.x0, frame.W0, frame.c0, frame.Wc, frame.knot, frame.since,
                seen.channel, seen.z, seen.weight, seen.eye, seen.columns, slopes, D, L, B, C, g, gc, small,
                e, out,
            )
        )  # fmt: skip

    sound, log = False, math.nan
    for _ in range(iterations):
        cost = cost_at(x, c, True)
        log = eliminate(D, L, B, C, g, gc, dx, dc)
        if not (math.isfinite(cost) and math.isfinite(log)):
            return _Solved(
                x, c, restart, math.inf, math.inf, math.inf, np.zeros((STATE + m, STATE + m)), False
            )
        share, better = 1.0, math.inf
        while share > 1e-3:
            better = cost_at(x + share * dx, c + share * dc, False)
            if better <= cost + 1e-6:
                break
            share *= 0.5
        if not better <= cost + 1e-6:
            break
        x, c = x + share * dx, c + share * dc
        if share == 1.0 and cost - better < SETTLED:
            sound = True
            break
    log_prior = out[1] + float(np.linalg.slogdet(frame.W0)[1]) + float(np.log(frame.Wc).sum())
    stages = int(np.count_nonzero(restart))
    begun = STAGING_RATE * float(frame.dt[0])
    log_stages = stages * math.log(begun) + (n - 1 - stages) * math.log(1.0 - begun)
    evidence = better + log - log_prior - 2.0 * log_stages
    return _Solved(x, c, restart, better, float(out[0]), evidence, _covariance(D[-1], B[-1], C), sound)


def _covariance(D: Array, B: Array, C: Array) -> Array:
    """Covariance (9 + m, 9 + m) of the last knot and the fixed values, from their factors."""
    inverse, border = np.linalg.inv(np.triu(D)), np.linalg.inv(np.triu(C))
    K = inverse @ B
    Pc = border @ border.T
    return np.block([[inverse @ inverse.T + K @ Pc @ K.T, -K @ Pc], [-(K @ Pc).T, Pc]])


def _with_stagings(frame: _Frame, found: _Solved) -> _Solved:
    """The same with every restart of ln a that the looks show: one more while it betters the evidence.

    A stage that begins unseen bends the smoothed ln a for seconds: it is looked for where ln a falls short of
    its rate the most.
    """
    for _ in range(MOST_STAGINGS):
        ln_a = found.x[:, LN_A]
        short = np.diff(ln_a) - np.exp(ln_a[:-1]) * found.c[0] * frame.dt
        short[found.restart > 0.0] = 0.0
        window = min(WINDOW, len(short))
        fall = np.convolve(short, np.ones(window), "same")
        k = int(np.argmax(np.abs(fall)))
        if abs(fall[k]) < LEAST_FALL:
            return found
        best = found
        for offset in (-6, -4, -2, -1, 0, 1, 2, 4, 6):
            at = k + offset
            if not 0 <= at < len(short) or found.restart[at]:
                continue
            restart = found.restart.copy()
            restart[at] = 1.0
            tried = _solve(frame, found.x, found.c, restart, 3)
            if tried.evidence < best.evidence:
                best = tried
        if best is found:
            return found
        best = _solve(frame, best.x, best.c, best.restart, 12)
        if not (best.sound and best.evidence < found.evidence):
            return found
        found = best
    return found


def _state(found: _Solved, t: float, t_burnout: tuple[float, float] | None) -> Gaussian:
    """The state at the last look or, once out, a second after the burnout, which is uncertain as told."""
    if t_burnout is None:
        return Gaussian(t, found.x[-1, :6], found.P[:6, :6])
    dt = max(t_burnout[0] - t, 1e-3)
    x, F, s = np.zeros(STATE), np.zeros((STATE, STATE + 1)), np.zeros((7, STATE))
    step_with_slopes(found.x[-1], found.c[0], dt, x, F, s)
    P = (F @ found.P[: STATE + 1, : STATE + 1] @ F.T)[:6, :6]
    k = np.zeros(STATE)
    rates(x, found.c[0], k)
    free = np.zeros(STATE)
    rates(np.concatenate([x[:6], [-50.0, 0.0, 0.0]]), found.c[0], free)
    jump = np.concatenate([np.zeros(3), k[3:6] - free[3:6]])
    P += np.outer(jump, jump) * t_burnout[1] ** 2 + np.diag(np.repeat([0.0, DRIFT_V**2 * dt], 3))
    return transported(Gaussian(t_burnout[0], x[:6], P), t_burnout[0] + AFTER_CUTOFF_S, 0.0)


def _none(seen: Sightings, status: Status) -> TurnFit:
    """A fit without a state."""
    empty = np.empty((0, STATE))
    nothing = (np.full(STATE, math.nan), np.full((STATE, STATE), math.inf))
    return TurnFit(
        status, np.empty(0), empty, np.empty(0), (), math.inf, 2 * len(seen.t), nothing, None, math.inf
    )
