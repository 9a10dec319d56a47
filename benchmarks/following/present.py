"""What a benchmark asks of a tracker, and the product's tracker as it answers."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple, Protocol

import numpy as np
from following.background import Background

from tocsin.assess.territory import Territories
from tocsin.catalogue import Network, borders
from tocsin.centre.setup import setup
from tocsin.motion.coasting import propagate_each
from tocsin.motion.forces import GATING
from tocsin.sensor.scan import Scan
from tocsin.track.coasts import flies
from tocsin.track.event import TrackEvent
from tocsin.track.local import together
from tocsin.track.others import system_of, units_of
from tocsin.track.placed import placed
from tocsin.track.sighted import sighted
from tocsin.track.tracker import Tracker

LATELY_S = 2.0  # since a telescope's last scan, for its lines to be where its bodies are


class Follower(Protocol):
    """What the benchmark asks of a tracker."""

    def step(self, scan: Scan) -> None:
        """Fold one scan; the only part that is timed."""

    def names(self) -> np.ndarray:
        """The track (n,) that each look belongs to now, in the order of feeding; -1 none."""

    def confirmed(self) -> tuple[np.ndarray, np.ndarray]:
        """Every track's name (m,), and how many looks it had when it was confirmed, 0 if it never was."""

    def sizes(self) -> np.ndarray:
        """Of how many bodies each track (m,) says that it is at the least."""

    def places(self, t: float) -> tuple[np.ndarray, int]:
        """Where (k, 3) m the confirmed tracks that still live are at t, and how many live, placed or not."""

    def aside(self) -> np.ndarray:
        """Which looks (n,), in the order of feeding, were set aside for known objects."""

    def taken_in(self) -> tuple[Taken, ...]:
        """Every confirmed track of one sensor."""


class Taken(NamedTuple):
    """A sensor's own track: when it was confirmed, TAI s, whether by a radar, and its looks' numbers."""

    t: float
    radar: bool
    looks: np.ndarray


class Present:
    """`tocsin.track.tracker.Tracker`: a track is a system track, which is confirmed from its beginning.

    Its place is that of its radar member whose range is known best, else of the arc that it was last solved
    for, until it comes down, else where the lines of its telescopes meet; one without these has none.
    """

    def __init__(self, network: Network, background: Background | None = None) -> None:
        one = replace(network, radars=tuple(replace(r, centre="russia") for r in network.radars))
        told = () if background is None else (background.told, background.rcs_m2)
        s = setup("russia", one, Territories(borders()), *told)
        self.tracker = Tracker(
            s.channels, s.frames, s.detection, s.density, s.bank, cells=s.cells, known=s.known
        )
        self.telescope = np.array([c.telescope for c in s.channels])
        self.bank, self.by = s.bank, {}
        self._aside: list[np.ndarray] = []
        self._told: list[TrackEvent] = []

    def step(self, scan: Scan) -> None:
        news = self.tracker.step(scan)
        mine = self.tracker._window.scans[-1].aside
        self._aside.append(np.zeros(len(scan), bool) if mine is None else mine)
        self._told += self.tracker.settled()
        if news:
            for number in range(len(self.by), len(self.tracker)):
                self.by[number] = sum(m.hits for m in self.tracker.members_of(number))

    def names(self) -> np.ndarray:
        return self.tracker.owners()

    def confirmed(self) -> tuple[np.ndarray, np.ndarray]:
        alive = [n for n in self.by if self.tracker.members_of(n)]
        return np.array(alive, dtype=np.int64), np.array([self.by[n] for n in alive], dtype=np.int64)

    def sizes(self) -> np.ndarray:
        return np.array([self.tracker.size(n) for n in self.confirmed()[0]], dtype=np.int64)

    def places(self, t: float) -> tuple[np.ndarray, int]:
        picture = self.tracker.picture
        members, systems = picture.members, picture.systems
        live = np.unique(members.system[members.live])
        local = together([s.tracks for s in picture.sensed])
        owner = system_of(picture, local)
        own = (owner >= 0) & ~self.telescope[local.channel]
        mine, owner = local.where(own), owner[own]
        order = np.lexsort((mine.P[:, 0, 0], owner))
        mine, owner = mine.where(order), owner[order]
        # Of each system track the radar whose range is known best; all of its tracks, if it is a group.
        _, first = np.unique(owner, return_index=True)
        best = np.full(len(systems), -1)
        best[owner[first]] = mine.channel[first]
        chosen = mine.channel == best[owner]
        mine, owner = mine.where(chosen), owner[chosen]
        seen = placed(mine, t, self.tracker.channels, picture.r_sensor, 0.0)[0][:, :3]
        rows = [r for r in range(len(systems)) if systems.into[r] < 0 and flies(picture.solutions[r])]
        rows = np.setdiff1d(np.array(rows, dtype=np.int64), owner)
        t0 = np.array([picture.solutions[r].state.t for r in rows])
        x0 = np.array([picture.solutions[r].state.x for r in rows]).reshape(-1, 6)
        ahead = propagate_each(t0, x0, self.bank.inv_beta, t, GATING)[:, :3]
        flying = np.linalg.norm(ahead, axis=1) > 6.36e6
        met = self._met(t, np.union1d(owner, rows))
        return np.concatenate([seen, ahead[flying], met]), len(np.union1d(live, rows[flying]))

    def _met(self, t: float, elsewhere: np.ndarray) -> np.ndarray:
        """Where (k, 3) lines of two telescopes or more meet, of system tracks that have no other place."""
        picture = self.tracker.picture
        now = [c for c, s in enumerate(picture.sensed) if len(s.tracks) and abs(s.local.t - t) <= LATELY_S]
        if not now:
            return np.empty((0, 3))
        units = together([picture.sensed[c].groups.units for c in now])
        owner = np.concatenate([units_of(picture, c) for c in now])
        seen = sighted(units, t, self.tracker.channels, picture.r_sensor, picture.v_sensor)
        mine = seen.telescope & (owner >= 0) & ~np.isin(owner, elsewhere)
        out = []
        for row in np.unique(owner[mine]):
            at = np.flatnonzero(mine & (owner == row))
            if len(np.unique(units.channel[at])) > 1:
                off = np.eye(3) - seen.line[at, :, None] * seen.line[at, None, :]
                out.append(np.linalg.solve(off.sum(axis=0), np.einsum("nij,nj->i", off, seen.origin[at])))
        return np.array(out).reshape(-1, 3)

    def aside(self) -> np.ndarray:
        return np.concatenate(self._aside)

    def taken_in(self) -> tuple[Taken, ...]:
        self._told += self.tracker.finish()
        when = {
            e.track if e.what == "begun" else e.other: e.t
            for e in self._told
            if e.what in ("begun", "joined", "again")
        }
        m, tables = self.tracker.picture.members, self.tracker._tables
        looks = [tables.looks.serial(tables.chains.rows(int(cell))) for cell in m.cell]
        return tuple(
            Taken(when[int(m.local[k])], not self.telescope[m.channel[k]], looks[k]) for k in range(len(m))
        )
