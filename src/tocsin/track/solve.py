"""What the looks of one system track say: still burning, on a ballistic arc, or not explained by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.ballistic import BallisticFit, Gaussian, fit_ballistic, transported
from tocsin.estimate.chi2 import chi2_tail
from tocsin.estimate.looks import Channel, Looks
from tocsin.estimate.start import radar_start
from tocsin.motion.ballistic import propagate
from tocsin.track.boost import Bank, BoostEstimate, estimate_boost
from tocsin.track.powered import RECENT_S, one_motion, powered_state, would_show_thrust

Array = NDArray[np.float64]
Phase = Literal["boost", "ballistic", "manoeuvring", "unobservable"]
SETTLE_S = 2.0
LEAST_RADAR_LOOKS = 4
LEAST_TAIL = 1e-4


@dataclass(frozen=True, slots=True)
class Solution:
    """A system track solved: its phase and state, and the boost estimate behind it.

    segment_t: from when on radar looks lie on the arc; chi2_tail: how rare the arc's misfit is; agrees:
    infrared and radar looks have one motion; prior_rejected: the radar's arc refutes the boost estimate.
    """

    phase: Phase
    state: Gaussian | None
    boost: BoostEstimate | None
    segment_t: float | None
    chi2_tail: float
    agrees: bool
    prior_rejected: bool


def burnt_out(last_looks: Array, frames: Array, now: float, misses: int) -> tuple[float, float] | None:
    """Burnout time and sigma from the telescopes' last looks; None while any may still see it.

    It is out when every telescope that saw it has missed `misses` frames in a row; the time is uniform
    within the frame after the last look, so sigma is that frame over sqrt(12).
    """
    if len(last_looks) == 0 or np.any(now - last_looks <= misses * frames + 1e-6):
        return None
    k = int(np.argmax(last_looks))
    return float(last_looks[k] + 0.5 * frames[k]), float(frames[k] / np.sqrt(12.0))


def solve(
    looks: Looks,
    channels: tuple[Channel, ...],
    bank: Bank,
    burnout: tuple[float, float] | None,
    before: Solution | None,
    others: tuple[Gaussian, ...] = (),
    free_from: float | None = None,
) -> Solution:
    """Solve one system track from all its looks; `others` are independent states, from a partner say, who
    saw the engine go out at `free_from`.

    With infrared looks, the bank fits the boost and, after burnout, its state is the prior of one ballistic
    arc through the radar looks since. Without, the arc begins at the first radar look from which on one arc
    explains all (no rarer than 1e-4), for long enough that thrust would have shown; before, it was powered.
    """
    infrared, radar = looks.of(channels, True), looks.of(channels, False)
    boost = before.boost if before is not None else None
    if len(infrared) and (
        boost is None or boost.looks != len(infrared) or (burnout is not None) != (boost.burnout is not None)
    ):
        boost = estimate_boost(infrared, channels, bank, burnout, boost) or boost
    if len(infrared) and burnout is None:
        by_radar = powered_state(radar.where(radar.t > radar.t.max(initial=0.0) - RECENT_S), channels)
        by_boost = boost.state if boost is not None else None
        agrees = by_boost is not None and by_radar is not None and one_motion(by_boost, by_radar)
        state = by_boost if by_boost is not None else by_radar
        return Solution("boost" if state else "unobservable", state, boost, None, 1.0, agrees, False)
    if boost is not None and boost.state is not None and burnout is not None:
        since = radar.where(radar.t > burnout[0] + SETTLE_S)
        return _with_prior(since, channels, bank, boost, before, others)
    if others and free_from is not None:
        since = radar.where(radar.t > free_from + SETTLE_S)
        fit = _fit(since, channels, others[0].t, others[0].x, bank.inv_beta, others)
        tail = chi2_tail(fit.chi2, fit.freedom)
        if fit.status == "converged" and tail > LEAST_TAIL:
            return Solution("ballistic", fit.state, boost, free_from, tail, False, False)
    return _radar_only(radar, channels, bank, before, boost, others)


def _with_prior(
    radar: Looks,
    channels: tuple[Channel, ...],
    bank: Bank,
    boost: BoostEstimate,
    before: Solution | None,
    others: tuple[Gaussian, ...],
) -> Solution:
    """One arc from burnout on, the boost estimate its prior; without the prior where the radar refutes it."""
    assert boost.state is not None
    prior = boost.state
    if len(radar) == 0 and not others:
        return Solution("ballistic", prior, boost, prior.t, 1.0, False, False)
    fit = _fit(radar, channels, prior.t, _warm(before, prior), bank.inv_beta, (prior, *others))
    tail = chi2_tail(fit.chi2, fit.freedom)
    if fit.status == "converged" and tail > LEAST_TAIL:
        agrees = len(np.unique(radar.t)) >= 3
        return Solution("ballistic", fit.state, boost, prior.t, tail, agrees, False)
    alone = _radar_only(radar, channels, bank, before, boost, others)
    if alone.phase == "ballistic":
        return alone
    if fit.status == "converged":
        return Solution("manoeuvring", fit.state, boost, prior.t, tail, False, False)
    return Solution("ballistic", prior, boost, prior.t, tail, False, True)


def _warm(before: Solution | None, prior: Gaussian) -> Array:
    """Where to begin the search: the last solution at the prior's time, or the prior itself."""
    if (
        before is not None
        and before.phase == "ballistic"
        and before.state is not None
        and before.state.t == prior.t
    ):
        return before.state.x
    return prior.x


