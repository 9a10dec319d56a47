"""One track assessed: all that an event must tell, from its solution and what the ladder makes of it."""

from __future__ import annotations

import math

from msgspec import structs

from tocsin.assess.assessment import Assessment, Evidence, Picture, Place, StateEstimate
from tocsin.assess.classify import classify, kinematics_of, sea_share
from tocsin.assess.ladder import Grounds, event_state, threat_state
from tocsin.assess.launch import launch_by_arc, launch_by_templates
from tocsin.assess.region import place
from tocsin.assess.territory import Territories
from tocsin.assess.trajectory import apogee_sigma, speed_and_height, trajectory
from tocsin.earth.ellipsoid import geodesic_inverse
from tocsin.estimate.body import carried
from tocsin.estimate.footprint import footprint
from tocsin.estimate.predict import ImpactRegion, orbit_share, predict_fall
from tocsin.track.solution import Solution


def assess(
    track: str,
    picture: Picture,
    now: float,
    solution: Solution,
    grounds: Grounds,
    evidence: tuple[Evidence, ...],
    milestones: dict[str, float | None],
    before: Assessment | None,
    territories: Territories,
    inv_beta: float,
    objects: int = 1,
) -> Assessment:
    """The assessment of one track at `now`, of so many objects at the least.

    The impact region is told once a ballistic state is known, never while the engine burns. milestones:
    first_satellite_t, stereo_t, burnout_t and first_radar_t as far as known; before: the last assessment,
    whose event state does not fall and whose confirmation time stays.
    """
    flying = solution.state if solution.phase in ("ballistic", "manoeuvring") else None
    body = solution.body(inv_beta)
    region = _region(solution, inv_beta)
    launch, heading = _launch(solution, inv_beta)
    impact = place(region.lat, region.lon, region.t, region.sigma_t, region.P) if region is not None else None
    over = impact is not None and now > impact.t + 3.0 * impact.sigma_s + 5.0
    state_before = before.event_state if before is not None else "quiet"
    event, reasons = event_state(grounds._replace(over=over), state_before)
    orbit = 0.0
    owned = None
    if region is not None:
        orbit = region.orbit
        owned = territories.probabilities(region.samples, region.landed, orbit)
    elif flying is not None and body is not None:
        orbit = orbit_share(body)
        owned = {"orbit": orbit, "none": 1.0 - orbit}
    threat, why = threat_state(owned, state_before if over else event)
    if owned is None and before is not None and before.impact is not None:
        threat, why = before.threat_state, "no arc explains the looks now: the threat stands as it was"
    confirmed = before.confirmed_t if before is not None else None
    if confirmed is None and event.startswith("confirmed"):
        confirmed = now
    speed, height = speed_and_height(body, now, flying is not None)
    light = True if grounds.infrared else False if grounds.satellites_by_date else None
    known = kinematics_of(
        solution, inv_beta, sea_share(launch, territories), light, _light_s(milestones, now, light)
    )
    classes, loft = classify(known)
    return Assessment(
        track=track,
        t=now,
        picture=picture,
        event_state=event,
        threat_state=threat,
        phase=solution.phase,
        model=_model(solution, grounds),
        launch=launch,
        heading_deg=heading[0] if heading else None,
        heading_sigma_deg=heading[1] if heading else None,
        impact=impact,
        landed=region.landed if region is not None else 0.0,
        orbit=orbit,
        territory=owned or {"none": 1.0, "orbit": 0.0},
        classes=classes,
        loft=loft,
        apogee_km=region.apogee_m / 1e3 if region is not None else None,
        apogee_sigma_km=apogee_sigma(body, region.t_apogee) if body and region else None,
        range_km=_ground_range(launch, impact),
        flight_time_s=impact.t - launch.t if impact is not None and launch is not None else None,
        speed_m_s=speed,
        height_km=height,
        time_to_target_s=impact.t - now if impact is not None else None,
        first_satellite_t=milestones["first_satellite_t"],
        stereo_t=milestones["stereo_t"],
        burnout_t=milestones["burnout_t"],
        first_radar_t=milestones["first_radar_t"],
        confirmed_t=confirmed,
        objects=objects,
        state=_estimate(solution, evidence, inv_beta),
        trajectory=trajectory(body, region.t) if body is not None and region is not None else (),
        evidence=evidence,
        reasons=(*reasons, *_group(objects), why),
    )


def with_launch(
    made: Assessment, launch: Place, heading_deg: float | None, classes: dict[str, float]
) -> Assessment:
    """The same assessment with the launch that a partner's telescopes saw, and what follows from it."""
    return structs.replace(
        made,
        launch=launch,
        heading_deg=heading_deg if heading_deg is not None else made.heading_deg,
        classes=classes or made.classes,
        range_km=_ground_range(launch, made.impact),
        flight_time_s=made.impact.t - launch.t if made.impact is not None else None,
    )


def _group(objects: int) -> tuple[str, ...]:
    """What a track of several objects says of itself."""
    return (f"at least {objects} objects side by side, not told apart",) if objects > 1 else ()


def _region(solution: Solution, inv_beta: float) -> ImpactRegion | None:
    """Where it comes down: the distribution of an arc, or what one that manoeuvres may reach."""
    body = solution.body(inv_beta)
    if body is None or solution.phase not in ("ballistic", "manoeuvring"):
        return None
    if solution.phase == "manoeuvring":
        return footprint(body.state, body.inv_beta)
    return predict_fall(body)


def _estimate(solution: Solution, evidence: tuple[Evidence, ...], inv_beta: float) -> StateEstimate | None:
    """The state at the last radar look, where it is known best; without one, as it was solved."""
    body = solution.body(inv_beta)
    if body is None:
        return None
    last = max((e.last_t for e in evidence if e.phenomenology == "radar"), default=body.t)
    if solution.phase == "ballistic" and last > body.t:
        body = carried(body, last)
    s = body.state
    return StateEstimate(t=s.t, x=tuple(map(float, s.x)), P=tuple(map(float, s.P.ravel())))


def _launch(solution: Solution, inv_beta: float) -> tuple[Place | None, tuple[float, float] | None]:
    """Launch place and heading: from the templates if there are infrared looks, else back along the arc."""
    if solution.boost is not None and solution.boost.best is not None:
        return launch_by_templates(solution.boost)
    if solution.phase == "ballistic" and solution.state is not None:
        return launch_by_arc(solution.state, inv_beta)
    return None, None


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


def _ground_range(launch: Place | None, impact: Place | None) -> float | None:
    if launch is None or impact is None:
        return None
    points = (launch.lat_deg, launch.lon_deg, impact.lat_deg, impact.lon_deg)
    return geodesic_inverse(*(math.radians(p) for p in points))[0] / 1e3


def _light_s(milestones: dict[str, float | None], now: float, light: bool | None) -> float | None:
    """For how long telescopes have seen it; None where that is not known."""
    first, end = milestones["first_satellite_t"], milestones["burnout_t"]
    if not light or first is None:
        return None
    return max((now if end is None else end) - first, 0.0)
