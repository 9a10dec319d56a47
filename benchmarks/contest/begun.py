"""Contestants that are given their tracks, and neither begin nor end any."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Protocol, final

import numpy as np
from stonesoup.dataassociator.neighbour import GNNWith2DAssignment
from stonesoup.hypothesiser.distance import DistanceHypothesiser
from stonesoup.measures import Mahalanobis
from stonesoup.types.array import StateVector
from stonesoup.types.state import GaussianState
from stonesoup.types.track import Track

from contest.contestant import Claims, Rows, places, watch_of
from contest.scene import Array, Known
from contest.stone import EPOCH, GATE, detections, earth_fixed, filter_of, looks_of
from tocsin.earth.constants import C_LIGHT
from tocsin.estimate.looks import Looks
from tocsin.motion.forces import GATING
from tocsin.sensor.measurement import site_axes
from tocsin.sensor.scan import Scan
from tocsin.study.filters.start import two_looks
from tocsin.track.hypotheses.begin import begun
from tocsin.track.hypotheses.chain import Chains
from tocsin.track.hypotheses.follow import Local, follow
from tocsin.track.hypotheses.gate import update
from tocsin.track.hypotheses.leaves import SCANS, STATE
from tocsin.track.local import LocalTracks, confirmed
from tocsin.track.score import SequentialTest

FIRST = 2  # the scan after those that tracks are begun from


class Begun(Protocol):
    """One track for each row of two scans that hold the same bodies in the same order."""

    def step(self, t: float, looks: Scan) -> Array:
        """Fold the looks of time t; where each track is then, Earth-fixed (n, 3) m, in order."""

    def claims(self) -> Claims:
        """The looks of each track, in order: number of the scan, row in it."""


@final
class BegunFollow:
    """Tocsin's local tracks: each begun from its look in the first scan, and sure with that in the second."""

    def __init__(self, known: Known, first: Scan, second: Scan) -> None:
        self._r_site, self._watch, self._count = known.r_site, watch_of(known), len(second)
        self._test = SequentialTest(most_misses=10**6)
        self._chains, self._rows, self._next = Chains(), Rows(), 2 * len(first)
        order = np.argsort(first.values[:, 0], kind="stable")
        every = np.arange(self._count)
        nobody = (np.empty((0, STATE)), np.empty((0, STATE, STATE)))
        around = self._watch.around(first, order)
        leaves = begun(every, around, first, self._watch, nobody, 0, 0, 0, self._chains)
        x, P, w = leaves.x, leaves.P, leaves.w
        self._watch.predict(x, P, w, np.full(self._count, second.t - first.t), first.r_ecef)
        seen, angle = self._watch.seen, self._watch.angle
        update(x, P, w, every, second.values, second.sigmas, seen, angle, np.empty(STATE))
        self._rows.add(first)
        cell = self._chains.add(self._rows.next + every, leaves.cell)
        self._rows.add(second)
        recent = np.concatenate([leaves.recent[:, 1:], self._count + every[:, None]], axis=1)
        sure = np.ones(self._count, bool)
        leaves = replace(leaves, hits=leaves.hits + 1, recent=recent, cell=cell, confirmed=sure)
        leaves = replace(leaves, last_t=np.full(self._count, second.t))
        base = np.zeros(SCANS, np.int64)
        base[-1] = self._count
        self._local = Local(leaves, second.t, base, 2 * self._count, every)

    def step(self, t: float, looks: Scan) -> Array:
        """As `Begun`."""
        self._local = follow(
            self._local, looks, self._watch, self._test, self._next, self._rows.next, self._chains
        )
        self._next += 2 * len(looks)
        self._rows.add(looks)
        return places(self._own().x, self._r_site)

    def claims(self) -> Claims:
        """As `Begun`."""
        return [self._rows.told(self._chains.rows(int(cell))[FIRST:]) for cell in self._own().cell]

    def _own(self) -> LocalTracks:
        sure = confirmed(self._local, 0)
        own = sure.where(np.argsort(sure.id))
        return own.where(own.id < self._count)


@final
class BegunStoneSoup:
    """Stone Soup's unscented filter in free flight and its single-scan assignment."""

    def __init__(self, known: Known, first: Scan, second: Scan) -> None:
        self._known, self._steps = known, FIRST
        predictor, self._updater = filter_of(known, unscented=True)
        near = DistanceHypothesiser(predictor, self._updater, Mahalanobis(), missed_distance=GATE)
        self._associator = GNNWith2DAssignment(near)
        turn = np.kron(np.eye(2), site_axes(known.r_site))
        self._tracks = []
        for i in range(len(second)):
            z, sigma = (np.stack([a[i], b[i]]) for a, b in _both(first, second))
            r_site = np.tile(known.r_site, (2, 1))
            looks = Looks(np.array([first.t, second.t]), np.zeros(2, np.int64), z, sigma, r_site)
            start = two_looks(looks, (), GATING)
            x = start.x.copy()
            x[:3] -= known.r_site + x[3:] * z[1, 0] / C_LIGHT
            now = EPOCH + timedelta(seconds=start.t)
            self._tracks.append(
                Track([GaussianState(StateVector(turn @ x), turn @ start.P @ turn.T, timestamp=now)])
            )

    def step(self, t: float, looks: Scan) -> Array:
        """As `Begun`."""
        found = set(detections(looks, self._steps))
        self._steps += 1
        by_track = self._associator.associate(set(self._tracks), found, EPOCH + timedelta(seconds=t))
        for track, hypothesis in by_track.items():
            track.append(self._updater.update(hypothesis) if hypothesis else hypothesis.prediction)
        x = np.array([np.asarray(track.mean, dtype=float).ravel() for track in self._tracks])
        return earth_fixed(x, self._known.r_site)

    def claims(self) -> Claims:
        """As `Begun`."""
        return [looks_of(track) for track in self._tracks]


def _both(first: Scan, second: Scan) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
    return (first.values, second.values), (first.sigmas, second.sigmas)
