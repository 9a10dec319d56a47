"""The minute to come, worked out a little with each scan, so that no scan has to wait for all of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.motion.orbits import Orbits, states_by_batch

Array = NDArray[np.float64]

_READY = 0.75  # of the minute before, at which all is worked out


@final
@dataclass(frozen=True, slots=True)
class Ahead:
    """States of objects at t (TAI s): r, v (b, 3) of each batch done, the same as if done all at once."""

    t: float
    parts: tuple[tuple[Array, Array], ...] = ()

    def worked(self, orbits: Orbits, part: float = 1.0) -> Ahead:
        """The same with what should be done when a part (0 to 1) of the minute before is over."""
        count = math.ceil(len(orbits.batches) * min(part / _READY, 1.0))
        if count <= len(self.parts):
            return self
        left = orbits.batches[len(self.parts) : count]
        new = states_by_batch(Orbits(left, sum(len(b) for b in left)), [self.t])
        return Ahead(self.t, (*self.parts, *((r[:, 0], v[:, 0]) for _, r, v in new)))

    def states(self, orbits: Orbits) -> tuple[Array, Array]:
        """Positions m and velocities m/s (N, 3) of all."""
        parts = self.worked(orbits).parts
        return np.concatenate([r for r, _ in parts]), np.concatenate([v for _, v in parts])
