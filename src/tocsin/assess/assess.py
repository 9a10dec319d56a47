"""Tracks assessed: all that an event must tell, from their solutions and what the ladder makes of them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from msgspec import structs
from numpy.typing import NDArray

from tocsin.assess.assessment import Assessment, Place, ThreatState
from tocsin.assess.buses import push_words
from tocsin.assess.case import Case
from tocsin.assess.classify import (
    CLASSES,
    LOFTS,
    MODEL,
    ClassModel,
    Kinematics,
    Motions,
    classes_by,
    kinematics_of_all,
    motions,
    sea_shares,
)
from tocsin.assess.evidence.arc import motion_odds
from tocsin.assess.evidence.hypotheses import Weighed
from tocsin.assess.evidence.silence import Silence, never_back
from tocsin.assess.ladder.event import event_state
from tocsin.assess.ladder.grounds import Grounds
from tocsin.assess.ladder.threat import shifted, threat_state
from tocsin.assess.otherwise import otherwise
from tocsin.assess.standing import not_yet
from tocsin.assess.territory import Territories
from tocsin.assess.trial import weighed_by
from tocsin.assess.whereabouts import Whereabouts, whereabouts
from tocsin.earth.geodesic import distances
from tocsin.track.solution import Solution

Array = NDArray[np.float64]
LN10 = math.log(10.0)


def assess(case: Case, territories: Territories, inv_beta: float) -> Assessment:
    """All that an event must tell of one track: `assess_all` of one."""
    return assess_all((case,), territories, inv_beta)[0]


def assess_all(cases: Sequence[Case], territories: Territories, inv_beta: float) -> tuple[Assessment, ...]:
    """All that an event must tell of each track at its `now`; arcs, ground and classes in one batch.

    The impact region is told once a ballistic state is known, never while the engine burns. The event state
    of `case.before` falls only by explanation, and its confirmation time stays.
    """
    if not cases:
        return ()
    found, known, moves, p = judged(cases, territories, inv_beta)
    share = float(territories.protected_share.sum())
    tried = weighed_by(cases, found, motion_odds(known, moves), share, territories)
    ranges = _ground_ranges([where.launch for where in found], [where.impact for where in found])
    rows = zip(cases, found, p.tolist(), moves.lofts.tolist(), tried, ranges, strict=True)
    return tuple(
        _assessed(case, where, classes, loft, weighed, silence, range_km, share, territories)
        for case, where, classes, loft, (weighed, silence), range_km in rows
    )


def judged(
    cases: Sequence[Case], territories: Territories, inv_beta: float, model: ClassModel = MODEL
) -> tuple[list[Whereabouts], Kinematics, Motions, Array]:
    """Of each track: where it comes down, what tells its class, how its motion suits each, P(class)."""
    found = whereabouts(cases, territories, inv_beta)
    known = _kinematics(cases, found, territories, inv_beta)
    moves = motions(known, model)
    p = classes_by(known, moves.now, model)
    return otherwise(found, p, territories), known, moves, p


def with_launch(
    made: Assessment, launch: Place, heading_deg: float | None, classes: dict[str, float]
) -> Assessment:
    """The same assessment with the launch that a partner's telescopes saw, and what follows from it."""
    return structs.replace(
        made,
        launch=launch,
        heading_deg=heading_deg if heading_deg is not None else made.heading_deg,
        classes=classes or made.classes,
        range_km=_ground_ranges((launch,), (made.impact,))[0],
        flight_time_s=made.impact.t - launch.t if made.impact is not None else None,
    )


