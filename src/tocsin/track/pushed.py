"""A push in the newest radar looks of an arc, and the state that it leaves."""

from __future__ import annotations

import numpy as np

from tocsin.estimate.ballistic import Drag, Gaussian, fit_ballistic, kicked, transported
from tocsin.estimate.looks import Channel, Looks
from tocsin.estimate.manoeuvre import push_in

NEWEST = 3  # times at which the newest looks were taken
LEAST_KNOWN = 12  # looks before them, from which an arc is known well enough to miss it


def pushed_state(
    looks: Looks,
    channels: tuple[Channel, ...],
    arc: Gaussian,
    inv_beta: float,
    priors: tuple[Gaussian, ...],
) -> tuple[float, Gaussian] | None:
    """Since when something pushes, and the state at the last look; None where the newest looks show nothing.

    The looks before the newest three times make an arc (from the state of the arc through all). Where the
    newest tell a push, the state is that of the arc, its velocity free by as much as the push makes of it,
    with these looks.
    """
    times = np.unique(looks.t)
    if len(times) <= NEWEST:
        return None
    known = looks.where(looks.t < times[-NEWEST])
    if len(known) < LEAST_KNOWN:
        return None
    since, last = float(times[-NEWEST - 1]), float(times[-1])
    before = fit_ballistic(known, channels, arc.t, arc.x, inv_beta, priors)
    if before.status != "converged":
        return None
    newest = looks.where(looks.t > since)
    push = push_in(before, newest, channels, since, Drag(inv_beta))
    if push is None or not push.found:
        return None
    gained = float(np.linalg.norm(push.acceleration)) * (last - since)
    start = kicked(transported(before.state, since, inv_beta), gained)
    after = fit_ballistic(newest, channels, last, transported(start, last, inv_beta).x, inv_beta, (start,))
    return since, after.state if np.all(np.isfinite(after.state.P)) else transported(start, last, inv_beta)
