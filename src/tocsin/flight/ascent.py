"""A real ascent flown: its telemetry laid along a bearing from its launch place."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue.plan import AscentPlan
from tocsin.errors import TocsinError
from tocsin.flight.cutoff import find_cutoff, find_restart
from tocsin.flight.flight import Flight
from tocsin.flight.over_ground import laid_over_ground
from tocsin.flight.profile import Profile, profile
from tocsin.flight.satellite import highest
from tocsin.flight.shine import engine
from tocsin.flight.straight import integral
from tocsin.interchange.telemetry import FEWEST, LEAST_S, Telemetry, read_telemetry
from tocsin.motion.path import Path

Array = NDArray[np.float64]

AFTER_CUTOFF_S = 3.0  # in which an engine that runs out may still pull
MOMENT_S = 1e-3
THRUSTS_N = (
    7.6e6,
    0.93e6,
)  # of first and second burn, as of the notional medium launcher: for the brightness alone


def fly_ascent(plan: AscentPlan, t_start: float) -> Flight:
    """Follow a table's height and speed from the launch place along the geodesic at the plan's bearing.

    Speeds are relative to the Earth, heights are taken to be over the ellipsoid. It ends "in flight" with the
    table, or where the events beside it have the first stage turn back, since speeds do not tell that. It
    burns to the first cut-off and from the restart to the shutdown, as the events tell, else as the speed
    does; `t_burnout` is when it last burns. Raises TocsinError for a table that is no ascent.
    """
    figures = (t_start, plan.launch_lat_deg, plan.launch_lon_deg, plan.bearing_deg, plan.launch_s)
    if not all(math.isfinite(value) for value in figures):
        raise TocsinError(f"{plan.name}: launch, bearing_deg and launch_s must be numbers")
    telemetry = _to_the_turn(read_telemetry(plan.file))
    course = profile(telemetry)
    burns = _burns(telemetry, course)
    course = _with(course, np.array([t for burn in burns for t in burn]))
    lat, lon, bearing = (math.radians(v) for v in figures[1:4])
    r, v = laid_over_ground(course, lat, lon, bearing)
    power = np.zeros(len(course.t))
    for (begin, end), thrust in zip(burns, THRUSTS_N, strict=False):
        power += engine((course.t >= begin - MOMENT_S) & (course.t < end - MOMENT_S), r, thrust)
    t_launch = t_start + plan.launch_s
    path = Path(plan.name, t_launch + course.t, r, v, power, plan.rcs_m2, lag=0.5)
    t_apogee, apogee_m = highest(path)
    return Flight(
        kind="ascent",
        vehicle=plan.name,
        path=path,
        companions=(),
        launch=(lat, lon),
        t_launch=t_launch,
        t_burnout=t_launch + min(burns[-1][1], float(course.t[-1])),
        t_apogee=t_apogee,
        apogee_m=apogee_m,
        impact=None,
        t_impact=None,
        range_m=None,
        end="in flight",
    )


def _to_the_turn(telemetry: Telemetry) -> Telemetry:
    """The telemetry as far as it tells of the ascent."""
    turn = telemetry.events.turn_s
    if turn is None:
        return telemetry
    keep = telemetry.t <= turn
    if turn < telemetry.t[0] + LEAST_S or keep.sum() < FEWEST:
        raise TocsinError(
            f"{telemetry.file}: turns back at {turn:g} s, as its events file has it; give {LEAST_S:g} s and "
            f"{FEWEST} samples before that"
        )
    return replace(telemetry, t=telemetry.t[keep], speed=telemetry.speed[keep], height=telemetry.height[keep])


def _burns(telemetry: Telemetry, course: Profile) -> list[tuple[float, float]]:
    """From when to when it burns, s after lift-off; to infinity where it does so at the table's end."""
    first, last = float(course.t[0]), float(course.t[-1])
    events = telemetry.events
    cutoff = find_cutoff(telemetry) if events.cutoff_s is None else events.cutoff_s
    if cutoff is None or cutoff >= last:
        return [(first, math.inf)]
    restart = events.restart_s
    if restart is None:
        later = course.t > cutoff + AFTER_CUTOFF_S
        restart = find_restart(course.t[later], course.pull[later])
    burns = [(first, cutoff)]
    if restart is not None and restart < last:
        shutdown = events.shutdown_s
        burns.append((restart, math.inf if shutdown is None or shutdown >= last else shutdown))
    return burns


def _with(course: Profile, also: Array) -> Profile:
    """The same course with samples at other times within it, too."""
    within = [t for t in also if course.t[0] < t < course.t[-1] and np.abs(course.t - t).min() > MOMENT_S]
    t = np.sort(np.append(course.t, within))
    upward, level, pull = (np.interp(t, course.t, y) for y in (course.upward, course.level, course.pull))
    return Profile(t, course.height[0] + integral(t, upward), upward, level, pull)
