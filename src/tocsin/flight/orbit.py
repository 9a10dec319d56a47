"""Steering that brings a launcher to a circular orbit; internal, never exported."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import MU, OMEGA
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.errors import TocsinError
from tocsin.motion.rocket import Rocket
from tocsin.motion.thrust import Climb, ascend

Array = NDArray[np.float64]

KICKS = np.radians(np.geomspace(1.0, 30.0, 14))
SHIFTS = np.array([1e-4, 1e-7, 1e-2])  # of the tangent, its rate (1/s) and the cut-off (s)
SCALE = np.array([1e3, 10.0, 10.0])  # m, m/s, m/s: what weighs alike in height, climb and speed
NEAR = 0.02  # in those


@final
@dataclass(frozen=True, slots=True)
class Ascent:
    """Azimuth, kick (rad), the climb's law and cut-off (s)."""

    azimuth: float
    kick: float
    climb: Climb
    cutoff: float


def ascent_to_orbit(
    rocket: Rocket, launch: tuple[float, float, float], azimuth: float, height_m: float
) -> Ascent:
    """The ascent that ends level at height_m with the circular orbit's speed, of those found the shortest.

    The first stage turns with gravity, the later ones hold tan theta = tangent - rate t; Newton's method on
    (height, rate of climb, speed) for each of some kicks. Raises TocsinError, in words, when none gets there.
    """
    first = float(rocket.stages[0, 1] * rocket.stages[0, 3] / rocket.stages[0, 2])
    found = []
    for kick in KICKS:
        p = _newton(rocket, launch, azimuth, float(kick), height_m, first)
        if p is not None:
            found.append(
                (p[2], Ascent(azimuth, float(kick), Climb(first, float(p[0]), float(p[1])), float(p[2])))
            )
    if not found:
        raise TocsinError(
            f"this vehicle does not reach a circular orbit at {height_m / 1e3:,.0f} km on that bearing: "
            "lower height_km, turn the bearing to the east, or choose a larger vehicle"
        )
    return min(found, key=lambda pair: pair[0])[1]


def _newton(
    rocket: Rocket,
    launch: tuple[float, float, float],
    azimuth: float,
    kick: float,
    height_m: float,
    first: float,
) -> Array | None:
    """(tangent, rate, cut-off) for one kick, or None."""
    later = rocket.burn_s - first
    p = np.array([0.5, 0.5 / later, first + 0.9 * later])
    for _ in range(30):
        f = _errors(rocket, launch, azimuth, kick, height_m, first, p)
        if np.max(np.abs(f)) < NEAR:
            return p if p[2] <= rocket.burn_s else None
        columns = np.stack(
            [
                (_errors(rocket, launch, azimuth, kick, height_m, first, p + shift) - f) / SHIFTS[j]
                for j, shift in enumerate(np.diag(SHIFTS))
            ],
            axis=1,
        )
        if not np.isfinite(columns).all() or abs(np.linalg.det(columns)) < 1e-12:
            return None
        delta = -np.linalg.solve(columns, f)
        delta *= min(1.0, 0.3 / max(abs(delta[0]), 1e-12), 40.0 / max(abs(delta[2]), 1e-12))
        p = p + delta
        p[2] = min(max(p[2], first + 10.0), rocket.burn_s)
        if abs(p[0]) > 5.0:
            return None
    return None


def _errors(
    rocket: Rocket,
    launch: tuple[float, float, float],
    azimuth: float,
    kick: float,
    height_m: float,
    first: float,
    p: Array,
) -> Array:
    """Height, inertial rate of climb and inertial speed at the cut-off less the orbit's, over SCALE."""
    climb = Climb(first, float(p[0]), float(p[1]))
    x = ascend(rocket, launch, azimuth, kick, float(p[2]), np.array([p[2]]), climb=climb)[0]
    r = float(np.linalg.norm(x[:3]))
    v = x[3:] + np.cross([0.0, 0.0, OMEGA], x[:3])
    height = float(geodetic_from_ecef(x[:3])[2])
    f = np.array([height - height_m, float(v @ x[:3]) / r, float(np.linalg.norm(v)) - math.sqrt(MU / r)])
    return np.asarray(f / SCALE)
