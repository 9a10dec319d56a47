"""Where a body in orbit comes down that leaves it before it is round."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import MU, OMEGA
from tocsin.earth.frames import half_turn
from tocsin.estimate.points import even_points

Array = NDArray[np.float64]

SOONEST: Final = 0.3  # rad of its way that it goes before it can be down: assumed, 0.2 to 0.6


def ahead(x: Array, gone_s: Array, k: int) -> Array:
    """Places (n, k, 2) lat, lon rad on the way of bodies in orbit at x (n, 6), launched gone_s (n,) s before.

    Even from SOONEST on to the end of the first revolution, on a circle about a turning Earth.
    """
    r, v = x[:, :3], x[:, 3:] + np.cross([0.0, 0.0, OMEGA], x[:, :3])
    size = np.linalg.norm(r, axis=1)
    rate = np.sqrt(MU / size**3)
    last = np.maximum(2.0 * np.pi - rate * np.maximum(gone_s, 0.0), 2.0 * SOONEST)
    angle = SOONEST + (last - SOONEST)[:, None] * even_points(k, 1)[:, 0]
    up = r / size[:, None]
    on = v - np.sum(v * up, axis=1, keepdims=True) * up
    on /= np.linalg.norm(on, axis=1, keepdims=True)
    there = np.cos(angle)[..., None] * up[:, None] + np.sin(angle)[..., None] * on[:, None]
    lat = np.arcsin(there[..., 2])
    lon = np.arctan2(there[..., 1], there[..., 0]) - OMEGA * angle / rate[:, None]
    return np.stack([lat, half_turn(lon)], axis=2)
