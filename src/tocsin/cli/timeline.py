"""What happened, in order: the truth's side and what the told picture made of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tocsin.assess.assessment import EventState, ThreatState
from tocsin.centre.event import CentreEvent
from tocsin.cli.figures import seconds, utc
from tocsin.cli.pictures import lines_of, told_picture
from tocsin.cli.truth import Truth

EVENT_ORDER: tuple[EventState, ...] = (
    "quiet",
    "closed",
    "notice",
    "probable",
    "confirmed (degraded)",
    "confirmed",
)
THREAT_ORDER: tuple[ThreatState, ...] = ("none", "possible", "probable", "confirmed")


def timeline(
    truths: Iterable[Truth],
    events: tuple[CentreEvent, ...],
    start: float,
    until: float,
    marks: Iterable[tuple[float, str]] = (),
) -> list[dict[str, Any]]:
    """The lines up to `until`, TAI s, sorted by when they happened; a line of the truth has no track.

    marks: further times and what happened then that is no track's, as of a radar that went blind.
    Beside a line of the truth stand the states that the picture had reached by then.
    """
    told = [e for e in lines_of(events, *told_picture(events)) if e.known_t <= until]
    lines = [_told(e, start) for e in told if e.what != "assessment" and e.t <= until]
    lines += [_true(t, what, told, start) for t, what in (*_milestones(truths), *marks) if t <= until]
    return sorted(lines, key=lambda line: (line["t_s"], line["track"] is not None))


def standing(told: Iterable[CentreEvent], t: float) -> tuple[EventState, ThreatState]:
    """The most certain event state and the gravest threat state of any track, as known at t."""
    last: dict[str, CentreEvent] = {}
    for e in told:
        if e.known_t <= t:
            last[e.track] = e
    states = [e.event_state for e in last.values()] or ["quiet"]
    threats = [e.threat_state for e in last.values()] or ["none"]
    return max(states, key=EVENT_ORDER.index), max(threats, key=THREAT_ORDER.index)


def _milestones(truths: Iterable[Truth]) -> list[tuple[float, str]]:
    """Those that each flight has; what goes round, or only comes down, has no apogee worth a line."""
    out: list[tuple[float, str]] = []
    for flown in truths:
        peaks = flown.t_launch is not None and flown.end != "orbit"
        marks = [
            (flown.t_launch, "launch"),
            (flown.t_apogee if peaks and flown.t_begin < flown.t_apogee < flown.t_end else None, "apogee"),
            (flown.t_impact, "impact"),
            (flown.t_cloud, "cloud break"),
            (flown.t_end if flown.end == "burnt up" else None, "burnt up"),
        ]
        out += [(t, what) for t, what in marks if t is not None]
    return out


def _told(e: CentreEvent, start: float) -> dict[str, Any]:
    return {
        "t_s": seconds(e.t, start),
        "utc": utc(e.t),
        "what": e.what,
        "event_state": e.event_state,
        "threat_state": e.threat_state,
        "track": e.track,
        "known_s": seconds(e.known_t, start),
    }


def _true(t: float, what: str, told: Iterable[CentreEvent], start: float) -> dict[str, Any]:
    event, threat = standing(told, t)
    return {
        "t_s": seconds(t, start),
        "utc": utc(t),
        "what": what,
        "event_state": event,
        "threat_state": threat,
        "track": None,
        "known_s": None,
    }
