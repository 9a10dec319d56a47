"""System tracks solved, and the answers kept for a while: a scan folded again asks for the same ones."""

from __future__ import annotations

from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.track.looktable import LookTable
from tocsin.track.setting import Setting
from tocsin.track.solution import Solution
from tocsin.track.solve import solve

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Key = tuple[bytes, tuple[float, float] | None]

KEPT = 8  # answers for one system track


@final
class Solves:
    """`solve` with its last answers; they are the same as those worked out anew. count: how many were."""

    def __init__(self) -> None:
        self._held: dict[int, list[tuple[Key, Solution | None, Solution]]] = {}
        self.count = 0

    def forget(self) -> None:
        """Keep no answer: rows are numbered anew."""
        self._held.clear()

    def __call__(
        self,
        founder: int,
        rows: Ints,
        spread: Array,
        looks: LookTable,
        burnout: tuple[float, float] | None,
        before: Solution | None,
        setting: Setting,
    ) -> Solution:
        """What the looks in these rows, each of a group of that spread, say of the system track that
        `founder` has founded."""
        order = np.argsort(rows)
        key = rows[order].tobytes() + spread[order].tobytes(), burnout
        held = self._held.setdefault(founder, [])
        for other, origin, answer in held:
            if origin is before and other == key:
                return answer
        answer = solve(looks.looks(rows, spread), setting.channels, setting.bank, burnout, before)
        self.count += 1
        del held[: -KEPT + 1]
        held.append((key, before, answer))
        return answer
