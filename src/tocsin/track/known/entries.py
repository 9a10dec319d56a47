"""All that is kept of a known object near a radar's view, as a row of figures."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.track.known.errorstate import TIES, ErrorState
from tocsin.track.known.report import LookRef

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@final
@dataclass(frozen=True, slots=True)
class Entries:
    """Objects (n,): their offsets with the last look, and without.

    now, before: offsets; before is tied to no radar; claimed (n, 4): 1 if that look stands (else 0), and its
    channel, scan's time and row; found (n, k): 1 where a radar has found the object; run (n,): scans in a row
    in which it was missed; strain (n,): score for its looks being further off than they should. The arrays of
    what has been taken from a table are the taker's own.
    """

    now: ErrorState
    before: ErrorState
    claimed: Array
    found: Array
    run: Array
    strain: Array

    def __len__(self) -> int:
        return len(self.run)

    def where(self, rows: Ints) -> Entries:
        """The objects of an index."""
        now, before = self.now.where(rows), self.before.where(rows)
        return Entries(now, before, *(getattr(self, f.name)[rows] for f in fields(self)[2:]))

    def claim(self, i: int) -> LookRef:
        """The last look of an object."""
        _, channel, t, row = self.claimed[i].tolist()
        return LookRef(int(channel), t, int(row))

    def packed(self) -> Array:
        """One row of figures (n, w) for each."""
        n = len(self)
        parts = (*_state(self.now), *_state(self.before)[:3], self.claimed, self.found, self.run, self.strain)
        return np.concatenate([part.reshape(n, -1) if n else _width(part) for part in parts], axis=1)


def _state(state: ErrorState) -> tuple[Array, ...]:
    return tuple(getattr(state, f.name) for f in fields(state))


def _width(part: Array) -> Array:
    return np.empty((0, int(np.prod(part.shape[1:]))))


def unpacked(rows: Array, radars: int) -> Entries:
    """What rows (n, w) of figures say, in arrays of their own."""
    n, at = len(rows), 0
    parts = []
    for shape in ((), (6,), (6, 6), (TIES,), (TIES, 6, 3), (), (6,), (6, 6), (4,), (radars,), (), ()):
        wide = int(np.prod(shape))
        parts.append(np.ascontiguousarray(rows[:, at : at + wide]).reshape((n, *shape)))
        at += wide
    t, x, P, tie, cross, t_before, x_before, P_before, claimed, found, run, strain = parts
    now = ErrorState(t, x, P, tie.astype(np.int64), cross)
    before = ErrorState(t_before, x_before, P_before, np.empty((n, 0), np.int64), np.zeros((n, 0, 6, 3)))
    return Entries(now, before, claimed, found, run, strain)


def fresh(state: ErrorState, radars: int) -> Entries:
    """Objects that come near with the offsets known of them (n): none found, none missed."""
    n = len(state)
    return Entries(
        state.untied(), state.untied(0), np.zeros((n, 4)), np.zeros((n, radars)), np.zeros(n), np.zeros(n)
    )
