"""One scan folded into the picture: its sensor's own tracks, then the system tracks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tocsin.track.due import affordable, burnout_of, due, engines_out
from tocsin.track.event import TrackEvent, What
from tocsin.track.formation import formation, formed_up
from tocsin.track.gather import WAIT, Tables, home_of
from tocsin.track.group import YOUNG_S
from tocsin.track.local import LocalTracks
from tocsin.track.members import rows_of
from tocsin.track.merge import brought_together, merged
from tocsin.track.others import Others, as_now, everyone, others_of, system_of, units_of
from tocsin.track.picture import NOBODY, Picture
from tocsin.track.sense import Arrived, sensed_next
from tocsin.track.setting import Setting
from tocsin.track.splits import counted, split

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]
Told = tuple[TrackEvent, ...]

MOVED_S = 30.0  # between two scans that tell how their sensor moves, at most


def fold(
    picture: Picture, arrived: Arrived, setting: Setting, tables: Tables
) -> tuple[Picture, Arrived, Told]:
    """The picture after a scan that is not older than it, the scan with what was made of it, and the news."""
    scan, c = arrived.scan, arrived.channel
    picture, news = _heard(picture, arrived, setting)
    if scan.blind:
        # What it does not see now is no miss of any track, and no engine has gone out for it.
        return picture, arrived, news
    live = picture.members.live
    picture, arrived, told = sensed_next(picture, arrived, setting, tables.chains)
    picture, parted = split(picture, c)
    picture, one = brought_together(picture, c)
    picture, gathered, around = _gathered(picture, c, setting, tables)
    picture = counted(picture, c)
    picture, out = _burnt_out(picture, setting)
    picture, again = _solved(picture, around, setting, tables)
    burnt = tuple(
        TrackEvent(scan.t, c, "burnout", int(f)) for f in picture.systems.founder[np.flatnonzero(out)]
    )
    lost = _lost(picture, c, live)
    return picture, arrived, (*news, *told, *parted, *one, *gathered, *burnt, *again, *lost)


def _heard(picture: Picture, arrived: Arrived, setting: Setting) -> tuple[Picture, Told]:
    """The picture at the scan's time, and which sensors have fallen silent or are heard again."""
    scan, c = arrived.scan, arrived.channel
    r_sensor, v_sensor = _placed_sensors(picture, arrived)
    heard, blind = picture.heard.copy(), picture.blind.copy()
    heard[c] = scan.t
    blind[c] = min(blind[c], scan.t) if scan.blind else np.inf
    silent = np.isfinite(heard) & (scan.t - heard > setting.rules.silent_frames * setting.frames)
    dead = np.flatnonzero(silent & ~picture.silent)
    back = np.flatnonzero(picture.silent & ~silent)
    news = [TrackEvent(scan.t, int(k), "silent") for k in dead]
    news += [TrackEvent(scan.t, int(k), "heard") for k in back]
    after = replace(
        picture,
        t=scan.t,
        channel=c,
        r_sensor=r_sensor,
        v_sensor=v_sensor,
        heard=heard,
        blind=blind,
        silent=silent,
    )
    return after, tuple(news)


def _placed_sensors(picture: Picture, arrived: Arrived) -> tuple[Array, Array]:
    """Where each sensor (c, 3) is at a scan's time, and how it moves, by the two scans last heard of it."""
    scan, c = arrived.scan, arrived.channel
    v = picture.v_sensor.copy()
    since = scan.t - picture.t
    r = picture.r_sensor + v * (since if np.isfinite(since) else 0.0)
    dt = scan.t - picture.heard[c]
    # What it did in a long silence says less of how it moves now than what was known before.
    if 0.0 < dt <= MOVED_S:
        v[c] += (scan.r_ecef - r[c]) / dt
    r[c] = scan.r_ecef
    return r, v


