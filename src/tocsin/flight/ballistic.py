"""A ballistic flight, or one that ends in a glide: from lift-off to impact, solved to its plan."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue import vehicle
from tocsin.catalogue.plan import FlightPlan, Glide
from tocsin.earth.ellipsoid import geodesic_direct, geodesic_inverse, geodetic_from_ecef
from tocsin.errors import TocsinError
from tocsin.flight.companions import released, spent
from tocsin.flight.flight import Flight
from tocsin.flight.shine import burning
from tocsin.flight.solve import Task, solve
from tocsin.flight.vehicle import drawn
from tocsin.motion.ballistic import impact, propagate
from tocsin.motion.glide import glide
from tocsin.motion.minimum_energy import minimum_energy
from tocsin.motion.path import Path
from tocsin.motion.rocket import Rocket
from tocsin.motion.thrust import ascend

Array = NDArray[np.float64]

FINE_STEP_S = 0.25
AIR_M = 100e3  # where a gliding body takes over on the way down
LONGEST_S = 4 * 3600.0


def target_of(plan: FlightPlan) -> tuple[tuple[float, float], float]:
    """The impact point (lat, lon) rad and the apogee m that a plan asks for."""
    lat, lon = np.radians(plan.launch_lat_deg), np.radians(plan.launch_lon_deg)
    if plan.bearing_deg is not None and plan.range_km is not None and plan.apogee_km is not None:
        point = geodesic_direct(lat, lon, np.radians(plan.bearing_deg), plan.range_km * 1e3)
        return point, plan.apogee_km * 1e3
    if plan.impact_lat_deg is None or plan.impact_lon_deg is None or plan.loft is None:
        raise TocsinError("a flight needs bearing_deg, apogee_km and range_km, or impact and loft")
    point = (float(np.radians(plan.impact_lat_deg)), float(np.radians(plan.impact_lon_deg)))
    distance, _ = geodesic_inverse(lat, lon, *point)
    return point, plan.loft * minimum_energy(distance)[2]


def powered(
    body: Rocket, launch: tuple[float, float, float], steering: tuple[float, float, float]
) -> tuple[Array, Array]:
    """Times (n,) s after lift-off and states (n, 6) up to the cut-off, the ends of the stages among them."""
    azimuth, kick, cutoff = steering
    ends = np.cumsum(body.stages[:, 1] * body.stages[:, 3] / body.stages[:, 2])
    t = np.union1d(np.arange(0.0, cutoff, FINE_STEP_S), [*ends[ends < cutoff], cutoff])
    return t, ascend(body, launch, azimuth, kick, cutoff, t, FINE_STEP_S)


def fly_ballistic(plan: FlightPlan, t_start: float, rng: np.random.Generator | None) -> Flight:
    """Fly a plan with one vehicle; with a generator, one drawn around its class.

    Heading, loft and cut-off are solved, so that apogee and impact come out as planned while burn, burnout
    and duration follow from the draw; a glide leaves the planned arc where that comes down to 100 km. Raises
    TocsinError when the plan cannot be flown.
    """
    kind = vehicle(plan.vehicle)
    body = drawn(kind, rng)
    launch = (float(np.radians(plan.launch_lat_deg)), float(np.radians(plan.launch_lon_deg)), 0.0)
    target, apogee_m = target_of(plan)
    inv_beta = 1.0 / kind.beta_kg_m2
    steering = solve(Task(body, launch, target, apogee_m, inv_beta))
    t_up, up = powered(body, launch, steering)
    cutoff = float(t_up[-1])
    end = impact(cutoff, up[-1], inv_beta)
    powered_top = float(geodetic_from_ecef(up[:, :3])[2].max())
    if end.t_apogee < cutoff + 1.0 or powered_top > apogee_m:
        raise TocsinError(
            f"apogee {apogee_m / 1e3:.0f} km lies below the height at which this vehicle burns out "
            f"({powered_top / 1e3:.0f} km): raise apogee_km or loft, or choose a smaller vehicle"
        )
    t_down = np.append(np.arange(np.ceil(cutoff + 1e-3), end.t, 1.0), end.t)
    down = propagate(cutoff, up[-1], inv_beta, t_down)
    if plan.glide is not None:
        t_down, down = _glide(plan.glide, t_down, down)
    t, x = np.concatenate([t_up, t_down]), np.concatenate([up, down])
    t0 = t_start + plan.launch_s
    power = np.concatenate([burning(kind, body, t_up, up), np.zeros(len(t_down))])
    lag = 0.5 if rng is None else float(rng.random())
    others = spent(kind.key, body, t0, t_up, up, LONGEST_S) if plan.spent_stages else []
    for what, release in (("object", plan.release), ("debris", plan.debris)):
        if release is not None:
            others += released(
                f"{kind.key} {what}", release, t0 + cutoff, up[-1], kind.beta_kg_m2, rng, LONGEST_S
            )
    lat, lon, _ = geodetic_from_ecef(x[-1, :3])
    return Flight(
        kind="ballistic" if plan.glide is None else "glide",
        vehicle=kind.key,
        path=Path(kind.key, t0 + t, x[:, :3], x[:, 3:], power, kind.rcs_m2, lag=lag),
        companions=tuple(others),
        launch=launch[:2],
        t_launch=t0,
        t_burnout=t0 + cutoff,
        t_apogee=t0 + end.t_apogee,
        apogee_m=end.apogee_m,
        impact=(float(lat), float(lon)),
        t_impact=t0 + float(t[-1]),
        range_m=geodesic_inverse(*launch[:2], float(lat), float(lon))[0],
        end="impact",
    )


def _glide(plan: Glide, t: Array, x: Array) -> tuple[Array, Array]:
    """The descent (t, x) with a glide in place of its part below 100 km."""
    height = geodetic_from_ecef(x[:, :3])[2]
    high = np.flatnonzero(height > AIR_M)
    if len(high) == 0:
        raise TocsinError("a glide begins at 100 km on the way down: raise apogee_km or loft above that")
    at = int(high[-1])
    after, states = glide(x[at], 1.0 / plan.beta_kg_m2, plan.lift_to_drag)
    if len(after) == 0:
        raise TocsinError("this body glides for more than four hours: lower lift_to_drag or the range")
    return np.concatenate([t[:at], t[at] + after]), np.concatenate([x[:at], states])
