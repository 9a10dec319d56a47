"""Groups that have come apart: each part is a system track of its own from then on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tocsin.track.event import TrackEvent
from tocsin.track.others import system_of
from tocsin.track.picture import NOBODY, Picture

Array = NDArray[np.float64]
Ints = NDArray[np.int64]


def split(picture: Picture, c: int) -> tuple[Picture, tuple[TrackEvent, ...]]:
    """The picture with no two groups of one sensor in one system track, and what has left which.

    The part that holds the track which founded the system track, else the one of the lowest label, keeps it.
    """
    sensed = picture.sensed[c]
    system, label = system_of(picture, sensed.tracks), sensed.groups.label
    own = np.flatnonzero(system != NOBODY)
    some = np.empty(len(picture.systems), np.int64)
    some[system[own]] = label[own]
    if (some[system[own]] == label[own]).all():  # nearly always, and quicker to see than what is apart
        return picture, ()
    pairs = np.unique(np.stack([system[own], label[own]], axis=1), axis=0)
    rows, count = np.unique(pairs[:, 0], return_counts=True)
    told = []
    for row in rows[count > 1].tolist():
        founder = int(picture.systems.founder[row])
        parts = pairs[pairs[:, 0] == row, 1].tolist()
        first = sensed.tracks.id == founder
        kept = int(label[first][0]) if first.any() else parts[0]
        for part in parts:
            if part == kept:
                continue
            gone = own[(system[own] == row) & (label[own] == part)]
            moved = sensed.tracks.id[gone]
            picture = _moved(picture, row, moved, sensed.groups.spread[gone])
            told.append(TrackEvent(picture.t, c, "split", int(moved[0]), founder))
    return picture, tuple(told)


def _moved(picture: Picture, row: int, moved: Ints, spread: Array) -> Picture:
    """These own tracks (n,), a group of that spread (n,), taken out of a system track; the first founds
    another."""
    m, s = picture.members, picture.systems
    systems = s.founded(moved[:1])
    systems.joined[[row, -1]] = True
    systems.burning[-1] = s.burning[row]
    systems.size[row] = max(int(s.size[row]) - len(moved), 1)
    system, wide = m.system.copy(), m.spread.copy()
    order = np.argsort(m.local)
    own = order[np.searchsorted(m.local, moved, sorter=order)]
    system[own], wide[own] = len(s), spread
    members = replace(m, system=system, spread=wide)
    return replace(picture, members=members, systems=systems, solutions=(*picture.solutions, None))


def counted(picture: Picture, c: int) -> Picture:
    """The picture with the most bodies of each system track that one sensor saw at one time."""
    m, s = picture.members, picture.systems
    seen = m.live & (m.channel == c) & (m.last_t >= picture.t - 1e-6)
    now = np.bincount(m.system[seen], minlength=len(s))
    if not (now > s.size).any():
        return picture
    return replace(picture, systems=replace(s, size=np.maximum(s.size, now)))
