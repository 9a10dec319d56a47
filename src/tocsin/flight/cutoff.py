"""When engines stop and start again, read off the speed of an ascent."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.interchange.telemetry import Telemetry

Array = NDArray[np.float64]

THRUST, COAST = 15.0, 2.0  # m/s2 of speed gained: before a first stage's cut-off, and after it
FALL_S = 6.0  # within which the one becomes the other, in a table that is smoothed over a few seconds
EARLIEST_S = 30.0
SMOOTH = 3
PULL, PULL_S = 2.0, 5  # m/s2 along the path, held for so many seconds


def find_cutoff(telemetry: Telemetry) -> float | None:
    """The time (s) at which the first engine stops: halfway down the first great fall of the gain in speed.

    The gain, on a grid of 1 s and averaged over 3 s, falls from above 15 m/s2 to below 2 m/s2 within 6 s.
    None where it never does.
    """
    t = np.arange(telemetry.t[0], telemetry.t[-1], 1.0)
    gain = np.gradient(np.interp(t, telemetry.t, telemetry.speed), t)
    gain = np.convolve(np.pad(gain, SMOOTH // 2, mode="edge"), np.full(SMOOTH, 1.0 / SMOOTH), "valid")
    for i in np.flatnonzero((gain > THRUST) & (t > EARLIEST_S)):
        low = np.flatnonzero(gain[i : i + round(FALL_S) + 1] < COAST)
        if len(low):
            fall = slice(i, i + low[0] + 1)
            return float(np.interp(-gain[i] / 2.0, -np.minimum.accumulate(gain[fall]), t[fall]))
    return None


def find_restart(t: Array, pull: Array) -> float | None:
    """The first time of five seconds in a row in which thrust pulls by more than 2 m/s2; None if none.

    t (n,) s, pull (n,) m/s2: the speed's gain and gravity's part along the path, dv/dt + g sin(climb), which
    is 0 for what coasts above the air.
    """
    for i in np.flatnonzero(pull > PULL):
        ahead = (t >= t[i]) & (t <= t[i] + PULL_S)
        if t[-1] >= t[i] + PULL_S and pull[ahead].min() > PULL:
            return float(t[i])
    return None
