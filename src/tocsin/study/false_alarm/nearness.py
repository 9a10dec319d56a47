"""How far from protected ground a place is, and an impact as a track is told to have it."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray

from tocsin.assess.assessment import Place
from tocsin.assess.territory import Territories
from tocsin.catalogue.cutting import parts_of
from tocsin.earth.ellipsoid import verticals

Array = NDArray[np.float64]

APART_DEG = 0.05  # of points along an outline: some 5 km
AT_ONCE = 100  # places, lest the table of all pairs be great
HALF = math.sqrt(2.0 * math.log(2.0))  # semi-axes of an ellipse that holds half, over 1 sigma
EARTH_KM = 6371.0


def sigmas_away(place: Place | None, territories: Territories) -> float:
    """The distance from a place to the nearest protected ground over the 1-sigma major axis of its region.

    inf where nothing is told of an impact.
    """
    if place is None:
        return math.inf
    km = float(away_km(np.radians([[place.lat_deg, place.lon_deg]]), territories)[0])
    return km / max(place.ellipse_50_km.semi_major_km / HALF, 0.1)


def away_km(places: Array, territories: Territories) -> Array:
    """The distance (n,) km over a sphere from places (n, 2) lat, lon rad to the outline of protected ground.

    0 on it, and within 5 km of a coast, which counts as on it; inf where nothing is protected. Outlines are
    points `APART_DEG` apart, so that what is nearer than some kilometres is told up to 3 km too far.
    """
    outline = _outline(territories)
    cosine = np.full(len(places), -np.inf)
    if len(outline):
        for k in range(0, len(places), AT_ONCE):
            cosine[k : k + AT_ONCE] = (verticals(*places[k : k + AT_ONCE].T) @ outline.T).max(axis=1)
    km = np.where(np.isfinite(cosine), EARTH_KM * np.arccos(np.clip(cosine, -1.0, 1.0)), np.inf)
    return np.where(territories.on_protected(places), 0.0, km)


@lru_cache(maxsize=4)
def _outline(territories: Territories) -> Array:
    """Unit vectors (k, 3) of points along the outlines of all protected areas."""
    areas = territories.settings.protected
    codes = {code for one in areas for code in one.countries}
    parts = list(territories.borders.geometry[np.isin(territories.borders.iso, list(codes))])
    parts += [part for one in areas if one.polygon is not None for part in parts_of(one.polygon)]
    lines = shapely.segmentize(shapely.union_all(parts), APART_DEG)
    lon, lat = np.radians(shapely.get_coordinates(lines)).T
    return verticals(lat, lon)
