"""Which looks a leaf has had: chains of cells that share their older ends, so that none is ever copied."""

from __future__ import annotations

from typing import final

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int64]

NONE = -1


@njit(cache=True)
def _walk(row: Ints, older: Ints, cell: int) -> Ints:
    count, at = 0, cell
    while at >= 0:
        count += 1
        at = older[at]
    out = np.empty(count, np.int64)
    at = cell
    for k in range(count - 1, -1, -1):
        out[k] = row[at]
        at = older[at]
    return out


@njit(cache=True)
def _reached(older: Ints, roots: Ints) -> NDArray[np.bool_]:
    out = np.zeros(older.size, np.bool_)
    for cell in roots:
        at = cell
        while at >= 0 and not out[at]:
            out[at] = True
            at = older[at]
    return out


@final
class Chains:
    """Cells (row of a look, older cell), added to, seldom tidied: what an earlier moment knew stays readable.

    kept: how many there were when they were last tidied.
    """

    def __init__(self) -> None:
        self._row, self._older = np.empty(1024, np.int64), np.empty(1024, np.int64)
        self._count = 0
        self.kept = 0

    def __len__(self) -> int:
        return self._count

    def add(self, rows: Ints, older: Ints) -> Ints:
        """New cells (n,), one for each row (n,) of a look and the cell (n,) before it, or -1."""
        first, end = self._count, self._count + len(rows)
        if end > len(self._row):
            room = max(2 * len(self._row), end)
            self._row, self._older = np.resize(self._row, room), np.resize(self._older, room)
        self._row[first:end], self._older[first:end] = rows, older
        self._count = end
        return np.arange(first, end)

    def rows(self, cell: int) -> Ints:
        """The rows (k,) of a chain, the oldest first."""
        return np.asarray(_walk(self._row, self._older, cell))

    def keep(self, roots: Ints, rows: Ints) -> tuple[Ints, Ints]:
        """Forget all cells but those of the chains that end in these; their new numbers, and the rows kept.

        Rows of looks are numbered anew as well: those in the chains and these, in order.
        """
        wanted = _reached(self._older[: self._count], roots)
        cells = np.flatnonzero(wanted)
        number = np.full(self._count, NONE)
        number[cells] = np.arange(len(cells))
        older = self._older[cells]
        kept = np.union1d(self._row[cells], rows)
        self._row = np.searchsorted(kept, self._row[cells])
        self._older = np.where(older >= 0, number[older], NONE)
        self._count = self.kept = len(cells)
        return number, kept
