"""Local frames, east-north-up and azimuth-elevation at a site, and angles within half a turn."""

import math

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray


def enu_from_ecef(lat: float, lon: float) -> NDArray[np.float64]:
    """The rotation (3, 3) whose rows are east, north and up at a geodetic place (rad): v_enu = R v_ecef."""
    sl, cl, so, co = math.sin(lat), math.cos(lat), math.sin(lon), math.cos(lon)
    return np.array([[-so, co, 0.0], [-sl * co, -sl * so, cl], [cl * co, cl * so, sl]])


@njit(cache=True, error_model="numpy")
def azel(dx: float, dy: float, dz: float, lat: float, lon: float) -> tuple[float, float, float]:
    """(range m, azimuth rad, elevation rad) of an Earth-fixed difference of positions (m) at (lat, lon).

    Azimuth is clockwise from north, 0 to 2 pi; elevation is geometric, from the ellipsoid's tangent plane.
    """
    sl = math.sin(lat)
    cl = math.cos(lat)
    so = math.sin(lon)
    co = math.cos(lon)
    east = -so * dx + co * dy
    radial = co * dx + so * dy
    north = cl * dz - sl * radial
    up = cl * radial + sl * dz
    azimuth = math.atan2(east, north)
    if azimuth < 0.0:
        azimuth += 2.0 * math.pi
    level = math.sqrt(east * east + north * north)
    return math.sqrt(level * level + up * up), azimuth, math.atan2(up, level)


@njit(cache=True, error_model="numpy")
def _azel_rows(
    r: NDArray[np.float64], site: NDArray[np.float64], lat: float, lon: float, out: NDArray[np.float64]
) -> None:
    for i in range(r.shape[0]):
        out[i, 0], out[i, 1], out[i, 2] = azel(
            r[i, 0] - site[0], r[i, 1] - site[1], r[i, 2] - site[2], lat, lon
        )


def range_az_el(r_ecef: ArrayLike, site_ecef: ArrayLike, lat: float, lon: float) -> NDArray[np.float64]:
    """Range (m), azimuth and elevation (rad) as (n, 3) of positions (n, 3) seen from a site at (lat, lon)."""
    r = np.array(r_ecef, dtype=np.float64)
    out = np.empty_like(r)
    _azel_rows(r, np.array(site_ecef, dtype=np.float64), float(lat), float(lon), out)
    return out


def half_turn(angle: ArrayLike) -> NDArray[np.float64]:
    """Angles (...) rad, or differences of two, brought to between -pi and pi."""
    return np.asarray((np.asarray(angle) + np.pi) % (2 * np.pi) - np.pi)
