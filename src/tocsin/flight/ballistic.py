"""A ballistic flight: from lift-off to impact, solved to its plan."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue import FlightPlan, vehicle
from tocsin.earth.ellipsoid import geodesic_direct, geodesic_inverse, geodetic_from_ecef
from tocsin.errors import TocsinError
from tocsin.flight.flight import Flight
from tocsin.flight.solve import solve
from tocsin.motion.ballistic import impact, propagate
from tocsin.motion.minimum_energy import minimum_energy
from tocsin.motion.path import Path
from tocsin.motion.rocket import rocket
from tocsin.motion.thrust import ascend

Array = NDArray[np.float64]
FINE_STEP_S = 0.25


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


def fly_ballistic(plan: FlightPlan, t_start: float, rng: np.random.Generator | None) -> Flight:
    """Fly a plan with one vehicle; with a generator, one drawn around its class.

    Thrust of each stage, exhaust speed and the pitch-over's duration are drawn from the class's stated
    spreads, then heading, loft and cut-off are solved, so that apogee and impact come out as planned while
    burn, burnout and duration follow from the draw. Raises TocsinError when the plan cannot be flown.
    """
    body_class = vehicle(plan.vehicle)
    body = rocket(body_class)
    if rng is not None:
        k = len(body.stages)
        body = body.scaled(
            1.0 + body_class.spread_thrust * rng.standard_normal(k),
            1.0 + body_class.spread_exhaust * rng.standard_normal(),
            1.0 + body_class.spread_pitch_rate * rng.standard_normal(),
        )
    launch = (float(np.radians(plan.launch_lat_deg)), float(np.radians(plan.launch_lon_deg)), 0.0)
    target, apogee_m = target_of(plan)
    azimuth, kick, cutoff = solve(body, launch, target, apogee_m, body_class.beta_kg_m2)
    t_up = np.append(np.arange(0.0, cutoff, FINE_STEP_S), cutoff)
    up = ascend(body, launch, azimuth, kick, cutoff, t_up, FINE_STEP_S)
    inv_beta = 1.0 / body_class.beta_kg_m2
    end = impact(cutoff, up[-1], inv_beta)
    powered_top = float(geodetic_from_ecef(up[:, :3])[2].max())
    if end.t_apogee < cutoff + 1.0 or powered_top > apogee_m:
        raise TocsinError(
            f"apogee {apogee_m / 1e3:.0f} km lies below the height at which this vehicle burns out "
            f"({powered_top / 1e3:.0f} km): raise apogee_km or loft, or choose a smaller vehicle"
        )
    t_down = np.append(np.arange(np.ceil(cutoff + 1e-3), end.t, 1.0), end.t)
    down = propagate(cutoff, up[-1], inv_beta, t_down)
    t, x = np.concatenate([t_up, t_down]), np.concatenate([up, down])
    t0 = t_start + plan.launch_s
    lat, lon, _ = geodetic_from_ecef(end.x[:3])
    path = Path(
        name=body_class.key,
        t=t0 + t,
        r_ecef=x[:, :3],
        v_ecef=x[:, 3:],
        power=(t < cutoff).astype(np.float64),
        rcs_m2=body_class.rcs_m2,
    )
    return Flight(
        kind="ballistic",
        path=path,
        companions=(),
        end="impact",
        vehicle=body_class.key,
        launch=launch[:2],
        t_launch=t0,
        t_burnout=t0 + cutoff,
        t_apogee=t0 + end.t_apogee,
        impact=(float(lat), float(lon)),
        t_impact=t0 + end.t,
        apogee_m=end.apogee_m,
        range_m=geodesic_inverse(*launch[:2], float(lat), float(lon))[0],
    )
