"""The last scans, which may still be joined by a late one: folded anew from where it belongs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np

from tocsin.track.event import TrackEvent
from tocsin.track.fold import fold
from tocsin.track.forget import forgotten
from tocsin.track.gather import Tables
from tocsin.track.picture import Picture
from tocsin.track.sense import Arrived
from tocsin.track.setting import Setting
from tocsin.track.tidy import tidied

NEWS = frozenset({"begun", "joined", "split", "again", "merged", "burnout"})


@final
@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A scan in the window, the picture after it, and what it told."""

    arrived: Arrived
    picture: Picture
    told: tuple[TrackEvent, ...]

    @property
    def place(self) -> tuple[float, int]:
        """Where it belongs among the others."""
        return self.arrived.scan.t, self.arrived.channel


@final
class Window:
    """The picture before the oldest scan that is not yet settled, and those scans in order."""

    def __init__(self, picture: Picture, setting: Setting, tables: Tables) -> None:
        self._base, self._setting, self._tables = picture, setting, tables
        self._entries: list[Entry] = []
        self._settled: list[TrackEvent] = []
        self._withdrawn: list[TrackEvent] = []

    @property
    def picture(self) -> Picture:
        """After the newest scan."""
        return self._entries[-1].picture if self._entries else self._base

    @property
    def oldest(self) -> float:
        """The time before which a scan comes too late."""
        return max(self._base.t, self.picture.t - self._setting.rules.lateness_s)

    @property
    def scans(self) -> tuple[Arrived, ...]:
        """The scans that are not settled."""
        return tuple(e.arrived for e in self._entries)

    @property
    def told(self) -> tuple[TrackEvent, ...]:
        """The provisional events."""
        return tuple(event for e in self._entries for event in e.told)

    def fold(self, arrived: Arrived) -> tuple[bool, Arrived]:
        """Sort a scan in and fold it and all after it; whether what is told of tracks has changed, and what
        was made of it.
        """
        place = arrived.scan.t, arrived.channel
        at = len(self._entries)
        while at and self._entries[at - 1].place > place:
            at -= 1
        changed, made = self._again(at, [arrived, *(e.arrived for e in self._entries[at:])])
        return changed, made[0]

    def drop(self, arrived: Arrived) -> None:
        """Take a scan out again."""
        at = next(i for i, e in enumerate(self._entries) if e.arrived is arrived)
        self._again(at, [e.arrived for e in self._entries[at + 1 :]])

    def _again(self, at: int, scans: list[Arrived]) -> tuple[bool, list[Arrived]]:
        before = {event for e in self._entries[at:] for event in e.told}
        picture = self._entries[at - 1].picture if at else self._base
        del self._entries[at:]
        for each in scans:
            picture = forgotten(picture, each.scan.t, self._setting.rules)
            picture, arrived, told = fold(picture, each, self._setting, self._tables)
            self._entries.append(Entry(arrived, picture, told))
        made = [e.arrived for e in self._entries[at:]]
        after = {event for e in self._entries[at:] for event in e.told}
        self._withdrawn += sorted(before - after)
        self._settle(self.picture.t - self._setting.rules.lateness_s)
        return any(event.what in NEWS for event in after ^ before), made

    def _settle(self, until: float) -> None:
        """What is no newer is settled."""
        count = 0
        while count < len(self._entries) and self._entries[count].arrived.scan.t <= until:
            self._base = self._entries[count].picture
            self._settled += self._entries[count].told
            count += 1
        del self._entries[:count]
        if count:
            later, old_s = [e.picture for e in self._entries], self._setting.rules.forgotten_s
            tidied(self._base, later, self.scans, self._tables, old_s)

    def settled(self, until: float = -np.inf) -> tuple[TrackEvent, ...]:
        """The events settled since this was last asked, and those no newer than `until`, which settle now."""
        self._settle(until)
        out, self._settled = tuple(self._settled), []
        return out

    def withdrawn(self) -> tuple[TrackEvent, ...]:
        """Events once told that a late scan has undone, since this was last asked."""
        out, self._withdrawn = tuple(self._withdrawn), []
        return out
