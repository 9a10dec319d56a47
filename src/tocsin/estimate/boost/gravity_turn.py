"""The profile-free boost fit: a gravity turn of unknown thrust, in stereo, with process noise."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import MU, OMEGA
from tocsin.estimate.ballistic import Gaussian, transported
from tocsin.estimate.boost.kinds import KINDS_COST, of_another_kind
from tocsin.estimate.boost.knots import Frame, Room, Solved, frame_of, solve
from tocsin.estimate.boost.meeting import Meeting, meeting
from tocsin.estimate.boost.moments import merged_states, weighed
from tocsin.estimate.boost.sighting import Sightings, sightings
from tocsin.estimate.boost.staging import with_kink, with_stagings
from tocsin.estimate.boost.template import Status
from tocsin.estimate.boost.turn import (
    DRIFT_V,
    LN_A,
    STAGED,
    STATE,
    rates,
    step_with_slopes,
)
from tocsin.estimate.chi2 import chi2_tail
from tocsin.estimate.looks import Channel, Looks

Array = NDArray[np.float64]

LEAST_LOOKS = 8
RECENT_S = 40.0  # in which a warm fit looks for the beginning of a stage
AFTER_CUTOFF_S = 1.0
LARGEST_SIGMA_M = 100e3
# What no flight explains, and what is not chance: there the covariance grows with the misfit.
LARGEST_MISFIT, GOOD_TAIL = 3.0, 1e-2


@final
@dataclass(frozen=True, slots=True, eq=False)
class TurnFit:
    """A gravity turn fitted: its knots, its state at the last look or after burnout, its likelihood.

    t (n,): times of the knots, TAI s, with x (n, 9): place, speed, ln a, pitch and yaw deviation; c (m,):
    1 / v_e and fixed errors; stagings: TAI s at which a stage began anew; kink: time and sigma at which the
    engine went out though the looks go on, if that is the likelier; last: x (9,) at the last knot and its
    covariance. evidence as of a `BoostFit`: -2 ln of the innovations' likelihood, the same measure of the
    same looks. The state is the mixture of so many stagings, or one more. What is not "converged" has none.
    """

    status: Status
    t: Array
    x: Array
    c: Array
    stagings: tuple[float, ...]
    kink: tuple[float, float] | None
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
    (0.5), where the looks show it. Where they tell a steadier vehicle (0.5 deg, 0.005) or one that steers
    (8 deg) the state is its, by weight. t_burnout as in `fit_template`. From one telescope: "unobservable".
    """
    return turn_seen(sightings(looks, channels), t_burnout, warm)


def turn_seen(
    seen: Sightings, t_burnout: tuple[float, float] | None, warm: TurnFit | None, path: Meeting | None = None
) -> TurnFit:
    """`fit_gravity_turn` of looks made ready; path: where their lines meet, if that has been found before."""
    if not seen.sound:
        return _none(seen, "invalid")
    path = path or meeting(seen)
    if path is None or np.sort(np.bincount(seen.channel))[-2] < LEAST_LOOKS or seen.last < 4.0:
        return _none(seen, "unobservable")
    frame = frame_of(seen, path)
    room = Room(frame)
    if warm is not None and (warm.status != "converged" or warm.kink or len(warm.c) != len(frame.c0)):
        warm = None
    found = solve(room, *_carried(frame, warm)) if warm is not None else None
    if found is None or not found.sound:
        warm, found = None, solve(room, _begun(frame, path), np.copy(frame.c0), np.zeros(len(frame.dt)))
    if not found.sound:
        return _none(seen, "diverged")
    since = 0 if warm is None else int((seen.last - RECENT_S) / frame.dt[0])
    told = with_stagings(room, found, since)
    told += of_another_kind(frame, min(told, key=lambda pair: pair[0]))
    out = with_kink(room, min(told, key=lambda pair: pair[0])[1]) if t_burnout is None else None
    told += [out[:2]] if out is not None else []
    weights, evidence = weighed([e for e, _ in told])
    found = told[int(np.argmax(weights))][1]
    sigma = math.sqrt(max(float(np.trace(found.P[:3, :3])), 0.0))
    if not sigma < LARGEST_SIGMA_M:
        return _none(seen, "unobservable")
    # The least cost is the chi-square of the innovations, as many as there are residuals.
    misfit = found.cost / (2 * len(seen.t))
    if misfit > LARGEST_MISFIT:
        return _none(seen, "diverged")
    tail = chi2_tail(found.cost, 2 * len(seen.t))
    t = seen.t_first + np.concatenate([[0.0], np.cumsum(frame.dt)])
    states = [_state(h, float(t[-1]), t_burnout) for _, h in told]
    return TurnFit(
        status="converged",
        t=t,
        x=found.x,
        c=found.c,
        stagings=tuple(float(0.5 * (t[k] + t[k + 1])) for k in np.flatnonzero(found.restart == STAGED)),
        kink=(seen.t_first + out[2][0], out[2][1]) if out is not None and weights[-1] > 0.5 else None,
        chi2=found.chi2,
        freedom=2 * len(seen.t),
        last=(found.x[-1], found.P[:STATE, :STATE]),
        state=_grown(merged_states(weights, states), misfit if tail < GOOD_TAIL else 1.0),
        evidence=evidence + KINDS_COST,
    )


