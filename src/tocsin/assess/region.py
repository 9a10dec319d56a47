"""Places on the ground with their regions."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.assess.assessment import Ellipse, Place

Array = NDArray[np.float64]


def ellipse(P: Array, probability: float) -> Ellipse:
    """The region of a two-dimensional Gaussian, covariance P (2, 2) m2 east-north, that holds a probability.

    Semi-axes sqrt(-2 ln(1 - p)) times the square roots of the eigenvalues.
    """
    w, u = np.linalg.eigh(P)
    scale = math.sqrt(-2.0 * math.log(1.0 - probability)) / 1e3
    azimuth = math.degrees(math.atan2(u[0, 1], u[1, 1])) % 180.0
    major, minor = (scale * math.sqrt(max(float(v), 0.0)) for v in (w[1], w[0]))
    return Ellipse(major, minor, azimuth)


def place(lat: float, lon: float, t: float, sigma_s: float, P: Array) -> Place:
    """A point (rad) at a time with its 50 and 90 % regions; beyond a pole it comes down the other side."""
    if math.cos(lat) < 0.0:
        lat, lon = math.asin(math.sin(lat)), lon + math.pi
    return Place(
        lat_deg=math.degrees(lat),
        lon_deg=(math.degrees(lon) + 180.0) % 360.0 - 180.0,
        t=t,
        sigma_s=sigma_s,
        ellipse_50_km=ellipse(P, 0.5),
        ellipse_90_km=ellipse(P, 0.9),
    )
