"""Where a body that manoeuvres may come down: a footprint, not a point."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.ballistic import Gaussian
from tocsin.estimate.body import ASSUMED_SIGMA_LN_BETA
from tocsin.estimate.points import normal_points
from tocsin.estimate.predict import ImpactRegion, apogee_of, region_of
from tocsin.motion.ballistic import impact, impacts

Array = NDArray[np.float64]

ASSUMED_REACH_M_S = 300.0
"""By how much a body that was seen to manoeuvre may yet change its velocity: assumed, 100 to 1,000 m/s."""

POINTS = normal_points(400, 10)


def footprint(state: Gaussian, inv_beta: float, reach_m_s: float = ASSUMED_REACH_M_S) -> ImpactRegion | None:
    """What can be reached from a state by one change of velocity of up to `reach_m_s`, in any direction.

    400 points of the state, each with a change dv = reach u^(1/3) d, even within the ball, and a drag of its
    own, flown to the ground. None if next to none lands. Its covariance is that of the points: it is told as
    a reach, for nothing says how likely each is.
    """
    apogee_m, t_apogee = apogee_of(state, inv_beta, impact(state.t, state.x, inv_beta))
    w, u = np.linalg.eigh(state.P)
    x = state.x + (POINTS[:, :6] * np.sqrt(np.maximum(w, 0.0))) @ u.T
    way = POINTS[:, 6:9] / np.linalg.norm(POINTS[:, 6:9], axis=1, keepdims=True)
    x[:, 3:] += reach_m_s * (np.arange(0.5, len(POINTS)) / len(POINTS))[:, None] ** (1.0 / 3.0) * way
    drag = inv_beta * np.exp(-ASSUMED_SIGMA_LN_BETA * POINTS[:, 9])
    return region_of(*impacts(state.t, np.ascontiguousarray(x), drag), apogee_m, t_apogee, reach=True)
