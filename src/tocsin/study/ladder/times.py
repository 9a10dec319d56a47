"""When pictures came to each state, by whichever track was first, from their centres' events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import final

from tocsin.assess.assessment import EventState, ThreatState
from tocsin.assess.ladder.event import ORDER
from tocsin.assess.ladder.threat import THREATS
from tocsin.catalogue.radar import PARTNERS
from tocsin.centre.event import CentreEvent

EVENT_STATES: tuple[EventState, ...] = ("notice", "probable", "confirmed")
THREAT_STATES: tuple[ThreatState, ...] = ("possible", "probable", "confirmed")
EXPLAINED = "explained"


@final
@dataclass(frozen=True, slots=True)
class Times:
    """Of one picture, or of whichever came to it first, TAI s, None where it never came to it.

    first_look: of whichever track; event, threat: when any track first reached each state; gravest: of the
    threat at any time; none_t: since when no track has been a threat, to the end; closed_by: what closed each
    track, with its time; tracks: how many there were; impact_t: as predicted last by the surest track.
    """

    first_look: float | None
    event: dict[EventState, float | None]
    threat: dict[ThreatState, float | None]
    surest: EventState
    gravest: ThreatState
    none_t: float | None
    closed_by: tuple[tuple[str, str], ...]
    tracks: int
    impact_t: float | None

    def since_first_look(self, t: float | None) -> float | None:
        """Seconds from the first look to a time; None where there is either not."""
        return None if t is None or self.first_look is None else t - self.first_look


def times_of(events: tuple[CentreEvent, ...]) -> Times:
    """The times of one picture's events, in whatever order its centre came to know them.

    A degraded confirmation counts as one. A state that an event passed over is reached with the next.
    """
    told = sorted(events, key=lambda e: e.known_t)
    looks = [e.t for e in told if e.what in ("first satellite look", "first radar look")]
    event = {s: _first(told, _sure(s)) for s in EVENT_STATES}
    threat = {s: _first(told, _grave(s)) for s in THREAT_STATES}
    standing: dict[str, CentreEvent] = {}
    none_t: float | None = None
    for e in told:
        if e.what == "merged":
            standing.pop(e.track, None)
        else:
            standing[e.track] = e
        calm = all(s.threat_state == "none" for s in standing.values())
        none_t = (e.known_t if none_t is None else none_t) if calm else None
    ends = {e.track: e.assessment.closed_by for e in told if e.event_state == "closed"}
    surest = max((_rank(e) for e in told), default=0)
    last = [e.assessment for e in told if e.assessment.impact is not None and _rank(e) == surest]
    return Times(
        first_look=min(looks, default=None),
        event=event,
        threat=threat,
        surest=ORDER[surest],
        gravest=max((e.threat_state for e in told), key=THREATS.index, default="none"),
        none_t=none_t,
        closed_by=tuple((track, by) for track, by in ends.items() if by is not None),
        tracks=len({e.track for e in told} - {e.track for e in told if e.what == "merged"}),
        impact_t=last[-1].impact.t if last and last[-1].impact is not None else None,
    )


def joint_pictures(events: tuple[CentreEvent, ...]) -> tuple[Times, ...]:
    """The times of each centre's joint picture; Russia's and China's, in this order, before any other."""
    joint = [e for e in events if e.picture == "joint"]
    names = sorted(
        {e.centre for e in joint}, key=lambda name: (name not in PARTNERS, name != PARTNERS[0], name)
    )
    return tuple(times_of(tuple(e for e in joint if e.centre == name)) for name in names)


def soonest(pictures: tuple[Times, ...]) -> Times:
    """Of several centres' pictures: a state is reached with the first, and calm there is with the last.

    A centre confirms only what a sensor of its own sees, so that the one may where the other cannot. What
    closed a track, and its predicted impact, are those of the surest picture, the first of equals.
    """
    if not pictures:
        return times_of(())
    surest = max(pictures, key=lambda p: ORDER.index(p.surest))
    calm = [p.none_t for p in pictures if p.tracks]
    return replace(
        surest,
        first_look=_least([p.first_look for p in pictures]),
        event={s: _least([p.event[s] for p in pictures]) for s in EVENT_STATES},
        threat={s: _least([p.threat[s] for p in pictures]) for s in THREAT_STATES},
        gravest=max((p.gravest for p in pictures), key=THREATS.index),
        none_t=None if None in calm else max((t for t in calm if t is not None), default=None),
        tracks=max(p.tracks for p in pictures),
    )


def _least(times: list[float | None]) -> float | None:
    return min((t for t in times if t is not None), default=None)


def _rank(e: CentreEvent) -> int:
    """How sure the event is; a closed one says nothing of how sure it was."""
    return 0 if e.event_state == "closed" else ORDER.index(e.event_state)


def _first(told: list[CentreEvent], reached: Callable[[CentreEvent], bool]) -> float | None:
    return next((e.known_t for e in told if reached(e)), None)


def _sure(state: EventState) -> Callable[[CentreEvent], bool]:
    least = min(ORDER.index(state), ORDER.index("confirmed (degraded)"))
    return lambda e: _rank(e) >= least


def _grave(state: ThreatState) -> Callable[[CentreEvent], bool]:
    return lambda e: THREATS.index(e.threat_state) >= THREATS.index(state)
