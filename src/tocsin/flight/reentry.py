"""A satellite that the air brings down: from its elements to the ground."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue.plan import ReentryPlan
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.errors import TocsinError
from tocsin.flight.flight import Flight
from tocsin.flight.satellite import highest, orbit_states
from tocsin.motion.ballistic import impact, impacts, propagate
from tocsin.motion.impact import STATUS
from tocsin.motion.path import Path

Array = NDArray[np.float64]

# The cubic between samples is then within a centimetre of the motion.
COARSE_S, FINE_S = 20.0, 1.0
AIR_M = 150e3
ORBIT_S = 600.0  # an orbit is followed so long before it is asked again whether it comes down,
LOW_ORBIT_S = 60.0  # below AIR_M so long: less than a fall from a perigee of 100 km takes


def fly_reentry(plan: ReentryPlan, t_start: float) -> Flight:
    """Follow a satellite from SGP4's state at `start_s` after t_start (TAI s) through the air to the ground.

    From that state on by `tocsin.motion.equations` (the usual gravity field, drag in the US Standard
    Atmosphere 1976 at a constant beta), for at most `duration_s`: what is then still up ends "in flight". The
    air of a day differs from the standard's by tens of per cent, and so does the time left. It glows and does
    not burn: power is 0. Raises TocsinError for elements that give no orbit.
    """
    t0 = t_start + plan.start_s
    if not (math.isfinite(t0) and 0.0 < plan.duration_s < math.inf and 0.0 < plan.beta_kg_m2 < math.inf):
        raise TocsinError(
            f"{plan.name}: start_s, duration_s and beta_kg_m2 must be numbers, the latter two above 0"
        )
    r, v = orbit_states(plan, np.array([t0]))
    start = np.concatenate([r[0], v[0]])
    t, x, down = _fall(t0, start, 1.0 / plan.beta_kg_m2, t0 + plan.duration_s)
    path = Path(plan.name, t, x[:, :3], x[:, 3:], np.zeros(len(t)), plan.rcs_m2)
    t_apogee, apogee_m = highest(path)
    lat, lon, _ = geodetic_from_ecef(x[-1, :3])
    return Flight(
        kind="re-entry",
        vehicle=plan.name,
        path=path,
        companions=(),
        launch=None,
        t_launch=None,
        t_burnout=None,
        t_apogee=t_apogee,
        apogee_m=apogee_m,
        impact=(float(lat), float(lon)) if down else None,
        t_impact=float(t[-1]) if down else None,
        range_m=None,
        end="impact" if down else "in flight",
    )


def _fall(t0: float, x0: Array, inv_beta: float, until: float) -> tuple[Array, Array, bool]:
    """Times (n,), states (n, 6) from t0 to the ground or to `until`, and whether it came down.

    A perigee above 100 km counts as an orbit for `impact`, although the air lowers it: so the orbit is
    followed piece by piece until it does so no more.
    """
    times, states = [np.array([t0])], [x0[None]]
    while True:
        t, x = float(times[-1][-1]), states[-1][-1]
        end = until
        status = STATUS[impacts(t, x[None], inv_beta, t_max=until - t)[0][0]]
        if status == "orbit":
            low = float(geodetic_from_ecef(x[:3])[2]) < AIR_M
            end = min(t + (LOW_ORBIT_S if low else ORBIT_S), until)
        else:
            found = impact(t, x, inv_beta, t_max=until - t)
            status = found.status
            end = found.t if status == "impact" else until
        piece = _times(t, x, inv_beta, end)
        times.append(piece)
        states.append(propagate(t, x, inv_beta, piece))
        if not np.isfinite(states[-1]).all():
            raise TocsinError(f"no motion can be computed with beta_kg_m2 = {1.0 / inv_beta:g}: raise it")
        if status != "orbit" or end == until:
            return np.concatenate(times), np.concatenate(states), status == "impact"


def _times(t: float, x: Array, inv_beta: float, end: float) -> Array:
    """When to sample the motion after t up to its end, more often in the air."""
    coarse = np.append(np.arange(t, end - 1e-3, COARSE_S), end)
    height = geodetic_from_ecef(propagate(t, x, inv_beta, coarse)[:, :3])[2]
    low = coarse[:-1][np.minimum(height[1:], height[:-1]) < AIR_M]
    fine = (low[:, None] + np.arange(FINE_S, COARSE_S, FINE_S)).ravel()
    return np.union1d(coarse[1:], fine[fine < end - 1e-3])
