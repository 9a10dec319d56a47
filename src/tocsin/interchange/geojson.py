"""GeoJSON (RFC 7946) of a track's ground path and its impact regions, from plain numbers.

Rings run counter-clockwise, and nothing crosses the antimeridian: lines and polygons are cut there.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry

from tocsin.interchange.outline import outline

Array = NDArray[np.float64]
DIGITS = 6
_POLE_LAT = 90.0


def feature(geometry: dict[str, Any], properties: Mapping[str, Any]) -> dict[str, Any]:
    """A Feature of one geometry."""
    return {"type": "Feature", "geometry": geometry, "properties": dict(properties)}


def collection(features: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A FeatureCollection."""
    return {"type": "FeatureCollection", "features": list(features)}


def point(lat_deg: float, lon_deg: float) -> dict[str, Any]:
    """A Point, its longitude brought to -180 to 180 deg."""
    return {
        "type": "Point",
        "coordinates": [round((lon_deg + 180.0) % 360.0 - 180.0, DIGITS), round(lat_deg, DIGITS)],
    }


def path(lat_deg: ArrayLike, lon_deg: ArrayLike) -> dict[str, Any]:
    """A LineString along points (n,), or a MultiLineString where it had to be cut at 180 deg.

    Raises ValueError for fewer than two points.
    """
    lat = np.asarray(lat_deg, dtype=np.float64)
    lon = np.unwrap(np.asarray(lon_deg, dtype=np.float64), period=360.0)
    if len(lat) < 2:
        raise ValueError(f"a path needs two points or more, not {len(lat)}")
    return _cut(shapely.LineString(np.stack([lon, lat], axis=1)), "LineString")


def region(
    lat_deg: float, lon_deg: float, semi_major_km: float, semi_minor_km: float, azimuth_deg: float
) -> dict[str, Any]:
    """A Polygon of an elliptical region, or a MultiPolygon where it had to be cut at 180 deg.

    A region that holds a pole is closed along it. A region narrower than 10 m is drawn that wide.
    """
    ring = outline(lat_deg, lon_deg, max(semi_major_km, 0.01), max(semi_minor_km, 0.01), azimuth_deg)
    round_the_pole = abs(ring[-1, 0] - ring[0, 0]) > 180.0
    if round_the_pole:
        ring = _closed_at_pole(ring, _POLE_LAT if lat_deg > 0 else -_POLE_LAT)
    return _cut(shapely.make_valid(shapely.Polygon(ring)), "Polygon")


def _closed_at_pole(ring: Array, pole: float) -> Array:
    """A ring once round a pole, opened at 180 deg and led there to the pole and along it."""
    lon = (ring[:, 0] + 180.0) % 360.0 - 180.0
    order = np.argsort(lon)
    edge = np.interp(180.0, lon[order], ring[order, 1], period=360.0)
    start, end = [[-180.0, pole], [-180.0, edge]], [[180.0, edge], [180.0, pole]]
    return np.concatenate([start, np.stack([lon[order], ring[order, 1]], axis=1), end])


def _cut(shape: BaseGeometry, kind: str) -> dict[str, Any]:
    """A shape in continuous longitudes as parts of one kind that each lie within -180 to 180 deg."""
    west, _, east, _ = shape.bounds
    drawn: list[list[Any]] = []
    for turn in range(math.floor((west + 180.0) / 360.0), math.floor((east + 180.0) / 360.0) + 1):
        window = shapely.box(360.0 * turn - 180.0, -90.0, 360.0 * turn + 180.0, 90.0)
        inside = shapely.intersection(shape, window)
        moved = shapely.transform(inside, lambda xy, t=turn: xy - [360.0 * t, 0.0])
        if kind == "Polygon":
            # Rounded here and made whole again: a sliver may cross itself, or be none, once it is.
            moved = shapely.set_precision(moved, 10.0**-DIGITS)
        parts = shapely.get_parts(moved)
        # Where a shape only touches the antimeridian, the piece beyond is a point or a line.
        drawn += [_coordinates(part) for part in parts if part.geom_type == kind and not part.is_empty]
    if len(drawn) == 1:
        return {"type": kind, "coordinates": drawn[0]}
    return {"type": f"Multi{kind}", "coordinates": drawn}


def _coordinates(part: BaseGeometry) -> list[Any]:
    """Coordinates in GeoJSON's nesting, rings counter-clockwise and closed."""
    if part.geom_type == "LineString":
        return _rounded(shapely.get_coordinates(part))
    turned = shapely.orient_polygons(part, exterior_cw=False)
    return [_rounded(shapely.get_coordinates(ring)) for ring in shapely.get_rings(turned)]


def _rounded(xy: Array) -> list[Any]:
    return np.round(xy, DIGITS).tolist()  # type: ignore[no-any-return]
