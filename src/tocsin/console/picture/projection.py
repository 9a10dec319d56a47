"""The azimuthal equidistant projection: distances and azimuths from the centre are true."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
EARTH_KM = 6371.0088


@dataclass(frozen=True, slots=True)
class View:
    """A map: its centre (deg) and half its width and height in km."""

    lat_deg: float
    lon_deg: float
    half_width_km: float
    half_height_km: float

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
        k = c / sin(c), c the arc from the centre.
        Source: Snyder, USGS Professional Paper 1395, eqs. 22-4, 22-5 and 25-2.
        """
        lat, lon = np.radians(np.asarray(lat_deg, float)), np.radians(np.asarray(lon_deg, float))
        lat0, turn = math.radians(self.lat_deg), lon - math.radians(self.lon_deg)
        x = np.cos(lat) * np.sin(turn)
        y = math.cos(lat0) * np.sin(lat) - math.sin(lat0) * np.cos(lat) * np.cos(turn)
        along = math.sin(lat0) * np.sin(lat) + math.cos(lat0) * np.cos(lat) * np.cos(turn)
        sine = np.hypot(x, y)
        scale = EARTH_KM * np.arctan2(sine, along) / np.maximum(sine, 1e-12)
        return np.stack([scale * x, scale * y], axis=-1)

    def place(self, x_km: float, y_km: float) -> tuple[float, float]:
        """Latitude and longitude (deg) of a point of the map. Source: Snyder, eqs. 20-14 and 20-15."""
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
    """The map (width = aspect x height) that holds points with a margin, half as high as least_km or more."""
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
    return View(view.lat_deg, view.lon_deg, height * aspect, height)
