"""An arc drawn to the mean sphere: its speed and climb there, its reach and its loft."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import MU

Array = NDArray[np.float64]

RADIUS = 6371e3
# Edges of the classes by reach (published usage), km.
EDGES_KM = (1000.0, 3000.0, 5500.0)
# Of the apogee over that of the least-energy arc of the same range: below depressed, above lofted; assumed.
LOFT_EDGES = (0.8, 1.25)


def reach_km(energy: float) -> float:
    """The greatest ground range km of a ballistic arc of this specific energy J/kg; inf in orbit.

    sin(psi / 2) = Q / (2 - Q), Q = v^2 R / mu (Bate, Mueller and White, ch. 6).
    """
    q = 2.0 * (energy + MU / RADIUS) * RADIUS / MU
    if q >= 1.0:
        return math.inf
    return 2.0 * math.asin(max(q, 0.0) / (2.0 - q)) * RADIUS / 1e3


def energy_of(reach: float) -> float:
    """The specific energy J/kg whose greatest range is `reach` km: the inverse of `reach_km`."""
    s = math.sin(reach * 1e3 / RADIUS / 2.0)
    q = 2.0 * s / (1.0 + s)
    return q * MU / RADIUS / 2.0 - MU / RADIUS


def speed_of(reach: float) -> float:
    """The speed m/s at the sphere of the least-energy arc that goes `reach` km."""
    return math.sqrt(2.0 * (energy_of(reach) + MU / RADIUS))


def crossing(energy: Array, momentum: Array) -> tuple[Array, Array]:
    """Speed u m/s and sine of the climb s with which a two-body arc crosses the sphere; energy J/kg, h m2/s.

    u^2 = 2 (energy + mu / R), s^2 = 1 - (h / R u)^2. An arc that stays above the sphere crosses it nowhere:
    then s = -sqrt((h / R u)^2 - 1), which grows with the height of its perigee.
    """
    u = np.sqrt(np.maximum(2.0 * (energy + MU / RADIUS), 1.0))
    left = 1.0 - (momentum / (RADIUS * u)) ** 2
    return u, np.copysign(np.sqrt(np.abs(left)), left)


def range_and_apogee(u: Array, s: Array) -> tuple[Array, Array]:
    """Range angle rad between the two crossings and apogee m above the sphere; inf where it escapes.

    tan(psi / 2) = Q sin g cos g / (1 - Q cos^2 g); e^2 = 1 - Q (2 - Q) cos^2 g, apogee a (1 + e) - R with
    a = R / (2 - Q). Source: Bate, Mueller and White (1971), chapter 6.
    """
    q, c2 = u * u * RADIUS / MU, 1.0 - s * s
    psi = 2.0 * np.arctan2(q * s * np.sqrt(np.maximum(c2, 0.0)), 1.0 - q * c2)
    with np.errstate(divide="ignore", invalid="ignore"):
        e = np.sqrt(np.maximum(1.0 - q * (2.0 - q) * c2, 0.0))
        apogee = np.where(q < 2.0, RADIUS / (2.0 - q) * (1.0 + e) - RADIUS, np.inf)
    return psi, apogee


def loft_of(u: Array, s: Array) -> Array:
    """The apogee over that of the least-energy arc of the same range; 0 where no arc comes to the ground."""
    psi, apogee = range_and_apogee(u, s)
    half = np.sin(np.clip(psi, 1e-9, math.pi * 0.999) / 2.0)
    level = np.sqrt(2.0 * half / (1.0 + half) * MU / RADIUS)
    climb = np.sin((math.pi - np.clip(psi, 1e-9, math.pi * 0.999)) / 4.0)
    least = range_and_apogee(level, climb)[1]
    return np.where(s > 0.0, apogee / least, 0.0)
