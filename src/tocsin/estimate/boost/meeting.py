"""Where telescopes' lines meet one another or the cloud tops, and how the point where they meet moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import C_LIGHT
from tocsin.earth.ellipsoid import ecef_from_geodetic, geodetic_from_ecef
from tocsin.estimate.boost.sighting import Sightings

Array = NDArray[np.float64]

CLOUD_TOP_M = 10e3
# Looks and seconds for each power of time in the path's polynomial, and the highest power.
LOOKS_EACH, EACH_S, HIGHEST = 6, 20.0, 5


def triangulate(origin: Array, direction: Array) -> tuple[Array, float]:
    """The point (3,) nearest to two lines (2, 3), and the distance m by which they miss one another.

    min sum |(I - u u^T)(r - o)|^2.
    """
    across = np.eye(3) - direction[:, :, None] * direction[:, None, :]
    r = np.linalg.solve(across.sum(axis=0), np.einsum("nij,nj->i", across, origin))
    normal = np.cross(direction[0], direction[1])
    miss = abs(np.dot(origin[1] - origin[0], normal)) / max(np.linalg.norm(normal), 1e-12)
    return np.asarray(r), float(miss)


def ground_below(seen: Sightings) -> tuple[float, float]:
    """Where the first line of sight first meets the cloud tops, or passes them nearest: (lat, lon) rad."""
    r, axes = seen.eye[0, :3], seen.eye[0, 3:].reshape(3, 3)
    u = np.array([*np.tan(seen.z[0]), 1.0]) @ axes
    u /= np.linalg.norm(u)
    # A sphere of the local radius, refined once, is within a kilometre: the fit does the rest.
    radius = 6371e3 + CLOUD_TOP_M
    lat = lon = 0.0
    for _ in range(2):
        b = float(u @ r)
        inside = max(b * b - float(r @ r) + radius**2, 0.0)
        point = r + u * (-b - np.sqrt(inside))
        lat, lon = (float(v) for v in geodetic_from_ecef(point)[:2])
        radius = float(np.linalg.norm(ecef_from_geodetic(lat, lon, CLOUD_TOP_M)))
    return lat, lon


@final
@dataclass(frozen=True, slots=True, eq=False)
class Meeting:
    """The point where two telescopes' lines meet, as a polynomial: r(t) = sum c_k ((t - middle) / half)^k.

    coefficients (k, 3) m; t s after the first look; sigma_m: how well the place is known at the ends.
    """

    coefficients: Array
    middle: float
    half: float
    sigma_m: float

    def shows_heading(self, last: float) -> bool:
        """Whether the way gone until `last` s after the first look is known to within its tenth."""
        r, _, _ = self.at(np.array([0.0, last]))
        up = r[0] / np.linalg.norm(r[0])
        gone = r[1] - r[0]
        return bool(np.linalg.norm(gone - up * (up @ gone)) > 10.0 * self.sigma_m)

    def at(self, t: Array) -> tuple[Array, Array, Array]:
        """Place, speed and acceleration (n, 3) at times t (n,)."""
        s = (np.asarray(t, dtype=np.float64) - self.middle) / self.half
        k = np.arange(len(self.coefficients))
        power = s[:, None] ** k
        one = np.where(k > 0, k * s[:, None] ** np.maximum(k - 1, 0), 0.0) / self.half
        two = np.where(k > 1, k * (k - 1) * s[:, None] ** np.maximum(k - 2, 0), 0.0) / self.half**2
        return power @ self.coefficients, one @ self.coefficients, two @ self.coefficients


def meeting(seen: Sightings) -> Meeting | None:
    """The polynomial path nearest to all lines of sight; None from fewer than two telescopes.

    Linear least squares: each look asks that (r - r_s) has no part across its line, over range and sigma.
    None as well where the lines are so nearly parallel, or so few, that the place is not known to 100 km.
    """
    counts = np.bincount(seen.channel, minlength=len(seen.channels))
    if np.count_nonzero(counts >= 2) < 2:
        return None
    most = min(int(counts[counts >= 2].min()) // LOOKS_EACH, 1 + int(seen.last / EACH_S), HIGHEST)
    powers = max(most, 1) + 1
    tan = np.tan(seen.z)
    eye, axes = seen.eye[:, :3], seen.eye[:, 3:].reshape(-1, 3, 3)
    # Across the line toward east and north: (r - r_s) . (e - tan xi k) = 0.
    across = axes[:, :2] - tan[:, :, None] * axes[:, 2:]
    distance = np.linalg.norm(eye, axis=1) - 6.4e6
    weight = seen.weight / distance[:, None]
    left = seen.t - distance / C_LIGHT
    middle, half = 0.5 * (left[0] + left[-1]), max(0.5 * (left[-1] - left[0]), 1.0)
    basis = ((left - middle) / half)[:, None] ** np.arange(powers)
    a = (basis[:, None, :, None] * (across * weight[:, :, None])[:, :, None, :]).reshape(-1, 3 * powers)
    b = (np.einsum("nij,nj->ni", across, eye) * weight).ravel()
    normal = a.T @ a
    try:
        found, spread = np.linalg.solve(normal, a.T @ b), np.linalg.inv(normal)
    except np.linalg.LinAlgError:
        return None
    ends = np.tile(np.eye(3), (powers, 1))
    sigma = float(np.sqrt(max(np.trace(ends.T @ spread @ ends), 0.0)))
    if not (np.isfinite(found).all() and sigma < 100e3):
        return None
    return Meeting(found.reshape(powers, 3), middle, half, sigma)
