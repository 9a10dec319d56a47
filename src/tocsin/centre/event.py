"""What a centre says, line by line."""

from __future__ import annotations

from msgspec import Struct

from tocsin.assess.assessment import Assessment, EventState, Picture, ThreatState


class CentreEvent(Struct, frozen=True, kw_only=True):
    """One line of a centre's log: what happened at t, known at known_t (both TAI s), in which picture.

    what: "first satellite look", "stereo", "burnout", "first radar look", an event or threat state,
    "assessment", "merged" (one with another track, and told no more), "cancelled" (a warning is taken back),
    or a person's "acknowledged" or "note". The assessment goes with it.
    """

    t: float
    known_t: float
    centre: str
    picture: Picture
    what: str
    track: str
    event_state: EventState
    threat_state: ThreatState
    text: str
    assessment: Assessment
