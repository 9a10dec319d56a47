"""How each class moves while it burns: densities of its speed at each time since it was first seen."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from tocsin.assess.classify.model import ClassModel
from tocsin.assess.classify.names import CLASSES
from tocsin.assess.classify.tables import (
    FLOOR,
    U_CELLS,
    U_STEP,
    family_density,
    smoothed,
    speed_density,
)

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

TIMES = np.geomspace(5.0, 600.0, 25)
HIDDEN_S = 10.0  # before it is seen, as if it had gained speed as it does later: assumed, 5 to 20
SPREAD = (0.93, 0.98, 1.02, 1.07)  # factors on a class's power of the time: assumed
PARTS = 24


def seen_by(t: Array, model: ClassModel) -> Array:
    """P(light is seen for less than t s | class) (..., 14) of t (..., 1): F = 1 / (1 + (median / t)^k)."""
    return np.asarray(1.0 / (1.0 + (np.array(model.seen_s) / t) ** np.array(model.seen_shape)))


def time_bin(t: Array) -> Ints:
    """Which of TIMES is nearest to each t, s."""
    return np.clip(np.searchsorted(np.sqrt(TIMES[1:] * TIMES[:-1]), t), 0, len(TIMES) - 1)


@cache
def burning_density(
    seen_s: tuple[float, ...], seen_shape: tuple[float, ...], powers: tuple[float, ...]
) -> Array:
    """p(speed, burns still | class, t) per km/s (14, 25, U_CELLS) at TIMES after it was first seen.

    Burns T are the log-logistic's quantiles beyond t; the last speed is the class's, and now it is the part
    ((t + h) / (T + h))^a of it, h = HIDDEN_S and a the class's power, spread.
    """
    u = np.asarray((np.arange(U_CELLS) + 0.5) * U_STEP, dtype=np.float64)
    last = np.concatenate([speed_density(u).T, family_density().sum(axis=2)])
    out = np.zeros((len(CLASSES), len(TIMES), U_CELLS))
    for c, (median, shape, power) in enumerate(zip(seen_s, seen_shape, powers, strict=True)):
        below = 1.0 / (1.0 + (median / TIMES) ** shape)
        for i, t in enumerate(TIMES):
            p = below[i] + (1.0 - below[i]) * (np.arange(PARTS) + 0.5) / PARTS
            burn = median * (p / (1.0 - p)) ** (1.0 / shape)
            part = ((t + HIDDEN_S) / (burn + HIDDEN_S)) ** (power * np.array(SPREAD))[:, None]
            at = np.clip((u[:, None, None] * part / U_STEP).astype(np.int64), 0, U_CELLS - 1)
            weight = np.broadcast_to(last[c][:, None, None], at.shape)
            counts: Array = np.bincount(at.ravel(), weight.ravel(), U_CELLS).astype(np.float64)
            row = smoothed(counts[:, None])[:, 0]
            out[c, i] = (1.0 - below[i]) * ((1.0 - FLOOR) * row / row.sum() + FLOOR / U_CELLS) / U_STEP
    return out
