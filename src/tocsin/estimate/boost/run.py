"""One template's solver with its room to work in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.atmosphere import US_1976
from tocsin.estimate.boost.engine import THRUST, TIME, burning
from tocsin.estimate.boost.sighting import Sightings
from tocsin.estimate.boost.solver import search
from tocsin.estimate.boost.thrusting import rates
from tocsin.motion.rocket import Rocket

Array = NDArray[np.float64]

ROWS = 384  # of an ascent: 300 s before the first look and 1,000 s of looks


@final
@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Where a search ended: parameters and fixed errors y (n,), information (n, n), cost, chi2 of the looks.

    status: 0 converged, 1 unobservable, 2 diverged. t, x, slope: the last moment flown, s after launch, the
    state (6,) there and its derivative (6, p) in the parameters at a fixed time.
    """

    y: Array
    information: Array
    cost: float
    chi2: float
    e: Array
    status: int
    t: float
    x: Array
    slope: Array

    @property
    def freedom(self) -> int:
        """The number of residuals."""
        return int(self.e.size)


def run(
    rocket: Rocket, seen: Sightings, y: Array, mean: Array, prior: Array, burnout: tuple[float, float],
    ahead: float, iterations: int, tolerance: float,
) -> Found:  # fmt: skip
    """Search from y. burnout: time s after the first look and one over its sigma, 0 while it burns."""
    size = THRUST + len(rocket.stages)
    n = len(y)
    y = y.copy()
    wide = 6 + 6 * size
    times, rows, times6, rows6 = np.empty(ROWS), np.empty((ROWS, wide)), np.empty(ROWS), np.empty((ROWS, 6))
    small, stand, out = np.zeros((16, n)), np.empty(9), np.zeros(5)
    work, work6 = np.zeros((6, wide)), np.zeros((6, 6))
    H, g, R, vec = np.zeros((n, n)), np.zeros(n), np.zeros((n, n)), np.zeros((3, n))
    e = np.zeros((len(seen.t), 2))
    status = search(
        y, iterations, tolerance, size, n, rocket.stages, rocket.body, rocket.vertical_s,
        rocket.pitch_over_end_s, US_1976, ahead, seen.t, seen.channel, seen.z, seen.weight, seen.eye,
        seen.columns, mean, prior, np.array(burnout), times, rows, rows6, work, work6, stand, small, H, g, e,
        np.empty(8), R, vec, out, times6,
    )  # fmt: skip
    # Only the upper triangle was filled.
    H = H + H.T - np.diag(H.diagonal())
    if not np.isfinite(out[0]):
        return Found(y, H, np.inf, np.inf, e, status, np.nan, np.full(6, np.nan), np.full((6, size), np.nan))
    last, later = int(out[2]) - 1, int(out[4]) - 1
    t, x = (times6[later], rows6[later]) if later >= 0 else (times[last], rows[last, :6])
    slope = rows[last, 6:].reshape(6, size).copy()
    stage, start, _ = burning(t + 1e-9, rocket.stages, y[:size])
    rates(
        x, 0, t, stage, start, t < rocket.pitch_over_end_s, rocket.stages, rocket.body, stand, y[:size],
        rocket.vertical_s, rocket.pitch_over_end_s, US_1976, np.zeros(size), np.zeros((8, 3)),
        np.zeros((3, size)), work6[0],
    )  # fmt: skip
    slope[:, TIME] = -work6[0]
    return Found(y, H, float(out[0]), float(out[1]), e, status, float(t), x.copy(), slope)
