"""Bodies that rise side by side, which one telescope tells apart and another cannot assign: one formation."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tocsin.track.gather import GATE, apart, homes_of, rivals, shut_to
from tocsin.track.group import FORMATION_M, YOUNG_S, as_one
from tocsin.track.hypotheses.watch import EARTH_M
from tocsin.track.local import LocalTracks
from tocsin.track.others import Others
from tocsin.track.picture import NOBODY, Picture
from tocsin.track.setting import Setting

Array = NDArray[np.float64]
Ints = NDArray[np.int64]


def formation(
    picture: Picture, c: int, row: int, others: Others | None, setting: Setting
) -> list[LocalTracks]:
    """The tracks, of one sensor in each part, that are one formation since a telescope's group may be each;
    none where what it may be is not side by side.

    Either it suits several system tracks about as well, which other telescopes see side by side; or it and
    others beside it suit one.
    """
    if not setting.telescope[c] or others is None:
        return []
    units = picture.sensed[c].groups.units
    mine = units.where(np.array([row]))
    d2 = apart(picture, mine, others, setting)[0]
    d2[shut_to(picture, c, float(mine.first_t[0]), NOBODY)] = np.inf
    best = int(np.argmin(d2)) if len(d2) else -1
    if best < 0 or d2[best] > GATE:
        return []
    homes = homes_of(d2)
    if len(homes) == 1:
        others_here = rivals(picture, c, row, best, float(d2[best]), others, setting)
        part = _beside(units.where(np.append(row, others_here)), picture.r_sensor[c])
        return [part] if len(part) > 1 else []
    parts = []
    for s in np.flatnonzero(setting.telescope):
        there = np.flatnonzero(np.isin(others.system, homes) & (others.tracks.channel == s))
        there = there[np.argsort(d2[others.system[there]], kind="stable")]
        part = _beside(others.tracks.where(there), picture.r_sensor[s])
        if len(part) > 1:
            parts.append(part)
    return parts


def formed_up(picture: Picture, formed: list[LocalTracks], setting: Setting) -> Picture:
    """The picture with each of these made one group of its sensor; its system tracks are brought together
    with that sensor's next scan."""
    sensed = list(picture.sensed)
    for part in formed:
        s = int(part.channel[0])
        own = sensed[s]
        rows = np.searchsorted(own.tracks.id, part.id)
        groups = as_one(own.groups, own.tracks, rows, bool(setting.telescope[s]))
        sensed[s] = replace(own, groups=groups)
    return replace(picture, sensed=tuple(sensed)) if formed else picture


def _beside(tracks: LocalTracks, r_sensor: Array) -> LocalTracks:
    """The first of one telescope's tracks with those that began with it, and are side by side with it by way
    of one another."""
    if len(tracks) < 2:
        return tracks
    away = float(np.linalg.norm(r_sensor)) - EARTH_M
    d = away * np.linalg.norm(tracks.x[:, None, [0, 3]] - tracks.x[None, :, [0, 3]], axis=-1)
    near = (d < FORMATION_M) & (np.abs(tracks.first_t[:, None] - tracks.first_t[None, :]) < YOUNG_S)
    reached = np.zeros(len(tracks), bool)
    reached[0] = True
    while (more := near[reached].any(axis=0) | reached).sum() > reached.sum():
        reached = more
    return tracks.where(reached)
