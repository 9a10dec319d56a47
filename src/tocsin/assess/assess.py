"""One track assessed: all that an event must tell, from its solution and what the ladder makes of it."""

from __future__ import annotations

import math

import numpy as np
from msgspec import structs
from numpy.typing import NDArray

from tocsin.assess.assessment import Assessment, Evidence, Place, StateEstimate, ThreatState
from tocsin.assess.case import Case
from tocsin.assess.classify import classify
from tocsin.assess.evidence.silence import never_back
from tocsin.assess.ladder.event import event_state
from tocsin.assess.ladder.grounds import Grounds
from tocsin.assess.ladder.threat import kept, shifted, threat_state
from tocsin.assess.launch import launch_by_arc, launch_by_templates
from tocsin.assess.region import place
from tocsin.assess.territory import Territories
from tocsin.assess.trajectory import apogee_sigma, speed_and_height, trajectory
from tocsin.assess.trial import weighed_by
from tocsin.earth.ellipsoid import geodesic_inverse
from tocsin.earth.frames import half_turn
from tocsin.estimate.ballistic import Gaussian
from tocsin.estimate.body import Body, carried
from tocsin.estimate.footprint import footprint
from tocsin.estimate.predict import ImpactRegion, orbit_share, predict_fall
from tocsin.track.relit import DARK_S
from tocsin.track.solution import Solution

Array = NDArray[np.float64]


def assess(case: Case, territories: Territories, inv_beta: float) -> Assessment:
    """All that an event must tell of one track at `case.now`.

    The impact region is told once a ballistic state is known, never while the engine burns. The event state
    of `case.before` falls only by explanation, and its confirmation time stays.
    """
    solution, now, before = case.solution, case.now, case.before
    flying = solution.state if solution.phase in ("ballistic", "manoeuvring") else None
    body = solution.body(inv_beta)
    region = _region(solution, inv_beta)
    launch, heading = _launch(solution, inv_beta)
    impact = place(region.lat, region.lon, region.t, region.sigma_t, region.P) if region is not None else None
    owned, protected, orbit = _whose_ground(region, flying, body, territories)
    weights = _weights(solution)
    classes = classify(flying, weights, _from_sea(launch, territories))
    weighed, silence = weighed_by(case, body, region, launch, orbit, protected, territories)
    over = impact is not None and now > impact.t + 3.0 * impact.sigma_s + 5.0
    last = max((e.last_t for e in case.evidence), default=now)
    grounds = case.grounds._replace(over=over, lost=impact is None and never_back(last, now))
    event = event_state(
        grounds, weighed, before.event_state if before else "quiet", before.closed_by if before else None
    )
    p = None if protected is None else min(sum(protected.values()), 1.0)
    share = float(territories.protected_share.sum())
    held: ThreatState = before.threat_state if before is not None else "none"
    threat = threat_state(p, share, event.state, held, weighed, territories.settings, over)
    burnout = case.milestones["burnout_t"]
    if p is None and before is not None and before.impact is not None and event.state != "closed":
        threat = kept(threat, held, "no arc explains the looks now")
    elif burnout is not None and now - burnout < DARK_S and event.state != "closed":
        threat = kept(threat, held, f"another stage may light within {DARK_S:g} s")
    confirmed = before.confirmed_t if before is not None else None
    if confirmed is None and event.state.startswith("confirmed"):
        confirmed = now
    speed, height = speed_and_height(body, now, flying is not None)
    prior = territories.settings.prior
    return Assessment(
        track=case.track,
        t=now,
        picture=case.picture,
        event_state=event.state,
        threat_state=threat.state,
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
        apogee_km=region.apogee_m / 1e3 if region is not None else None,
        apogee_sigma_km=apogee_sigma(body, region.t_apogee) if body and region else None,
        range_km=_ground_range(launch, impact),
        flight_time_s=impact.t - launch.t if impact is not None and launch is not None else None,
        speed_m_s=speed,
        height_km=height,
        time_to_target_s=impact.t - now if impact is not None else None,
        first_satellite_t=case.milestones["first_satellite_t"],
        stereo_t=case.milestones["stereo_t"],
        burnout_t=case.milestones["burnout_t"],
        first_radar_t=case.milestones["first_radar_t"],
        confirmed_t=confirmed,
        objects=case.objects,
        state=_estimate(solution, case.evidence, inv_beta),
        trajectory=trajectory(body, region.t) if body is not None and region is not None else (),
        evidence=case.evidence,
        reasons=(*event.reasons, *_group(case.objects), threat.reason),
        factors={name: value / math.log(10.0) for name, value in weighed.likelihood.items()},
        rival=weighed.rival,
        launch_factor=weighed.factor / math.log(10.0),
        rules=event.rules,
        expected=silence.expected,
        protected=protected,
        threat_range=(threat.at_least, threat.at_most),
        posterior=None if prior is None or p is None else shifted(p, share, prior),
        closed_by=event.closed_by,
    )


def _whose_ground(
    region: ImpactRegion | None, flying: Gaussian | None, body: Body | None, territories: Territories
) -> tuple[dict[str, float] | None, dict[str, float] | None, float]:
    """P by territory and by protected area, None where nothing is known of the impact, and that of orbit."""
    names = [area.name for area in territories.settings.protected]
    if region is not None:
        landed, orbit = np.array([region.landed]), np.array([region.orbit])
        owned, on_areas = territories.told(region.samples[None], landed, orbit)
        return owned[0], dict(zip(names, map(float, on_areas[0]), strict=True)), region.orbit
    if flying is None or body is None:
        return None, None, 0.0
    up = orbit_share(body)
    return {"orbit": up, "none": 1.0 - up}, dict.fromkeys(names, 0.0), up


def _weights(solution: Solution) -> dict[str, float]:
    """The templates' weights by name."""
    if solution.boost is None:
        return {}
    pairs = zip(solution.boost.fits, solution.boost.weights, strict=True)
    return {f.template.name: w for f, w in pairs}


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
    last = max((e.last_t for e in evidence if e.phenomenology == "radar" and e.by is None), default=body.t)
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


def _from_sea(launch: Place | None, territories: Territories) -> float:
    """Probability that the launch point lies at sea, from points of its 90 % region."""
    if launch is None:
        return 0.0
    e = launch.ellipse_90_km
    turn = np.linspace(0.0, 2 * np.pi, 12, endpoint=False)
    along, across = e.semi_major_km * np.cos(turn), e.semi_minor_km * np.sin(turn)
    az = math.radians(e.azimuth_deg)
    north = np.append(0.0, along * math.cos(az) - across * math.sin(az)) / 6371.0
    east = np.append(0.0, along * math.sin(az) + across * math.cos(az)) / 6371.0
    lat, lon = math.radians(launch.lat_deg), math.radians(launch.lon_deg)
    points = np.stack([lat + north, lon + east / max(math.cos(lat), 0.05)], axis=1)
    points[:, 0] = np.clip(points[:, 0], -np.pi / 2, np.pi / 2)
    points[:, 1] = half_turn(points[:, 1])
    return territories.owners(points).count("none") / len(points)
