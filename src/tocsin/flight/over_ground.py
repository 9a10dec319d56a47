"""A climb laid over the ground: along the geodesic that leaves a place at a bearing."""

from __future__ import annotations

import math

import numpy as np
from geographiclib.geodesic import Geodesic
from numpy.typing import NDArray

from tocsin.earth.constants import R_EQ
from tocsin.earth.ellipsoid import E2, ecef_from_geodetic
from tocsin.flight.profile import Profile
from tocsin.flight.straight import integral

Array = NDArray[np.float64]

PASSES = 3  # the part of height and azimuth in the distance is then below a millimetre


def laid_over_ground(course: Profile, lat: float, lon: float, bearing: float) -> tuple[Array, Array]:
    """Positions (n, 3) m and their rates (n, 3) m/s over the geodesic from (lat, lon) at the bearing.

    Above a point that moves along the ground at ds/dt toward azimuth a, what is at height h moves at
    ds/dt ((1 + h/M) cos a, (1 + h/N) sin a) northward and eastward, with M and N the radii of curvature.
    """
    line = Geodesic.WGS84.Line(*(math.degrees(v) for v in (lat, lon, bearing)))
    rate = course.level / (1.0 + course.height / R_EQ)
    for _ in range(PASSES):
        spots = [line.Position(s) for s in integral(course.t, rate)]
        lats, lons, azimuth = (np.radians([spot[key] for spot in spots]) for key in ("lat2", "lon2", "azi2"))
        bulge = 1.0 - E2 * np.sin(lats) ** 2
        N = R_EQ / np.sqrt(bulge)
        M = N * (1.0 - E2) / bulge
        north, east = (1.0 + course.height / M) * np.cos(azimuth), (1.0 + course.height / N) * np.sin(azimuth)
        rate = course.level / np.hypot(north, east)
    sl, cl, so, co = np.sin(lats), np.cos(lats), np.sin(lons), np.cos(lons)
    up = np.stack([cl * co, cl * so, sl], axis=1)
    to_east = np.stack([-so, co, np.zeros_like(so)], axis=1)
    to_north = np.stack([-sl * co, -sl * so, cl], axis=1)
    v = course.upward[:, None] * up + rate[:, None] * (north[:, None] * to_north + east[:, None] * to_east)
    return ecef_from_geodetic(lats, lons, course.height), v
