"""A filter's first state with its covariance: an arc through two looks, or the fit of the first few."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import C_LIGHT
from tocsin.errors import TocsinError
from tocsin.estimate.ballistic import Gaussian, fit_ballistic
from tocsin.estimate.looks import Channel, Looks
from tocsin.motion.forces import Forces
from tocsin.sensor.measurement import position_from_radar, range_azimuth_elevation
from tocsin.study.filters.flight import fly

Array = NDArray[np.float64]

ROUNDS = 4


def two_looks(looks: Looks, bias_sigma: tuple[float, ...], forces: Forces) -> Gaussian:
    """The state (6 + q,) at the second of two looks, and its covariance, with what each look is wrong by.

    The arc between the two places is found by shooting; dr = dp_2, dv = (dp_2 - dp_1) / dt, and a look that
    is wrong by a constant moves both places: dp = J^-1 (noise - bias).
    """
    span = float(looks.t[1] - looks.t[0])
    if not span > 0.0:
        raise TocsinError("a filter cannot start from two looks at one time: give looks in order of time")
    p = position_from_radar(looks.z, looks.r_sensor)
    tau = looks.z[:, 0] / C_LIGHT
    span -= float(tau[1] - tau[0])
    v = (p[1] - p[0]) / span
    end = np.empty(6)
    for _ in range(ROUNDS):
        end = np.concatenate([p[0], v])
        fly(6, end, span, forces.degree, forces.order, forces.air)
        v = v + (p[1] - end[:3]) / span
    x = np.concatenate([p[1], end[3:]])
    fly(6, x, float(tau[1]), forces.degree, forces.order, forces.air)
    _, slope = range_azimuth_elevation(p, np.zeros((2, 3)), looks.r_sensor)
    first, second = np.linalg.inv(slope)
    q = len(bias_sigma)
    A = np.zeros((6 + q, 6 + q + 3))
    A[3:6, :3], A[:3, 3:6], A[3:6, 3:6] = -first / span, second, second / span
    for j in range(q):
        A[:6, 6 + j] = -A[:6, j] - A[:6, 3 + j]
        A[6 + j, 6 + j] = 1.0
    spread = np.concatenate([looks.sigma[0], looks.sigma[1], np.array(bias_sigma)])
    A = A[:, : len(spread)] * spread
    return Gaussian(float(looks.t[1]), np.concatenate([x, np.zeros(q)]), A @ A.T)


def fitted(looks: Looks, forces: Forces) -> Gaussian:
    """The fit of a few looks, at the last of them; no errors solved for, and through two where it fails."""
    ends = two_looks(looks.where(np.array([0, len(looks) - 1])), (), forces)
    channels = tuple(
        Channel(f"{c}", False, (), "VHF", (0.0, 0.0)) for c in range(int(looks.channel.max()) + 1)
    )
    found = fit_ballistic(looks, channels, ends.t, ends.x, 0.0, ())
    return found.state if found.status == "converged" else ends
