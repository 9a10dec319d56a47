"""The known objects near any radar's view, with all that changes from look to look."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.track.known.blocks import Blocks, blocks_of
from tocsin.track.known.entries import Entries, fresh, unpacked
from tocsin.track.known.errorstate import ErrorState

Ints = NDArray[np.int64]


@final
@dataclass(frozen=True, slots=True)
class Working:
    """object (m,): those that are near, grouped by radar, so that a scan changes few blocks; row (N,): where
    an object is among them, -1 if it is not; table: their entries; radars: how many.
    """

    object: Ints
    row: Ints
    table: Blocks
    radars: int

    def __len__(self) -> int:
        return len(self.object)

    def take(self, rows: Ints) -> Entries:
        """The entries of some rows (m,), rising."""
        return unpacked(self.table.take(rows), self.radars)

    def put(self, rows: Ints, entries: Entries) -> Working:
        """The same with some rows (m,), rising, replaced."""
        return replace(self, table=self.table.put(rows, entries.packed()))


def nothing_near(objects: int, radars: int) -> Working:
    """Of so many objects none."""
    return Working(np.empty(0, np.int64), np.full(objects, -1, np.int64), Blocks(()), radars)


def changed_to(working: Working, groups: tuple[Ints, ...], rest: ErrorState) -> tuple[Working, ErrorState]:
    """The entries of the objects of groups in place of those before, and `rest` with what those knew.

    An object that stays keeps its entry; one that goes leaves its offsets with `rest`, less what ties them to
    the radars' errors: when it comes back it is taken to be off by its own.
    """
    every = np.concatenate([np.empty(0, np.int64), *groups])
    _, first = np.unique(every, return_index=True)
    objects = every[np.sort(first)]
    if len(working):
        rest = rest.with_rows(working.object, working.take(np.arange(len(working))).now.untied(0))
    table = fresh(rest.where(objects), working.radars).packed()
    stayed = np.flatnonzero(working.row[objects] >= 0)
    if len(stayed):
        old = working.row[objects[stayed]]
        order = np.argsort(old)
        table[stayed[order]] = working.table.take(old[order])
    row = np.full(len(working.row), -1, np.int64)
    row[objects] = np.arange(len(objects))
    return Working(objects, row, blocks_of(table), working.radars), rest
