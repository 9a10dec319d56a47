"""What all sensors see at one moment: their live tracks in space, with the system tracks that they are of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.track.local import LocalTracks, together
from tocsin.track.picture import NOBODY, Picture
from tocsin.track.setting import Setting
from tocsin.track.sighted import Sighted, sighted

Ints = NDArray[np.int64]

COMPARED_S = 15.0  # apart at most, for two local tracks to be compared


@final
@dataclass(frozen=True, slots=True, eq=False)
class Others:
    """Live tracks (n,) near in time, a group as one, in space, with their system tracks' rows."""

    tracks: LocalTracks
    seen: Sighted
    system: Ints


def system_of(picture: Picture, tracks: LocalTracks) -> Ints:
    """The system track's row (n,) of confirmed tracks, -1 of one that is in none."""
    m = picture.members
    order = np.argsort(m.local)
    at = np.searchsorted(m.local, tracks.id, sorter=order)
    own = order[np.minimum(at, max(len(m) - 1, 0))] if len(m) else np.zeros(len(tracks), np.int64)
    if not len(m):
        return np.full(len(tracks), NOBODY)
    return np.where(m.local[own] == tracks.id, m.system[own], NOBODY)


def units_of(picture: Picture, c: int) -> Ints:
    """The system track's row (u,) of each group of a sensor, -1 of one that is in none."""
    sensed = picture.sensed[c]
    out = np.full(len(sensed.groups.units), NOBODY)
    np.maximum.at(out, sensed.groups.unit, system_of(picture, sensed.tracks))
    return out


def everyone(picture: Picture, setting: Setting) -> Others | None:
    """The groups of all sensors, moved to the picture's time; None where there are none."""
    t = picture.t
    near = [k for k, s in enumerate(picture.sensed) if len(s.tracks) and abs(s.local.t - t) <= COMPARED_S]
    if not near:
        return None
    tracks = together([picture.sensed[k].groups.units for k in near])
    system = np.concatenate([units_of(picture, k) for k in near])
    return Others(tracks, seen_now(picture, tracks, setting), system)


def as_now(everyone: Others, picture: Picture) -> Others:
    """The same tracks, which are where they were, with the system tracks that they are of by now."""
    channels = np.unique(everyone.tracks.channel)
    return replace(everyone, system=np.concatenate([units_of(picture, int(c)) for c in channels]))


def seen_now(picture: Picture, tracks: LocalTracks, setting: Setting) -> Sighted:
    """Tracks in space at the picture's time."""
    return sighted(tracks, picture.t, setting.channels, picture.r_sensor, picture.v_sensor)


def others_of(everyone: Others | None, c: int) -> Others | None:
    """The groups of all sensors but one; None where there are none."""
    if everyone is None or not (rows := everyone.tracks.channel != c).any():
        return None
    return Others(everyone.tracks.where(rows), everyone.seen.where(rows), everyone.system[rows])
