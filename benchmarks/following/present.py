"""What a benchmark asks of a tracker, and the present tracker as it answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

import numpy as np

from tocsin.assess.territory import Territories
from tocsin.catalogue import Network, borders
from tocsin.centre.setup import setup
from tocsin.sensor.measurement import position_from_radar
from tocsin.sensor.scan import Scan
from tocsin.track.tracker import Tracker


class Follower(Protocol):
    """What the benchmark asks of a tracker."""

    def step(self, scan: Scan) -> None:
        """Fold one scan; the only part that is timed."""

    def names(self) -> np.ndarray:
        """The track (n,) that each look belongs to now, in the order of feeding; -1 none."""

    def confirmed(self) -> tuple[np.ndarray, np.ndarray]:
        """Every track's name (m,), and how many looks it had when it was confirmed, 0 if it never was."""

    def places(self, t: float) -> tuple[np.ndarray, int]:
        """Where (k, 3) m the confirmed tracks that still live are at t, and how many live, placed or not."""


class Present:
    """`tocsin.track.tracker.Tracker`: a track is a system track, which is confirmed from its beginning.

    Its place is that of its radar member whose range is known best; one seen by satellites alone has none.
    """

    def __init__(self, network: Network) -> None:
        one = replace(network, radars=tuple(replace(r, centre="russia") for r in network.radars))
        s = setup("russia", one, Territories(borders()))
        self.tracker = Tracker(s.channels, s.frames, s.detection, s.density, s.bank)
        self.telescope = np.array([c.telescope for c in s.channels])
        self.by: list[int] = []

    def step(self, scan: Scan) -> None:
        self.tracker.step(scan)
        for members in self.tracker.members[len(self.by) :]:
            self.by.append(members[0].hits)

    def names(self) -> np.ndarray:
        local = np.concatenate([np.empty(0, np.int64), *self.tracker._labels])
        system = np.full(self.tracker._next_id, -1, dtype=np.int64)
        for number, members in enumerate(self.tracker.members):
            system[[m.local for m in members]] = number
        return system[local]

    def confirmed(self) -> tuple[np.ndarray, np.ndarray]:
        return np.arange(len(self.by)), np.array(self.by, dtype=np.int64)

    def places(self, t: float) -> tuple[np.ndarray, int]:
        local = self.tracker._local
        live = len(np.unique(local.owner[local.owner >= 0]))
        mine = local.where((local.owner >= 0) & ~self.telescope[local.channel])
        mine = mine.where(np.lexsort((mine.P[:, 0, 0, 0], mine.owner)))
        mine = mine.where(np.unique(mine.owner, return_index=True)[1])
        dt = (t - mine.t)[:, None]
        z = mine.x[:, :, 0] + dt * mine.x[:, :, 1] + 0.5 * dt**2 * mine.x[:, :, 2]
        site = np.array([self.tracker._r_sensor[int(c)] for c in mine.channel]).reshape(-1, 3)
        return position_from_radar(z, site), live
