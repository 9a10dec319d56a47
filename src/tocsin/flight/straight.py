"""Series that run straight from each of their times to the next."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def between(nodes: Array, t: Array) -> Array:
    """Weights (n, k) that give, from values at rising nodes (k,), those at times t (n,)."""
    i = np.clip(np.searchsorted(nodes, t, side="right") - 1, 0, len(nodes) - 2)
    share = (t - nodes[i]) / (nodes[i + 1] - nodes[i])
    A = np.zeros((len(t), len(nodes)))
    rows = np.arange(len(t))
    A[rows, i] = 1.0 - share
    A[rows, i + 1] += share
    return A


def integral(t: Array, rate: Array) -> Array:
    """The integrals, (n,) or (n, k), from t[0] to each time t (n,) of rates, (n,) or (n, k)."""
    step = np.diff(t).reshape(-1, *(1,) * (rate.ndim - 1))
    steps = np.cumsum(0.5 * step * (rate[1:] + rate[:-1]), axis=0)
    return np.concatenate([np.zeros_like(rate[:1]), steps])
