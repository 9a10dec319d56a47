"""How far from protected ground a place is, and an impact as a track is told to have it."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.assess.assessment import Place
from tocsin.assess.territory import Territories

Array = NDArray[np.float64]

RINGS_KM = 5.0 * 1.05 ** np.arange(142)  # to 5,000 km
BEARINGS = np.arange(0.0, 2.0 * np.pi, np.pi / 18.0)
HALF = math.sqrt(2.0 * math.log(2.0))  # semi-axes of an ellipse that holds half, over 1 sigma
EARTH_KM = 6371.0


def sigmas_away(place: Place, territories: Territories) -> float:
    """The distance from a place to the nearest protected ground over the 1-sigma major axis of its region.

    inf where there is none within the widest ring.
    """
    at = np.radians([[place.lat_deg, place.lon_deg]])
    km = float(away_km(at, territories, RINGS_KM, BEARINGS)[0])
    return km / max(place.ellipse_50_km.semi_major_km / HALF, 0.1)


def away_km(places: Array, territories: Territories, rings_km: ArrayLike, bearings: Array) -> Array:
    """The distance (n,) km from places (n, 2) lat, lon rad to the nearest protected ground; inf beyond all.

    Protected ground is looked for on rings, of which the first that meets it tells the distance.
    """
    out = np.full(len(places), np.inf)
    left = np.arange(len(places))
    for km in np.append(0.0, rings_km).tolist():
        lat, lon = places[left, 0, None], places[left, 1, None]
        arc = km / EARTH_KM
        there = np.arcsin(np.sin(lat) * np.cos(arc) + np.cos(lat) * np.sin(arc) * np.cos(bearings))
        east = lon + np.arctan2(
            np.sin(bearings) * np.sin(arc) * np.cos(lat), np.cos(arc) - np.sin(lat) * np.sin(there)
        )
        points = np.stack([there, (east + np.pi) % (2.0 * np.pi) - np.pi], axis=-1)
        on = territories.on_protected(points.reshape(-1, 2)).reshape(points.shape[:2]).any(axis=1)
        out[left[on]] = km
        left = left[~on]
        if not len(left):
            break
    return out
