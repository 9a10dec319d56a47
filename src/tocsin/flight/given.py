"""Any path that a file gives: a CCSDS OEM or a table."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path as File

import numpy as np

from tocsin.catalogue.plan import GivenPlan
from tocsin.earth.ellipsoid import geodesic_inverse, geodetic_from_ecef
from tocsin.earth.time import DAY, utc_from_tai
from tocsin.errors import TocsinError
from tocsin.flight.flight import Flight
from tocsin.flight.satellite import highest
from tocsin.flight.shine import engine
from tocsin.interchange.cut import cut
from tocsin.interchange.ephemeris import Ephemeris
from tocsin.interchange.gaps import refined
from tocsin.interchange.oem import read_oem
from tocsin.interchange.table import read_table
from tocsin.motion.path import Path

GROUND_M = 100.0  # as near to the ellipsoid as what starts or ends on the ground is taken to be
MOMENT_S = 1e-3
UNDER_M = -1000.0  # lower than any land: the geoid's hollow, 106 m, and the Dead Sea's shore, 430 m


def fly_given(plan: GivenPlan, t_start: float) -> Flight:
    """Follow a file's path for a day at most from t_start (TAI s) on, or, shifted, from `shift_s` after it.

    Samples are put in until the cubic of `Path` is within a metre of the file's own course. Where its first
    or last sample lies within 100 m of the ellipsoid, that is its launch or impact; else it ends "in flight".
    Raises TocsinError for a file that cannot be read, has a gap, holds several objects of other names, lies
    under the ground, or has nothing in that day.
    """
    given = _chosen(plan, t_start)
    if plan.shift_s is not None:
        given = _moved(given, t_start + plan.shift_s - given.useable_start)
    burnt_out = t_start + plan.burns_until_s
    try:
        part = cut(refined(given), t_start, t_start + DAY, also=(burnt_out,))
    except TocsinError:
        raise TocsinError(
            f"{plan.file}: runs from {utc_from_tai(given.useable_start)} to "
            f"{utc_from_tai(given.useable_stop)}, and the event is the day from {utc_from_tai(t_start)}: "
            "move start_utc, or give shift_s"
        ) from None
    lat, lon, height = geodetic_from_ecef(part.r_ecef)
    if height.min() < UNDER_M:
        at = int(np.argmin(height))
        raise TocsinError(
            f"{plan.file}: is {-height[at] / 1e3:,.1f} km under the ground at {utc_from_tai(part.t[at], 1)}: "
            "cut off what lies after the impact, or check its unit and frame"
        )
    burns = part.t < burnt_out
    power = engine(burns, part.r_ecef)
    path = Path(plan.name, part.t, part.r_ecef, part.v_ecef, power, plan.rcs_m2)
    t_apogee, apogee_m = highest(path)
    ends = [(float(lat[k]), float(lon[k])) if height[k] < GROUND_M else None for k in (0, -1)]
    launch, impact = ends if len(height) > 1 and height.max() >= GROUND_M else (None, None)
    return Flight(
        kind="path",
        vehicle=plan.name,
        path=path,
        companions=(),
        launch=launch,
        t_launch=None if launch is None else float(part.t[0]),
        t_burnout=min(burnt_out, float(part.t[-1])) if burns.any() else None,
        t_apogee=t_apogee,
        apogee_m=apogee_m,
        impact=impact,
        t_impact=None if impact is None else float(part.t[-1]),
        range_m=None if launch is None or impact is None else geodesic_inverse(*launch, *impact)[0],
        end="in flight" if impact is None else "impact",
        notes=_left_out(plan, given, part, burnt_out),
    )


def _left_out(plan: GivenPlan, given: Ephemeris, part: Ephemeris, burnt_out: float) -> tuple[str, ...]:
    """What of the file was not flown, and a burn that outlasts it."""
    before, after = float(part.t[0]) - given.useable_start, given.useable_stop - float(part.t[-1])
    notes = []
    if before > MOMENT_S:
        notes.append(f"{before:,.1f} s of {plan.file.name} before start_utc are left out")
    if after > MOMENT_S:
        notes.append(f"{after:,.1f} s of {plan.file.name} after the event's day are left out")
    if plan.burns_until_s > 0.0 and burnt_out > float(part.t[-1]) + MOMENT_S:
        notes.append(f"burns_until_s lies {burnt_out - float(part.t[-1]):,.1f} s after its last sample")
    return tuple(notes)


def _chosen(plan: GivenPlan, t_start: float) -> Ephemeris:
    """The file's one object, or, of several, the one whose name or id is the plan's."""
    if plan.file.suffix.lower() == ".csv":
        return read_table(plan.file, t_start)
    found = read_oem(plan.file)
    if len(found) > 1:
        named = [one for one in found if plan.name in (one.name, one.object_id)]
        if len(named) != 1:
            raise TocsinError(_several(plan.file, found))
        return named[0]
    return found[0]


def _several(file: File, found: tuple[Ephemeris, ...]) -> str:
    some = ", ".join(f"{one.name} ({one.object_id})" for one in found[:5])
    more = f" and {len(found) - 5} more" if len(found) > 5 else ""
    return f"{file}: holds {len(found)} objects: {some}{more}; give the name or id of one as the path's name"


def _moved(ephemeris: Ephemeris, by: float) -> Ephemeris:
    """The same course over the turning Earth, so many seconds later."""
    if not math.isfinite(by):
        raise TocsinError(f"{ephemeris.name}: shift_s must be a number")
    return replace(
        ephemeris,
        t=ephemeris.t + by,
        useable_start=ephemeris.useable_start + by,
        useable_stop=ephemeris.useable_stop + by,
    )
