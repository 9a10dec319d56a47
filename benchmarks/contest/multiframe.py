"""Stone Soup's multi-frame assignment as a contestant: each track a mixture over the last few scans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2
from stonesoup.dataassociator.mfa import MFADataAssociator
from stonesoup.dataassociator.neighbour import GNNWith2DAssignment
from stonesoup.deleter.time import UpdateTimeStepsDeleter
from stonesoup.hypothesiser.distance import DistanceHypothesiser
from stonesoup.hypothesiser.mfa import MFAHypothesiser
from stonesoup.hypothesiser.probability import PDAHypothesiser
from stonesoup.initiator.simple import MultiMeasurementInitiator
from stonesoup.measures import Mahalanobis
from stonesoup.types.detection import Detection
from stonesoup.types.mixture import GaussianMixture
from stonesoup.types.numeric import Probability
from stonesoup.types.state import TaggedWeightedGaussianState
from stonesoup.types.track import Track
from stonesoup.types.update import GaussianMixtureUpdate

from contest.contestant import Claims
from contest.scene import Known
from contest.stone import (
    EPOCH,
    GATE,
    HELD,
    KEPT,
    POINTS,
    detections,
    earth_fixed,
    filter_of,
    looks_of,
    prior,
)
from tocsin.sensor.scan import Scan

Array = NDArray[np.float64]
WINDOW = 4  # scans


@final
@dataclass(slots=True, eq=False)
class _Held:
    """A track with the looks that it was begun from; its tags number the looks of each scan since `begun`."""

    track: Track
    first: list[tuple[int, int]]
    begun: int

    @property
    def best(self) -> TaggedWeightedGaussianState:
        """The likeliest component."""
        return max(self.track.state.components, key=lambda c: c.weight)

    @property
    def claims(self) -> list[tuple[int, int]]:
        """Steps and rows of the looks of the likeliest component."""
        return self.first + [(self.begun + i, d - 1) for i, d in enumerate(self.best.tag) if d]

    @property
    def lost(self) -> bool:
        """Whether the last scans had nothing for it."""
        return len(self.best.tag) >= KEPT and not any(self.best.tag[-KEPT:])


@final
class MultiFrame:
    """`MFADataAssociator` as in Stone Soup's example, tracks begun by its own initiator from what is left."""

    def __init__(self, known: Known, window: int = WINDOW) -> None:
        self._known, self._steps = known, 0
        self._held: list[_Held] = []
        self._ended: list[_Held] = []
        predictor, self._updater = filter_of(known)
        pda = PDAHypothesiser(
            predictor,
            self._updater,
            clutter_spatial_density=known.density,
            prob_detect=Probability(known.detection),
            prob_gate=Probability(float(chi2.cdf(GATE**2, 3))),
        )
        self._associator = MFADataAssociator(MFAHypothesiser(pda), slide_window=window)
        near = DistanceHypothesiser(predictor, self._updater, Mahalanobis(), missed_distance=GATE)
        self._initiator = MultiMeasurementInitiator(
            prior_state=prior(known),
            deleter=UpdateTimeStepsDeleter(HELD),
            data_associator=GNNWith2DAssignment(near),
            updater=self._updater,
            min_points=POINTS,
        )

    def step(self, t: float, looks: Scan) -> Array:
        """As `Contestant`."""
        found = tuple(detections(looks, self._steps))
        now = EPOCH + timedelta(seconds=t)
        used = self._associated(found, now)
        for track in self._initiator.initiate({d for i, d in enumerate(found) if i + 1 not in used}, now):
            self._held.append(_Held(_mixture(track), looks_of(track), self._steps + 1))
        self._steps += 1
        x = np.array([np.asarray(h.best.mean, dtype=float).ravel() for h in self._held]).reshape(-1, 6)
        return earth_fixed(x, self._known.r_site)

    def claims(self) -> Claims:
        """As `Contestant`: the likeliest component's at the end."""
        return [h.claims for h in self._held + self._ended]

    def _associated(self, found: tuple[Detection, ...], now: object) -> set[int]:
        """Carry the tracks through a scan; the looks, counted from 1, of their likeliest components."""
        if not self._held:
            return set()
        by_track = self._associator.associate([h.track for h in self._held], found, now)
        for track, hypotheses in by_track.items():
            parts = [self._updater.update(h) if h else h.prediction for h in hypotheses]
            track.append(GaussianMixtureUpdate(components=parts, hypothesis=hypotheses))
        self._ended += [h for h in self._held if h.lost]
        self._held = [h for h in self._held if not h.lost]
        return {h.best.tag[-1] for h in self._held} - {0}


def _mixture(track: Track) -> Track:
    s = track.state
    only = TaggedWeightedGaussianState(
        s.state_vector, s.covar, timestamp=s.timestamp, weight=Probability(1), tag=[]
    )
    return Track([GaussianMixture([only])])
