"""The Cramer-Rao bound of a body whose drag is not known: state and ln beta."""

from __future__ import annotations

import numpy as np

from tocsin.estimate.ballistic import Drag, Gaussian
from tocsin.estimate.body import Body
from tocsin.estimate.bound import information, inverse
from tocsin.estimate.looks import Channel, Looks
from tocsin.motion.ballistic import propagate_stm
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
