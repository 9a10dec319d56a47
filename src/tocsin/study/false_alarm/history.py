"""What a centre said in the course of a window, and how far up the ladder it went."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import final

from tocsin.assess.ladder.rules import CONFIRMED, CONFIRMED_FACTOR, DEGRADED, NOTICE, OWN, PROBABLE
from tocsin.centre.event import CentreEvent

DEGRADED_STATE = "confirmed (degraded)"  # by two radars, where a picture has no satellite
LEVELS = ("notice", "probable", "second phenomenology", "event confirmed", "threat confirmed")


@final
@dataclass(frozen=True, slots=True)
class Moment:
    """One assessment of one track: what the ladder rests on, and the states it gave.

    met: the rules met, of those that name a state; factor: log10 of a launch over its best rival; p:
    P(impact on protected ground), None before there is a region; both: infrared and radar see it; left_s: to
    the impact, None where it is not known.
    """

    track: str
    t: float
    met: frozenset[str]
    factor: float
    p: float | None
    both: bool
    closed: bool
    event: str
    threat: str
    left_s: float | None


@final
@dataclass(frozen=True, slots=True)
class Bar:
    """What a confirmed threat needs: log10 of the factor, P(protected), and the rule for the event.

    alone: one phenomenology is enough, the rule for `probable`.
    """

    factor: float = math.log10(CONFIRMED_FACTOR)
    probability: float = 0.9
    alone: bool = False

    @property
    def rules(self) -> tuple[str, ...]:
        """Any one of these makes the event."""
        return (PROBABLE, CONFIRMED, DEGRADED) if self.alone else (CONFIRMED, DEGRADED)


def moments_of(events: Iterable[CentreEvent]) -> tuple[Moment, ...]:
    """The moments of what a centre said, in order; each track has its picture in its name."""
    return tuple(_moment(e) for e in events if e.what == "assessment")


def confirmed_at(history: tuple[Moment, ...], bar: Bar) -> Moment | None:
    """The first moment with a confirmed threat under a bar; None where there is none.

    An event stays confirmed once it is, until it is closed, as on the ladder; the threat is asked anew.
    """
    sure: dict[str, bool] = {}
    for m in history:
        if m.closed:
            sure[m.track] = False
            continue
        made = OWN in m.met and m.factor >= bar.factor and any(r in m.met for r in bar.rules)
        sure[m.track] = sure.get(m.track, False) or made
        if sure[m.track] and m.p is not None and m.p >= bar.probability:
            return m
    return None


def level_of(history: tuple[Moment, ...]) -> int:
    """How many of `LEVELS` any one track reached, each counted only with those below it."""
    best = 0
    for track in {m.track for m in history}:
        mine = [m for m in history if m.track == track]
        passed = (
            any(NOTICE in m.met for m in mine),
            any(m.event not in ("quiet", "notice", "closed") for m in mine),
            any(m.both or m.event == DEGRADED_STATE for m in mine),
            any(m.event.startswith("confirmed") for m in mine),
            any(m.threat == "confirmed" and m.event.startswith("confirmed") for m in mine),
        )
        best = max(best, passed.index(False) if False in passed else len(LEVELS))
    return best


def _moment(event: CentreEvent) -> Moment:
    a = event.assessment
    kinds = {e.phenomenology for e in a.evidence if e.looks > 0 or e.by is not None}
    return Moment(
        track=f"{event.picture} {event.track}",
        t=event.t,
        met=frozenset(r.name for r in a.rules if r.met),
        factor=a.launch_factor,
        p=None if a.protected is None else sum(a.protected.values()),
        both=len(kinds) > 1,
        closed=a.event_state == "closed",
        event=a.event_state,
        threat=a.threat_state,
        left_s=a.time_to_target_s,
    )
