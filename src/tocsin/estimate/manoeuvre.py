"""Whether something has pushed: the newest looks against the arc that the looks before them make."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.ballistic import BallisticFit, Drag
from tocsin.estimate.chi2 import chi2_tail
from tocsin.estimate.looks import Channel, Looks
from tocsin.estimate.residuals import residuals, rows
from tocsin.motion.ballistic import propagate_stm
from tocsin.motion.forces import STANDARD, Forces

Array = NDArray[np.float64]

FALSE_PER_TRACK = 1e-4
MOST_TESTS = 300
"""How often a track is tested in its life: each test has its share of what may be false."""


@final
@dataclass(frozen=True, slots=True)
class Push:
    """A constant acceleration (3,) m/s2 since a time, its covariance P (3, 3), and how rare it would be where
    nothing pushes."""

    since: float
    acceleration: Array
    P: Array
    statistic: float
    tail: float

    @property
    def found(self) -> bool:
        """Whether it is there, with at most `FALSE_PER_TRACK` false ones in the life of a track."""
        return self.tail < FALSE_PER_TRACK / MOST_TESTS


def push_in(
    before: BallisticFit,
    newest: Looks,
    channels: tuple[Channel, ...],
    since: float,
    drag: Drag,
    forces: Forces = STANDARD,
) -> Push | None:
    """The likeliest constant acceleration since a time, from looks that the fit before has not seen.

    nu = z - h(x) - C b, S = J P J' + 1 with P the joint covariance of state and lasting errors, J_a = H_r
    tau^2 / 2 + H_v tau: a = (J_a' S^-1 J_a)^-1 J_a' S^-1 nu, and g' A^-1 g is chi-square with three degrees
    where nothing pushes: a generalised likelihood ratio. Looks of sensors that the fit had none of are left
    out; None where the rest does not tell all three components.
    Source: Willsky and Jones, IEEE Transactions on Automatic Control 21 (1976), 108-112.
    """
    number = {channel: k for k, channel in enumerate(before.channels)}
    of_fit = np.array([number.get(channel, -1) for channel in channels], dtype=np.int64)
    mine = newest.where(of_fit[newest.channel] >= 0)
    if len(mine) == 0:
        return None
    mine = replace(mine, channel=of_fit[mine.channel])
    inv_beta = drag.inv_beta * float(np.exp(-before.ln_beta))
    x, phi = propagate_stm(before.state.t, before.state.x, inv_beta, mine.t, forces)
    e, dx, db = residuals(mine, before.channels, x, before.bias)
    row = rows(mine, before.channels)
    gone = np.maximum(mine.t - since, 0.0)[row]
    j = np.concatenate([db, np.einsum("mi,mik->mk", dx, phi[row])], axis=1)
    a = dx[:, :3] * (0.5 * gone**2)[:, None] + dx[:, 3:] * gone[:, None]
    s = j @ before.joint @ j.T + np.eye(len(j))
    weighed = np.linalg.solve(s, a)
    information = a.T @ weighed
    scale = np.sqrt(np.diag(information))
    if not np.all(scale > 0.0) or np.linalg.cond(information / np.outer(scale, scale)) > 1e10:
        return None
    P = np.linalg.inv(information / np.outer(scale, scale)) / np.outer(scale, scale)
    g = -weighed.T @ e
    statistic = float(g @ P @ g)
    return Push(since, P @ g, P, statistic, chi2_tail(statistic, 3))
