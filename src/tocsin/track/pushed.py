"""A push that radar looks of an arc tell of, and the state that it leaves."""

from __future__ import annotations

import numpy as np

from tocsin.estimate.ballistic import BallisticFit, Drag, Gaussian, fit_ballistic, kicked, transported
from tocsin.estimate.body import body_of_fit, carried
from tocsin.estimate.chi2 import chi2_tail
from tocsin.estimate.footprint import ASSUMED_REACH_M_S
from tocsin.estimate.looks import Channel, Looks
from tocsin.estimate.manoeuvre import push_in
from tocsin.track.solution import LEAST_TAIL

NEWEST = 3  # times at which the newest looks were taken
LEAST_KNOWN = 12  # looks before them, from which an arc is known well enough to miss it
BEGINS = 6  # looks that are tried for the first after a push
HOLDS = 0.05


def pushed_since(
    looks: Looks,
    channels: tuple[Channel, ...],
    prior: Gaussian,
    drag: Drag,
    others: tuple[Gaussian, ...],
) -> tuple[float, Gaussian] | None:
    """Since when one arc explains the looks if a push came before, and its state; None where none does.

    Of an arc from a boost, that the looks from the first on refute: the prior is carried to each of some
    later looks, its velocity free by `ASSUMED_REACH_M_S` an axis. Taken is the earliest from which it holds
    well (one in `HOLDS`), for looks from before the push spoil it; else the one from which it holds best.
    """
    times = np.unique(looks.t)
    begins = times[1 : len(times) - NEWEST + 1]
    best: tuple[float, float, Gaussian] | None = None
    for k in np.unique(np.linspace(0, len(begins) - 1, BEGINS).astype(int)) if len(begins) else ():
        begin = float(begins[k])
        start = kicked(transported(prior, begin, drag.inv_beta), ASSUMED_REACH_M_S)
        fit = fit_ballistic(looks.where(looks.t >= begin), channels, begin, start.x, drag, (start, *others))
        tail = chi2_tail(fit.chi2, fit.freedom) if fit.status == "converged" else 0.0
        if tail > (LEAST_TAIL if best is None else best[0]):
            best = (tail, begin, fit.state)
        if tail > HOLDS:
            break
    return None if best is None else best[1:]


def pushed_state(
    looks: Looks,
    channels: tuple[Channel, ...],
    arc: BallisticFit,
    drag: Drag,
    priors: tuple[Gaussian, ...],
) -> tuple[float, Gaussian] | None:
    """Since when something pushes, and the state at the last look; None where the newest looks show nothing.

    The looks before the newest three times make an arc (from that of the arc through all). Where the newest
    tell a push, the state is that of the arc, its velocity free by as much as the push makes of it, with
    these looks.
    """
    times = np.unique(looks.t)
    if len(times) <= NEWEST:
        return None
    known = looks.where(looks.t < times[-NEWEST])
    if len(known) < LEAST_KNOWN:
        return None
    since, last = float(times[-NEWEST - 1]), float(times[-1])
    before = fit_ballistic(known, channels, arc.state.t, arc.found, drag, priors)
    if before.status != "converged":
        return None
    newest = looks.where(looks.t > since)
    push = push_in(before, newest, channels, since, drag)
    if push is None or not push.found:
        return None
    gained = float(np.linalg.norm(push.acceleration)) * (last - since)
    body = carried(body_of_fit(before, drag), since)
    start = kicked(body.state, gained)
    ahead = transported(start, last, body.inv_beta)
    after = fit_ballistic(newest, channels, last, ahead.x, body.inv_beta, (start,))
    return since, after.state if np.all(np.isfinite(after.state.P)) else ahead
