"""The hypotheses of one sensor: each leaf is one way in which a track may have gone."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

STATE = 6
SCANS = 6
"""How many of the last scans a leaf's looks may still be given to another track."""
MISSED = -1
"""In place of a look's number: none in that scan."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Leaves:
    """Leaves (n,) of one sensor, all at the time of its last scan, in order of their tracks.

    track (n,) number of the track that each is of; x (n, m, 6), P (n, m, 6, 6), w (n, m): state, covariance
    and weight under each of m ways to move; llr (n,) log-likelihood ratio of being one body against false
    looks, fit (n,) the same with what its first look is worth as one more body of a crowd; fall (n,): how
    far it lies below the most that it has been; hits (n,), misses (n,) in a row; first_t, last_t (n,) of its
    looks; confirmed (n,); recent (n, SCANS): its looks' numbers in the last scans, the newest last; cell
    (n,): its newest look in the chain of all of them.
    """

    track: Ints
    x: Array
    P: Array
    w: Array
    llr: Array
    fit: Array
    fall: Array
    hits: Ints
    misses: Ints
    first_t: Array
    last_t: Array
    confirmed: Bools
    recent: Ints
    cell: Ints

    def __len__(self) -> int:
        return len(self.track)

    def where(self, mask: Bools | Ints) -> Leaves:
        """The rows of a mask or an index."""
        return Leaves(**{name: getattr(self, name)[mask] for name in NAMES})

    def bare(self) -> Leaves:
        """The same without states, of which there are many numbers."""
        return replace(self, x=self.x[:, :0], P=self.P[:, :0], w=self.w[:, :0])


NAMES = tuple(f.name for f in fields(Leaves))


def no_leaves(models: int) -> Leaves:
    """None at all, of a sensor whose bodies move in so many ways."""
    ints, reals = np.empty(0, np.int64), np.empty(0)
    return Leaves(
        ints, np.empty((0, models, STATE)), np.empty((0, models, STATE, STATE)), np.empty((0, models)), reals,
        reals, reals, ints, ints, reals, reals, np.empty(0, bool), np.empty((0, SCANS), np.int64), ints,
    )  # fmt: skip


def joined(a: Leaves, b: Leaves) -> Leaves:
    """The rows of both, one after the other."""
    return Leaves(**{name: np.concatenate([getattr(a, name), getattr(b, name)]) for name in NAMES})
