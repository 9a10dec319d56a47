"""One scan folded into its sensor's own tracks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.sensor.scan import Scan
from tocsin.track.accept import part, strongest
from tocsin.track.event import TrackEvent
from tocsin.track.group import grouped
from tocsin.track.hypotheses.chain import Chains
from tocsin.track.hypotheses.follow import follow
from tocsin.track.hypotheses.watch import EARTH_M
from tocsin.track.known import known_step
from tocsin.track.local import confirmed
from tocsin.track.picture import NOBODY, Members, Picture, Sensed
from tocsin.track.setting import Setting

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

TICK_S, CHANNEL_BITS, ROW_BITS = 0.01, 8, 17
"""Within a tick of each other two scans of one sensor would begin tracks of one number."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Arrived:
    """A scan as it is kept: its channel, row (1,) of its first look, and what the last fold made of it.

    aside (k,): looks not followed; explained: how many of them as known objects' own, the others are shed.
    """

    scan: Scan
    channel: int
    row: Ints
    before: Sensed | None = None
    aside: Bools | None = None
    after: Sensed | None = None
    explained: int = 0


def first_number(t: float, channel: int) -> int:
    """The number of the first track that a scan may begin: its time in ticks, its channel, then its looks.

    So a track has the same number whatever scans came before.
    """
    return ((round(t / TICK_S) << CHANNEL_BITS) | channel) << ROW_BITS


def begun_at(number: Ints) -> NDArray[np.float64]:
    """When the scans came that began tracks of these numbers (n,), TAI s."""
    return np.asarray((number >> (CHANNEL_BITS + ROW_BITS)) * TICK_S)


def sensed_next(
    picture: Picture, arrived: Arrived, setting: Setting, chains: Chains
) -> tuple[Picture, Arrived, tuple[TrackEvent, ...]]:
    """The picture with the sensor's own tracks after a scan, known objects set aside; news of those.

    A sensor whose part is what it was when this scan was last folded need not be followed again.
    """
    scan, c = arrived.scan, arrived.channel
    before = picture.sensed[c]
    aside, known, explained = None, picture.known, 0
    told: tuple[TrackEvent, ...] = ()
    if known is not None and len(scan):
        known, taken, reports = known_step(known, scan, c, setting.watches[c].density)
        explained = int(np.sum(taken >= 0))
        aside = (taken >= 0) | _beyond(scan, taken < 0, round(setting.rules.most_looks))
        told = tuple(TrackEvent(scan.t, c, r.kind, NOBODY, r.known) for r in reports if r.kind != "released")
    after = arrived.after
    if after is None or arrived.before is not before or not _same(arrived.aside, aside):
        watch, number = setting.watches[c], first_number(scan.t, c)
        local = follow(before.local, scan, watch, setting.test, number, int(arrived.row[0]), chains, aside)
        tracks = confirmed(local, c)
        sigma = np.median(scan.sigmas, axis=0) if len(scan) else None
        held = before.tracks.id, before.groups.label, before.groups.wide
        away = max(float(np.linalg.norm(scan.r_ecef)) - EARTH_M, 1.0)
        groups = grouped(*held, tracks, sigma, bool(setting.telescope[c]), away)
        after = Sensed(local, tracks, groups)
    sensed = (*picture.sensed[:c], after, *picture.sensed[c + 1 :])
    picture = replace(picture, sensed=sensed, known=known, members=refreshed(picture.members, c, after))
    arrived = replace(arrived, before=before, aside=aside, after=after, explained=explained)
    return picture, arrived, told


def _beyond(scan: Scan, left: Bools, most: int) -> Bools:
    """Which of the looks left (k,) are not among so many strongest of them."""
    rows = np.flatnonzero(left)
    beyond = np.zeros(len(scan), bool)
    if len(rows) > most:
        beyond[rows] = True
        beyond[rows[strongest(part(scan, rows), most)]] = False
    return beyond


def _same(a: Bools | None, b: Bools | None) -> bool:
    return a is b or (a is not None and b is not None and np.array_equal(a, b))


def refreshed(members: Members, channel: int, after: Sensed) -> Members:
    """The members as a sensor's own tracks have them now; one that has ended keeps what it had."""
    tracks = after.tracks
    own = np.flatnonzero(members.live & (members.channel == channel))
    if not len(own):
        return members
    at = np.searchsorted(tracks.id, members.local[own])
    at = np.minimum(at, max(len(tracks) - 1, 0))
    there = tracks.id[at] == members.local[own] if len(tracks) else np.zeros(len(own), bool)
    row, at = own[there], at[there]
    last_t, hits, llr = members.last_t.copy(), members.hits.copy(), members.llr.copy()
    cell, live, spread = members.cell.copy(), members.live.copy(), members.spread.copy()
    last_t[row], hits[row] = tracks.last_t[at], tracks.hits[at]
    llr[row], cell[row] = tracks.llr[at], tracks.cell[at]
    # What was seen of a group stays a group's when only one of its tracks is left.
    spread[row] = np.maximum(spread[row], after.groups.spread[at])
    live[own[~there]] = False
    return replace(members, last_t=last_t, hits=hits, llr=llr, cell=cell, live=live, spread=spread)
