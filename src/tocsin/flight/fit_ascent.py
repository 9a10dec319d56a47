"""A notional two-stage vehicle matched to a real ascent, up to the separation of its first stage."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.errors import TocsinError
from tocsin.interchange.telemetry import Telemetry
from tocsin.motion.forces import ZONAL
from tocsin.motion.rocket import Rocket
from tocsin.motion.thrust import ascend

Array = NDArray[np.float64]

MASS_KG = 550e3  # at lift-off: a path tells forces over masses only, so a round one is taken
UPPER_KG = 130e3  # second stage and payload, the same
AREA_M2 = 10.5  # with the drag coefficients below; the fit multiplies them by one number
CD, CD_PEAK = 0.3, 0.5
SPANS = 5  # of equal length, each with its own thrust: real engines are throttled
SIGMA_H, SIGMA_V = 700.0, 20.0  # m, m/s: what counts as a misfit of one, with the webcast's 0.1-1 km
SEPARATION_S = 3.0  # after the cut-off
MATCH_H, MATCH_V = 3e3, 80.0
KICKS = (0.05, 0.1, 0.2)  # rad, where searches begin
NAMES = ("specific thrust", "exhaust speed", "drag")
# Unknowns: specific thrust (m/s2), exhaust speed (m/s), ln of drag, kick (rad), end of the vertical rise and
# length of the pitch-over (s), ln of the thrust of each span over the first figure; assumed priors of each.
CENTRE = np.concatenate([[14.0, 3000.0, 0.0, 0.1, 8.0, 20.0], np.zeros(SPANS)])
SPREAD = np.concatenate([[2.0, 150.0, 1.0, 0.2, 10.0, 10.0], np.full(SPANS, 0.25)])
SHIFT = np.concatenate([[1e-3, 1.0, 1e-3, 1e-4, 1e-2, 1e-2], np.full(SPANS, 1e-4)])


@final
@dataclass(frozen=True, slots=True, eq=False)
class AscentFit:
    """The match of a notional vehicle: times t (n,) s, and height (n,) m and speed (n,) m/s of both.

    specific_thrust is at lift-off (m/s2), by span of equal length thrust_share (5,) of it; sigma: 1-sigma of
    specific thrust, exhaust speed and the drag's logarithm, from the fit. Steering is not part of it.
    """

    telemetry: Telemetry
    cutoff_s: float
    t: Array
    height: Array
    speed: Array
    told_height: Array
    told_speed: Array
    specific_thrust: float
    exhaust_m_s: float
    thrust_share: Array
    sigma: Array

    @property
    def matched(self) -> bool:
        """Whether every sample lies within 3 km and 80 m/s."""
        return bool(
            np.abs(self.height - self.told_height).max() <= MATCH_H
            and np.abs(self.speed - self.told_speed).max() <= MATCH_V
        )


def fit_ascent(telemetry: Telemetry, lat: float, bearing: float, tell: Callable[[float], None]) -> AscentFit:
    """Match a notional vehicle to the telemetry up to stage separation, 3 s after the engine's cut-off.

    Levenberg and Marquardt's method on height and speed, with assumed priors, from three starts; the best is
    taken. lat (rad) and bearing (rad) set what the Earth's turning adds. tell is given the share done. Raises
    TocsinError where no cut-off is found, or nothing like an ascent.
    """
    cutoff = telemetry.cutoff_s if telemetry.cutoff_s is not None else find_cutoff(telemetry)
    use = telemetry.t <= cutoff + SEPARATION_S
    t, h, v = telemetry.t[use], telemetry.height[use], telemetry.speed[use]
    if len(t) < 20:
        raise TocsinError(f"{telemetry.name}: {len(t)} samples up to the cut-off at {cutoff:g} s are too few")
    place = (lat, 0.0, bearing)

    def residual(p: Array) -> Array | None:
        flown = _flown(p, t, cutoff, place)
        if flown is None:
            return None
        return np.concatenate([(flown[0] - h) / SIGMA_H, (flown[1] - v) / SIGMA_V, (p - CENTRE) / SPREAD])

    best: tuple[Array, Array] | None = None
    for number, kick in enumerate(KICKS, start=1):
        start = CENTRE.copy()
        start[3] = kick
        found = _levenberg(residual, start)
        if found is not None and (best is None or found[1] @ found[1] < best[1] @ best[1]):
            best = found
        tell(number / len(KICKS))
    if best is None:
        raise TocsinError(f"{telemetry.name}: no notional vehicle flies anything like this table; look at it")
    p, r = best
    flown = _flown(p, t, cutoff, place)
    assert flown is not None
    jacobian = _jacobian(residual, p, r)
    sigma = np.sqrt(np.diag(np.linalg.inv(jacobian.T @ jacobian)))
    share = np.exp(p[6:])
    return AscentFit(
        telemetry, cutoff, t, *flown, h, v, float(p[0] * share[0]), float(p[1]), share / share[0], sigma[:3]
    )


def find_cutoff(telemetry: Telemetry) -> float:
    """When the speed first stops growing for good: the acceleration's greatest fall, s after lift-off."""
    t, v = telemetry.t, telemetry.speed
    rate = np.gradient(np.convolve(np.pad(v, 2, mode="edge"), np.full(5, 0.2), "valid"), t)
    late = np.flatnonzero((t > 60.0) & (rate > 15.0))
    if len(late) == 0:
        raise TocsinError(f"{telemetry.name}: the speed never grows by 15 m/s a second; this is no ascent")
    for i in late:
        ahead = (t > t[i]) & (t <= t[i] + 5.0)
        if ahead.any() and rate[ahead].min() < 2.0:
            return float(t[i])
    raise TocsinError(f"{telemetry.name}: no engine cut-off is in this table; give one that goes beyond it")


