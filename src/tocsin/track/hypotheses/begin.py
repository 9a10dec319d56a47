"""Tracks begun: from a look by itself, and from one beside a track, whose motion it may share."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.kernel import kernel
from tocsin.sensor.scan import Scan
from tocsin.track.hypotheses.chain import NONE, Chains
from tocsin.track.hypotheses.leaves import MISSED, SCANS, Leaves, joined
from tocsin.track.hypotheses.radar_motion import AZIMUTH, ELEVATION, RANGE
from tocsin.track.hypotheses.watch import Watch

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

# Assumed: how near to a track what it released or flies with it may be, and how unlike its velocity.
BESIDE_M, UNLIKE_M_S = 30e3, 150.0


def begun(
    looks: Ints, around: Array, scan: Scan, watch: Watch, led: tuple[Array, Array],
    next_track: int, count: int, row: int, chains: Chains,
) -> Leaves:  # fmt: skip
    """A track from each of these looks, and a second one where a confirmed track is beside it.

    around (k,): density of what else may give each look; led: states (t, 6) and covariances (t, 6, 6) of the
    confirmed tracks. The second has the velocity of the nearest of them, give or take 150 m/s (assumed):
    bodies that one rocket carried move alike.
    """
    z, sigma = scan.values, scan.sigmas
    x, P, w = watch.born(z[looks], sigma[looks], scan.r_ecef)
    worth = np.log(around[looks] / watch.density)
    cell = chains.add(row + looks, np.full(len(looks), NONE))
    alone = _leaves(looks, x, P, w, worth, scan.t, next_track, count, cell)
    if not (watch.radar and len(led[0]) and len(looks)):
        return alone
    beside = np.full(len(looks), -1)
    _nearest(z[looks], sigma[looks], led[0], np.argsort(led[0][:, RANGE]), beside)
    near = np.flatnonzero(beside >= 0)
    own = beside[near]
    x, P = x[near], P[near]
    x[:, :, 3:] = led[0][own, None, 3:]
    P[:, :, 3:, 3:] = led[1][own, None, 3:, 3:] + UNLIKE_M_S**2 * np.eye(3)
    second = _leaves(looks[near], x, P, w[near], worth[near], scan.t, next_track + len(z), count, cell[near])
    return joined(alone, second)


def _leaves(
    looks: Ints, x: Array, P: Array, w: Array, worth: Array, t: float, next_track: int, count: int, cell: Ints
) -> Leaves:  # fmt: skip
    n = len(looks)
    recent = np.full((n, SCANS), MISSED)
    recent[:, -1] = count + looks
    return Leaves(
        track=next_track + looks,
        x=x,
        P=P,
        w=w,
        llr=np.zeros(n),
        fit=worth.copy(),
        fall=np.zeros(n),
        hits=np.ones(n, np.int64),
        misses=np.zeros(n, np.int64),
        first_t=np.full(n, t),
        last_t=np.full(n, t),
        confirmed=np.zeros(n, bool),
        recent=recent,
        cell=cell,
    )


@kernel
def _nearest(z: Array, sigma: Array, x: Array, order: Ints, out: Ints) -> None:
    """Fill out (k,) with the track that is nearest to each look z (k, q), in range first; -1 if none is near.

    order sorts the tracks x (t, 6) by range.
    """
    for i in range(z.shape[0]):
        low, high = 0, order.size
        while low < high:
            middle = (low + high) // 2
            if x[order[middle], RANGE] < z[i, RANGE] - BESIDE_M:
                low = middle + 1
            else:
                high = middle
        best = BESIDE_M
        cosine = math.cos(z[i, ELEVATION])
        while low < order.size and x[order[low], RANGE] <= z[i, RANGE] + BESIDE_M:
            t = order[low]
            low += 1
            turn = x[t, AZIMUTH] - z[i, AZIMUTH]
            turn -= 2.0 * math.pi * math.floor(turn / (2.0 * math.pi) + 0.5)
            wide = BESIDE_M + 4.0 * z[i, RANGE] * max(sigma[i, AZIMUTH] * cosine, sigma[i, ELEVATION])
            rise = x[t, ELEVATION] - z[i, ELEVATION]
            off = abs(x[t, RANGE] - z[i, RANGE])
            if z[i, RANGE] * math.hypot(turn * cosine, rise) < wide and off < best:
                best = off
                out[i] = t
