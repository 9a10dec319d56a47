"""The ballistic arc of a system track: from its boost, from a partner's word, or from radar looks alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.ballistic import BallisticFit, Drag, Gaussian, fit_ballistic
from tocsin.estimate.body import Body, body_of_fit, carried
from tocsin.estimate.chi2 import chi2_tail
from tocsin.estimate.looks import Channel, Looks
from tocsin.estimate.start import radar_start
from tocsin.motion.ballistic import propagate
from tocsin.track.air import above_air, drag_of, light_drag, on_an_arc
from tocsin.track.boost import Bank, BoostEstimate
from tocsin.track.post_boost import post_boost_sigma, with_post_boost
from tocsin.track.powered import RECENT_S, powered_state, would_show_thrust
from tocsin.track.pushed import NEWEST, pushed_since, pushed_state
from tocsin.track.solution import LEAST_TAIL, Solution

Array = NDArray[np.float64]
SETTLE_S = 2.0
LEAST_RADAR_LOOKS = 4
# The last looks of a burning engine hide in an arc's misfit, so an arc begins this long after it seems to.
POWERED_TAIL_S = 6.0


def arc_from_boost(
    radar: Looks,
    channels: tuple[Channel, ...],
    bank: Bank,
    boost: BoostEstimate,
    before: Solution | None,
    others: tuple[Gaussian, ...],
) -> Solution:
    """One arc from burnout on, the boost estimate its prior; without the prior where the radar refutes it."""
    assert boost.state is not None
    free = min([*radar.t[:1], *(other.t for other in others)], default=None)
    held = _held(radar, others, boost.state.t)
    prior = with_post_boost(boost.state, post_boost_sigma(bank, boost), free)
    if len(radar) == 0 and not others:
        return Solution("ballistic", prior, boost, prior.t, 1.0, False, False)
    start = _warm(before, prior.t, bank)
    drag = drag_of(radar, bank.inv_beta)
    fit = _fit(radar, channels, prior.t, prior.x if start is None else start, drag, (prior, *others))
    tail = chi2_tail(fit.chi2, fit.freedom)
    if fit.status == "converged" and tail > LEAST_TAIL:
        push = pushed_state(radar, channels, fit, drag, (prior, *others))
        if push is not None:
            return Solution("manoeuvring", push[1], boost, push[0], tail, False, False)
        agrees = len(np.unique(radar.t)) >= 3
        learnt = _learnt(fit, drag)
        return Solution("ballistic", fit.state, boost, prior.t, tail, agrees, False, learnt, held_t=held)
    alone = arc_of_radars(radar, channels, bank, before, boost, others)
    if alone.phase == "ballistic":
        return alone
    pushed = pushed_since(radar, channels, prior, drag, others)
    if pushed is not None:
        return Solution("manoeuvring", pushed[1], boost, pushed[0], tail, False, False)
    if fit.status in ("converged", "manoeuvring"):
        # No arc's: as uncertain as it misses its looks.
        wide = Gaussian(fit.state.t, fit.state.x, fit.state.P * max(fit.chi2 / max(fit.freedom, 1), 1.0))
        return Solution("manoeuvring", wide, boost, prior.t, tail, False, False)
    return Solution("ballistic", prior, boost, prior.t, tail, False, True, held_t=held)


def _held(radar: Looks, others: tuple[Gaussian, ...], out: float) -> float | None:
    """Since when looks after an engine's end hold the arc; None where nobody has had one."""
    later = (other.t for other in others if other.t > out + SETTLE_S)
    return min([*radar.t[:1], *later], default=None)


def _warm(before: Solution | None, t: float, bank: Bank) -> Array | None:
    """The last solution's state and ln beta (7,), if it is one of an arc at the same time: the best place to
    begin the search."""
    if before is None or before.phase != "ballistic" or before.state is None or before.state.t != t:
        return None
    ln_beta = np.log(bank.inv_beta / before.learnt.inv_beta) if before.learnt is not None else 0.0
    return np.append(before.state.x, ln_beta)


def _learnt(fit: BallisticFit, drag: Drag) -> Body | None:
    """State and drag together, where the drag was solved for."""
    return body_of_fit(fit, drag) if drag.sigma > 0.0 else None


def _start(looks: Looks) -> tuple[float, Array]:
    """A first state from radar looks alone: from those above the air, where there are enough."""
    high = above_air(looks)
    return radar_start(high if len(np.unique(high.t)) >= LEAST_RADAR_LOOKS else looks)


def _fit(
    looks: Looks,
    channels: tuple[Channel, ...],
    t0: float,
    x0: Array,
    drag: Drag,
    priors: tuple[Gaussian, ...],
) -> BallisticFit:
    """The midcourse fit, begun anew from the radar's own looks where the first start does not converge."""
    fit = fit_ballistic(looks, channels, t0, x0, drag, priors)
    if fit.status in ("diverged", "unobservable") and len(looks) >= LEAST_RADAR_LOOKS:
        t1, x1 = _start(looks)
        back = propagate(t1, x1, drag.inv_beta, np.array([t0]))[0]
        if np.all(np.isfinite(back)):
            fit = fit_ballistic(looks, channels, t0, back, drag, priors)
    return fit


