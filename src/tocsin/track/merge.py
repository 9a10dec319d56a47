"""System tracks that turn out to be one: the older name stays, the histories are joined."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tocsin.track.event import TrackEvent
from tocsin.track.gather import Tables, apart_nowhere, home_of
from tocsin.track.others import COMPARED_S, Others, others_of, system_of, units_of
from tocsin.track.picture import NOBODY, Picture
from tocsin.track.setting import Setting

Told = tuple[TrackEvent, ...]


def merged(
    picture: Picture, own: int, around: Others | None, setting: Setting, tables: Tables
) -> tuple[Picture, Told]:
    """One with another system track, if one of its live parts belongs there: the younger is no more.

    around: all sensors' tracks, as `everyone` has them.
    """
    m = picture.members
    live = np.unique(m.channel[(m.system == own) & m.live])
    # One telescope and one radar speak for the others, those last heard.
    live = live[np.argsort(-picture.heard[live], kind="stable")]
    asked = set()
    for c in live.tolist():
        # One just made a group with another's is brought together with its sensor's next scan.
        unit = np.flatnonzero(units_of(picture, c) == own)
        kind = bool(setting.telescope[c])
        if kind in asked or not len(unit) or picture.t - picture.sensed[c].local.t > COMPARED_S:
            continue
        asked.add(kind)
        home = home_of(picture, c, int(unit[0]), others_of(around, c), setting, tables, own)
        if home >= 0 and apart_nowhere(picture, own, home):
            return _made_one(picture, own, home)
    return picture, ()


def brought_together(picture: Picture, c: int) -> tuple[Picture, Told]:
    """The picture with each group of a sensor in one system track at the most."""
    groups = picture.sensed[c].groups
    told: Told = ()
    if len(groups.units) == len(groups.unit):
        return picture, told
    system = system_of(picture, picture.sensed[c].tracks)
    own = np.flatnonzero(system != NOBODY)
    pairs = np.unique(np.stack([groups.unit[own], system[own]], axis=1), axis=0)
    units, count = np.unique(pairs[:, 0], return_counts=True)
    for unit in units[count > 1].tolist():
        keep, *others = pairs[pairs[:, 0] == unit, 1].tolist()
        for other in others:
            if picture.systems.into[other] == NOBODY:
                picture, news = _made_one(picture, keep, other)
                told += news
    return picture, told


def _made_one(picture: Picture, a: int, b: int) -> tuple[Picture, Told]:
    """Two system tracks as one, with what is told of it."""
    keep, gone = min(a, b), max(a, b)
    m, s = picture.members, picture.systems
    into, joined, burning, size = s.into.copy(), s.joined.copy(), s.burning.copy(), s.size.copy()
    ended = s.ended.copy()
    into[gone], joined[keep] = keep, True
    burning[keep] |= burning[gone]
    burning[gone] = False
    ended[keep], ended[gone] = (ended[keep] | ended[gone]) & ~burning[keep], False
    size[keep] = max(size[keep], size[gone])
    members = replace(m, system=np.where(m.system == gone, keep, m.system))
    systems = replace(s, into=into, joined=joined, burning=burning, ended=ended, size=size)
    told = TrackEvent(picture.t, picture.channel, "merged", int(s.founder[gone]), int(s.founder[keep]))
    return replace(picture, members=members, systems=systems), (told,)
