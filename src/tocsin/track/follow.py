"""One scan folded into the local tracks of its sensor: predict, gate, assign, update, begin, end."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.sensor.scan import Scan
from tocsin.track.assign import assign
from tocsin.track.kinematics import gate, predict, update
from tocsin.track.local import JERK_DENSITY, LocalTracks, born, distance_of, join, per_axis
from tocsin.track.score import SequentialTest

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
GATE = 25.0


def follow(
    tracks: LocalTracks,
    scan: Scan,
    channel: int,
    detection: float,
    density: float,
    test: SequentialTest,
    next_id: int,
) -> tuple[LocalTracks, Ints]:
    """The local tracks after a scan, and the local track id of each look (k,) of it.

    detection: probability that an object in view gives a look; density: false looks per unit of the sensor's
    own coordinates. Tracks of other sensors are untouched; a look that fits no track begins one.
    """
    mine = tracks.channel == channel
    m = scan.values.shape[1]
    angle = 1 if scan.kind == "radar" else -1
    k = len(scan)
    if k == 0 and not mine.any():
        return tracks, np.empty(0, np.int64)
    own = tracks.where(mine)
    assigned = np.full(len(own), -1, np.int64)
    if len(own):
        dt = scan.t - own.t
        x, P = own.x.copy(), own.P.copy()
        predict(x, P, dt, per_axis(scan, np.sqrt(JERK_DENSITY), distance_of(scan, x)) ** 2)
        if k:
            order = np.argsort(scan.values[:, 0], kind="stable")
            start, column, ln = gate(x[:, :m], P[:, :m], scan.values, scan.sigmas, order, angle, GATE)
            gain = np.log(detection) + ln - np.log(density) - np.log(1.0 - detection)
            assigned = assign(start, column, gain, k)
            hit = assigned >= 0
            llr = own.llr + np.log(1.0 - detection)
            for i in np.flatnonzero(hit):
                row = slice(start[i], start[i + 1])
                llr[i] += gain[row][column[row] == assigned[i]][0]
            xh, Ph = np.ascontiguousarray(x[hit][:, :m]), np.ascontiguousarray(P[hit][:, :m])
            update(xh, Ph, scan.values[assigned[hit]], scan.sigmas[assigned[hit]], angle)
            x[np.ix_(hit, np.arange(m))], P[np.ix_(hit, np.arange(m))] = xh, Ph
        else:
            hit = assigned >= 0
            llr = own.llr + np.log(1.0 - detection)
        if angle == 1:
            x[:, 1, 0] %= 2 * np.pi
        # A confirmed track keeps what it has earned: it ends by its misses, not by a falling score.
        hits = own.hits + hit
        own = LocalTracks(
            id=own.id,
            channel=own.channel,
            t=np.full(len(own), scan.t),
            x=x,
            P=P,
            llr=np.where(hit | ~own.confirmed, llr, own.llr),
            hits=hits,
            misses=np.where(hit, 0, own.misses + 1),
            first_t=own.first_t,
            last_t=np.where(hit, scan.t, own.last_t),
            confirmed=own.confirmed | ((llr > test.upper) & (hits >= test.least_hits)),
            owner=own.owner,
        )
        lost = own.misses > np.where(own.confirmed, test.most_misses, 1)
        alive = ~lost & (own.confirmed | (own.llr > test.lower))
    else:
        alive = np.ones(0, bool)
    label = np.full(k, -1, np.int64)
    label[assigned[assigned >= 0]] = own.id[assigned >= 0]
    rest = join(tracks.where(~mine), own.where(alive))
    loose = label < 0
    if not loose.any():
        return rest, label
    fresh = born(scan, channel, np.flatnonzero(loose), next_id)
    label[loose] = fresh.id
    return join(rest, fresh), label
