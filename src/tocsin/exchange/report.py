"""The track report: what one centre tells another of one track."""

from __future__ import annotations

from msgspec import Struct, structs

from tocsin.assess.assessment import (
    Assessment,
    EventState,
    Evidence,
    Place,
    StateEstimate,
    ThreatState,
)
from tocsin.catalogue.known import known_radar
from tocsin.errors import TocsinError

WITHHELD = "withheld"


class TrackReport(Struct, frozen=True, kw_only=True):
    """One track as its centre knows it from its own sensors alone; every time is TAI s, None until known.

    t: the assessment's time; issued_t: when it may be sent; infrared: telescopes that see it; radars: (key or
    "withheld", band) of each array that does; evidence: what each of its channels says, without their names;
    objects: at the least; boosting: whether the state may still be under thrust; closed_by: what closed the
    event, where something did: such a report cancels what was told before, and goes wherever that went.
    """

    centre: str
    track: str
    t: float
    issued_t: float
    state: StateEstimate | None
    model: str
    launch: Place | None
    heading_deg: float | None
    classes: dict[str, float]
    event_state: EventState
    infrared: int
    radars: tuple[tuple[str, str], ...]
    first_satellite_t: float | None
    stereo_t: float | None
    burnout_t: float | None
    first_radar_t: float | None
    boosting: bool
    threat_state: ThreatState = "none"
    objects: int = 1
    evidence: tuple[Evidence, ...] = ()
    closed_by: str | None = None


def report_of(assessment: Assessment, centre: str, issued_t: float) -> TrackReport:
    """The report of an assessment made from a centre's own sensors.

    A joint assessment rests on the partner's information too, which must not come back to it as if it were
    new: ValueError. Raises TocsinError for a radar that the catalogue does not have.
    """
    if assessment.picture != "alone":
        raise ValueError(f"track {assessment.track}: only an assessment of the picture 'alone' is reported")
    seen = sorted({e.channel for e in assessment.evidence if e.phenomenology == "radar"})
    return TrackReport(
        centre=centre,
        track=assessment.track,
        t=assessment.t,
        issued_t=issued_t,
        state=assessment.state,
        model=assessment.model,
        launch=assessment.launch,
        heading_deg=assessment.heading_deg,
        classes=assessment.classes,
        event_state=assessment.event_state,
        infrared=len({e.channel for e in assessment.evidence if e.phenomenology == "infrared"}),
        radars=tuple((key, _band(key)) for key in seen),
        first_satellite_t=assessment.first_satellite_t,
        stereo_t=assessment.stereo_t,
        burnout_t=assessment.burnout_t,
        first_radar_t=assessment.first_radar_t,
        boosting=assessment.state is not None and assessment.phase == "boost",
        threat_state=assessment.threat_state,
        objects=assessment.objects,
        evidence=_nameless(assessment.evidence),
        closed_by=assessment.closed_by,
    )


def _nameless(evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Each channel's line under its kind and a number."""
    count = {"infrared": 0, "radar": 0}
    out = []
    for e in evidence:
        count[e.phenomenology] += 1
        out.append(structs.replace(e, channel=f"{e.phenomenology} {count[e.phenomenology]}"))
    return tuple(out)


def radar_place(key: str) -> tuple[float, float] | None:
    """(lat_deg, lon_deg) of a radar of the catalogue, shared by arrays of one site; None if there is none."""
    site = None if key == WITHHELD else known_radar(key)
    return None if site is None else (site.lat_deg, site.lon_deg)


def _band(key: str) -> str:
    # A guessed band could make two radars of one band look independent, and confirm an event.
    site = known_radar(key)
    if site is None:
        raise TocsinError(f"radar {key!r} is not in the catalogue, so its band is not known; add it there")
    return site.band
