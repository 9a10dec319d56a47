"""Stone Soup as a contestant: an extended filter in free flight, one assignment a scan."""

from __future__ import annotations

from copy import copy
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Literal, final

import numpy as np
from numpy.typing import NDArray
from stonesoup.base import Property
from stonesoup.dataassociator.base import DataAssociator
from stonesoup.dataassociator.neighbour import GNNWith2DAssignment
from stonesoup.dataassociator.tree import DetectionKDTreeGNN2D, DetectionKDTreeNN, TPRTreeGNN2D, TPRTreeNN
from stonesoup.deleter.time import UpdateTimeStepsDeleter
from stonesoup.hypothesiser.distance import DistanceHypothesiser
from stonesoup.initiator.simple import MultiMeasurementInitiator
from stonesoup.measures import Mahalanobis
from stonesoup.models.base import TimeVariantModel
from stonesoup.models.measurement.nonlinear import CartesianToElevationBearingRange
from stonesoup.models.transition.nonlinear import GaussianTransitionModel
from stonesoup.predictor.base import Predictor
from stonesoup.predictor.kalman import ExtendedKalmanPredictor, UnscentedKalmanPredictor
from stonesoup.tracker.simple import MultiTargetTracker
from stonesoup.types.array import StateVector, StateVectors
from stonesoup.types.detection import Detection
from stonesoup.types.state import GaussianState
from stonesoup.types.track import Track
from stonesoup.updater.base import Updater
from stonesoup.updater.kalman import ExtendedKalmanUpdater, UnscentedKalmanUpdater

from contest.contestant import Claims
from contest.scene import Known
from tocsin.earth.constants import C_LIGHT
from tocsin.motion.ballistic import propagate_stm
from tocsin.motion.forces import GATING
from tocsin.sensor.measurement import site_axes
from tocsin.sensor.scan import Scan

Array = NDArray[np.float64]
Associator = Literal["GNN", "TPR tree, NN", "TPR tree, GNN", "KD tree, NN", "KD tree, GNN"]

EPOCH = datetime(2025, 1, 1, tzinfo=UTC)
GATE = 5.0  # sigmas: the square is Tocsin's gate
NOISE = 1e-2  # white acceleration, m2/s3: 0.3 m/s in 7 s
HELD, KEPT, POINTS = (
    2,
    6,
    3,
)  # scans without a look that a held and a sure track end at; looks that make it sure
HORIZON = timedelta(seconds=60)
SPREAD = {"alpha": 1.0, "beta": 0.0, "kappa": 0.0}  # of the sigma points: sqrt(6) sigmas, equal weights
NEAR_M = 1500.0  # the window in range of a sure track where a KD tree looks: no true look is farther off


@lru_cache(maxsize=4096)
def _flown(x: bytes, seconds: float, r_site: bytes) -> tuple[Array, Array]:
    r = np.frombuffer(r_site)
    A = site_axes(r)
    y = np.frombuffer(x).reshape(2, 3) @ A
    y[0] += r
    out, phi = propagate_stm(0.0, y.ravel(), 0.0, [seconds], GATING)
    turn = np.kron(np.eye(2), A)
    y = out[0].reshape(2, 3).copy()
    y[0] -= r
    return (y @ A.T).ravel(), turn @ phi[0, :, :6] @ turn.T


@final
class FreeFlight(GaussianTransitionModel, TimeVariantModel):  # type: ignore[misc]
    """J2 and the Earth's turn, by Tocsin's compiled equations, in a radar's east, north, up, then rates."""

    r_site: bytes = Property(doc="Earth-fixed place of the radar")
    noise: float = Property(doc="Density of white acceleration, m2/s3")

    @property
    def ndim_state(self) -> int:
        """Six."""
        return 6

    def function(self, state, noise=False, time_interval=None, **_kwargs):  # type: ignore[no-untyped-def]
        """The state (6, 1) after the interval."""
        columns = [
            _flown(
                np.ascontiguousarray(c, dtype=float).tobytes(), time_interval.total_seconds(), self.r_site
            )[0]
            for c in np.asarray(state.state_vector, dtype=float).T
        ]
        return StateVector(columns[0]) if len(columns) == 1 else StateVectors(np.array(columns).T)

    def jacobian(self, state, time_interval=None, **_kwargs):  # type: ignore[no-untyped-def]
        """The state transition (6, 6)."""
        x = np.asarray(state.state_vector, dtype=float).ravel()
        return _flown(x.tobytes(), time_interval.total_seconds(), self.r_site)[1]

    def covar(self, time_interval=None, **_kwargs):  # type: ignore[no-untyped-def]
        """White acceleration over the interval."""
        T = time_interval.total_seconds()
        return np.kron(np.array([[T**3 / 3, T**2 / 2], [T**2 / 2, T]]) * self.noise, np.eye(3))


@lru_cache(maxsize=4096)
def measured(sigmas: tuple[float, float, float]) -> CartesianToElevationBearingRange:
    """The measurement model of looks with these sigmas: range m, azimuth and elevation rad."""
    r, az, el = sigmas
    return CartesianToElevationBearingRange(
        ndim_state=6, mapping=(0, 1, 2), noise_covar=np.diag([el**2, az**2, r**2])
    )


