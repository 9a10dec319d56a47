"""The WGS84 ellipsoid: geodetic and Cartesian coordinates, and geodesics on it."""

import math

import numpy as np
from geographiclib.geodesic import Geodesic
from numpy.typing import ArrayLike, NDArray

from tocsin.earth.constants import FLATTENING, R_EQ
from tocsin.earth.kernel import kernel

E2 = FLATTENING * (2.0 - FLATTENING)
B = R_EQ * (1.0 - FLATTENING)
EP2 = E2 / (1.0 - E2)


@kernel
def height_and_up(x: float, y: float, z: float) -> tuple[float, float, float, float, float, float]:
    """Geodetic height and upward normal without angles: (h, cos lat, sin lat, nx, ny, nz).

    Bowring's iteration on the reduced latitude b, tan lat = (z + e'2 B sin3 b) / (p - e2 a cos3 b), once:
    within 3e-13 rad from -1,000 km to 50,000 km. The height p cos lat + z sin lat
    - a sqrt(1 - e2 sin2 lat) has no first-order error from the latitude.
    Source: Bowring, Survey Review 23 (1976) and 28 (1985).
    """
    pp = x * x + y * y
    p = math.sqrt(pp)
    r = math.sqrt(pp + z * z)
    if r < 1.0:
        return -R_EQ, 1.0, 0.0, 1.0, 0.0, 0.0
    s = (1.0 - FLATTENING) * z * (1.0 + EP2 * B / r)
    q = 1.0 / math.sqrt(s * s + pp)
    sb = s * q
    cb = p * q
    sin_lat = z + EP2 * B * sb * sb * sb
    cos_lat = p - E2 * R_EQ * cb * cb * cb
    q = 1.0 / math.sqrt(sin_lat * sin_lat + cos_lat * cos_lat)
    sin_lat *= q
    cos_lat *= q
    h = p * cos_lat + z * sin_lat - R_EQ * math.sqrt(1.0 - E2 * sin_lat * sin_lat)
    if p > 0.0:
        return h, cos_lat, sin_lat, cos_lat * x / p, cos_lat * y / p, sin_lat
    return h, cos_lat, sin_lat, 0.0, 0.0, sin_lat


@kernel
def geodetic(x: float, y: float, z: float) -> tuple[float, float, float]:
    """Geodetic (lat, lon, h) in rad and m of an Earth-fixed point (m), to 1e-12 rad and rounding in h."""
    h, cos_lat, sin_lat, _, _, _ = height_and_up(x, y, z)
    return math.atan2(sin_lat, cos_lat), math.atan2(y, x), h


@kernel
def ecef(lat: float, lon: float, h: float) -> tuple[float, float, float]:
    """Earth-fixed (x, y, z) in m of a geodetic point: ((N + h) cos lat ..., (N (1 - e2) + h) sin lat)."""
    s = math.sin(lat)
    n = R_EQ / math.sqrt(1.0 - E2 * s * s)
    p = (n + h) * math.cos(lat)
    return p * math.cos(lon), p * math.sin(lon), (n * (1.0 - E2) + h) * s


@kernel
def _geodetic_rows(r: NDArray[np.float64], out: NDArray[np.float64]) -> None:
    for i in range(r.shape[0]):
        out[0, i], out[1, i], out[2, i] = geodetic(r[i, 0], r[i, 1], r[i, 2])


def geodetic_from_ecef(
    r: ArrayLike,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Geodetic latitude, longitude (rad), height (m), each (...), of Earth-fixed positions (..., 3) in m."""
    rows = np.array(r, dtype=np.float64)
    shape = rows.shape[:-1]
    flat = rows.reshape(-1, 3)
    out = np.empty((3, len(flat)))
    _geodetic_rows(flat, out)
    return out[0].reshape(shape), out[1].reshape(shape), out[2].reshape(shape)


def ecef_from_geodetic(lat: ArrayLike, lon: ArrayLike, h: ArrayLike) -> NDArray[np.float64]:
    """Earth-fixed positions (..., 3) in m of geodetic latitude, longitude (rad) and height (m), broadcast."""
    lat, lon, h = (np.asarray(v, dtype=np.float64) for v in (lat, lon, h))
    n = R_EQ / np.sqrt(1.0 - E2 * np.sin(lat) ** 2)
    p = (n + h) * np.cos(lat)
    z = (n * (1.0 - E2) + h) * np.sin(lat)
    return np.stack(np.broadcast_arrays(p * np.cos(lon), p * np.sin(lon), z), axis=-1)


def verticals(lat: ArrayLike, lon: ArrayLike) -> NDArray[np.float64]:
    """Unit vectors (..., 3), Earth-fixed, of the geodetic vertical at latitudes and longitudes (...) rad."""
    lat, lon = (np.asarray(v, dtype=np.float64) for v in (lat, lon))
    level = np.cos(lat)
    return np.stack(np.broadcast_arrays(level * np.cos(lon), level * np.sin(lon), np.sin(lat)), axis=-1)


def geodesic_inverse(lat1: float, lon1: float, lat2: float, lon2: float) -> tuple[float, float]:
    """Distance (m) of the shortest path on the ellipsoid and its azimuth at the first point (rad, -pi to pi).

    Source: Karney, Journal of Geodesy 87 (2013).
    """
    g = Geodesic.WGS84.Inverse(*(math.degrees(v) for v in (lat1, lon1, lat2, lon2)))
    return float(g["s12"]), math.radians(g["azi1"])


def geodesic_direct(lat: float, lon: float, azimuth: float, distance_m: float) -> tuple[float, float]:
    """The point (lat, lon) in rad that lies `distance_m` along the geodesic that leaves at `azimuth` (rad).

    Source: Karney, Journal of Geodesy 87 (2013).
    """
    g = Geodesic.WGS84.Direct(math.degrees(lat), math.degrees(lon), math.degrees(azimuth), distance_m)
    return math.radians(g["lat2"]), math.radians(g["lon2"])
