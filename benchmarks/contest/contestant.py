"""What a tracker must offer to be compared, and Tocsin's local step as it is now."""

from __future__ import annotations

from collections import defaultdict
from typing import Protocol, final

import numpy as np
from numpy.typing import NDArray
from tocsin.track.follow import follow

from contest.scene import Known
from tocsin.earth.constants import C_LIGHT
from tocsin.sensor.measurement import position_from_radar
from tocsin.sensor.scan import Scan
from tocsin.track.local import no_tracks
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
class Follow:
    """Tocsin's local step (`tocsin.track.follow`): one assignment a scan, white jerk on each radar axis."""

    def __init__(self, known: Known, test: SequentialTest | None = None) -> None:
        self._known, self._test = known, test or SequentialTest()
        self._tracks, self._next, self._steps = no_tracks(), 0, 0
        self._looks: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self._confirmed: set[int] = set()

    def step(self, t: float, looks: Scan) -> Array:
        """As `Contestant`."""
        known = self._known
        self._tracks, label = follow(
            self._tracks, looks, 0, known.detection, known.density, self._test, self._next
        )
        self._next = max(self._next, int(label.max(initial=-1)) + 1)
        for row, name in enumerate(label.tolist()):
            self._looks[name].append((self._steps, row))
        self._steps += 1
        sure = self._tracks.where(self._tracks.confirmed)
        self._confirmed |= set(sure.id.tolist())
        # A look is of where the body was when it sent the echo back: on by its own rate since.
        late = sure.x[:, :1, 0] / C_LIGHT
        values = sure.x[:, :, 0] + sure.x[:, :, 1] * late
        return position_from_radar(values, np.tile(known.r_site, (len(sure), 1)))

    def claims(self) -> Claims:
        """As `Contestant`."""
        return [self._looks[name] for name in sorted(self._confirmed)]