def detections(looks: Scan, step: int) -> list[Detection]:
    """The looks as Stone Soup's, each with its step and row; a bearing is counted from east to north."""
    now = EPOCH + timedelta(seconds=looks.t)
    found = []
    for row, (z, s) in enumerate(zip(looks.values, looks.sigmas, strict=True)):
        model = measured(tuple(s.tolist()))
        vector = model._typed_vector() + np.array([[z[2]], [np.pi / 2 - z[1]], [z[0]]])
        found.append(
            Detection(
                StateVector(vector), timestamp=now, measurement_model=model, metadata={"look": (step, row)}
            )
        )
    return found


def prior(known: Known) -> GaussianState:
    """What a track begins from beside its first look: the mean velocity that is told."""
    spread = np.repeat([0.0, known.v_sigma**2], 3)
    return GaussianState(StateVector([0.0, 0.0, 0.0, *known.v_enu]), np.diag(spread), timestamp=EPOCH)


def filter_of(known: Known, noise: float = NOISE, unscented: bool = False) -> tuple[Predictor, Updater]:
    """The extended filter in free flight, or the unscented one, which angles far wider than a range need."""
    model = FreeFlight(known.r_site.tobytes(), noise)
    if unscented:
        return UnscentedKalmanPredictor(model, **SPREAD), UnscentedKalmanUpdater(None, **SPREAD)
    return ExtendedKalmanPredictor(model), ExtendedKalmanUpdater(None)


def earth_fixed(x: Array, r_site: Array) -> Array:
    """Positions (n, 3) of states (n, 6) that trail what they show by the way of the echo."""
    late = np.linalg.norm(x[:, :3], axis=1, keepdims=True) / C_LIGHT
    return np.asarray(r_site + (x[:, :3] + x[:, 3:] * late) @ site_axes(r_site))


def looks_of(track: Track) -> list[tuple[int, int]]:
    """The steps and rows of the looks that made a track."""
    made = (getattr(state, "hypothesis", None) for state in track.states)
    return [h.measurement.metadata["look"] for h in made if h]


@final
class StoneSoup:
    """Its `MultiTargetTracker` with the distance hypothesiser and one of its associators."""

    def __init__(self, known: Known, associator: Associator, noise: float = NOISE) -> None:
        self._known, self._steps, self._all = known, 0, {}
        predictor, updater = filter_of(known, noise)
        hypothesiser = DistanceHypothesiser(predictor, updater, Mahalanobis(), missed_distance=GATE)
        self._initiator = MultiMeasurementInitiator(
            prior_state=prior(known),
            deleter=UpdateTimeStepsDeleter(HELD),
            data_associator=_associator(associator, hypothesiser, GATE * known.v_sigma * known.frame_s),
            updater=updater,
            min_points=POINTS,
        )
        self._tracker = MultiTargetTracker(
            initiator=self._initiator,
            deleter=UpdateTimeStepsDeleter(KEPT),
            detector=None,
            data_associator=_associator(associator, hypothesiser, NEAR_M),
            updater=updater,
        )

    def step(self, t: float, looks: Scan) -> Array:
        """As `Contestant`."""
        found = set(detections(looks, self._steps))
        self._steps += 1
        self._tracker.detector_iter = iter([(EPOCH + timedelta(seconds=t), found)])
        _, tracks = next(self._tracker)
        self._all |= {track.id: track for track in tracks}
        x = np.array([np.asarray(track.mean, dtype=float).ravel() for track in tracks]).reshape(-1, 6)
        return earth_fixed(x, self._known.r_site)

    def claims(self) -> Claims:
        """As `Contestant`."""
        return [looks_of(track) for track in self._all.values()]

    def take_over(self, other: StoneSoup) -> None:
        """Go on from another's tracks, which are left as they are."""
        self._steps = other._steps
        self._tracker._tracks = {copy(track) for track in other._tracker.tracks}
        self._initiator.holding_tracks = {copy(track) for track in other._initiator.holding_tracks}


def _associator(which: Associator, hypothesiser: DistanceHypothesiser, near_m: float) -> DataAssociator:
    if which == "GNN":
        return GNNWith2DAssignment(hypothesiser)
    if which.startswith("KD"):
        # Its tree knows radians and metres as one unit: a window in range.
        kind = DetectionKDTreeNN if which.endswith(" NN") else DetectionKDTreeGNN2D
        return kind(
            hypothesiser,
            predictor=hypothesiser.predictor,
            updater=hypothesiser.updater,
            max_distance=near_m,
        )
    kind = TPRTreeNN if which.endswith(" NN") else TPRTreeGNN2D
    return kind(
        hypothesiser,
        measurement_model=measured((1.0, 1.0, 1.0)),
        horizon_time=HORIZON,
        pos_mapping=(0, 1, 2),
        vel_mapping=(3, 4, 5),
    )
