"""The tracker of one centre: scans folded into local tracks, local tracks gathered into system tracks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.ballistic import Gaussian
from tocsin.estimate.boost import plume_end
from tocsin.estimate.looks import Channel, Looks, in_order, joined, no_looks, with_rates
from tocsin.sensor.scan import Scan
from tocsin.track.boost import Bank
from tocsin.track.correlate import agree, explains
from tocsin.track.follow import follow
from tocsin.track.local import no_tracks
from tocsin.track.members import Member, member, refreshed
from tocsin.track.score import SequentialTest
from tocsin.track.solution import Solution
from tocsin.track.solve import solve

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
MISSED_FRAMES = 3
UNDECIDED_S = 60.0


class Tracker:
    """A fold over scans; the caller owns the loop, the clock is the scans' own.

    `step` takes one scan; `solution` says what the looks of a system track say now. The same scans give the
    same tracks, bit for bit. frames (c,): each channel's time between scans, s; detection (c,): probability
    of a look; density (c,): false looks per unit of the channel's own coordinates.
    """

    def __init__(
        self,
        channels: tuple[Channel, ...],
        frames: Array,
        detection: Array,
        density: Array,
        bank: Bank,
        test: SequentialTest | None = None,
    ) -> None:
        self.channels = channels
        self._frames, self._detection, self._density = frames, detection, density
        self._index = {c.name: i for i, c in enumerate(channels)}
        self._bank = bank
        self._test = test or SequentialTest()
        self._local = no_tracks()
        self._looks: list[Looks] = []
        self._labels: list[Ints] = []
        self._next_id = 0
        self._r_sensor: dict[int, Array] = {}
        self._blind: dict[int, float] = {}
        self.members: list[tuple[Member, ...]] = []
        self._solutions: list[Solution | None] = []
        self._keys: dict[int, tuple[int, int, bool]] = {}
        self._out: set[int] = set()
        self.now = -np.inf

    def step(self, scan: Scan) -> bool:
        """Fold one scan; true when a system track began, gained a sensor, or its engine went out."""
        c = self._index[scan.sensor]
        self.now = max(self.now, scan.t)
        self._r_sensor[c] = scan.r_ecef
        if scan.blind:
            # What it does not see now is no miss of any track, and no engine has gone out for it.
            self._blind.setdefault(c, scan.t)
            return False
        self._blind.pop(c, None)
        self._local, label = follow(
            self._local,
            scan,
            c,
            float(self._detection[c]),
            float(self._density[c]),
            self._test,
            self._next_id,
        )
        if len(scan):
            self._next_id = max(self._next_id, int(label.max()) + 1)
            m, n = scan.values.shape[1], len(scan)
            z, sigma = np.zeros((n, 3)), np.ones((n, 3))
            z[:, :m], sigma[:, :m] = scan.values, scan.sigmas
            r = np.repeat(scan.r_ecef[None], n, axis=0)
            looks = Looks(scan.t_look, np.full(n, c, dtype=np.int64), z, sigma, r)
            if scan.rate is not None and scan.rate_sigma is not None:
                looks = with_rates(looks, scan.rate, scan.rate_sigma)
            self._looks.append(looks)
            self._labels.append(label)
        self.members = [refreshed(m, self._local) for m in self.members]
        gathered = self._gather()
        return self._went_out() or gathered

    def looks(self, names: tuple[int, ...]) -> Looks:
        """Every look that belongs to these local tracks, in order of time."""
        if not self._looks:
            return no_looks()
        if len(self._looks) > 1:
            # One table, made when it is asked for, not with each scan.
            self._looks, self._labels = [joined(self._looks)], [np.concatenate(self._labels)]
        return in_order(self._looks[0].where(np.isin(self._labels[0], names)))

    def solution(
        self, system: int, others: tuple[Gaussian, ...] = (), free_from: float | None = None
    ) -> Solution:
        """What the looks of a system track say now.

        others: independent states of it, from a partner; free_from: when the partner saw its engine go out.
        """
        members, burnout = self.members[system], self.burnout(system)
        key = (sum(m.hits for m in members), len(members), burnout is None)
        before = self._solutions[system]
        if before is not None and not others and self._keys.get(system) == key:
            return before
        looks = self.looks(tuple(m.local for m in members))
        found = solve(looks, self.channels, self._bank, burnout, before, others, free_from)
        if not others:
            self._solutions[system], self._keys[system] = found, key
        return found

    def burnout(self, system: int) -> tuple[float, float] | None:
        """Burnout time and sigma of a system track seen by telescopes; None while it may still burn."""
        last: dict[int, float] = {}
        for m in self.members[system]:
            # One that went blind while it may still have burnt cannot say.
            until = m.last_t + MISSED_FRAMES * self._frames[m.channel]
            if self.channels[m.channel].telescope and not self._blind.get(m.channel, np.inf) <= until + 1e-6:
                last[m.channel] = max(last.get(m.channel, -np.inf), m.last_t)
        eyes = np.array(list(last), dtype=np.int64)
        seen = np.array(list(last.values()))
        return plume_end(seen, self._frames[eyes], self._detection[eyes], self.now, MISSED_FRAMES)

    def _went_out(self) -> bool:
        """Whether an engine that burnt at the last step is now known to be out."""
        out = {s for s in range(len(self.members)) if self.burnout(s) is not None}
        new = bool(out - self._out)
        self._out = out
        return new

    def _gather(self) -> bool:
        """Give each confirmed local track without an owner to the system track it fits, or begin one.

        One that cannot be judged yet, as when its looks straddle burnout, waits up to a minute.
        """
        changed = False
        for row in np.flatnonzero(self._local.confirmed & (self._local.owner < 0)):
            answers = [self._same(int(row), s) for s in range(len(self.members))]
            if True in answers:
                home = answers.index(True)
            elif None in answers and self.now - self._local.first_t[row] < UNDECIDED_S:
                continue
            else:
                home = len(self.members)
                self.members.append(())
                self._solutions.append(None)
            owner = self._local.owner.copy()
            owner[row] = home
            self._local = replace(self._local, owner=owner)
            self.members[home] = (*self.members[home], member(self._local, int(row)))
            changed = True
        return changed

    def _same(self, row: int, system: int) -> bool | None:
        """Whether a local track is the object of a system track, by a live member or by its ballistic arc."""
        channel, since = self._local.channel[row], self._local.first_t[row]
        # Two tracks of one sensor that both had looks at the same time are two objects.
        if any(m.channel == channel and m.last_t >= since for m in self.members[system]):
            return False
        live = {m.local for m in self.members[system] if m.live}
        r_own = self._r_sensor[int(self._local.channel[row])]
        compared = [
            agree(self._local, row, int(b), self.channels, r_own, self._r_sensor[int(self._local.channel[b])])
            for b in np.flatnonzero(np.isin(self._local.id, list(live)))
        ]
        known = [a for a in compared if a is not None]
        if known:
            return all(known)
        before = self.solution(system)
        if before.state is None or before.phase != "ballistic":
            return False
        if self.channels[self._local.channel[row]].telescope:
            return False
        looks = self.looks((int(self._local.id[row]),))
        return explains(looks, self.channels, before.state, self._bank.inv_beta)
