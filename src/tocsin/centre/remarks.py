"""A person's word on a track: an input and an event like any other, which changes no state."""

from __future__ import annotations

from collections.abc import Mapping

from tocsin.assess.assessment import Assessment, Picture
from tocsin.centre.event import CentreEvent
from tocsin.errors import TocsinError
from tocsin.exchange.remark import Remark

PICTURES: tuple[Picture, ...] = ("joint", "alone")


def assessment_meant(
    centre: str, remark: Remark, last: Mapping[tuple[Picture, str], Assessment]
) -> Assessment:
    """The newest assessment of the track that a remark is on; TocsinError where there is no such track."""
    for picture in PICTURES:
        found = last.get((picture, remark.track))
        if found is not None:
            return found
    tracks = sorted({track for _, track in last})
    known = f"there are {', '.join(tracks[:10])}" if tracks else "there is none yet"
    raise TocsinError(f"{centre}: a remark of {remark.who!r} on track {remark.track!r}; {known}")


def remarked(centre: str, remark: Remark, made: Assessment, now: float) -> CentreEvent:
    """The line of a remark, with the states of its track as they stand."""
    said = f": {remark.text}" if remark.text else ""
    return CentreEvent(
        t=remark.t,
        known_t=max(now, remark.t),
        centre=centre,
        picture=made.picture,
        what=remark.kind,
        track=made.track,
        event_state=made.event_state,
        threat_state=made.threat_state,
        text=f"{remark.who}{said}",
        assessment=made,
    )
