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


@final
class Chains:
    """Cells (row of a look, older cell), only ever added to: what an earlier moment knew stays readable."""

    def __init__(self) -> None:
        self._row, self._older = np.empty(1024, np.int64), np.empty(1024, np.int64)
        self._count = 0

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