def _gathered(
    picture: Picture, c: int, setting: Setting, tables: Tables
) -> tuple[Picture, Told, Others | None]:
    """Each of the sensor's groups that is in no system track joins the one it fits, or founds one; a track
    that has come to a group goes where that is. And what all sensors see, where it had to be known."""
    tracks, groups, told = picture.sensed[c].tracks, picture.sensed[c].groups, []
    formed: list[LocalTracks] = []
    around = others = None
    known = units_of(picture, c)
    lone = np.flatnonzero(system_of(picture, tracks) == NOBODY)
    for n, unit in enumerate(np.unique(groups.unit[lone]).tolist()):
        if n == 0:
            around = everyone(picture, setting)
            others = others_of(around, c)
        rows = lone[groups.unit[lone] == unit]
        home = int(known[unit])
        if home == NOBODY:
            home = home_of(picture, c, unit, others, setting, tables)
        founder = int(tracks.id[rows[0]])
        age = picture.t - groups.units.first_t[unit]
        if age < setting.rules.undecided_s:
            if home == NOBODY and (side_by_side := formation(picture, c, unit, others, setting)):
                formed += side_by_side if age >= YOUNG_S else []
                continue
            if home == WAIT:
                continue
        systems, solutions = picture.systems, picture.solutions
        if home < 0:
            home = len(systems)
            systems, solutions = systems.founded(np.array([founder])), (*solutions, None)
            told.append(TrackEvent(picture.t, c, "begun", founder))
        else:
            alive = bool(picture.members.live[picture.members.of(home)].any())
            what: What = "joined" if alive else "again"
            told.append(TrackEvent(picture.t, c, what, int(systems.founder[home]), founder))
        told += [
            TrackEvent(picture.t, c, "joined", int(systems.founder[home]), int(tracks.id[row]))
            for row in rows[1:]
        ]
        joined = systems.joined.copy()
        joined[home] = True
        members = picture.members.taking(tracks, rows, np.full(len(rows), home), groups.spread[rows])
        picture = replace(
            picture, members=members, systems=replace(systems, joined=joined), solutions=solutions
        )
    return formed_up(picture, formed, setting), tuple(told), None if formed else around


def _burnt_out(picture: Picture, setting: Setting) -> tuple[Picture, Bools]:
    """Which system tracks' engines are known to be out since the scan before: of those that burnt."""
    m, s = picture.members, picture.systems
    lit = np.zeros(len(s), bool)
    lit[m.system[setting.telescope[m.channel] & (m.last_t >= picture.t - 1e-6)]] = True
    systems = replace(s, burning=s.burning | lit)
    out = engines_out(replace(picture, systems=systems), setting)
    burning = systems.burning & ~out
    systems = replace(systems, burning=burning, ended=(systems.ended | out) & ~burning)
    return replace(picture, systems=systems), out


def _solved(
    picture: Picture, around: Others | None, setting: Setting, tables: Tables
) -> tuple[Picture, Told]:
    """The system tracks whose turn it is solved anew, and merged with another where they are one with it.

    around: what all sensors see, if that is known.
    """
    m, s = picture.members, picture.systems
    looks = np.bincount(m.system, m.hits, minlength=len(s)).astype(np.int64)
    chosen = affordable(picture, due(picture, looks), looks, setting.rules.solves)
    if not len(chosen):
        return picture, ()
    solutions = list(picture.solutions)
    ended, joined = s.ended.copy(), s.joined.copy()
    solved_looks, solved_t = s.solved_looks.copy(), s.solved_t.copy()
    for row in chosen:
        looks_of, spread = rows_of(tables.chains, m, m.of(int(row)))
        burnout = burnout_of(picture, int(row), setting, tables)
        founder = int(s.founder[row])
        solutions[row] = tables.solves(
            founder, looks_of, spread, tables.looks, burnout, solutions[row], setting
        )
        ended[row] = joined[row] = False
        solved_looks[row], solved_t[row] = looks[row], picture.t
    systems = replace(s, ended=ended, joined=joined, solved_looks=solved_looks, solved_t=solved_t)
    picture = replace(picture, systems=systems, solutions=tuple(solutions))
    told: list[TrackEvent] = []
    around = everyone(picture, setting) if around is None else as_now(around, picture)
    for row in chosen:
        picture, news = merged(picture, int(row), around, setting, tables)
        if news and around is not None:
            around = as_now(around, picture)
        told += news
    return picture, tuple(told)


def _lost(picture: Picture, c: int, live: Bools) -> Told:
    """System tracks of which the last live part has just ended."""
    m = picture.members
    ended = np.flatnonzero(live & ~m.live[: len(live)])
    rows = np.unique(m.system[ended])
    gone = [r for r in rows if not m.live[m.of(int(r))].any()]
    return tuple(TrackEvent(picture.t, c, "lost", int(picture.systems.founder[r])) for r in gone)
