"""Known objects that may have manoeuvred: hypotheses that looks off their elements are theirs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import MU
from tocsin.track.known.errorstate import TIES, ErrorState, joined_states
from tocsin.track.known.plan import Plan
from tocsin.track.known.report import LookRef

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_MOST_LOOKS = 16  # that a report names, the first ones


@final
@dataclass(frozen=True, slots=True)
class Suspects:
    """Hypotheses (n,): object; its offsets, if the looks are its own; score ln LR; misses in a row; looks."""

    object: Ints
    state: ErrorState
    score: Array
    misses: Ints
    looks: tuple[tuple[LookRef, ...], ...]

    def __len__(self) -> int:
        return len(self.object)

    def where(self, keep: Bools) -> Suspects:
        """The rows of a mask."""
        return Suspects(
            self.object[keep], self.state.where(keep), self.score[keep], self.misses[keep],
            tuple(looks for looks, kept in zip(self.looks, keep, strict=True) if kept),
        )  # fmt: skip

    def joined(self, other: Suspects) -> Suspects:
        """The rows of both."""
        state = joined_states(self.state, other.state)
        return Suspects(
            np.concatenate([self.object, other.object]), state, np.concatenate([self.score, other.score]),
            np.concatenate([self.misses, other.misses]), self.looks + other.looks,
        )  # fmt: skip

    def after(
        self, rows: Ints, state: ErrorState, gain: Array, looks: tuple[LookRef | None, ...]
    ) -> Suspects:
        """Rows (m,) after a scan: their offsets, what they gained, and the look of each, None for a miss."""
        score, misses, listed = self.score.copy(), self.misses.copy(), list(self.looks)
        score[rows] += gain
        for row, look in zip(rows.tolist(), looks, strict=True):
            misses[row] = misses[row] + 1 if look is None else 0
            if look is not None and len(listed[row]) < _MOST_LOOKS:
                listed[row] = (*listed[row], look)
        return replace(
            self, state=self.state.with_rows(rows, state), score=score, misses=misses, looks=tuple(listed)
        )


def no_suspects() -> Suspects:
    """None."""
    none = ErrorState(
        np.empty(0),
        np.empty((0, 6)),
        np.empty((0, 6, 6)),
        np.empty((0, TIES), np.int64),
        np.empty((0, TIES, 6, 3)),
    )
    return Suspects(np.empty(0, np.int64), none, np.empty(0), np.empty(0, np.int64), ())


def loosened(state: ErrorState, motion: Array, plan: Plan, aside_m: float) -> ErrorState:
    """Offsets (n,) if the object has been pushed meanwhile: wide along its track, narrow off its plane.

    A push dv along the track changes the period by tau' = -3 dv / v and the eccentricity by 2 dv / v; one
    across it tilts the plane by dv / v, here a fifth of that. motion (n,) rad/s.
    """
    P, a = state.P.copy(), np.cbrt(MU / motion**2)
    speed = a * motion
    P[:, 0, 0] += (aside_m / speed) ** 2
    P[:, 1, 1] += (3.0 * plan.push_m_s / speed) ** 2
    for k, part in ((2, 2.0), (3, 2.0), (4, 0.2), (5, 0.2)):
        P[:, k, k] += (part * plan.push_m_s / motion) ** 2
    return replace(state, P=P)
