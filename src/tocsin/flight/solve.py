"""Heading, loft and cut-off that bring a rocket to a given apogee and impact; internal, never exported."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import MU, OMEGA, R_EQ
from tocsin.earth.ellipsoid import geodesic_inverse, geodetic_from_ecef
from tocsin.errors import TocsinError
from tocsin.motion.ballistic import impact, impacts
from tocsin.motion.rocket import Rocket
from tocsin.motion.thrust import ascend

Array = NDArray[np.float64]


def kepler_apogee(x: Array) -> Array:
    """Height of the two-body apogee (n,) m above the equatorial radius, for Earth-fixed states (n, 6)."""
    r, v = x[:, :3], x[:, 3:] + np.cross(np.array([0.0, 0.0, OMEGA]), x[:, :3])
    rn = np.linalg.norm(r, axis=1)
    energy = np.sum(v * v, axis=1) / 2 - MU / rn
    h2 = np.sum(np.cross(r, v) ** 2, axis=1)
    e = np.sqrt(np.maximum(1.0 + 2.0 * energy * h2 / MU**2, 0.0))
    return np.where(energy < 0, -MU / (2 * energy) * (1 + e) - R_EQ, np.inf)


def _coarse(
    rocket: Rocket, launch: tuple[float, float, float], azimuth: float, beta: float
) -> tuple[Array, ...]:
    """A grid over kick and cut-off: kick, cut-off, apogee and range of each arc that comes down."""
    cutoffs = np.linspace(0.25 * rocket.burn_s, rocket.burn_s, 70)
    rows = []
    for kick in np.geomspace(np.radians(0.2), np.radians(80.0), 36):
        x = np.ascontiguousarray(ascend(rocket, launch, azimuth, kick, rocket.burn_s, cutoffs))
        status, _, r = impacts(0.0, x, np.full(len(x), 1.0 / beta))
        good = status == 0
        lat, lon, _ = geodetic_from_ecef(r[good])
        # A sphere is near enough to choose where the exact search begins.
        cosine = np.sin(lat) * np.sin(launch[0]) + np.cos(lat) * np.cos(launch[0]) * np.cos(lon - launch[1])
        reach = R_EQ * np.arccos(np.clip(cosine, -1.0, 1.0))
        rows.append(np.stack([np.full(good.sum(), kick), cutoffs[good], kepler_apogee(x[good]), reach]))
    return tuple(np.concatenate(rows, axis=1))


def solve(
    rocket: Rocket,
    launch: tuple[float, float, float],
    target: tuple[float, float],
    apogee_m: float,
    beta: float,
) -> tuple[float, float, float]:
    """Azimuth, kick (rad) and cut-off (s) whose arc peaks at apogee_m and ends at target (lat, lon).

    Newton's method on (miss along, miss across, apogee error) from the best point of a coarse grid;
    ends within 20 m in each. Raises TocsinError when the rocket cannot reach it.
    """
    distance, bearing = geodesic_inverse(*launch[:2], *target)
    kick, cutoff, top, reach = _coarse(rocket, launch, bearing, beta)
    if len(kick) == 0 or apogee_m > top.max() * 1.02:
        best = f"{top.max() / 1e3:,.0f} km" if len(kick) else "nothing"
        raise TocsinError(
            f"apogee {apogee_m / 1e3:,.0f} km is beyond this vehicle's energy (it reaches {best}): "
            "lower apogee_km or loft, or choose a larger vehicle"
        )
    cost = (
        np.log(np.maximum(top, 1.0) / apogee_m) ** 2
        + ((reach - distance) / max(distance, 0.2 * apogee_m)) ** 2
    )
    for start in np.argsort(cost)[[0, 3, 10]]:
        p = np.array([bearing, kick[start], cutoff[start]])
        found = _newton(rocket, launch, target, apogee_m, beta, p)
        if found is not None:
            return found
    raise TocsinError(
        f"no flight of this vehicle peaks at {apogee_m / 1e3:,.0f} km and comes down "
        f"{distance / 1e3:,.0f} km away: change apogee_km or loft, the range, or the vehicle"
    )


def _newton(
    rocket: Rocket,
    launch: tuple[float, float, float],
    target: tuple[float, float],
    apogee_m: float,
    beta: float,
    p: Array,
) -> tuple[float, float, float] | None:
    """Damped Newton iteration from p = (azimuth, kick, cut-off); None where it does not converge."""
    step = np.array([1e-4, 1e-5, 1e-2])
    f = _miss(rocket, launch, target, apogee_m, beta, p)
    for _ in range(40):
        if f is None:
            return None
        if np.max(np.abs(f)) < 20.0:
            return float(p[0]), float(p[1]), float(p[2])
        columns = []
        for j in range(3):
            ahead = _miss(rocket, launch, target, apogee_m, beta, p + step * (np.arange(3) == j))
            if ahead is None:
                return None
            columns.append((ahead - f) / step[j])
        try:
            delta = -np.linalg.solve(np.stack(columns, axis=1), f)
        except np.linalg.LinAlgError:
            return None
        delta *= min(1.0, 0.3 * p[1] / max(abs(delta[1]), 1e-12), 15.0 / max(abs(delta[2]), 1e-12))
        for _ in range(8):
            trial = _miss(rocket, launch, target, apogee_m, beta, p + delta)
            if trial is not None and np.linalg.norm(trial) < np.linalg.norm(f):
                break
            delta *= 0.5
        p, f = p + delta, trial
    return None


def _miss(
    rocket: Rocket,
    launch: tuple[float, float, float],
    target: tuple[float, float],
    apogee_m: float,
    beta: float,
    p: Array,
) -> Array | None:
    """Miss (3,) m: north, east, apogee; None where the arc does not come down."""
    if p[1] <= 0.0 or not 0.0 < p[2] <= rocket.burn_s:
        return None
    x = ascend(rocket, launch, p[0], p[1], p[2], np.array([p[2]]))[0]
    end = impact(0.0, x, 1.0 / beta)
    if end.status != "impact":
        return None
    lat, lon, _ = geodetic_from_ecef(end.x[:3])
    east = (float(lon) - target[1] + np.pi) % (2 * np.pi) - np.pi
    return np.array(
        [(float(lat) - target[0]) * R_EQ, east * R_EQ * np.cos(target[0]), end.apogee_m - apogee_m]
    )
