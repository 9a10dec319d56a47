"""A table of rows kept in blocks, so that to change a few rows copies a few blocks and not the table."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

SIZE = 64  # rows; some 100 kB a block, which stays in the cache


@final
@dataclass(frozen=True, slots=True)
class Blocks:
    """parts: arrays (SIZE, w) but for the last, which may be shorter; none of them is ever written to."""

    parts: tuple[Array, ...]

    def take(self, rows: Ints) -> Array:
        """A copy of some rows (m, w); rows rising, each once."""
        width = self.parts[0].shape[1] if self.parts else 0
        out = np.empty((len(rows), width))
        for block, low, high in _runs(rows):
            out[low:high] = self.parts[block][rows[low:high] - block * SIZE]
        return out

    def put(self, rows: Ints, values: Array) -> Blocks:
        """The table with some rows (m,), rising, replaced by values (m, w)."""
        parts = list(self.parts)
        for block, low, high in _runs(rows):
            part = parts[block].copy()
            part[rows[low:high] - block * SIZE] = values[low:high]
            parts[block] = part
        return Blocks(tuple(parts))


def blocks_of(table: Array) -> Blocks:
    """A table (n, w) in blocks."""
    return Blocks(tuple(table[i : i + SIZE].copy() for i in range(0, len(table), SIZE)))


def _runs(rows: Ints) -> list[tuple[int, int, int]]:
    """Of rising rows, each block that they touch, and from where to where they do."""
    if not len(rows):
        return []
    block = rows // SIZE
    edges = [0, *(np.flatnonzero(np.diff(block)) + 1).tolist(), len(rows)]
    return [(int(block[low]), low, high) for low, high in pairwise(edges)]
