"""A path: where one object is at a series of times, and how brightly it shines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Path:
    """Samples of one object's motion in Earth-fixed axes.

    t (n,) TAI s, increasing; r_ecef (n, 3) m; v_ecef (n, 3) m/s relative to the rotating Earth;
    power (n,): radiant intensity W/sr in the band at 2.7 um, 0 where nothing burns or glows; rcs_m2: mean
    radar cross-section, 0 for what no radar sees; shape: what it is to a radar; lag: the part, 0 to 1, by
    which its bright middle lies behind.
    Between samples the position is the cubic that matches position and velocity at both ends
    (error h^4/384 times the fourth derivative: millimetres at 1 s in free flight).
    """

    name: str
    t: Array
    r_ecef: Array
    v_ecef: Array
    power: Array
    rcs_m2: float
    shape: str = "body"
    lag: float = 0.0

    def position(self, t: Array) -> Array:
        """Position (..., 3) m at times t (...) within the path; NaN outside it."""
        t = np.asarray(t, dtype=np.float64)
        i = np.clip(np.searchsorted(self.t, t, side="right") - 1, 0, len(self.t) - 2)
        h = (self.t[i + 1] - self.t[i])[..., None]
        s = (t - self.t[i])[..., None] / h
        r = (
            (1 + 2 * s) * (1 - s) ** 2 * self.r_ecef[i]
            + s * (1 - s) ** 2 * h * self.v_ecef[i]
            + s**2 * (3 - 2 * s) * self.r_ecef[i + 1]
            + s**2 * (s - 1) * h * self.v_ecef[i + 1]
        )
        outside = (t < self.t[0]) | (t > self.t[-1])
        return np.where(outside[..., None], np.nan, r)

    def burning(self, t: Array) -> NDArray[np.bool_]:
        """Whether it burns or glows at times t (...)."""
        t = np.asarray(t, dtype=np.float64)
        i = np.clip(np.searchsorted(self.t, t, side="right") - 1, 0, len(self.t) - 1)
        return np.asarray((self.power[i] > 0) & (t >= self.t[0]) & (t <= self.t[-1]))
