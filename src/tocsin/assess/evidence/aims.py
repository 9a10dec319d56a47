"""Where an event may be bound for: points even over protected ground, which stand for the whole of it."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tocsin.assess.territory import Territories

Array = NDArray[np.float64]

LEAST, FIRST, MOST = 12, 600, 600 * 4**5
GOLDEN = math.pi * (3.0 - math.sqrt(5.0))


@lru_cache(maxsize=8)
def aims_on(territories: Territories) -> Array:
    """Points (n, 2) lat, lon rad of an even spiral over the Earth that lie on protected ground.

    At least twelve, but for areas smaller than some hundred square kilometres, of which there may be none. No
    place is meant: they ask when a sensor would see a flight to that ground.
    """
    count = FIRST
    while True:
        k = np.arange(count) + 0.5
        lon = (GOLDEN * k + math.pi) % (2.0 * math.pi) - math.pi
        points = np.stack([np.arcsin(1.0 - 2.0 * k / count), lon], axis=1)
        mine = territories.protected(points[:, None, :], np.ones(count)).sum(axis=1) > 0.5
        if mine.sum() >= LEAST or count >= MOST:
            return np.asarray(points[mine])
        count *= 4
