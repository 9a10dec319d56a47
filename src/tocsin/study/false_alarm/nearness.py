"""How far from protected ground a track is told to come down."""

from __future__ import annotations

import math

import numpy as np

from tocsin.assess.assessment import Place
from tocsin.assess.territory import Territories

RINGS_KM = 5.0 * 1.05 ** np.arange(142)  # to 5,000 km
BEARINGS = np.arange(0.0, 2.0 * np.pi, np.pi / 18.0)
HALF = math.sqrt(2.0 * math.log(2.0))  # semi-axes of an ellipse that holds half, over 1 sigma
EARTH_KM = 6371.0


def sigmas_away(place: Place, territories: Territories) -> float:
    """The distance from a place to the nearest protected ground over the 1-sigma major axis of its region.

    Protected ground is looked for on rings of a twentieth wider each; inf where there is none on any.
    """
    lat, lon = math.radians(place.lat_deg), math.radians(place.lon_deg)
    arc, turn = (v.ravel() for v in np.meshgrid(np.append(0.0, RINGS_KM) / EARTH_KM, BEARINGS, indexing="ij"))
    there = np.arcsin(np.sin(lat) * np.cos(arc) + np.cos(lat) * np.sin(arc) * np.cos(turn))
    across = np.sin(turn) * np.sin(arc) * np.cos(lat)
    east = lon + np.arctan2(across, np.cos(arc) - np.sin(lat) * np.sin(there))
    on = territories.on_protected(np.stack([there, (east + np.pi) % (2.0 * np.pi) - np.pi], axis=1))
    if not on.any():
        return math.inf
    return float(arc[np.argmax(on)]) * EARTH_KM / max(place.ellipse_50_km.semi_major_km / HALF, 0.1)
