"""How far apart several places are, each of them uncertain."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from tocsin.assess.assessment import Ellipse, Place
from tocsin.assess.region import covariance, ellipse
from tocsin.earth.ellipsoid import ecef_from_geodetic, geodetic_from_ecef
from tocsin.sensor.measurement import site_axes

Array = NDArray[np.float64]

ONE_SIGMA = 1.0 - math.exp(-0.5)  # what the ellipse of one standard deviation holds
NO_MIDDLE_M = 1e3  # of the Earth's radius, which is left of places all round it


class Spread(Struct, frozen=True, kw_only=True):
    """Where, and how far apart: the middle and the ellipse of 1 sigma of the place of any one of them.

    The scatter of the places' middles with the mean of their own covariances; sigma_s: the same in time.
    """

    lat_deg: float
    lon_deg: float
    ellipse_km: Ellipse
    sigma_s: float


def spread_of(places: Sequence[Place], weight: Array) -> Spread | None:
    """The spread of places with weights (n,): P = sum w (P_i + d_i d_i'), d along the surface from the mean.

    The middle is the mean direction; None without places, or where they lie all round the Earth.
    """
    if len(places) == 0 or not weight.sum() > 0.0:
        return None
    w = weight / weight.sum()
    lat, lon = np.radians([[q.lat_deg, q.lon_deg] for q in places]).T
    r = ecef_from_geodetic(lat, lon, 0.0)
    middle = w @ r
    size = float(np.linalg.norm(middle))
    if size < NO_MIDDLE_M:
        return None
    up = middle / size
    radius = float(w @ np.linalg.norm(r, axis=1))
    at_lat, at_lon, _ = (float(v) for v in geodetic_from_ecef(radius * up))
    axes = site_axes(radius * up)
    flat = r @ axes[:2].T
    level = np.hypot(flat[:, 0], flat[:, 1])
    along = radius * np.arctan2(level, r @ axes[2])  # the arc of each place, for its chord's projection
    d = flat * (along / np.maximum(level, 1e-3))[:, None]
    d -= w @ d
    own = np.array([covariance(q.ellipse_50_km, 0.5) for q in places])
    P = np.einsum("n,nij->ij", w, own) + (w[:, None] * d).T @ d
    t, sigma = np.array([[q.t, q.sigma_s] for q in places]).T
    return Spread(
        lat_deg=math.degrees(at_lat),
        lon_deg=math.degrees(at_lon),
        ellipse_km=ellipse(P, ONE_SIGMA),
        sigma_s=math.sqrt(float(w @ sigma**2 + w @ (t - w @ t) ** 2)),
    )