def _assessed(
    case: Case,
    where: Whereabouts,
    classes: list[float],
    loft: list[float],
    weighed: Weighed,
    silence: Silence,
    range_km: float | None,
    share: float,
    territories: Territories,
) -> Assessment:
    """The ladder's part, and everything put together."""
    now, before, impact, launch = case.now, case.before, where.impact, where.launch
    over = impact is not None and now > impact.t + 3.0 * impact.sigma_s + 5.0
    # Nothing that its sensors saw last can still be up.
    lost = impact is None and never_back(case.last_t, now)
    grounds = case.grounds._replace(over=over, lost=lost) if over or lost else case.grounds
    was = (before.event_state, before.closed_by) if before is not None else ("quiet", None)
    event = event_state(grounds, weighed, *was)
    p = None if where.protected is None else min(sum(where.protected.values()), 1.0)
    held: ThreatState = before.threat_state if before is not None else "none"
    threat = threat_state(p, share, event.state, held, weighed, territories.settings, over)
    if event.state != "closed":
        threat = not_yet(threat, held, case, p)
    confirmed = before.confirmed_t if before is not None else None
    if confirmed is None and event.state.startswith("confirmed"):
        confirmed = now
    prior = territories.settings.prior
    return Assessment(
        track=case.track,
        t=now,
        picture=case.picture,
        event_state=event.state,
        threat_state=threat.state,
        phase=case.solution.phase,
        model=_model(case.solution, grounds),
        launch=launch,
        heading_deg=where.heading[0] if where.heading else None,
        heading_sigma_deg=where.heading[1] if where.heading else None,
        impact=impact,
        landed=where.landed,
        orbit=where.orbit,
        territory=where.territory or {"none": 1.0, "orbit": 0.0},
        classes=dict(zip(CLASSES, classes, strict=True)),
        loft=dict(zip(LOFTS, loft, strict=True)),
        apogee_km=where.apogee_km,
        apogee_sigma_km=where.apogee_sigma_km,
        range_km=range_km,
        flight_time_s=impact.t - launch.t if impact is not None and launch is not None else None,
        speed_m_s=where.speed_m_s,
        height_km=where.height_km,
        time_to_target_s=impact.t - now if impact is not None else None,
        first_satellite_t=case.milestones["first_satellite_t"],
        stereo_t=case.milestones["stereo_t"],
        burnout_t=case.milestones["burnout_t"],
        first_radar_t=case.milestones["first_radar_t"],
        confirmed_t=confirmed,
        objects=case.objects,
        state=where.state,
        trajectory=where.trajectory,
        evidence=case.evidence,
        reasons=(
            *event.reasons,
            *_group(case.objects),
            *_refuted(case.solution),
            *push_words(where.bus, classes),
            threat.reason,
        ),
        factors={name: value / LN10 for name, value in weighed.likelihood.items()},
        rival=weighed.rival,
        launch_factor=weighed.factor / LN10,
        rules=event.rules,
        expected=silence.expected,
        protected=where.protected,
        threat_range=(threat.at_least, threat.at_most),
        posterior=None if prior is None or p is None else shifted(p, share, prior),
        closed_by=event.closed_by,
        drag=where.drag,
    )


def _kinematics(
    cases: Sequence[Case], found: Sequence[Whereabouts], territories: Territories, inv_beta: float
) -> Kinematics:
    """What tells their classes: motion, light and launch place."""
    light, light_s = np.array([_light(case) for case in cases]).T
    sea = sea_shares([where.launch for where in found], territories)
    return kinematics_of_all([case.solution for case in cases], inv_beta, sea, light, light_s)


def _light(case: Case) -> tuple[float, float]:
    """Whether it is seen to shine, 1 or 0, and for how long, s; NaN of what no telescope can tell."""
    if not case.grounds.infrared:
        return 0.0 if case.grounds.satellites_by_date else math.nan, math.nan
    first, end = case.milestones["first_satellite_t"], case.milestones["burnout_t"]
    if first is None:
        return 1.0, math.nan
    return 1.0, max((case.now if end is None else end) - first, 0.0)


def _group(objects: int) -> tuple[str, ...]:
    """What a track of several objects says of itself."""
    return (f"at least {objects} objects side by side, not told apart",) if objects > 1 else ()


def _refuted(solution: Solution) -> tuple[str, ...]:
    """Where the radar's arc and what the plume told cannot both be right."""
    if not solution.prior_rejected or solution.boost is None or solution.boost.state is None:
        return ()
    return ("contradiction: the radar's arc is not that of the plume that was seen; both are kept",)


def _model(solution: Solution, grounds: Grounds) -> str:
    """What the numbers rest on, in words."""
    if solution.phase in ("boost", "unobservable"):
        return solution.boost.model if solution.boost is not None else f"{solution.phase}, no template"
    words = (
        "ballistic arc"
        if solution.phase == "ballistic"
        else "manoeuvring: what it may yet reach, by 300 m/s (assumed)"
    )
    origin = (
        f" from {solution.boost.model}" if solution.boost is not None and not solution.prior_rejected else ""
    )
    return words + origin + (" and radar" if grounds.radars else "")


def _ground_ranges(launches: Sequence[Place | None], impacts: Sequence[Place | None]) -> list[float | None]:
    """Km over the ground from each launch to its impact, where both are known."""
    out: list[float | None] = [None] * len(launches)
    both = [
        (i, launch.lat_deg, launch.lon_deg, impact.lat_deg, impact.lon_deg)
        for i, (launch, impact) in enumerate(zip(launches, impacts, strict=True))
        if launch is not None and impact is not None
    ]
    if both:
        points = np.radians([ends for _, *ends in both]).T
        for (i, *_), metres in zip(both, distances(*points).tolist(), strict=True):
            out[i] = metres / 1e3
    return out
