"""The map's projection: azimuthal equidistant, or the whole world laid flat."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
EARTH_KM = 6371.0088
WIDEST_KM = 8000.0  # half a map's height, beyond which it shows the whole world
JUMP_KM = 3000.0  # on the map, longer than any step of a path: there it leaves at one edge for another


@dataclass(frozen=True, slots=True)
class View:
    """A map: its centre (deg) and half its width and height in km.

    flat: the whole world with latitude and longitude as they are, km along a meridian and the equator;
    otherwise azimuthal equidistant, where distances and azimuths from the centre are true.
    """

    lat_deg: float
    lon_deg: float
    half_width_km: float
    half_height_km: float
    flat: bool = False

    @property
    def reach_km(self) -> float:
        """From the centre to a corner."""
        return math.hypot(self.half_width_km, self.half_height_km)

    def holds(self, xy: Array, margin: float = 1.0) -> NDArray[np.bool_]:
        """Whether points (..., 2) km lie within the map shrunk by the margin."""
        inside_x = np.abs(xy[..., 0]) <= margin * self.half_width_km
        return np.asarray(inside_x & (np.abs(xy[..., 1]) <= margin * self.half_height_km))

    def project(self, lat_deg: ArrayLike, lon_deg: ArrayLike) -> Array:
        """Points (..., 2) in km east and north of the centre.

        x = R k cos(lat) sin(dlon), y = R k (cos(lat0) sin(lat) - sin(lat0) cos(lat) cos(dlon)),
        k = c / sin(c), c the arc from the centre; flat: x = R dlon, y = R dlat.
        Source: Snyder, USGS Professional Paper 1395, eqs. 22-4, 22-5 and 25-2; 12-1 and 12-2.
        """
        if self.flat:
            east = np.asarray(lon_deg, float) - self.lon_deg
            # The edges of the borders' file lie at -180 and 180 and stay there.
            east = np.where(np.abs(east) > 180.0, (east + 180.0) % 360.0 - 180.0, east)
            north = np.asarray(lat_deg, float) - self.lat_deg
            flat = np.stack(np.broadcast_arrays(east, north), axis=-1)
            return np.asarray(EARTH_KM * np.radians(flat))
        lat, lon = np.radians(np.asarray(lat_deg, float)), np.radians(np.asarray(lon_deg, float))
        lat0, turn = math.radians(self.lat_deg), lon - math.radians(self.lon_deg)
        x = np.cos(lat) * np.sin(turn)
        y = math.cos(lat0) * np.sin(lat) - math.sin(lat0) * np.cos(lat) * np.cos(turn)
        along = math.sin(lat0) * np.sin(lat) + math.cos(lat0) * np.cos(lat) * np.cos(turn)
        sine = np.hypot(x, y)
        scale = EARTH_KM * np.arctan2(sine, along) / np.maximum(sine, 1e-12)
        return np.stack([scale * x, scale * y], axis=-1)

    def line(self, lat_deg: ArrayLike, lon_deg: ArrayLike) -> Array:
        """A path (n or more, 2) km on the map, with NaN where it leaves at one edge to come in at another."""
        xy = self.project(lat_deg, lon_deg)
        jumps = np.flatnonzero(np.hypot(*np.diff(xy, axis=0).T) > JUMP_KM)
        return np.insert(xy, jumps + 1, np.nan, axis=0)

    def place(self, x_km: float, y_km: float) -> tuple[float, float]:
        """Latitude and longitude (deg) of a point of the map. Source: Snyder, eqs. 20-14 and 20-15."""
        if self.flat:
            turn = self.lon_deg + math.degrees(x_km / EARTH_KM)
            return self.lat_deg + math.degrees(y_km / EARTH_KM), (turn + 180.0) % 360.0 - 180.0
        c = math.hypot(x_km, y_km) / EARTH_KM
        if c == 0.0:
            return self.lat_deg, self.lon_deg
        lat0, east, north = math.radians(self.lat_deg), x_km / EARTH_KM / c, y_km / EARTH_KM / c
        sine = math.cos(c) * math.sin(lat0) + north * math.sin(c) * math.cos(lat0)
        level = math.cos(lat0) * math.cos(c) - north * math.sin(lat0) * math.sin(c)
        turn = math.degrees(math.atan2(east * math.sin(c), level))
        return math.degrees(math.asin(max(-1.0, min(1.0, sine)))), (
            self.lon_deg + turn + 180.0
        ) % 360.0 - 180.0


def fitted(lat_deg: ArrayLike, lon_deg: ArrayLike, aspect: float, least_km: float, margin: float) -> View:
    """The map (width = aspect x height) that holds points with a margin, half as high as least_km or more.

    Points too far apart for one side of the globe are put on the whole world.
    """
    lat, lon = np.atleast_1d(np.asarray(lat_deg, float)), np.atleast_1d(np.asarray(lon_deg, float))
    towards = np.stack(
        [
            np.cos(np.radians(lat)) * np.cos(np.radians(lon)),
            np.cos(np.radians(lat)) * np.sin(np.radians(lon)),
            np.sin(np.radians(lat)),
        ]
    ).sum(axis=1)
    middle = math.degrees(math.atan2(towards[2], math.hypot(towards[0], towards[1])))
    view = View(middle, math.degrees(math.atan2(towards[1], towards[0])), 1.0, 1.0)
    for _ in range(3):
        xy = view.project(lat, lon)
        low, high = xy.min(axis=0), xy.max(axis=0)
        view = View(*view.place(*((low + high) / 2.0)), 1.0, 1.0)
    half = (high - low) / 2.0 * (1.0 + margin)
    height = max(float(half[1]), float(half[0]) / aspect, least_km)
    if height > WIDEST_KM:
        return View(0.0, 0.0, math.pi * EARTH_KM, math.pi * EARTH_KM / aspect, flat=True)
    return View(view.lat_deg, view.lon_deg, height * aspect, height)
