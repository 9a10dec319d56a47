"""Light time: where a body was when the light that arrives now left it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import C_LIGHT, OMEGA
from tocsin.motion.path import Path

Array = NDArray[np.float64]


def retarded(path: Path, t: Array, r_sensor: Array) -> tuple[Array, Array]:
    """Times te (n,) and positions (n, 3), in the axes of reception, of light received at t (n,).

    te = t - |R3(omega (t - te)) r(te) - r_s| / c by fixed-point iteration: each round gains a factor
    v / c, so four leave nothing. NaN where the path does not reach. r_sensor (n, 3) at reception.
    """
    te = np.array(t, dtype=np.float64)
    seen = np.full((len(te), 3), np.nan)
    for _ in range(4):
        r = path.position(te)
        turn = OMEGA * (t - te)
        c, s = np.cos(turn), np.sin(turn)
        seen = np.stack([c * r[:, 0] + s * r[:, 1], c * r[:, 1] - s * r[:, 0], r[:, 2]], axis=-1)
        te = t - np.linalg.norm(seen - r_sensor, axis=-1) / C_LIGHT
    return te, seen
