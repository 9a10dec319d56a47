"""The outline of an elliptical region on the ground."""

import math

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
EARTH_KM = 6371.0088


def outline(
    lat_deg: float,
    lon_deg: float,
    semi_major_km: float,
    semi_minor_km: float,
    azimuth_deg: float,
    n: int = 72,
) -> Array:
    """Points (n, 2) of longitude and latitude, degrees, counter-clockwise round the ellipse.

    Each point lies at distance |(a cos u, b sin u)| along the great circle that leaves the centre at the
    azimuth of that vector; azimuth_deg is the major axis's, clockwise from north. Longitudes are continuous
    with the centre's, so that they may pass 180 deg; round a pole they advance by 360 deg.
    """
    u = np.linspace(0.0, -2.0 * math.pi, n, endpoint=False)
    along, across = semi_major_km * np.cos(u), semi_minor_km * np.sin(u)
    turn = math.radians(azimuth_deg) + np.arctan2(across, along)
    arc = np.minimum(np.hypot(along, across) / EARTH_KM, math.pi)
    lat0 = math.radians(lat_deg)
    sine = math.sin(lat0) * np.cos(arc) + math.cos(lat0) * np.sin(arc) * np.cos(turn)
    lat = np.arcsin(np.clip(sine, -1.0, 1.0))
    east = np.sin(turn) * np.sin(arc) * math.cos(lat0)
    lon = lon_deg + np.degrees(np.unwrap(np.arctan2(east, np.cos(arc) - math.sin(lat0) * sine)))
    return np.stack([lon, np.degrees(lat)], axis=1)
