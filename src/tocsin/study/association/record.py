"""What a tracker made of a run: every look in the order in which it was fed, who made it and who took it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import TocsinError
from tocsin.sensor.labels import NOBODY, Labels

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

NO_TRACK = -1


@final
@dataclass(frozen=True, eq=False)
class Record:
    """Looks (n,) in the order of feeding, with the truth beside them.

    labels: the bodies that made each; sensor (n,): a number of who looked; track (n,): the name, 0 or more,
    of the track that each look belongs to in the end, -1 none. name (m,): the tracks, each once; by (m,): how
    many of its looks a track had when it was confirmed, 0 if it never was; size (m,): of how many bodies it
    says that it is at the least, 1 if not given. TocsinError where these do not fit together.
    """

    labels: Labels
    sensor: Ints
    track: Ints
    name: Ints
    by: Ints
    size: Ints | None = None

    def __post_init__(self) -> None:
        problems = []
        if not len(self.labels) == len(self.sensor) == len(self.track):
            problems.append(
                f"Record: {len(self.labels)} labels, {len(self.sensor)} sensors, {len(self.track)} tracks: "
                "give one of each for each look"
            )
        sizes = self.by if self.size is None else self.size
        if not len(np.unique(self.name)) == len(self.name) == len(self.by) == len(sizes):
            problems.append("Record.name: give each track once, and one number in `by` and `size` for each")
        elif not np.all(np.isin(self.track, [NO_TRACK, *self.name])):
            problems.append("Record.track: a look belongs to a track that is not in name; add it there")
        if problems:
            raise TocsinError(problems)

    @cached_property
    def row(self) -> Ints:
        """The row in `name` (n,) of each look's track, -1 of none."""
        order = np.argsort(self.name)
        row = np.full(len(self.track), NO_TRACK, dtype=np.int64)
        some = self.track != NO_TRACK
        row[some] = order[np.searchsorted(self.name, self.track[some], sorter=order)]
        return row

    @property
    def bodies(self) -> Ints:
        """Of how many bodies each track (m,) is."""
        return np.ones(len(self.name), np.int64) if self.size is None else self.size

    @property
    def confirmed(self) -> Bools:
        """Which tracks (m,) were confirmed."""
        return self.by > 0

    @cached_property
    def confirmed_at(self) -> Ints:
        """The look with which each track (m,) was confirmed: its `by`-th; n, after all, if it never was."""
        n = len(self.track)
        out = np.full(len(self.name), n, dtype=np.int64)
        for row, looks in enumerate(self.looks_of):
            if self.by[row] > 0 and len(looks):
                out[row] = looks[min(self.by[row], len(looks)) - 1]
        return out

    @cached_property
    def looks_of(self) -> list[Ints]:
        """The looks of each track (m,), in the order of feeding."""
        some = np.flatnonzero(self.row != NO_TRACK)
        order = some[np.argsort(self.row[some], kind="stable")]
        count = np.bincount(self.row[some], minlength=len(self.name))
        return np.split(order, np.cumsum(count)[:-1]) if len(self.name) else []

    @cached_property
    def votes(self) -> tuple[Ints, Ints]:
        """A look and a body it speaks for (k,): each of its bodies, -1 for a false one; in order of looks."""
        false = np.flatnonzero(self.labels.count == 0)
        look = np.concatenate([self.labels.look, false])
        body = np.concatenate([self.labels.body, np.full(len(false), NOBODY, dtype=np.int64)])
        order = np.argsort(look, kind="stable")
        return look[order], body[order]
