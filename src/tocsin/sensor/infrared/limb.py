"""The Earth's limb at cloud height as a satellite sees it, and where a line of sight meets that surface.

The surface is the ellipsoid with both semi-axes raised by a height h: within 1 m of the surface of geodetic
height h up to 50 km. Dividing by the semi-axes turns it into the unit sphere, and lines into lines.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import R_EQ
from tocsin.earth.ellipsoid import B
from tocsin.errors import TocsinError
from tocsin.sensor.measurement import nadir_axes

Array = NDArray[np.float64]


def toward(r_satellite: Array, azimuth: Array, angle: Array) -> Array:
    """Unit vectors (..., 3) at an angle (...) rad from nadir, at an azimuth (...) rad from north by east."""
    east, north, nadir = nadir_axes(r_satellite)
    across = np.cos(azimuth)[..., None] * north + np.sin(azimuth)[..., None] * east
    turned = np.cos(angle)[..., None] * nadir + np.sin(angle)[..., None] * across
    return np.asarray(turned, dtype=np.float64)


def limb(r_satellite: Array, azimuth: Array, height_m: float = 0.0) -> tuple[Array, Array]:
    """Angle (...) rad of the limb from nadir at an azimuth (...) rad, and the point (..., 3) m touched there.

    The ray s + k (n + x e) touches the unit sphere where (s.d)^2 = d.d (s.s - 1), d = n + x e, a quadratic in
    x = tan(angle). r_satellite: (3,) or (..., 3) m. Raises TocsinError for a satellite below that height.
    """
    s = _scaled(r_satellite, height_m)
    above = np.sum(s * s, axis=-1) - 1.0
    if not np.all(above > 0.0):
        raise TocsinError(f"limb: the satellite is below {height_m:g} m: give a position outside the air")
    n = _scaled(toward(r_satellite, azimuth, np.zeros_like(azimuth)), height_m)
    e = _scaled(toward(r_satellite, azimuth, np.full_like(azimuth, 0.5 * np.pi)), height_m)
    sn, se, nn, ne, ee = (np.sum(p * q, axis=-1) for p, q in ((s, n), (s, e), (n, n), (n, e), (e, e)))
    a, b, c = se**2 - ee * above, sn * se - ne * above, sn**2 - nn * above
    x = (-b - np.sqrt(b**2 - a * c)) / a
    d = n + x[..., None] * e
    far = -np.sum(s * d, axis=-1) / np.sum(d * d, axis=-1)
    return np.arctan(x), (s + far[..., None] * d) * _axes(height_m)


def meets(r_satellite: Array, line: Array, height_m: float = 0.0) -> Array:
    """Where lines of sight (..., 3) first meet the surface at a height, (..., 3) m; NaN where they miss."""
    s, d = _scaled(r_satellite, height_m), _scaled(line, height_m)
    dd, middle = np.sum(d * d, axis=-1), np.sum(s * d, axis=-1)
    inside = middle**2 - dd * (np.sum(s * s, axis=-1) - 1.0)
    hit = (inside >= 0.0) & (middle < 0.0)
    far = np.where(hit, -(middle + np.sqrt(np.maximum(inside, 0.0))) / dd, np.nan)
    return np.asarray((s + far[..., None] * d) * _axes(height_m))


def _axes(height_m: float) -> Array:
    return np.array([R_EQ, R_EQ, B]) + height_m


def _scaled(r: Array, height_m: float) -> Array:
    return np.asarray(r / _axes(height_m), dtype=np.float64)
