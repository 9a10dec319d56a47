"""Whether told probabilities come true: reliability in ten bins, Brier and logarithmic score, with bands."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

BINS: Final = 10
LEAST: Final = 0.01
"""A probability below this is told as none: such outcomes are counted apart, not in the first bin."""
DRAWS: Final = 400
TINY: Final = 1e-6


@final
@dataclass(frozen=True, slots=True, eq=False)
class Outcomes:
    """Told probabilities p (n,) of outcomes, whether each came true, and of which flight it was told.

    case (n,): the assessment that it belongs to, whose outcomes' probabilities sum to one.
    """

    p: Array
    true: NDArray[np.bool_]
    case: Ints
    flight: Ints


@final
@dataclass(frozen=True, slots=True)
class Bin:
    """Outcomes told with a probability from `low` to `high`: how many, the mean told, the share that came
    true with its 95 % band over flights, and their distance, told less true."""

    low: float
    high: float
    events: int
    told: float
    true: float
    band: tuple[float, float]

    @property
    def off(self) -> float:
        """The distance in points (0.01)."""
        return 100.0 * (self.told - self.true)


@final
@dataclass(frozen=True, slots=True, eq=False)
class Reliability:
    """What came of many outcomes: the bins, and the assessments' scores with their 95 % bands.

    brier: mean over assessments of sum (p - true)^2, from 0 to 2; log_score: mean of -ln p of what came
    true, p no less than 1e-6; unforeseen: the share of assessments whose truth was told with less than LEAST.
    """

    bins: tuple[Bin, ...]
    assessments: int
    flights: int
    brier: float
    brier_band: tuple[float, float]
    log_score: float
    log_band: tuple[float, float]
    unforeseen: float

    @property
    def worst(self) -> float:
        """The greatest distance of a bin, in points."""
        return max((abs(b.off) for b in self.bins if b.events), default=float("nan"))


def reliability(of: Outcomes, rng: np.random.Generator) -> Reliability:
    """The reliability of outcomes; bands by drawing whole flights again, for one flight's tell alike.

    Source: the bins of DeGroot and Fienberg (1983); the scores of Brier (1950) and Good (1952).
    """
    names, flight = np.unique(of.flight, return_inverse=True)
    number = np.clip((of.p * BINS).astype(np.int64), 0, BINS - 1)
    number = np.where(of.p < LEAST, BINS, number)  # the last is what is told as none
    cases, case = np.unique(of.case, return_inverse=True)
    brier = np.bincount(case, (of.p - of.true) ** 2)
    logs = np.bincount(case[of.true], -np.log(np.maximum(of.p[of.true], TINY)), len(cases))
    whose = np.zeros(len(cases), dtype=np.int64)
    whose[case] = flight
    sums = np.stack([_by(flight, number, w) for w in (np.ones(len(of.p)), of.p, of.true.astype(float))])
    scores = np.stack([np.bincount(whose, w, len(names)) for w in (np.ones(len(cases)), brier, logs)], axis=0)
    weights = rng.multinomial(len(names), np.full(len(names), 1.0 / len(names)), DRAWS).astype(float)
    again, scored = np.einsum("df,kfb->kdb", weights, sums), weights @ scores.T
    bins = []
    for b in range(BINS):
        n, told, true = sums[:, :, b].sum(axis=1)
        share = (float(told / n), float(true / n)) if n else (math.nan, math.nan)
        off = (again[2, :, b] - again[1, :, b]) / np.maximum(again[0, :, b], 1.0)
        low, high = (float(v) for v in np.quantile(off, [0.025, 0.975]) + share[0])
        bins.append(Bin(b / BINS, (b + 1) / BINS, int(n), *share, (low, high)))
    n, square, log = scores.sum(axis=1)
    bands = [np.quantile(scored[:, k] / scored[:, 0], [0.025, 0.975]) for k in (1, 2)]
    missed = float(of.true[of.p < LEAST].sum()) / len(cases)
    return Reliability(
        tuple(bins), len(cases), len(names), float(square / n), _pair(bands[0]), float(log / n),
        _pair(bands[1]), missed,
    )  # fmt: skip


def _by(flight: Ints, number: Ints, weight: Array) -> Array:
    """Sums (flights, BINS + 1) of a weight by flight and bin."""
    width = BINS + 1
    flat = np.bincount(flight * width + number, weight, (int(flight.max()) + 1) * width)
    return np.asarray(flat.reshape(-1, width))


def _pair(band: Array) -> tuple[float, float]:
    return float(band[0]), float(band[1])
