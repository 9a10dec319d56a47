"""A push in the newest radar looks of an arc, and the state that it leaves."""

from __future__ import annotations

import numpy as np

from tocsin.estimate.ballistic import BallisticFit, Drag, Gaussian, fit_ballistic, kicked, transported
from tocsin.estimate.body import body_of_fit, carried
from tocsin.estimate.looks import Channel, Looks
from tocsin.estimate.manoeuvre import push_in

NEWEST = 3  # times at which the newest looks were taken
LEAST_KNOWN = 12  # looks before them, from which an arc is known well enough to miss it


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
