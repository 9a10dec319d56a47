"""The Earth's disc as a satellite sees it: sunlit high cloud everywhere, and coasts and borders."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from tocsin.catalogue.borders import Borders
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.sensor.infrared.limb import limb, meets
from tocsin.sensor.infrared.sunlit import HIGH_CLOUD, HighCloud, sunlit
from tocsin.sensor.infrared.transmission import zenith_angle
from tocsin.sensor.measurement import line_of_sight, nadir_axes

Array = NDArray[np.float64]


def index_at(
    r_satellite: Array, r_sun: Array, east: Array, north: Array, cloud: HighCloud = HIGH_CLOUD
) -> Array:
    """Index (n, m) of high cloud at angles (rad) toward east (m,) and north (n,) of nadir; NaN off Earth."""
    values = np.stack(np.meshgrid(east, north), axis=-1)
    r = meets(r_satellite, line_of_sight(values, r_satellite), cloud.height_m)
    there = np.isfinite(r[..., 0])
    index = np.full(there.shape, np.nan)
    index[there] = sunlit(r[there], r_satellite, r_sun, cloud).index
    return index


def seen_at(r: Array, r_satellite: Array) -> Array:
    """Angles (..., 2) rad from nadir toward east and north at which points (..., 3) m stand."""
    d = r - r_satellite
    east, north, nadir = nadir_axes(r_satellite)
    along = np.sum(d * nadir, axis=-1)
    return np.stack([np.arctan2(np.sum(d * axis, axis=-1), along) for axis in (east, north)], axis=-1)


def limb_at(r_satellite: Array, height_m: float, count: int = 361) -> Array:
    """The limb of the cloud's surface as angles (count, 2) rad, closed."""
    _, r = limb(r_satellite, np.linspace(0.0, 2.0 * np.pi, count), height_m)
    return seen_at(r, r_satellite)


def outlines_in_view(r_satellite: Array, borders: Borders) -> tuple[Array, ...]:
    """Coasts and borders above the satellite's horizon as angles (k, 2) rad, without the file's own cuts."""
    names = np.array(borders.names)
    found: list[Array] = []
    for name in np.unique(names):
        parts = borders.geometry[names == name]
        if not _any_in_view(parts, r_satellite):
            continue
        whole = shapely.union_all(parts)
        for ring in shapely.get_parts(shapely.boundary(whole)):
            lon_lat = shapely.get_coordinates(ring)
            cut = (np.abs(np.abs(lon_lat[:, 0]) - 180.0) < 1e-6) | (np.abs(lon_lat[:, 1]) > 89.99)
            lon, lat = np.radians(lon_lat).T
            r = ecef_from_geodetic(lat, lon, 0.0)
            seen = (zenith_angle(r, r_satellite) < 0.5 * np.pi) & ~cut
            ends = np.flatnonzero(np.diff(seen)) + 1
            pieces = zip(np.split(seen, ends), np.split(seen_at(r, r_satellite), ends), strict=True)
            found += [piece for shown, piece in pieces if shown[0] and len(piece) > 1]
    return tuple(found)


def _any_in_view(parts: NDArray[np.object_], r_satellite: Array) -> bool:
    lon, lat = np.radians(shapely.get_coordinates(parts)).T
    return bool(np.any(zenith_angle(ecef_from_geodetic(lat, lon, 0.0), r_satellite) < 0.5 * np.pi))
