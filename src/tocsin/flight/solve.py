"""Heading, loft and cut-off that bring a rocket to a given apogee and impact; internal, never exported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import MU, OMEGA, R_EQ
from tocsin.earth.ellipsoid import ecef_from_geodetic, geodesic_inverse, geodetic_from_ecef
from tocsin.earth.frames import half_turn
from tocsin.errors import TocsinError
from tocsin.motion.forces import GATING, STANDARD, Forces
from tocsin.motion.impact import arcs
from tocsin.motion.rocket import Rocket
from tocsin.motion.thrust import ascend

Array = NDArray[np.float64]

NEAR_M = 20.0  # a miss that counts as none
SHIFTS = np.array([1e-4, 1e-5, 1e-2])  # rad, rad, s: for the differences of azimuth, kick and cut-off
STARTS = (0, 3, 10)  # ranks in the coarse grid from which the exact search begins


@final
@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """A rocket at its launch (lat, lon, height), where it is to come down (lat, lon) and its apogee (m)."""

    rocket: Rocket
    launch: tuple[float, float, float]
    target: tuple[float, float]
    apogee_m: float
    inv_beta: float
    forces: Forces = STANDARD


def kepler(x: Array) -> tuple[Array, Array]:
    """Apogee (n,) m above the equatorial radius of two-body arcs x (n, 6), and where (n, 3) they meet it.

    Earth-fixed states and places, the Earth having turned meanwhile. NaN, and an infinite apogee, where an
    arc does not come down. Source: Bate, Mueller and White (1971), chapters 1 and 6.
    """
    r, v = x[:, :3], x[:, 3:] + np.cross([0.0, 0.0, OMEGA], x[:, :3])
    rn = np.linalg.norm(r, axis=1)
    energy = np.sum(v * v, axis=1) / 2 - MU / rn
    h = np.cross(r, v)
    p = np.sum(h * h, axis=1) / MU
    with np.errstate(invalid="ignore", divide="ignore"):
        a = np.where(energy < 0, -MU / (2 * energy), np.nan)
        e = np.sqrt(np.maximum(1.0 - p / a, 0.0))
        climb = np.sum(r * v, axis=1)
        now = np.copysign(np.arccos(np.clip((p / rn - 1.0) / e, -1.0, 1.0)), climb)
        down = 2 * np.pi - np.arccos(np.where(a * (1 - e) < R_EQ, (p / R_EQ - 1.0) / e, np.nan))
        half = np.sqrt((1 - e) / (1 + e))
        anomaly = [2 * np.arctan2(half * np.sin(f / 2), np.cos(f / 2)) for f in (now, down)]
        mean = [u - e * np.sin(u) for u in anomaly]
        time = np.sqrt(a**3 / MU) * (mean[1] - mean[0])
    across = np.cross(h / np.linalg.norm(h, axis=1, keepdims=True), r)
    turn = (down - now)[:, None]
    place = (r * np.cos(turn) + across * np.sin(turn)) * (R_EQ / rn)[:, None]
    c, s = np.cos(OMEGA * time), np.sin(OMEGA * time)
    fixed = np.stack([c * place[:, 0] + s * place[:, 1], c * place[:, 1] - s * place[:, 0], place[:, 2]], 1)
    return np.where(np.isnan(a), np.inf, a * (1 + e) - R_EQ), fixed


def _coarse(task: Task, azimuth: float) -> tuple[Array, Array, Array, Array]:
    """A grid over kick and cut-off: kick, cut-off, apogee and range of each two-body arc that comes down."""
    body = task.rocket
    cutoffs = np.linspace(0.25 * body.burn_s, body.burn_s, 70)
    start = ecef_from_geodetic(*task.launch)
    rows = []
    for kick in np.geomspace(np.radians(0.2), np.radians(80.0), 36):
        x = ascend(body, task.launch, azimuth, kick, body.burn_s, cutoffs, forces=GATING)
        top, place = kepler(x)
        cosine = place @ start / (R_EQ * np.linalg.norm(start))
        good = np.isfinite(cosine) & (np.linalg.norm(x[:, :3], axis=1) > np.linalg.norm(start))
        reach = R_EQ * np.arccos(np.clip(cosine[good], -1.0, 1.0))
        rows.append(np.stack([np.full(good.sum(), kick), cutoffs[good], top[good], reach]))
    kick, cutoff, top, reach = np.concatenate(rows, axis=1)
    return kick, cutoff, top, reach


def solve(task: Task) -> tuple[float, float, float]:
    """Azimuth, kick (rad) and cut-off (s) of the flight that peaks and comes down as the task says.

    Newton's method on (miss north, miss east, apogee error) from the best points of a coarse grid; ends
    within 20 m in each. Raises TocsinError, in words, when the rocket cannot do it.
    """
    apogee_m = task.apogee_m
    distance, bearing = geodesic_inverse(*task.launch[:2], *task.target)
    kick, cutoff, top, reach = _coarse(task, bearing)
    if len(kick) == 0 or apogee_m > top.max() * 1.02:
        best = f"{top.max() / 1e3:,.0f} km" if len(kick) else "nothing"
        raise TocsinError(
            f"apogee {apogee_m / 1e3:,.0f} km is beyond this vehicle's energy (it reaches {best}): "
            "lower apogee_km or loft, or choose a larger vehicle"
        )
    cost = np.log(np.maximum(top, 1.0) / apogee_m) ** 2
    cost += ((reach - distance) / max(distance, 0.2 * apogee_m)) ** 2
    for start in np.argsort(cost)[list(STARTS)]:
        found = _newton(task, np.array([bearing, kick[start], cutoff[start]]))
        if found is not None:
            return found
    raise TocsinError(
        f"no flight of this vehicle peaks at {apogee_m / 1e3:,.0f} km and comes down "
        f"{distance / 1e3:,.0f} km away: change apogee_km or loft, the range, or the vehicle"
    )


def _newton(task: Task, p: Array) -> tuple[float, float, float] | None:
    """Damped Newton iteration from p = (azimuth, kick, cut-off); None where it does not converge."""
    for _ in range(40):
        f = _misses(task, np.vstack([p, p + np.diag(SHIFTS)]))
        if np.max(np.abs(f[0])) < NEAR_M:
            return float(p[0]), float(p[1]), float(p[2])
        columns = (f[1:] - f[0]).T / SHIFTS
        if not np.isfinite(columns).all() or abs(np.linalg.det(columns)) < 1e-12:
            return None
        delta = -np.linalg.solve(columns, f[0])
        delta *= min(1.0, 0.3 * p[1] / max(abs(delta[1]), 1e-12), 15.0 / max(abs(delta[2]), 1e-12))
        trials = p + delta * 0.5 ** np.arange(4)[:, None]
        sizes = np.linalg.norm(_misses(task, trials), axis=1)
        better = np.flatnonzero(sizes < np.linalg.norm(f[0]))
        p = trials[better[0]] if len(better) else trials[-1]
    return None


def _misses(task: Task, p: Array) -> Array:
    """Miss north, east and in apogee (n, 3) m of each p (n, 3); NaN where the arc does not come down."""
    body = task.rocket
    f = np.full((len(p), 3), np.nan)
    x = np.full((len(p), 6), np.nan)
    for row, (azimuth, kick, cutoff) in enumerate(p):
        if kick > 0.0 and 0.0 < cutoff <= body.burn_s:
            x[row] = ascend(body, task.launch, azimuth, kick, cutoff, np.array([cutoff]), forces=task.forces)[
                0
            ]
    status, _, place, top = arcs(0.0, x, task.inv_beta, forces=task.forces)
    down = status == 0
    lat, lon, _ = geodetic_from_ecef(place[down])
    east = half_turn(lon - task.target[1])
    north = lat - task.target[0]
    f[down] = np.stack(
        [north * R_EQ, east * R_EQ * np.cos(task.target[0]), top[down] - task.apogee_m], axis=1
    )
    return f
