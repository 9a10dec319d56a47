"""The track score: a log-likelihood ratio tested as it grows (Wald's sequential test)."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SequentialTest:
    """Confirm a track when its score passes ln((1 - miss) / false), drop it below ln(miss / (1 - false)).

    The score starts at zero with the first look; a hit adds ln(P_d N(nu; 0, S) / lambda), a miss adds
    ln(1 - P_d), lambda the density of false looks. Source: Wald 1945; Sittler 1964.
    """

    false_confirm: float = 1e-7
    miss: float = 1e-4
    least_hits: int = 3
    most_misses: int = 5

    @property
    def upper(self) -> float:
        """Score at which a track is confirmed."""
        return math.log((1.0 - self.miss) / self.false_confirm)

    @property
    def lower(self) -> float:
        """Score at which a track is dropped."""
        return math.log(self.miss / (1.0 - self.false_confirm))
