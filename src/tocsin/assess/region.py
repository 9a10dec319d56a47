"""Places on the ground with their regions."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.assess.assessment import Ellipse, Place

Array = NDArray[np.float64]


def ellipse(P: Array, probability: float) -> Ellipse:
    """The region of a two-dimensional Gaussian, covariance P (2, 2) m2 east-north, that holds a probability.

    Semi-axes sqrt(-2 ln(1 - p)) times the square roots of the eigenvalues.
    """
    major, minor, azimuth = (float(v[0]) for v in _axes(np.asarray(P)[None]))
    scale = _scale(probability)
    return Ellipse(scale * major, scale * minor, azimuth)


def covariance(region: Ellipse, probability: float) -> Array:
    """The covariance (2, 2) m2 east-north of which `ellipse` makes a region."""
    azimuth, scale = math.radians(region.azimuth_deg), _scale(probability)
    along = np.array([math.sin(azimuth), math.cos(azimuth)]) * region.semi_major_km / scale
    across = np.array([math.cos(azimuth), -math.sin(azimuth)]) * region.semi_minor_km / scale
    return np.outer(along, along) + np.outer(across, across)


def place(lat: float, lon: float, t: float, sigma_s: float, P: Array) -> Place:
    """A point (rad) at a time with its 50 and 90 % regions; beyond a pole it comes down the other side."""
    return places([lat], [lon], [t], [sigma_s], np.asarray(P)[None])[0]


def places(lat: ArrayLike, lon: ArrayLike, t: ArrayLike, sigma_s: ArrayLike, P: Array) -> list[Place]:
    """As `place`, of many: latitude, longitude rad, time and its sigma (n,), covariances (n, 2, 2)."""
    lat, lon = np.array(lat, dtype=np.float64), np.array(lon, dtype=np.float64)
    over = np.cos(lat) < 0.0
    lon = np.degrees(np.where(over, lon + math.pi, lon))
    major, minor, azimuth = _axes(P)
    half, most = _scale(0.5), _scale(0.9)
    rows = np.column_stack(
        [
            np.degrees(np.where(over, np.arcsin(np.sin(lat)), lat)),
            (lon + 180.0) % 360.0 - 180.0,
            t,
            sigma_s,
            half * major,
            half * minor,
            most * major,
            most * minor,
            azimuth,
        ]
    )
    return [
        Place(
            lat_deg=a,
            lon_deg=b,
            t=c,
            sigma_s=d,
            ellipse_50_km=Ellipse(e, f, i),
            ellipse_90_km=Ellipse(g, h, i),
        )
        for a, b, c, d, e, f, g, h, i in rows.tolist()
    ]


def _scale(probability: float) -> float:
    return math.sqrt(-2.0 * math.log(1.0 - probability)) / 1e3


def _axes(P: Array) -> tuple[Array, Array, Array]:
    """Roots of the eigenvalues (n,), the greater first, and the azimuth (n,) deg of the major axis."""
    w, u = np.linalg.eigh(P)
    azimuth = np.degrees(np.arctan2(u[:, 0, 1], u[:, 1, 1])) % 180.0
    minor, major = np.sqrt(np.maximum(w, 0.0)).T
    return major, minor, azimuth
