"""What each class that is no ballistic missile may do: evenly spread draws from stated, assumed ranges."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tocsin.assess.classify.names import BALLISTIC, CLASSES
from tocsin.assess.classify.surface import RADIUS, crossing, range_and_apogee
from tocsin.earth.constants import MU, OMEGA
from tocsin.estimate.points import even_points

Array = NDArray[np.float64]

FAMILIES: Final = CLASSES[len(BALLISTIC) :]
DRAWS = 80_000


def drawn(name: str, n: int = DRAWS) -> tuple[Array, Array]:
    """Speeds km/s and sines of climb (n,) of a class's arcs, from ranges that are all assumed."""
    p = even_points(n, 4)
    match name:
        case "glide":
            # Boosted 800 to 7,000 km on 0.3 to 1 times the least-energy apogee, rather low, before the air.
            return turned(*_arcs(_log(p[:, 0], 800e3, 7000e3), 0.3 + 0.7 * p[:, 1] ** 1.5), p[:, 2:])
        case "sounding-rocket":
            # Apogees of 80 to 1,600 km (Black Brant XII: 1,500), down 0.04 to 1 of that away.
            top = _log(p[:, 0], 80e3, 1600e3)
            return turned(*_peaks(top, top * (0.04 + 0.96 * p[:, 1])), p[:, 2:])
        case "fractional-orbit":
            # In a low orbit, or braked so that it leaves it.
            high = _even(p[:, 0], 120e3, 300e3)
            low = np.where(p[:, 1] < 0.5, _even(p[:, 2], 120e3, 300e3), _even(p[:, 2], -600e3, 50e3))
            return _orbits(np.minimum(low, high), np.maximum(low, high))
        case "space-launch":
            # Low orbits, transfers, and arcs between two burns or of launches that failed.
            high = np.where(p[:, 1] < 0.75, _even(p[:, 0], 150e3, 700e3), _log(p[:, 0], 700e3, 40000e3))
            low = np.minimum(_even(p[:, 2], 140e3, 500e3), high)
            falls = p[:, 3] < 0.08
            low = np.where(falls, _even(p[:, 2], -4500e3, 100e3), low)
            return _orbits(low, np.where(falls, _even(p[:, 0], 120e3, 500e3), high))
        case "re-entry":
            # Decayed, or from a long ellipse; in the air it loses up to 0.93 of its speed and falls steeply.
            high = np.where(p[:, 1] < 0.85, _even(p[:, 0], 90e3, 350e3), _log(p[:, 0], 350e3, 40000e3))
            u, s = _orbits(np.minimum(_even(p[:, 2], -200e3, 135e3), high), high)
            slowed = np.sqrt(np.maximum(0.0, p[:, 3] - 0.4) / 0.6)
            return u * (1.0 - 0.93 * slowed), np.where(
                slowed > 0.0, np.minimum(np.abs(s) + 0.95 * slowed**3, 0.999), s
            )
        case "meteor":
            # 11 to 72 km/s, half below 18; slowed by the air; as many from each part of the sky.
            speed = 11.2 + 60.8 * p[:, 0] ** 3.2
            return speed * (1.0 - 0.5 * p[:, 1] ** 4), np.sqrt(p[:, 2])
        case "satellite":
            low = np.where(p[:, 1] < 0.85, _even(p[:, 0], 170e3, 1500e3), _even(p[:, 0], 170e3, 1000e3))
            far = low + RADIUS * np.where(p[:, 1] < 0.85, 0.06 * p[:, 2] ** 2, 6.0 * p[:, 2])
            return _orbits(low, far)
        case _:
            # Stages and fragments on arcs of any kind below 6.5 km/s, and whatever else, anywhere.
            falls = p[:, 3] < 0.7
            u = np.where(falls, _even(p[:, 0], 1.2, 6.5), _even(p[:, 0], 0.3, 16.0))
            return u, np.where(falls, 0.05 + 0.95 * p[:, 1], 1.5 * p[:, 1] - 0.5)


def turned(u: Array, s: Array, p: Array) -> tuple[Array, Array]:
    """Speeds km/s and sines of climb in inertial axes of those over a turning Earth.

    p (..., 2): in the unit square, for the heading and the sine of the latitude, both even.
    """
    spin = OMEGA * RADIUS / 1e3 * np.sqrt(1.0 - p[..., 1] ** 2)
    level, up = u * np.sqrt(np.maximum(1.0 - s * s, 0.0)), u * s
    around = 2.0 * np.pi * p[..., 0]
    moved = np.hypot(level * np.cos(around) + spin, level * np.sin(around))
    whole = np.hypot(moved, up)
    return whole, up / whole


def _even(p: Array, low: float, high: float) -> Array:
    return low + (high - low) * p


def _log(p: Array, low: float, high: float) -> Array:
    return np.asarray(low * (high / low) ** p)


def _orbits(perigee: Array, apogee: Array) -> tuple[Array, Array]:
    """Of orbits by their heights m."""
    a, b = RADIUS + perigee, RADIUS + apogee
    u, s = crossing(-MU / (a + b), np.sqrt(2.0 * MU * a * b / (a + b)))
    return u / 1e3, s


def _peaks(apogee: Array, ground: Array) -> tuple[Array, Array]:
    """Of two-body arcs by apogee and ground range m: e = (r_a - R) / (r_a - R cos(psi / 2))."""
    top, half = RADIUS + apogee, ground / RADIUS / 2.0
    e = (top - RADIUS) / (top - RADIUS * np.cos(half))
    v = np.sqrt(MU * (1.0 - e) / top)
    u, s = crossing(v * v / 2.0 - MU / top, v * top)
    return u / 1e3, s


def _arcs(ground: Array, loft: Array) -> tuple[Array, Array]:
    """Of arcs by ground range m and loft."""
    half = np.sin(ground / RADIUS / 2.0)
    least = range_and_apogee(
        np.sqrt(2.0 * half / (1.0 + half) * MU / RADIUS), np.sin((math.pi - ground / RADIUS) / 4.0)
    )[1]
    return _peaks(np.maximum(loft * least, 40e3), ground)