def arc_of_radars(
    radar: Looks,
    channels: tuple[Channel, ...],
    bank: Bank,
    before: Solution | None,
    boost: BoostEstimate | None,
    others: tuple[Gaussian, ...],
) -> Solution:
    """One arc through the latest radar looks that one arc explains.

    An arc that held is not given up for the newest looks alone, of fewer times than show a push: they may be
    of another body beside it, and the last before it leaves the view.
    """
    everything, radar = radar, on_an_arc(radar)
    times = np.unique(radar.t)
    if len(np.unique(everything.t)) < LEAST_RADAR_LOOKS:
        return Solution("unobservable", None, boost, None, 1.0, False, False)
    known = before.segment_t if before is not None else None
    starts = [known] if known is not None else []
    spare = len(times) - LEAST_RADAR_LOOKS
    starts += [float(times[int(q * spare)]) for q in (0.0, 0.25, 0.5, 0.75, 1.0) if spare >= 0]
    for begin in starts:
        found = _segment(radar, begin, channels, bank, before, others)
        later = times[times > begin + POWERED_TAIL_S]
        if found is not None and begin not in (known, float(times[0])) and len(later):
            begin = float(later[0])
            found = _segment(radar, begin, channels, bank, before, others)
        if found is not None:
            fit, part, drag = found
            push = pushed_state(part, channels, fit, drag, others)
            if push is not None:
                tail = chi2_tail(fit.chi2, fit.freedom)
                return Solution("manoeuvring", push[1], boost, push[0], tail, False, boost is not None)
            return _on_segment(fit, drag, begin, bank, boost)
    # Of an arc from a boost the looks before its push make one too: that is for `pushed_since` to tell.
    if before is not None and before.phase == "ballistic" and known is not None and boost is None:
        for last in times[-2 : -NEWEST - 1 : -1].tolist():
            found = _segment(radar.where(radar.t <= last), known, channels, bank, before, others)
            if found is not None:
                return _on_segment(found[0], found[2], known, bank, boost)
    recent = powered_state(everything.where(everything.t > everything.t[-1] - RECENT_S), channels)
    return Solution("boost" if recent else "unobservable", recent, boost, None, 0.0, False, boost is not None)


def _on_segment(
    fit: BallisticFit, drag: Drag, begin: float, bank: Bank, boost: BoostEstimate | None
) -> Solution:
    """On the arc of a fit that needs no boost, brought to where it begins."""
    body = carried(body_of_fit(fit, drag), begin)
    learnt = body if drag.sigma > 0.0 else None
    light = drag if drag.inv_beta != bank.inv_beta else None
    tail, rejected = chi2_tail(fit.chi2, fit.freedom), boost is not None
    return Solution("ballistic", body.state, boost, begin, tail, False, rejected, learnt, light, begin)


def _segment(
    radar: Looks,
    begin: float,
    channels: tuple[Channel, ...],
    bank: Bank,
    before: Solution | None,
    others: tuple[Gaussian, ...],
) -> tuple[BallisticFit, Looks, Drag] | None:
    """The arc through the radar looks from `begin` on, these looks and the drag that it was given; None where
    they are too few, or no arc explains them.

    Of looks low enough for drag to show, that of a light body is tried where a missile's explains none.
    """
    part = radar.where(radar.t >= begin)
    if len(np.unique(part.t)) < LEAST_RADAR_LOOKS or not would_show_thrust(part):
        return None
    start = _warm(before, begin, bank)
    t0, x0 = _start(part) if start is None else (begin, start)
    drag = drag_of(part, bank.inv_beta)
    for air in (drag, *light_drag(part, bank.inv_beta)):
        fit = fit_ballistic(part, channels, t0, x0, air, others)
        if fit.status == "converged" and chi2_tail(fit.chi2, fit.freedom) > LEAST_TAIL:
            return fit, part, air
    return None


def arc_from_partner(
    radar: Looks,
    channels: tuple[Channel, ...],
    bank: Bank,
    boost: BoostEstimate | None,
    others: tuple[Gaussian, ...],
    free_from: float,
) -> Solution | None:
    """One arc from the burnout that the partner saw, through the partner's state; None if it does not fit."""
    since = on_an_arc(radar.where(radar.t > free_from + SETTLE_S))
    drag = drag_of(since, bank.inv_beta)
    fit = _fit(since, channels, others[0].t, others[0].x, drag, others)
    tail = chi2_tail(fit.chi2, fit.freedom)
    if fit.status != "converged" or tail <= LEAST_TAIL:
        return None
    learnt, held = _learnt(fit, drag), _held(since, others, free_from)
    return Solution("ballistic", fit.state, boost, free_from, tail, False, False, learnt, held_t=held)
