"""From one assessment to the next: the events worth a line."""

from __future__ import annotations

from msgspec import structs

from tocsin.assess.assessment import Assessment
from tocsin.assess.ladder.rules import ENDED
from tocsin.centre.event import CentreEvent

MILESTONES = {
    "first_satellite_t": "first satellite look",
    "stereo_t": "stereo",
    "burnout_t": "burnout",
    "first_radar_t": "first radar look",
}


def changes(centre: str, before: Assessment | None, now: Assessment) -> list[CentreEvent]:
    """Milestones newly known, a changed event or threat state, and the assessment itself."""
    out = []
    for field, what in MILESTONES.items():
        t = getattr(now, field)
        if t is not None and (before is None or getattr(before, field) is None):
            out.append(_event(centre, now, what, t, ""))
    if before is None or before.event_state != now.event_state:
        out.append(_event(centre, now, now.event_state, now.t, "; ".join(now.reasons[:-1])))
    if now.event_state == "closed" and now.closed_by not in ENDED and before is not None and warned(before):
        out.append(_event(centre, now, "cancelled", now.t, now.closed_by or ""))
    if before is None or before.threat_state != now.threat_state:
        out.append(_event(centre, now, f"threat {now.threat_state}", now.t, now.reasons[-1]))
    out.append(_event(centre, now, "assessment", now.t, now.model))
    return out


def warned(made: Assessment) -> bool:
    """Whether anyone was warned of it: from probable on."""
    return made.event_state not in ("quiet", "notice", "closed")


def merged(centre: str, last: Assessment, into: str, t: float) -> CentreEvent:
    """A track that is told no more under its own name, because it is one object with another."""
    return structs.replace(_event(centre, last, "merged", t, f"one object with {into}"), known_t=t)


def _event(centre: str, now: Assessment, what: str, t: float, text: str) -> CentreEvent:
    return CentreEvent(
        t=t,
        known_t=now.t,
        centre=centre,
        picture=now.picture,
        what=what,
        track=now.track,
        event_state=now.event_state,
        threat_state=now.threat_state,
        text=text,
        assessment=now,
    )