def _fit(
    looks: Looks,
    channels: tuple[Channel, ...],
    t0: float,
    x0: Array,
    inv_beta: float,
    priors: tuple[Gaussian, ...],
) -> BallisticFit:
    """The midcourse fit, begun anew from the radar's own looks where the first start does not converge."""
    fit = fit_ballistic(looks, channels, t0, x0, inv_beta, priors)
    if fit.status != "converged" and len(looks) >= LEAST_RADAR_LOOKS:
        t1, x1 = radar_start(looks)
        back = propagate(t1, x1, inv_beta, np.array([t0]))[0]
        if np.all(np.isfinite(back)):
            fit = fit_ballistic(looks, channels, t0, back, inv_beta, priors)
    return fit


def _radar_warm(looks: Looks, before: Solution | None, begin: float) -> tuple[float, Array]:
    """Where to begin the search: the last solution of this segment, or the looks' own regression."""
    if (
        before is not None
        and before.phase == "ballistic"
        and before.state is not None
        and before.state.t == begin
    ):
        return begin, before.state.x
    return radar_start(looks)


def _radar_only(
    radar: Looks,
    channels: tuple[Channel, ...],
    bank: Bank,
    before: Solution | None,
    boost: BoostEstimate | None,
    others: tuple[Gaussian, ...],
) -> Solution:
    """One arc through the latest radar looks that one arc explains."""
    times = np.unique(radar.t)
    if len(times) < LEAST_RADAR_LOOKS:
        return Solution("unobservable", None, boost, None, 1.0, False, False)
    starts = [before.segment_t] if before is not None and before.segment_t is not None else []
    starts += [float(times[int(q * (len(times) - LEAST_RADAR_LOOKS))]) for q in (0.0, 0.25, 0.5, 0.75, 1.0)]
    for begin in starts:
        part = radar.where(radar.t >= begin)
        if len(np.unique(part.t)) < LEAST_RADAR_LOOKS or not would_show_thrust(part):
            continue
        t0, x0 = _radar_warm(part, before, begin)
        fit = fit_ballistic(part, channels, t0, x0, bank.inv_beta, others)
        tail = chi2_tail(fit.chi2, fit.freedom)
        if fit.status == "converged" and tail > LEAST_TAIL:
            state = transported(fit.state, begin, bank.inv_beta)
            return Solution("ballistic", state, boost, begin, tail, False, boost is not None)
    recent = powered_state(radar.where(radar.t > radar.t[-1] - RECENT_S), channels)
    return Solution("boost" if recent else "unobservable", recent, boost, None, 0.0, False, boost is not None)
