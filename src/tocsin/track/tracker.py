"""The tracker of one centre: scans in, in any order within the lateness; one picture out."""

from __future__ import annotations

from collections import Counter
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.ballistic import Gaussian
from tocsin.estimate.looks import Channel, Looks
from tocsin.sensor.scan import Scan
from tocsin.track.accept import cleaned, rank, shapeless
from tocsin.track.boost import Bank
from tocsin.track.coasts import Coasts
from tocsin.track.due import burnout_of
from tocsin.track.event import TrackEvent
from tocsin.track.gather import Tables
from tocsin.track.hypotheses.chain import Chains
from tocsin.track.hypotheses.watch import watches_of
from tocsin.track.known import Known
from tocsin.track.looktable import LookTable
from tocsin.track.members import Member, members_of, owners_of, rows_of
from tocsin.track.picture import NOBODY, Picture
from tocsin.track.score import SequentialTest
from tocsin.track.sense import TICK_S, Arrived
from tocsin.track.setting import Rules, Setting
from tocsin.track.solution import Solution
from tocsin.track.solve import solve
from tocsin.track.solves import Solves
from tocsin.track.window import Window

Ints = NDArray[np.int64]
Array = NDArray[np.float64]


@final
class Tracker:
    """A fold over scans; the caller owns the loop, the clock is the scans' own.

    `step` takes one scan and never raises for what is in it. A scan that comes late is sorted in, if it is no
    older than the lateness. System tracks are numbered as they are first told. The same scans give the same
    settled events and the same picture, bit for bit, in whatever order they came within the lateness.
    frames (c,): each channel's time between scans, s; detection (c,): probability of a look; density (c,):
    false looks per unit of the channel's own coordinates; cells (c, 2): a radar's resolution in range, m, and
    angle, rad; known: the objects of the catalogue, whose looks are set aside.
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
        known: Known | None = None,
        rules: Rules | None = None,
    ) -> None:
        cells = np.zeros((len(channels), 2)) if cells is None else cells
        watches = watches_of([c.telescope for c in channels], detection, density, cells)
        test, rules = test or SequentialTest(), rules or Rules()
        self._setting = Setting(channels, frames, detection, watches, bank, test, rules)
        self._index = {c.name: i for i, c in enumerate(channels)}
        self._tables = Tables(Chains(), LookTable(), Coasts(), Solves())
        self._window = Window(Picture.empty(self._setting, known), self._setting, self._tables)
        self._number: dict[int, int] = {}
        self._founders: list[int] = []
        self._founded = self.picture.systems.founder
        self._row: dict[int, int] = {}
        self._answers: dict[int, tuple[Solution | None, tuple[int, ...], Solution]] = {}
        self._ahead: Scan | None = None
        self.counts: Counter[str] = Counter()

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The sensors."""
        return self._setting.channels

    @property
    def now(self) -> float:
        """The time of the picture, TAI s."""
        return self.picture.t

    @property
    def picture(self) -> Picture:
        """What all scans so far say."""
        return self._window.picture

    @property
    def told(self) -> tuple[TrackEvent, ...]:
        """The events of the picture that a late scan may still change."""
        return self._window.told

    def settled(self) -> tuple[TrackEvent, ...]:
        """The events that have become older than the lateness since this was last asked."""
        return self._window.settled()

    def withdrawn(self) -> tuple[TrackEvent, ...]:
        """Events once told that a late scan has undone, since this was last asked."""
        return self._window.withdrawn()

    def finish(self) -> tuple[TrackEvent, ...]:
        """No more scans will come: all events that are left, settled."""
        return self._window.settled(np.inf)

    def step(self, scan: Scan) -> bool:
        """Fold one scan; true when a system track began, gained a sensor, merged, or its engine went out.

        What is wrong is left out and counted in `counts`: an unknown sensor, no table of looks, one that came
        twice or late; looks that are no numbers, without errors, or doubled; looks beyond the most.
        """
        c = self._index.get(scan.sensor)
        wrong = "of no sensor here" if c is None else shapeless(scan, self.channels[c].telescope)
        if c is None or wrong is not None:
            self.counts[f"scan refused: {wrong}"] += 1
            return False
        limit = self.now + self._setting.rules.ahead_s
        if np.isfinite(self.now) and scan.t > limit:
            return self._jumped(scan, c)
        return self._folded(scan, c)

    def _jumped(self, scan: Scan, c: int) -> bool:
        """A scan from beyond what is next: held until another one, too, is of that time."""
        held, self._ahead = self._ahead, scan
        again = held is not None and (held.sensor, held.t) == (scan.sensor, scan.t)
        if held is None or again or abs(held.t - scan.t) > self._setting.rules.ahead_s:
            self.counts["scan held: ahead of the time"] += 1
            return False
        self._ahead = None
        first = self._folded(held, self._index[held.sensor])
        return self._folded(scan, c) or first

    def __len__(self) -> int:
        """How many system tracks have been numbered, forgotten ones too."""
        return len(self._founders)

    @property
    def numbers(self) -> list[int]:
        """The numbers of those that are in the picture, merged ones too; not of what is forgotten."""
        return sorted(self._number[founder] for founder in self._row)

    @property
    def members(self) -> list[tuple[Member, ...]]:
        """The parts of each system track, by its number; none of one that was merged."""
        return [self.members_of(number) for number in range(len(self))]

    def row(self, number: int) -> int | None:
        """The row in the picture of a system track; None where it is forgotten, or undone by a late scan."""
        return self._row.get(self._founders[number])

    def number(self, founder: int) -> int:
        """The number of the system track that a sensor's own track has founded, as events name it."""
        return self._number[founder]

    def merged_into(self, number: int) -> int | None:
        """The number of the system track that one is part of by now; None of one that stands by itself."""
        row, into = self.row(number), self.picture.systems.into
        if row is None or into[row] == NOBODY:
            return None
        while into[row] != NOBODY:
            row = int(into[row])
        return self._number[int(self.picture.systems.founder[row])]

    def members_of(self, number: int) -> tuple[Member, ...]:
        """The parts of a system track, in the order in which they joined it."""
        row = self.row(number)
        return () if row is None else members_of(self.picture.members, row)

    def looks(self, names: tuple[int, ...]) -> Looks:
        """Every look that belongs to these parts of system tracks, in order of time."""
        m = self.picture.members
        parts = np.flatnonzero(np.isin(m.local, names))
        return self._tables.looks.looks(*rows_of(self._tables.chains, m, parts))

    def size(self, number: int) -> int:
        """Of how many bodies a system track is at the least: more than one of a group not told apart."""
        row = self.row(number)
        return 0 if row is None else int(self.picture.systems.size[row])

    def owners(self) -> Ints:
        """The number (n,) of each look's system track, -1 of none, in the order in which looks came."""
        return owners_of(self.picture, self._tables, self._number)

    def solution(
        self, system: int, others: tuple[Gaussian, ...] = (), free_from: float | None = None
    ) -> Solution:
        """What the looks of a system track say now, the search begun where it was last solved in turn.

        others: independent states of it, from a partner; free_from: when the partner saw its engine go out.
        """
        members, burnout, row = self.members_of(system), self.burnout(system), self.row(system)
        before = None if row is None else self.picture.solutions[row]
        key = (*(m.hits for m in members), *(m.local for m in members), burnout is None)
        held = self._answers.get(system)
        if held is not None and not others and held[0] is before and held[1] == key:
            return held[2]
        looks = self.looks(tuple(m.local for m in members))
        found = solve(looks, self.channels, self._setting.bank, burnout, before, others, free_from)
        if not others:
            self._answers[system] = before, key, found
        return found

    def burnout(self, system: int) -> tuple[float, float] | None:
        """Burnout time and sigma of a system track seen by telescopes; None while it may still burn."""
        row = self.row(system)
        return None if row is None else burnout_of(self.picture, row, self._setting, self._tables)

    def _folded(self, scan: Scan, c: int) -> bool:
        """Sort a scan in; whether something worth a look has changed."""
        if scan.t < self._window.oldest:
            self.counts["scan too late"] += 1
            return False
        rules = self._setting.rules
        # Those that known objects explain are not followed: more are kept until it is known which these are.
        most = round(rules.most_looks * (1.0 if self.picture.known is None else rules.tried))
        scan = cleaned(scan, self.channels[c].telescope, float(self._setting.frames[c]), most, self.counts)
        for other in self._window.scans:
            if other.channel == c and abs(other.scan.t - scan.t) < TICK_S:
                if rank(other.scan) == rank(scan):
                    self.counts["scan came twice"] += 1
                    return False
                self.counts["two scans of one name"] += 1
                if rank(other.scan) > rank(scan):
                    return False
                self._window.drop(other)
                break
        row = np.array([self._tables.looks.add(scan, c)])
        changed, made = self._window.fold(Arrived(scan, c, row))
        if made.aside is not None:
            self.counts["looks of known objects"] += made.explained
            self.counts["looks shed"] += int(np.sum(made.aside)) - made.explained
        if self.picture.systems.founder is not self._founded:
            self._numbered()
        return changed

    def _numbered(self) -> None:
        """Number the system tracks that are new, in the order in which they were founded, and forget the
        answers for what is forgotten.
        """
        self._founded = self.picture.systems.founder
        founders = self._founded.tolist()
        for founder in founders:
            if founder not in self._number:
                self._number[founder] = len(self._founders)
                self._founders.append(founder)
        self._row = {founder: row for row, founder in enumerate(founders)}
        self._answers = {n: held for n, held in self._answers.items() if self._founders[n] in self._row}
