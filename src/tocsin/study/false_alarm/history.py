"""What a centre said in the course of a window, and how far up the ladder it went."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import final

from tocsin.assess.ladder.rules import CONFIRMED, CONFIRMED_FACTOR, DEGRADED, NOTICE, OWN, PROBABLE
from tocsin.assess.territory import Territories
from tocsin.centre.event import CentreEvent
from tocsin.study.false_alarm.nearness import sigmas_away

DEGRADED_STATE = "confirmed (degraded)"  # by two radars, where a picture has no satellite
RULE, CHANNEL = 1.0, 2.0  # decades
SMALL = 1e-3  # of P, which few points tell no better
FARTHEST = 1e4  # decades that a threat lacks at most: before there is any region too
LEVELS = ("notice", "probable", "second phenomenology", "event confirmed", "threat confirmed")


@final
@dataclass(frozen=True, slots=True)
class Moment:
    """One assessment of one track: what the ladder rests on, and the states it gave.

    met: the rules met, of those that name a state; factor: log10 of a launch over its best rival; p:
    P(impact on protected ground), None before there is a region; away: sigmas of the impact region from it to
    protected ground, where P is below `SMALL`; both: infrared and radar see it; left_s: to the impact, None
    where it is not known.
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
    away: float = 0.0


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


def moments_of(events: Iterable[CentreEvent], territories: Territories) -> tuple[Moment, ...]:
    """The moments of what a centre said, in order; each track has its picture in its name."""
    return tuple(_moment(e, territories) for e in events if e.what == "assessment")


def confirmed_at(history: tuple[Moment, ...], bar: Bar) -> Moment | None:
    """The first moment with a confirmed threat under a bar; None where there is none."""
    for m, sure in _standing(history, bar):
        if sure and m.p is not None and m.p >= bar.probability:
            return m
    return None


def danger(history: tuple[Moment, ...], bar: Bar = Bar()) -> float:
    """How near a history came to a confirmed threat under a bar: 0 at one, the less below 0 the farther.

    At each moment what the event lacks and what the threat does, in decades of the factor and of the odds of
    P, are added; a rule that is not met lacks `RULE` decades, as does a closed event, a phenomenology
    `CHANNEL`. Where P is below `SMALL` there is added what the distance to protected ground would take of a
    Gaussian, in hundreds by its logarithm.
    """
    standing = [-_lacking(m, sure, bar) for m, sure in _standing(history, bar)]
    closed = [-_lacking(m, False, bar) - RULE for m in history if m.closed]
    return max([*standing, *closed], default=-math.inf)


def _standing(history: tuple[Moment, ...], bar: Bar) -> Iterator[tuple[Moment, bool]]:
    """Each moment at which a track is not closed, and whether its event is then confirmed under a bar.

    An event stays confirmed once it is, until it is closed, as on the ladder; the threat is asked anew.
    """
    sure: dict[str, bool] = {}
    for m in history:
        if m.closed:
            sure[m.track] = False
            continue
        made = OWN in m.met and m.factor >= bar.factor and any(r in m.met for r in bar.rules)
        sure[m.track] = sure.get(m.track, False) or made
        yield m, sure[m.track]


def _lacking(m: Moment, sure: bool, bar: Bar) -> float:
    event = 0.0
    if not sure:
        event = max(bar.factor - m.factor, 0.0) + RULE * (OWN not in m.met)
        event += RULE * (not any(r in m.met for r in bar.rules)) + CHANNEL * (not (m.both or bar.alone))
    if m.p is None:
        return event + FARTHEST
    threat = _log_odds(bar.probability) - _log_odds(max(m.p, SMALL))
    far = 0.5 * m.away**2 / math.log(10.0)
    return event + min(max(threat, 0.0) + (far if far < 100.0 else 100.0 + math.log(far / 100.0)), FARTHEST)


def _log_odds(p: float) -> float:
    return math.log10(p / max(1.0 - p, SMALL))


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


def _moment(event: CentreEvent, territories: Territories) -> Moment:
    a = event.assessment
    p = None if a.protected is None else sum(a.protected.values())
    kinds = {e.phenomenology for e in a.evidence if e.looks > 0 or e.by is not None}
    return Moment(
        track=f"{event.picture} {event.track}",
        t=event.t,
        met=frozenset(r.name for r in a.rules if r.met),
        factor=a.launch_factor,
        p=p,
        both=len(kinds) > 1,
        closed=a.event_state == "closed",
        event=a.event_state,
        threat=a.threat_state,
        left_s=a.time_to_target_s,
        away=0.0 if p is None or p >= SMALL else sigmas_away(a.impact, territories),
    )
