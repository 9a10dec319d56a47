"""A system track solved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tocsin.estimate.ballistic import Drag, Gaussian
from tocsin.estimate.body import Body, body_of
from tocsin.track.boost import BoostEstimate

Phase = Literal["boost", "ballistic", "manoeuvring", "unobservable"]
# A misfit rarer than this is not chance.
LEAST_TAIL = 1e-4


@dataclass(frozen=True, slots=True)
class Solution:
    """A system track solved: its phase and state, and the boost estimate behind it.

    segment_t: from when on radar looks lie on the arc; chi2_tail: how rare the arc's misfit is; agrees:
    infrared and radar looks have one motion; prior_rejected: the radar's arc refutes the boost estimate;
    held_t: since when looks hold the arc, so that what pushes it later is not in its covariance; None where
    all that may push it is.
    learnt: the state with what radar looks in the air tell of its drag, None where there are none; drag: what
    was assumed of it before, None for that of a missile.
    """

    phase: Phase
    state: Gaussian | None
    boost: BoostEstimate | None
    segment_t: float | None
    chi2_tail: float
    agrees: bool
    prior_rejected: bool
    learnt: Body | None = None
    drag: Drag | None = None
    held_t: float | None = None

    def body(self, inv_beta: float) -> Body | None:
        """State and drag: as learnt, else `inv_beta` with its wide prior; None without a state."""
        if self.learnt is not None or self.state is None:
            return self.learnt
        return body_of(self.state, inv_beta)
