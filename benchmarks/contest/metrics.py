"""Figures of a tracker: GOSPA by Stone Soup's own metric, and the purity of the tracks' looks."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist
from stonesoup.metricgenerator.ospametric import GOSPAMetric
from stonesoup.types.state import State

from contest.contestant import Claims
from contest.scene import Scene

Array = NDArray[np.float64]
NOW = datetime(2025, 1, 1, tzinfo=UTC)


@final
class _AllAtOnce(GOSPAMetric):  # type: ignore[misc]
    """Stone Soup's metric with its table of distances made in one call, where its own takes 20 us a pair."""

    def compute_cost_matrix(self, track_states, truth_states, complete=False):  # type: ignore[no-untyped-def]
        """Euclidean distances, none longer than c."""
        both = ([s.state_vector for s in side] for side in (track_states, truth_states))
        ours, true = (np.array(side, dtype=float).reshape(-1, 3) for side in both)
        return np.minimum(cdist(ours, true), self.c)


def gospa(estimates: Array, truth: Array, cutoff_m: float, plain: bool = False) -> float:
    """GOSPA m of positions (n, 3) against the true (b, 3): order 2, alpha 2, Euclidean distance.

    d = (min over pairings of sum of min(|x - y|, c)^2 + c^2 / 2 for each one left over)^(1/2).
    Source: Rahmathullah, Garcia-Fernandez and Svensson 2017, by Stone Soup's `GOSPAMetric`; plain: with
    nothing of it replaced.
    """
    ours, true = ([State(p.reshape(3, 1), timestamp=NOW) for p in side] for side in (estimates, truth))
    metric, _ = (GOSPAMetric if plain else _AllAtOnce)(p=2, c=cutoff_m).compute_gospa_metric(ours, true)
    return float(metric.value["distance"])


def purity(claims: Claims, scene: Scene) -> float:
    """The share of all looks of confirmed tracks that have in them the body that most of the track's have."""
    pure = total = 0
    for looks in claims:
        inside = Counter(b for k, row in looks for b in scene.frames[k].bodies[row])
        pure += max(inside.values(), default=0)
        total += len(looks)
    return pure / total if total else float("nan")
