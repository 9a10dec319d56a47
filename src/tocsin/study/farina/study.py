"""The case flown many times: each estimator's errors against the posterior bound, and its own covariance."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import TocsinError
from tocsin.study.farina.bound import posterior_bound
from tocsin.study.farina.estimators import NAMES, estimated
from tocsin.study.farina.model import SCANS, T, drawn

Array = NDArray[np.float64]

RUNS = 400
FLIGHTS = 500  # whose mean the bound's expectations are
FROM_S = 20.0  # the first look that the figures to reach are for
ASKED = 1.15  # of RMSE over bound
FEWEST = 2


@final
@dataclass(frozen=True, slots=True)
class Farina:
    """t (k,) s of the looks from the second on; bound (k, 4), the least RMSE of x, y (m), vx, vy (m/s).

    ratio (e, k, 4): RMSE over the bound of each estimator of `names`; nees (e, k): mean of e' P^-1 e / 4.
    """

    runs: int
    names: tuple[str, ...]
    t: Array
    bound: Array
    ratio: Array
    nees: Array

    @property
    def late(self) -> NDArray[np.bool_]:
        """The looks (k,) that the figures to reach are for."""
        return self.t >= FROM_S

    @property
    def worst(self) -> Array:
        """The greatest ratio (e, 4) of each estimator at those looks."""
        return np.asarray(self.ratio[:, self.late].max(axis=1))

    @property
    def rms(self) -> Array:
        """The root mean square of the ratio (e, 4) over them."""
        return np.asarray(np.sqrt(np.mean(self.ratio[:, self.late] ** 2, axis=1)))

    @property
    def nees_band(self) -> tuple[float, float]:
        """Where 95 of 100 means of NEES / 4 lie that are true, by the chi-square's normal limit."""
        spread = 1.96 * math.sqrt(2.0 / (4.0 * self.runs))
        return 1.0 - spread, 1.0 + spread


def farina(runs: int = RUNS, seed: int = 0, tell: Callable[[float], None] = lambda _: None) -> Farina:
    """Fly the case `runs` times, every estimator on the same looks; `tell` is given the share done.

    Raises TocsinError for fewer than two runs.
    """
    if runs < FEWEST:
        raise TocsinError(f"--runs {runs} is too few for a mean: give {FEWEST} or more")
    of_bound, of_runs = (np.random.default_rng(s) for s in np.random.SeedSequence(seed).spawn(2))
    least = np.sqrt(np.diagonal(posterior_bound(FLIGHTS, of_bound)[1:], axis1=1, axis2=2))
    square = np.zeros((len(NAMES), SCANS - 1, 4))
    nees = np.zeros((len(NAMES), SCANS - 1))
    for run in range(runs):
        truth, z = drawn(of_runs)
        for i, name in enumerate(NAMES):
            x, P = estimated(name, z)
            e = (x - truth)[1:]
            square[i] += e**2
            nees[i] += np.einsum("ki,ki->k", e, np.linalg.solve(P[1:], e[:, :, None])[:, :, 0]) / 4.0
        tell((run + 1) / runs)
    ratio = np.sqrt(square / runs) / least
    t = T * np.arange(1, SCANS, dtype=np.float64)
    return Farina(runs, NAMES, t, least, ratio, nees / runs)
