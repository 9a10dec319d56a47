"""A system track solved, and when its engine went out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.ballistic import Gaussian
from tocsin.track.boost import BoostEstimate

Array = NDArray[np.float64]
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


def burnt_out(last_looks: Array, frames: Array, now: float, misses: int) -> tuple[float, float] | None:
    """Burnout time and sigma from the telescopes' last looks; None while any may still see it.

    It is out when every telescope that saw it has missed `misses` frames in a row; the time is uniform
    within the frame after the last look, so sigma is that frame over sqrt(12).
    """
    if len(last_looks) == 0 or np.any(now - last_looks <= misses * frames + 1e-6):
        return None
    k = int(np.argmax(last_looks))
    return float(last_looks[k] + 0.5 * frames[k]), float(frames[k] / np.sqrt(12.0))
