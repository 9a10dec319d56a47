"""A system track solved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tocsin.estimate.ballistic import Gaussian
from tocsin.track.boost import BoostEstimate

Phase = Literal["boost", "ballistic", "manoeuvring", "unobservable"]
# A misfit rarer than this is not chance.
LEAST_TAIL = 1e-4


@dataclass(frozen=True, slots=True)
class Solution:
    """A system track solved: its phase and state, and the boost estimate behind it.

    segment_t: from when on radar looks lie on the arc; chi2_tail: how rare the arc's misfit is; agrees:
    infrared and radar looks have one motion; prior_rejected: the radar's arc refutes the boost estimate.
    """

    phase: Phase
    state: Gaussian | None
    boost: BoostEstimate | None
    segment_t: float | None
    chi2_tail: float
    agrees: bool
    prior_rejected: bool
