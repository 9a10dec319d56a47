"""What a tracker must offer to be compared, and Tocsin's own local tracks as they are now."""

from __future__ import annotations

from typing import Protocol, final

import numpy as np
from numpy.typing import NDArray

from contest.scene import Known
from tocsin.earth.constants import C_LIGHT
from tocsin.sensor.measurement import position_from_radar
from tocsin.sensor.scan import Scan
from tocsin.track.hypotheses.chain import Chains
from tocsin.track.hypotheses.follow import follow, no_local
from tocsin.track.hypotheses.watch import Watch
from tocsin.track.local import confirmed
from tocsin.track.score import SequentialTest

Array = NDArray[np.float64]
Claims = list[list[tuple[int, int]]]


class Contestant(Protocol):
    """A tracker: scans in, in order of time."""

    def step(self, t: float, looks: Scan) -> Array:
        """Fold the looks of time t; the Earth-fixed positions (n, 3) m at t of its confirmed tracks."""

    def claims(self) -> Claims:
        """For each track it has ever confirmed, its looks: number of the step, row in that step's scan."""


@final
class Rows:
    """Rows of the table of all looks, as steps and rows in each step's scan."""

    def __init__(self) -> None:
        self.first = [0]

    @property
    def next(self) -> int:
        """The row that the next scan's first look will have."""
        return self.first[-1]

    def add(self, looks: Scan) -> None:
        """One more step."""
        self.first.append(self.next + len(looks))

    def told(self, rows: NDArray[np.int64]) -> list[tuple[int, int]]:
        """Step and row in its scan of each."""
        step = np.searchsorted(self.first, rows, side="right") - 1
        return list(zip(step.tolist(), (rows - np.array(self.first)[step]).tolist(), strict=True))


def watch_of(known: Known) -> Watch:
    """What the product's set-up makes of a radar."""
    return Watch(True, known.detection, known.density, known.cell)


def places(x: Array, r_site: Array) -> Array:
    """Earth-fixed positions (n, 3) of a radar's states x (n, 6), moved on by the way of the echo.

    A look is of where the body was when it sent the echo back.
    """
    rates = np.concatenate(
        [x[:, 3:4], x[:, 4:] / np.stack([x[:, 0] * np.cos(x[:, 2]), x[:, 0]], axis=1)], axis=1
    )
    return position_from_radar(x[:, :3] + rates * x[:, :1] / C_LIGHT, np.tile(r_site, (len(x), 1)))


@final
class Follow:
    """Tocsin's local tracks (`tocsin.track.hypotheses`), with the product's own settings."""

    def __init__(self, known: Known) -> None:
        self._r_site, self._watch, self._test = known.r_site, watch_of(known), SequentialTest()
        self._local, self._chains, self._rows = no_local(self._watch), Chains(), Rows()
        self._next = 0
        self._cell: dict[int, int] = {}

    def step(self, t: float, looks: Scan) -> Array:
        """As `Contestant`."""
        self._local = follow(
            self._local, looks, self._watch, self._test, self._next, self._rows.next, self._chains
        )
        self._next += 2 * len(looks)
        self._rows.add(looks)
        sure = confirmed(self._local, 0)
        self._cell |= dict(zip(sure.id.tolist(), sure.cell.tolist(), strict=True))
        return places(sure.x, self._r_site)

    def claims(self) -> Claims:
        """As `Contestant`."""
        return [self._rows.told(self._chains.rows(self._cell[name])) for name in sorted(self._cell)]
