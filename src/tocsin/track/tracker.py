"""The tracker of one centre: scans folded into local tracks, local tracks gathered into system tracks."""

from __future__ import annotations

from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.ballistic import Gaussian
from tocsin.estimate.boost import plume_end
from tocsin.estimate.looks import Channel, Looks, in_order, joined, no_looks, with_rates
from tocsin.sensor.scan import Scan
from tocsin.track.boost import Bank
from tocsin.track.correlate import agree, explains
from tocsin.track.hypotheses.chain import Chains
from tocsin.track.hypotheses.follow import follow, no_local
from tocsin.track.hypotheses.watch import Watch
from tocsin.track.local import LocalTracks, confirmed, together
from tocsin.track.members import Member, member
from tocsin.track.score import SequentialTest
from tocsin.track.sighted import sighted
from tocsin.track.solution import Solution
from tocsin.track.solve import solve

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
MISSED_FRAMES = 3
UNDECIDED_S = 60.0
COMPARED_S = 15.0  # apart at most, for two local tracks to be compared


@final
class Tracker:
    """A fold over scans; the caller owns the loop, the clock is the scans' own.

    `step` takes one scan; `solution` says what the looks of a system track say now. The same scans give the
    same tracks, bit for bit. frames (c,): each channel's time between scans, s; detection (c,): probability
    of a look; density (c,): false looks per unit of the channel's own coordinates; cells (c, 2): a radar's
    resolution in range, m, and angle, rad.
    """

    def __init__(
        self,
        channels: tuple[Channel, ...],
        frames: Array,
        detection: Array,
        density: Array,
        bank: Bank,
        test: SequentialTest | None = None,
        cells: Array | None = None,
    ) -> None:
        self.channels = channels
        self._frames, self._detection = frames, detection
        self._index = {c.name: i for i, c in enumerate(channels)}
        resolved = np.zeros((len(channels), 2)) if cells is None else cells
        self._watches = [
            Watch(not c.telescope, float(p), float(f), (float(s[0]), float(s[1])))
            for c, p, f, s in zip(channels, detection, density, resolved, strict=True)
        ]
        self._bank = bank
        self._test = test or SequentialTest()
        self._locals = [no_local(w) for w in self._watches]
        self._tracks = [confirmed(local, c) for c, local in enumerate(self._locals)]
        self._chains = Chains()
        self._looks: list[Looks] = []
        self._rows = 0
        self._next_track = 0
        self._r_sensor: dict[int, Array] = {}
        self._blind: dict[int, float] = {}
        # Of each local track its system track, and of those that have ended what they had.
        self._home: dict[int, int] = {}
        self._ended: dict[int, tuple[Member, int]] = {}
        self._systems: list[list[int]] = []
        self._solutions: list[Solution | None] = []
        self._keys: dict[int, tuple[int, int, bool]] = {}
        self._burning: set[int] = set()
        self.now = -np.inf

    @property
    def members(self) -> list[tuple[Member, ...]]:
        """The local tracks of each system track, in the order in which they joined it."""
        live = {int(i): (c, row) for c, own in enumerate(self._tracks) for row, i in enumerate(own.id)}
        return [
            tuple(
                member(self._tracks[live[i][0]], live[i][1]) if i in live else self._ended[i][0] for i in each
            )
            for each in self._systems
        ]

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
        self._locals[c] = follow(
            self._locals[c], scan, self._watches[c], self._test, self._next_track, self._rows, self._chains
        )
        self._next_track += 2 * len(scan)
        self._rows += len(scan)
        if len(scan):
            self._looks.append(_looks_of(scan, c))
        self._renew(c)
        gathered = self._gather(c)
        return self._went_out() or gathered

    def looks(self, names: tuple[int, ...]) -> Looks:
        """Every look that belongs to these local tracks, in order of time."""
        if not self._looks:
            return no_looks()
        if len(self._looks) > 1:
            # One table, made when it is asked for, not with each scan.
            self._looks = [joined(self._looks)]
        live = {int(i): int(cell) for own in self._tracks for i, cell in zip(own.id, own.cell, strict=True)}
        cells = [live[i] if i in live else self._ended[i][1] for i in names]
        rows = np.concatenate([self._chains.rows(cell) for cell in cells] or [np.empty(0, np.int64)])
        return in_order(self._looks[0].where(np.sort(rows)))

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

    def _renew(self, c: int) -> None:
        """The local tracks of a channel as they stand; one that has ended keeps what it had."""
        before, self._tracks[c] = self._tracks[c], confirmed(self._locals[c], c)
        for row in np.flatnonzero(~np.isin(before.id, self._tracks[c].id)):
            self._ended[int(before.id[row])] = member(before, int(row), False), int(before.cell[row])

    def _went_out(self) -> bool:
        """Whether an engine that burnt at the last step is now known to be out."""
        out = {s for s in self._burning if self.burnout(s) is not None}
        self._burning -= out
        return bool(out)

    def _gather(self, c: int) -> bool:
        """Give each local track without an owner to the system track it fits best, or begin one.

        One that cannot be judged yet, as when its looks straddle burnout, waits up to a minute.
        """
        changed = False
        for row, name in enumerate(self._tracks[c].id):
            if int(name) in self._home:
                continue
            home = self._home_of(c, row)
            if home is None:
                continue
            if home == len(self._systems):
                self._systems.append([])
                self._solutions.append(None)
            self._systems[home].append(int(name))
            self._home[int(name)] = home
            if self.channels[c].telescope:
                self._burning.add(home)
            changed = True
        return changed

    def _home_of(self, c: int, row: int) -> int | None:
        """The system track that a local track belongs to, a new one, or None where it cannot be told yet."""
        own = self._tracks[c].where(np.array([row]))
        apart = self._apart(own)
        since = float(own.first_t[0])
        best, waits = (np.inf, len(self._systems)), False
        for system, each in enumerate(self.members):
            # Two tracks of one sensor that both had looks at the same time are two objects.
            if any(m.channel == c and m.last_t >= since for m in each):
                continue
            known = [apart[m.local] for m in each if m.live and m.local in apart]
            if known:
                if max(known) <= 1.0:
                    best = min(best, (max(known), system))
                continue
            same = self._on_its_arc(own, system)
            if same:
                best = min(best, (1.0, system))
            waits |= same is None
        if best[1] == len(self._systems) and waits and self.now - since < UNDECIDED_S:
            return None
        return best[1]

    def _apart(self, own: LocalTracks) -> dict[int, float]:
        """How far a local track is from each live one of other channels, by `agree`."""
        near = [
            t.where(np.abs(t.t - own.t[0]) <= COMPARED_S)
            for k, t in enumerate(self._tracks)
            if k != own.channel[0] and len(t)
        ]
        if not near:
            return {}
        others, t = together(near), float(own.t[0])
        apart = agree(
            sighted(own, t, self.channels, self._r_sensor), sighted(others, t, self.channels, self._r_sensor)
        )
        return {int(i): float(a) for i, a in zip(others.id, apart, strict=True)}

    def _on_its_arc(self, own: LocalTracks, system: int) -> bool | None:
        """Whether a radar's local track lies on the arc of a system track; None where it cannot be told."""
        before = self.solution(system)
        if before.state is None or before.phase != "ballistic":
            return False
        if self.channels[int(own.channel[0])].telescope:
            return False
        looks = self.looks((int(own.id[0]),))
        return explains(looks, self.channels, before.state, self._bank.inv_beta)


def _looks_of(scan: Scan, channel: int) -> Looks:
    """A scan as rows of the table of looks."""
    m, n = scan.values.shape[1], len(scan)
    z, sigma = np.zeros((n, 3)), np.ones((n, 3))
    z[:, :m], sigma[:, :m] = scan.values, scan.sigmas
    r = np.repeat(scan.r_ecef[None], n, axis=0)
    looks = Looks(scan.t_look, np.full(n, channel, dtype=np.int64), z, sigma, r)
    if scan.rate is not None and scan.rate_sigma is not None:
        looks = with_rates(looks, scan.rate, scan.rate_sigma)
    return looks
