"""System tracks that ended hours ago are forgotten: a day takes no more room and time than an hour."""

from __future__ import annotations

import math
from dataclasses import fields, replace

import numpy as np
from numpy.typing import NDArray

from tocsin.track.picture import NOBODY, Members, Picture, Systems
from tocsin.track.sense import begun_at
from tocsin.track.setting import Rules

Ints = NDArray[np.int64]

EVERY_S = 600.0


def forgotten(picture: Picture, t: float, rules: Rules) -> Picture:
    """The picture as it is before a scan at t, without the system tracks of which no sensor has had a look
    for so long; asked once every EVERY_S.

    A merged one goes with the one that it is part of, or when it began so long ago; of one that stays, the
    parts that ended so long ago go. It hangs on the picture and the time alone, so that any order of arrival
    leads to the same.
    """
    s, m = picture.systems, picture.members
    if not len(s) or math.floor(picture.t / EVERY_S) == math.floor(t / EVERY_S):
        return picture
    until = t - rules.forgotten_s
    last = np.full(len(s), -np.inf)
    np.maximum.at(last, m.system, np.where(m.live, np.inf, m.last_t))
    home = _homes(s.into)
    merged = s.into != NOBODY
    kept = (last[home] >= until) & ~(merged & (begun_at(s.founder) < until))
    own = kept[m.system] & (m.live | (m.last_t >= until))
    if kept.all() and own.all():
        return picture
    row = np.where(kept, np.cumsum(kept) - 1, NOBODY)
    into = np.where(merged, row[home], NOBODY)
    # So many looks are left: those that come are counted from there on.
    left = np.bincount(m.system[own], m.hits[own], minlength=len(s)).astype(np.int64)
    s = replace(s, into=into, solved_looks=np.minimum(s.solved_looks, left))
    systems = Systems(*(getattr(s, f.name)[kept] for f in fields(Systems)))
    m = replace(m, system=row[m.system])
    members = Members(*(getattr(m, f.name)[own] for f in fields(Members)))
    solutions = tuple(x for x, stays in zip(picture.solutions, kept, strict=True) if stays)
    return replace(picture, systems=systems, members=members, solutions=solutions)


def _homes(into: Ints) -> Ints:
    """The row (s,) that each is part of in the end: its own where it stands by itself."""
    home = np.arange(len(into))
    while True:
        on = into[home]
        if (on == NOBODY).all():
            return home
        home = np.where(on == NOBODY, home, on)
