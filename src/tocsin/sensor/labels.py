"""Truth labels: which bodies made each look, and which were shed; never in a scan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

NOBODY = -1


@final
@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """Who made each look of a table: the paths of look i are body[start[i]:start[i + 1]], strongest first.

    start (n + 1,), body (m,) index of the path; a false look has none, one of several bodies in a resolution
    cell has them all. shed (k,): the paths of the looks that a scan had no room for; empty but for a scan's.
    """

    start: Ints
    body: Ints
    shed: Ints

    def __len__(self) -> int:
        return len(self.start) - 1

    @property
    def count(self) -> Ints:
        """How many bodies (n,) made each look."""
        return np.diff(self.start)

    @property
    def first(self) -> Ints:
        """The strongest body (n,) of each look, -1 for a false one."""
        out = np.full(len(self), NOBODY, dtype=np.int64)
        some = self.count > 0
        out[some] = self.body[self.start[:-1][some]]
        return out

    @property
    def look(self) -> Ints:
        """The look (m,) that each row of `body` belongs to."""
        return np.repeat(np.arange(len(self)), self.count)

    def where(self, rows: Bools | Ints) -> Labels:
        """The looks of a mask or an index, in its order; without what was shed."""
        rows = np.flatnonzero(rows) if rows.dtype == bool else rows
        count = self.count[rows]
        start = _starts(count)
        from_ = np.repeat(self.start[:-1][rows] - start[:-1], count) + np.arange(start[-1])
        return Labels(start, self.body[from_], _NONE)

    def without(self, shed: Ints) -> Labels:
        """The same looks of a scan that shed looks at these paths (k,)."""
        return Labels(self.start, self.body, shed)


_NONE = np.empty(0, dtype=np.int64)


def _starts(count: Ints) -> Ints:
    return np.concatenate([[0], np.cumsum(count)]).astype(np.int64)


def ones(body: Ints) -> Labels:
    """Labels of looks made by one body each (n,), or by none where it is -1."""
    some = body != NOBODY
    return Labels(_starts(some), body[some], _NONE)


def nobody(n: int) -> Labels:
    """Labels of n false looks."""
    return ones(np.full(n, NOBODY, dtype=np.int64))


def grouped(leader: Ints, strength: NDArray[np.float64], body: Ints) -> Labels:
    """Labels of one look for each leader, in rising order of leaders: the bodies (n,) that it led (n,)."""
    order = np.lexsort((-strength, leader))
    _, count = np.unique(leader, return_counts=True)
    return Labels(_starts(count), body[order], _NONE)


def one_after_another(*parts: Labels) -> Labels:
    """The labels of tables that are joined one after the other; what each shed, too."""
    if not parts:
        return nobody(0)
    return Labels(
        _starts(np.concatenate([p.count for p in parts])),
        np.concatenate([p.body for p in parts]),
        np.concatenate([p.shed for p in parts]),
    )


@final
@dataclass(frozen=True, slots=True, eq=False)
class Shed:
    """Looks that were due and had no room: frame (k,) and path (k,) of each, in order of frames."""

    frame: Ints
    body: Ints

    def count(self, frames: int) -> Ints:
        """How many of each frame (frames,)."""
        return np.bincount(self.frame, minlength=frames)

    def by_frame(self, frames: int) -> list[Ints]:
        """The paths of each frame."""
        return np.split(self.body, np.cumsum(self.count(frames))[:-1]) if frames else []
