"""A space launch that reaches orbit, and a fractional orbit that leaves it before it is round."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue import vehicle
from tocsin.catalogue.plan import SpaceLaunchPlan
from tocsin.earth.constants import MU, R_EQ
from tocsin.earth.ellipsoid import geodesic_inverse, geodetic_from_ecef
from tocsin.errors import TocsinError
from tocsin.flight.companions import spent
from tocsin.flight.flight import Flight
from tocsin.flight.orbit import ascent_to_orbit
from tocsin.flight.shine import burning, engine
from tocsin.flight.vehicle import drawn
from tocsin.motion.ballistic import impact, propagate
from tocsin.motion.burn import burn
from tocsin.motion.path import Path
from tocsin.motion.thrust import ascend

Array = NDArray[np.float64]

FINE_STEP_S = 0.25
BURN_S = 60.0  # of the deorbit burn, assumed
PERIGEE_M = -100e3  # of the orbit that it leaves, assumed: steep enough to come down at once
NEAR_M = 1000.0  # of the range asked for


def fly_launch(plan: SpaceLaunchPlan, t_start: float, rng: np.random.Generator | None) -> Flight:
    """Fly a launcher to its circular orbit; follow it for the plan's coast, or bring it down at its range.

    Raises TocsinError when the vehicle does not reach the orbit, or the orbit the range.
    """
    kind = vehicle(plan.vehicle)
    body = drawn(kind, rng)
    launch = (math.radians(plan.launch_lat_deg), math.radians(plan.launch_lon_deg), 0.0)
    way = ascent_to_orbit(body, launch, math.radians(plan.bearing_deg), plan.height_km * 1e3)
    ends = np.cumsum(body.stages[:, 1] * body.stages[:, 3] / body.stages[:, 2])
    t_up = np.union1d(np.arange(0.0, way.cutoff, FINE_STEP_S), [*ends[ends < way.cutoff], way.cutoff])
    up = ascend(body, launch, way.azimuth, way.kick, way.cutoff, t_up, FINE_STEP_S, way.climb)
    inv_beta = 1.0 / kind.beta_kg_m2
    if plan.deorbit_range_km is None:
        t_on = np.arange(way.cutoff, way.cutoff + plan.coast_s, 1.0)[1:]
        on = propagate(way.cutoff, up[-1], inv_beta, t_on)
        glows = np.zeros(len(t_on), dtype=bool)
    else:
        t_on, on, glows = _down(way.cutoff, up, inv_beta, plan.deorbit_range_km * 1e3)
    t, x = np.concatenate([t_up, t_on]), np.concatenate([up, on])
    t0 = t_start + plan.launch_s
    others = spent(kind.key, body, t0, t_up, up, plan.coast_s) if plan.spent_stages else []
    height = geodetic_from_ecef(x[:, :3])[2]
    top = int(np.argmax(height))
    down = plan.deorbit_range_km is not None
    lat, lon, _ = geodetic_from_ecef(x[-1, :3])
    power = np.concatenate([burning(kind, body, t_up, up), engine(glows, on[:, :3], body.stages[-1, 2])])
    lag = 0.5 if rng is None else float(rng.random())
    return Flight(
        kind="fractional orbit" if down else "space launch",
        vehicle=kind.key,
        path=Path(kind.key, t0 + t, x[:, :3], x[:, 3:], power, kind.rcs_m2, lag=lag),
        companions=tuple(others),
        launch=launch[:2],
        t_launch=t0,
        t_burnout=t0 + way.cutoff,
        t_apogee=t0 + float(t[top]),
        apogee_m=float(height[top]),
        impact=(float(lat), float(lon)) if down else None,
        t_impact=t0 + float(t[-1]) if down else None,
        range_m=_ground_length(x) if down else None,
        end="impact" if down else "orbit",
    )


def _ground_length(x: Array) -> float:
    """Length (m) of the ground track under states (n, 6), which may run past half the way round."""
    lat, lon, _ = geodetic_from_ecef(x[np.unique(np.linspace(0, len(x) - 1, 200).round().astype(int)), :3])
    return sum(
        geodesic_inverse(*a, *b)[0] for a, b in zip(_pairs(lat, lon)[:-1], _pairs(lat, lon)[1:], strict=True)
    )


def _pairs(lat: Array, lon: Array) -> list[tuple[float, float]]:
    return [(float(a), float(b)) for a, b in zip(lat, lon, strict=True)]


def _down(
    t_orbit: float, up: Array, inv_beta: float, range_m: float
) -> tuple[Array, Array, NDArray[np.bool_]]:
    """Times, states and whether it burns, from orbit to the impact at that ground range from the launch.

    The time of the burn by the secant method: the range grows with it by some 7 km a second.
    """
    r = float(np.linalg.norm(up[-1, :3]))
    dv = math.sqrt(MU / r) * (1.0 - math.sqrt(2.0 * (R_EQ + PERIGEE_M) / (r + R_EQ + PERIGEE_M)))
    wait = max(1.0, (range_m - _ground_length(up)) / 7e3 - 1200.0)
    tried: list[tuple[float, float]] = []
    for _ in range(12):
        t, x, glows = _left_at(t_orbit, up[-1], inv_beta, wait, dv)
        reach = _ground_length(np.concatenate([up, x]))
        if abs(reach - range_m) < NEAR_M:
            return t, x, glows
        tried.append((wait, reach))
        slope = 7e3
        if len(tried) > 1 and tried[-1][0] != tried[-2][0]:
            slope = (tried[-1][1] - tried[-2][1]) / (tried[-1][0] - tried[-2][0])
        step = (range_m - reach) / slope
        if wait + step < 1.0:
            if wait == 1.0:
                break
            step = 1.0 - wait
        wait += step
    raise TocsinError(
        f"an orbit left at once comes down {tried[0][1] / 1e3:,.0f} km from the launch or farther, not at "
        f"{range_m / 1e3:,.0f} km: raise deorbit_range_km, or lower height_km"
    )


def _left_at(
    t_orbit: float, x_orbit: Array, inv_beta: float, wait: float, dv: float
) -> tuple[Array, Array, NDArray[np.bool_]]:
    """The path of a body that waits in orbit, brakes by dv m/s and falls."""
    t_coast = np.append(np.arange(t_orbit + 1.0, t_orbit + wait, 1.0), t_orbit + wait)
    coast = propagate(t_orbit, x_orbit, inv_beta, t_coast)
    after, braking = burn(coast[-1], -dv, BURN_S)
    t_free = t_coast[-1] + BURN_S
    end = impact(t_free, braking[-1], inv_beta)
    if end.status != "impact":
        raise TocsinError("the body stays up after its burn: lower height_km")
    t_fall = np.append(np.arange(t_free + 1.0, end.t, 1.0), end.t)
    fall = propagate(t_free, braking[-1], inv_beta, t_fall)
    t = np.concatenate([t_coast, t_coast[-1] + after[1:], t_fall])
    glows = np.zeros(len(t), dtype=bool)
    glows[len(t_coast) - 1 : len(t_coast) + len(after) - 2] = True
    return t, np.concatenate([coast, braking[1:], fall]), glows
