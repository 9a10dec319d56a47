"""A satellite on its published elements, as SGP4 carries it."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue.plan import ReentryPlan, SatellitePlan
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.earth.orientation import utc_from_tai_jd
from tocsin.earth.time import utc_from_tai
from tocsin.errors import TocsinError
from tocsin.flight.flight import Flight
from tocsin.motion.orbit import satellite_record, satellite_states
from tocsin.motion.path import Path

Array = NDArray[np.float64]

SAMPLE_S = 20.0  # the cubic between samples is then within 5 cm of any orbit
TOP_S = 0.1
HALF_S = 0.5
# The lowest perigees seen are at 80 to 90 km: McDowell, Acta Astronautica 151 (2018), 668-677.
LOWEST_M = 80e3


def fly_satellite(plan: SatellitePlan, t_start: float) -> Flight:
    """Follow a satellite by SGP4 for `duration_s` from `start_s` after t_start (TAI s).

    Apogee: the highest point of what is followed. Raises TocsinError for elements that give no orbit, and,
    with the time, for one that comes down meanwhile: below 80 km, where no body stays in orbit.
    """
    t0 = t_start + plan.start_s
    if not (math.isfinite(t0) and 0.0 < plan.duration_s < math.inf):
        raise TocsinError(
            f"satellite {plan.name}: start_s and duration_s must be numbers, duration_s above 0"
        )
    t = np.append(np.arange(t0, t0 + plan.duration_s - 1e-3, SAMPLE_S), t0 + plan.duration_s)
    r, v = orbit_states(plan, t)
    path = Path(plan.name, t, r, v, np.zeros(len(t)), plan.rcs_m2)
    t_apogee, apogee_m = highest(path)
    return Flight(
        kind="satellite",
        vehicle=plan.name,
        path=path,
        companions=(),
        launch=None,
        t_launch=None,
        t_burnout=None,
        t_apogee=t_apogee,
        apogee_m=apogee_m,
        impact=None,
        t_impact=None,
        range_m=None,
        end="orbit",
    )


def orbit_states(plan: SatellitePlan | ReentryPlan, t: Array) -> tuple[Array, Array]:
    """SGP4's positions (n, 3) m at rising times t (n,), none below 80 km, and their rates of change (m/s).

    The rates are differences over a second: SGP4's own velocities are not quite the derivative of its
    positions (for a 12-hour orbit 1 m/s off). Raises TocsinError, with the time, where there is none.
    """
    elements = plan.elements
    figures = (
        elements.mean_motion_rev_day, elements.eccentricity, elements.inclination_deg, elements.raan_deg,
        elements.argp_deg, elements.mean_anomaly_deg, elements.bstar, elements.epoch_t_tai,
    )  # fmt: skip
    if not np.isfinite(figures).all():
        raise TocsinError(f"{plan.name}: a figure of its elements is not a number; give all of them")
    if elements.mean_motion_rev_day <= 0.0:
        raise TocsinError(
            f"{plan.name}: mean_motion_rev_day = {elements.mean_motion_rev_day:g} is not above 0"
        )
    code = satellite_record(elements).sgp4_array(*utc_from_tai_jd(t))[0]
    count = int(np.argmax(code != 0)) if code.any() else len(t)
    r = satellite_states(elements, t[: max(count, 1)])[0]
    low = geodetic_from_ecef(r)[2] < LOWEST_M
    if low.any():
        count = int(np.argmax(low))
    if count < len(t):
        raise TocsinError(
            f"{plan.name}, elements of {elements.epoch_utc}: by SGP4 it is below 80 km, and so no longer in "
            f"orbit, at {utc_from_tai(float(t[count]))}; follow it for a shorter time, or use elements of a "
            "nearer date"
        )
    after, before = (satellite_states(elements, t + shift)[0] for shift in (HALF_S, -HALF_S))
    return r, (after - before) / (2.0 * HALF_S)


def highest(path: Path) -> tuple[float, float]:
    """When (TAI s) a path is highest, to 0.1 s, and its geodetic height (m) then."""
    top = int(np.argmax(geodetic_from_ecef(path.r_ecef)[2]))
    first, last = path.t[max(top - 1, 0)], path.t[min(top + 1, len(path.t) - 1)]
    t = np.linspace(first, last, max(2, round((last - first) / TOP_S) + 1))
    height = geodetic_from_ecef(path.position(t))[2]
    at = int(np.argmax(height))
    return float(t[at]), float(height[at])