def _vehicle(p: Array, cutoff: float) -> Rocket | None:
    """The rocket of the unknowns; None where its stage would be lighter than what it carries."""
    mass = MASS_KG
    rows = []
    for share in np.exp(p[6:]):
        thrust = p[0] * MASS_KG * share
        propellant = thrust / p[1] * cutoff / SPANS
        rows.append([mass, propellant, thrust, p[1]])
        mass -= propellant
    if not mass > UPPER_KG / 2:
        return None
    factor = math.exp(p[2])
    return Rocket(np.array(rows), np.array([AREA_M2, CD * factor, CD_PEAK * factor]), p[4], p[4] + p[5])


def _flown(
    p: Array, t: Array, cutoff: float, place: tuple[float, float, float]
) -> tuple[Array, Array] | None:
    """Height (m) and speed (m/s) of the notional ascent at times t; None for what cannot fly."""
    if p[0] <= 9.9 or p[1] <= 500.0 or abs(p[2]) > 4.0 or not 0.0 < p[3] < 1.2 or p[4] < 1.0 or p[5] < 2.0:
        return None
    body = _vehicle(p, cutoff)
    if body is None:
        return None
    lat, lon, bearing = place
    x = ascend(body, (lat, lon, 0.0), bearing, float(p[3]), cutoff, np.maximum(t, 0.0), forces=ZONAL)
    return geodetic_from_ecef(x[:, :3])[2], np.linalg.norm(x[:, 3:], axis=1)


def _jacobian(residual: Callable[[Array], Array | None], p: Array, r: Array) -> Array:
    columns = []
    for shift in np.diag(SHIFT):
        ahead = residual(p + shift)
        columns.append(np.zeros_like(r) if ahead is None else (ahead - r) / shift.sum())
    return np.stack(columns, axis=1)


def _levenberg(residual: Callable[[Array], Array | None], p: Array) -> tuple[Array, Array] | None:
    """The unknowns and residuals at the least sum of squares near p."""
    r = residual(p)
    if r is None:
        return None
    damping = 1e-2
    for _ in range(40):
        jacobian = _jacobian(residual, p, r)
        normal = jacobian.T @ jacobian
        while damping < 1e8:
            trial = p - np.linalg.solve(normal + damping * np.diag(np.diag(normal)), jacobian.T @ r)
            after = residual(trial)
            if after is not None and after @ after < r @ r:
                break
            damping *= 4.0
        else:
            break
        gain = 1.0 - (after @ after) / (r @ r)
        p, r, damping = trial, after, max(damping / 5.0, 1e-8)
        if gain < 1e-6:
            break
    return p, r
