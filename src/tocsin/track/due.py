"""When an engine is known to be out, and when a system track is to be solved anew."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.boost import last_of_plume, plume_end
from tocsin.track.gather import Tables
from tocsin.track.members import rows_of
from tocsin.track.picture import NOBODY, Picture
from tocsin.track.setting import Setting

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

MISSED_FRAMES = 3
FIRST_LOOKS = (5, 10, 20)
EVERY_S = 15.0
JOINED_S = 5.0  # since it was solved, for a new member to ask for a burning one again: all join at once
LONG_LOOKS = 300  # four telescopes' in 75 s: one more frame takes as long as two of a younger track
FREE_LOOKS = (4, 6, 8, 12, 16, 24)
"""Of a body in free flight; then each time that its looks have grown by half."""


def telling(picture: Picture, setting: Setting) -> Bools:
    """Which members (n,) tell of an engine by their silence: of telescopes that could have seen it since.

    One that went blind, or of which no scan has come, while it may still have burnt cannot say.
    """
    m = picture.members
    last = _last_seen(picture, setting, np.arange(len(m)))
    until = last[m.system, m.channel] + MISSED_FRAMES * setting.frames[m.channel]
    sees = (picture.blind[m.channel] > until + 1e-6) & (picture.heard[m.channel] > until - 1e-6)
    return setting.telescope[m.channel] & (sees | (picture.t <= until + 1e-6))


def engines_out(picture: Picture, setting: Setting) -> Bools:
    """Which system tracks (s,) burn no longer: every telescope that saw one missed it for three frames."""
    m, s = picture.members, picture.systems
    out = np.zeros(len(s), bool)
    rows = np.flatnonzero(s.burning[m.system] & telling(picture, setting))
    if not len(rows):
        return out
    out[m.system[rows]] = True
    since = _last_seen(picture, setting, rows)
    sees = picture.t - since <= MISSED_FRAMES * setting.frames + 1e-6
    return np.asarray(out & ~(sees & np.isfinite(since)).any(axis=1))


def _last_seen(picture: Picture, setting: Setting, rows: Ints) -> Array:
    """When each sensor saw each system track (s, c) last, by whichever of these members; -inf if by none."""
    m = picture.members
    last = np.full((len(picture.systems), len(setting.channels)), -np.inf)
    np.maximum.at(last, (m.system[rows], m.channel[rows]), m.last_t[rows])
    return last


def burnout_of(picture: Picture, system: int, setting: Setting, tables: Tables) -> tuple[float, float] | None:
    """Burnout time and sigma of a system track seen by telescopes; None while it may still burn.

    Looks that a telescope's track has found since the plume went out to the others do not count. One that
    went blind or silent tells by what it saw, and not by what it missed since.
    """
    m = picture.members
    rows = np.flatnonzero((m.system == system) & setting.telescope[m.channel])
    eyes = np.unique(m.channel[rows])
    tells = np.isin(eyes, m.channel[rows[telling(picture, setting)[rows]]])
    if not tells.any():
        return None
    seen = np.array([m.last_t[rows[m.channel[rows] == c]].max() for c in eyes])
    frames, detection = setting.frames[eyes], np.where(tells, setting.detection[eyes], 0.0)
    end = plume_end(seen, frames, detection, picture.t, MISSED_FRAMES)
    if end is None or len(eyes) < 2:
        return end
    looks = tables.looks.looks(*rows_of(tables.chains, m, rows))
    if not len(looks):
        return end
    channel = np.searchsorted(eyes, looks.channel)
    # One telescope's track ends when it has missed so many frames: what comes later is another stage's.
    gap_s = (setting.test.most_misses + 1.5) * float(frames.min())
    until = last_of_plume(looks.t, channel, frames, detection, gap_s)
    if until >= looks.t[-1]:
        return end
    here = looks.t <= until
    own = np.unique(channel[here])
    seen = np.array([looks.t[here & (channel == c)].max() for c in own])
    return plume_end(seen, frames[own], detection[own], picture.t, MISSED_FRAMES)


def due(picture: Picture, looks: Ints) -> Ints:
    """The rows of the system tracks to be solved now, those just burnt out first, then the longest waiting.

    looks (s,) that each has. A burning one is due at looks 5, 10 and 20, then every 15 s; one in free flight
    as its looks grow; any when it gains a member, but a burning one not at once again.
    """
    s = picture.systems
    grown = looks > s.solved_looks
    long = (looks >= FIRST_LOOKS[-1]) & (picture.t - s.solved_t >= EVERY_S)
    boost = s.burning & (_passed(FIRST_LOOKS, s.solved_looks, looks) | long)
    half = (looks > FREE_LOOKS[-1]) & (2 * looks >= 3 * s.solved_looks)
    free = ~s.burning & (_passed(FREE_LOOKS, s.solved_looks, looks) | half)
    joined = s.joined & (looks >= FREE_LOOKS[0]) & (~s.burning | (picture.t - s.solved_t >= JOINED_S))
    rows = np.flatnonzero((s.into == NOBODY) & (s.ended | (grown & (boost | free | joined))))
    return rows[np.lexsort((rows, s.solved_t[rows], ~s.ended[rows]))]


def affordable(picture: Picture, rows: Ints, looks: Ints, most: float) -> Ints:
    """The first of these system tracks that one step can solve: at least one.

    looks (s,) that each has. By count, not by clock, so that a replay solves the same ones. A boost that is
    fitted from nothing, or from many looks, counts for two: it takes so much longer.
    """
    fresh = [s is None or s.boost is None for s in (picture.solutions[row] for row in rows)]
    long = picture.systems.burning[rows] & (np.array(fresh, bool) | (looks[rows] >= LONG_LOOKS))
    count = int(np.searchsorted(np.cumsum(1.0 + long), most, side="right"))
    return rows[: max(count, 1)]


def _passed(steps: tuple[int, ...], before: Ints, now: Ints) -> Bools:
    """Whether counts (s,) have reached one more of the steps than they had before."""
    return np.searchsorted(steps, now, side="right") > np.searchsorted(steps, before, side="right")
