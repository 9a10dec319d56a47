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
from tocsin.track.follow import follow

from contest.contestant import Claims
from contest.scene import Array, Known
from contest.stone import EPOCH, GATE, detections, earth_fixed, filter_of, looks_of
from tocsin.earth.constants import C_LIGHT
from tocsin.estimate.looks import Looks
from tocsin.motion.forces import GATING
from tocsin.sensor.measurement import position_from_radar, site_axes
from tocsin.sensor.scan import Scan
from tocsin.study.filters.start import two_looks
from tocsin.track.local import born
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
    """Tocsin's local step from two looks' places and rates."""

    def __init__(self, known: Known, first: Scan, second: Scan) -> None:
        self._known, self._steps = known, FIRST
        self._count, dt = len(second), second.t - first.t
        begun = born(second, 0, np.arange(self._count), 0)
        x, P = begun.x.copy(), begun.P.copy()
        x[:, :, 1] = (second.values - first.values) / dt
        P[:, :, 0, 1] = P[:, :, 1, 0] = second.sigmas**2 / dt
        P[:, :, 1, 1] = (first.sigmas**2 + second.sigmas**2) / dt**2
        self._tracks = replace(begun, x=x, P=P, hits=begun.hits + 1, confirmed=begun.confirmed | True)
        self._claims: Claims = [[] for _ in range(self._count)]

    def step(self, t: float, looks: Scan) -> Array:
        """As `Begun`."""
        known, n = self._known, self._count
        test = SequentialTest(most_misses=10**6)
        after, label = follow(self._tracks, looks, 0, known.detection, known.density, test, n)
        self._tracks = after.where(after.id < n)
        for row in np.flatnonzero(label < n):
            self._claims[label[row]].append((self._steps, int(row)))
        self._steps += 1
        x = self._tracks.x[np.argsort(self._tracks.id)]
        values = x[:, :, 0] + x[:, :, 1] * x[:, :1, 0] / C_LIGHT
        return position_from_radar(values, np.tile(known.r_site, (n, 1)))

    def claims(self) -> Claims:
        """As `Begun`."""
        return self._claims


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