def _carried(frame: Frame, warm: TurnFit) -> tuple[Array, Array, Array]:
    """Knots (n, 9) of an earlier fit, carried on to the last look, its fixed values and restarts (n - 1,)."""
    t = np.concatenate([[0.0], np.cumsum(frame.dt)])
    old = warm.t - frame.seen.t_first
    x = np.stack([np.interp(t, old, warm.x[:, i]) for i in range(STATE)], axis=1)
    F, s = np.zeros((STATE, STATE + 1)), np.zeros((12, STATE))
    for k in (int(i) for i in np.flatnonzero(t > old[-1])):
        step_with_slopes(x[k - 1], warm.c[0], t[k] - max(t[k - 1], old[-1]), x[k], F, s)
    restart = np.zeros(len(frame.dt))
    for moment in warm.stagings:
        at = int(np.searchsorted(t, moment - frame.seen.t_first)) - 1
        restart[min(max(at, 0), len(restart) - 1)] = STAGED
    return x, warm.c, restart


def _begun(frame: Frame, path: Meeting) -> Array:
    """Knots (n, 9) on the path where lines meet, with the thrust that its bend asks for."""
    t = np.concatenate([[0.0], np.cumsum(frame.dt)])
    r, v, a = path.at(t)
    x = np.zeros((len(t), STATE))
    x[:, :3], x[:, 3:6] = r, v
    # The field's oblateness is a hundredth of a thrust: the solution does without it at its beginning.
    radius = np.linalg.norm(r, axis=1, keepdims=True)
    turning = 2.0 * OMEGA * np.stack([-v[:, 1], v[:, 0], np.zeros(len(t))], axis=1)
    push = np.linalg.norm(a + MU * r / radius**3 + turning, axis=1)
    x[:, LN_A] = np.log(np.clip(push, 10.0, 100.0))
    return x


def _grown(state: Gaussian, factor: float) -> Gaussian:
    """The same state, so many times less sure."""
    return replace(state, P=state.P * factor)


def _state(found: Solved, t: float, t_burnout: tuple[float, float] | None) -> Gaussian:
    """The state at the last look or, once out, a second after the burnout, which is uncertain as told."""
    if t_burnout is None:
        return Gaussian(t, found.x[-1, :6], found.P[:6, :6])
    dt = max(t_burnout[0] - t, 1e-3)
    x, F, s = np.zeros(STATE), np.zeros((STATE, STATE + 1)), np.zeros((12, STATE))
    step_with_slopes(found.x[-1], found.c[0], dt, x, F, s)
    P = (F @ found.P[: STATE + 1, : STATE + 1] @ F.T)[:6, :6]
    k = np.zeros(STATE)
    rates(x, found.c[0], k, s[1:4, :3])
    free = np.zeros(STATE)
    rates(np.concatenate([x[:6], [-50.0, 0.0, 0.0]]), found.c[0], free, s[1:4, :3])
    jump = np.concatenate([np.zeros(3), k[3:6] - free[3:6]])
    P += np.outer(jump, jump) * t_burnout[1] ** 2 + np.diag(np.repeat([0.0, DRIFT_V**2 * dt], 3))
    return transported(Gaussian(t_burnout[0], x[:6], P), t_burnout[0] + AFTER_CUTOFF_S, 0.0)


def _none(seen: Sightings, status: Status) -> TurnFit:
    """A fit without a state."""
    empty = np.empty((0, STATE))
    nothing = (np.full(STATE, math.nan), np.full((STATE, STATE), math.inf))
    return TurnFit(
        status, np.empty(0), empty, np.empty(0), (), None, math.inf, 2 * len(seen.t), nothing, None, math.inf
    )
