"""The Cramer-Rao bound of a body whose drag is not known: state and ln beta, and its impact."""

from __future__ import annotations

import numpy as np

from tocsin.errors import TocsinError
from tocsin.estimate.ballistic import Drag, Gaussian
from tocsin.estimate.body import Body
from tocsin.estimate.bound import ImpactBound, half_circle, information, inverse
from tocsin.estimate.landing import landing
from tocsin.estimate.looks import Channel, Looks
from tocsin.motion.ballistic import impact, propagate_stm
from tocsin.motion.forces import STANDARD, Forces


def body_bound(
    looks: Looks,
    channels: tuple[Channel, ...],
    state: Gaussian,
    drag: Drag,
    forces: Forces = STANDARD,
) -> Body:
    """The bound at a state's time of its seven unknowns: I = diag(P^-1, 1 / s^2) + the looks' information.

    state: the truth, with the covariance of what is known of it before, inf for nothing; drag: the true one,
    with the prior of ln beta. As `midcourse_bound`, with the slope's last column dx/d(ln beta).
    """
    total = np.zeros((7, 7))
    if np.all(np.isfinite(state.P)):
        total[:6, :6] = inverse(state.P)
    total[6, 6] = drag.sigma**-2.0
    if len(looks):
        x, phi = propagate_stm(state.t, state.x, drag.inv_beta, looks.t, forces)
        total += information(looks, channels, x, phi)
    return Body(state.t, state.x, inverse(total), drag.inv_beta)


def body_impact_bound(body: Body, forces: Forces = STANDARD) -> ImpactBound:
    """A body's Gaussian carried linearly to the ground, its drag's error with it; TocsinError where it stays
    up."""
    end = impact(body.t, body.x, body.inv_beta, forces=forces)
    if end.status != "impact":
        raise TocsinError(f"body_impact_bound: it does not come down ({end.status}): give one that does")
    at = landing(end)
    P = at.map @ body.P @ at.map.T
    return ImpactBound(at.lat, at.lon, at.t, P, half_circle(P[:2, :2]), float(np.sqrt(P[2, 2])))
