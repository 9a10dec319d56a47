"""How far apart the satellites stand that see a launch."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue import Network
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.motion.orbit import satellite_states
from tocsin.sensor.telescope import Telescope

Array = NDArray[np.float64]
JUST_ABOVE_M = 100.0


def directions(network: Network, lat_deg: float, lon_deg: float, t: float) -> dict[str, Array]:
    """Unit vectors (3,) from above the clouds at a place to each satellite that can see it at t, TAI s."""
    lat, lon = math.radians(lat_deg), math.radians(lon_deg)
    found = {}
    for satellite, elements in network.satellites:
        r = ecef_from_geodetic(lat, lon, satellite.cloud_height_m + JUST_ABOVE_M)
        r_sat = satellite_states(elements, [t])[0]
        if Telescope(satellite, elements).sees(r[None], r_sat)[0]:
            d = r_sat[0] - r
            found[satellite.key] = d / np.linalg.norm(d)
    return found


def stereo_pair(
    network: Network, lat_deg: float, lon_deg: float, t: float
) -> tuple[float, tuple[str, str]] | None:
    """The angle in degrees at the launch point between two satellites that see it, and which; else None.

    Of several pairs it is the one that fixes a point best, whose lines of sight cross most nearly at 90 deg.
    """
    seen = directions(network, lat_deg, lon_deg, t)
    pairs = [(_angle_deg(seen[a], seen[b]), (a, b)) for a, b in combinations(seen, 2)]
    return max(pairs, key=lambda found: math.sin(math.radians(found[0])), default=None)


def _angle_deg(a: Array, b: Array) -> float:
    return math.degrees(math.atan2(float(np.linalg.norm(np.cross(a, b))), float(a @ b)))
