"""What each centre would have known alone, and what both knew together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tocsin.assess.assessment import Assessment
from tocsin.centre.event import CentreEvent
from tocsin.cli.figures import rounded, seconds
from tocsin.cli.pictures import centres_told, same_object, told_picture, tracks_of

# An impact region is useful, and called known, once its 90 % region reaches less than this to either side.
IMPACT_KNOWN_KM = 100.0
Histories = dict[str, tuple[Assessment, ...]]


def histories(track: str, events: Iterable[CentreEvent]) -> Histories:
    """The assessments of one object of the told picture: `russia_alone` and so on, and `together`."""
    events = tuple(events)
    together = tracks_of(events, *told_picture(events))[track]
    alone = {
        f"{centre}_alone": same_object(track, together[-1], tracks_of(events, centre, "alone"))
        for centre in centres_told(events)
    }
    return {**alone, "together": together}


def known_by(known: Histories, start: float) -> dict[str, Any]:
    """Times and minutes left of each; the minutes run to the impact that both together predict last."""
    impact = known["together"][-1].impact
    return {key: _row(made, impact.t if impact else None, start) for key, made in known.items()}


def impact_known_t(made: tuple[Assessment, ...]) -> float | None:
    """When the 90 % impact region's semi-major axis was first under 100 km, TAI s."""
    small = (
        a.t for a in made if a.impact is not None and a.impact.ellipse_90_km.semi_major_km < IMPACT_KNOWN_KM
    )
    return next(small, None)


def _row(made: tuple[Assessment, ...], impact_t: float | None, start: float) -> dict[str, Any]:
    last = made[-1] if made else None
    confirmed, impact_known = last.confirmed_t if last else None, impact_known_t(made)
    return {
        "first_satellite_s": seconds(last.first_satellite_t, start) if last else None,
        "first_radar_s": seconds(last.first_radar_t, start) if last else None,
        "confirmed_s": seconds(confirmed, start),
        "impact_known_s": seconds(impact_known, start),
        "minutes_left_at_confirmed": _minutes(confirmed, impact_t),
        "minutes_left_at_impact_known": _minutes(impact_known, impact_t),
    }


def _minutes(t: float | None, impact_t: float | None) -> float | None:
    return None if t is None or impact_t is None else rounded((impact_t - t) / 60.0, 3)
