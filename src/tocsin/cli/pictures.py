"""Which picture is told, and what each centre's tracks were at a time."""

from __future__ import annotations

import math
from collections.abc import Iterable

from tocsin.assess.assessment import Assessment, Picture, Place
from tocsin.catalogue.radar import PARTNERS
from tocsin.centre.event import CentreEvent
from tocsin.earth.ellipsoid import geodesic_inverse

Tracks = dict[str, tuple[Assessment, ...]]
# Russia's joint picture is told first; where there is none, whichever there is.
PICTURES: tuple[Picture, ...] = ("joint", "alone")
# Two centres' tracks are one object only where launch and impact are as near as this, beyond their regions.
NEAR_KM, NEAR_S = 300.0, 180.0


def known_by_then(events: Iterable[CentreEvent], t: float) -> tuple[CentreEvent, ...]:
    """The events that their centre knew of at t, TAI s, in the order in which it knew them."""
    return tuple(sorted((e for e in events if e.known_t <= t), key=lambda e: e.known_t))


def centres_told(events: Iterable[CentreEvent]) -> tuple[str, ...]:
    """The centres whose pictures are set side by side: both partners, or where another speaks, who speaks."""
    there = {e.centre for e in events}
    others = sorted(there.difference(PARTNERS))
    return (*(name for name in PARTNERS if name in there or not others), *others)


def told_picture(events: Iterable[CentreEvent]) -> tuple[str, Picture]:
    """The centre and picture that are told."""
    events = tuple(events)
    there = {(e.centre, e.picture) for e in events}
    choices = [(centre, picture) for picture in PICTURES for centre in centres_told(events)]
    return next((choice for choice in choices if choice in there), choices[0])


def lines_of(events: Iterable[CentreEvent], centre: str, picture: Picture) -> tuple[CentreEvent, ...]:
    """The events of one picture of one centre."""
    return tuple(e for e in events if e.centre == centre and e.picture == picture)


def tracks_of(events: Iterable[CentreEvent], centre: str, picture: Picture) -> Tracks:
    """Every assessment of each track of a picture, oldest first, each once."""
    found: dict[str, dict[float, Assessment]] = {}
    for e in lines_of(events, centre, picture):
        found.setdefault(e.track, {})[e.assessment.t] = e.assessment
    return {track: tuple(made[t] for t in sorted(made)) for track, made in found.items()}


def told_tracks(events: Iterable[CentreEvent]) -> Tracks:
    """The tracks of the told picture, but for those that were found to be one with another."""
    events = tuple(events)
    centre, picture = told_picture(events)
    gone = {e.track for e in lines_of(events, centre, picture) if e.what == "merged"}
    return {name: made for name, made in tracks_of(events, centre, picture).items() if name not in gone}


def same_object(track: str, of: Assessment, among: Tracks) -> tuple[Assessment, ...]:
    """Another picture's assessments of the object `of`: by its name, else the nearest that agrees."""
    if track in among:
        return among[track]
    apart = {name: _apart(of, made[-1]) for name, made in among.items()}
    near = [name for name, d in apart.items() if d < math.inf]
    return among[min(near, key=lambda name: apart[name])] if near else ()


def _apart(a: Assessment, b: Assessment) -> float:
    """How far two tracks' launches and impacts lie apart, km; inf for two objects, or where none can tell."""
    total, compared = 0.0, False
    for p, q in ((a.launch, b.launch), (a.impact, b.impact)):
        if p is None or q is None:
            continue
        d, late = _distance_km(p, q), abs(p.t - q.t)
        reach = NEAR_KM + p.ellipse_90_km.semi_major_km + q.ellipse_90_km.semi_major_km
        if d > reach or late > NEAR_S + 3.0 * (p.sigma_s + q.sigma_s):
            return math.inf
        total, compared = total + d, True
    return total if compared else math.inf


def _distance_km(p: Place, q: Place) -> float:
    points = (p.lat_deg, p.lon_deg, q.lat_deg, q.lon_deg)
    return geodesic_inverse(*(math.radians(v) for v in points))[0] / 1e3
