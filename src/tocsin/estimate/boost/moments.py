"""Several explanations as one: weights from evidences, mean and covariance of what they say."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.ballistic import Gaussian

Array = NDArray[np.float64]


def weighed(evidence: Sequence[float]) -> tuple[Array, float]:
    """Weights (k,) ~ exp(-evidence / 2) that sum to one, and the evidence of all, -2 ln sum exp(-e / 2)."""
    values = np.asarray(evidence, dtype=np.float64)
    least = float(values.min())
    weights = np.exp(-0.5 * (values - least))
    return weights / weights.sum(), least - 2.0 * math.log(float(weights.sum()))


def merged(weights: Array, mean: Array, P: Array) -> tuple[Array, Array]:
    """Mean (n,) and covariance (n, n) of a mixture of means (k, n) and P (k, n, n): sum w (P + d d')."""
    x = weights @ mean
    d = mean - x
    return x, np.einsum("k,kij->ij", weights, P) + np.einsum("k,ki,kj->ij", weights, d, d)


def merged_states(weights: Array, states: Sequence[Gaussian]) -> Gaussian:
    """The mixture of states at one time."""
    x, P = merged(weights, np.array([s.x for s in states]), np.array([s.P for s in states]))
    return Gaussian(states[0].t, x, P)
