"""One flight of a class through the network of the date: with all its sensors, and without satellites."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.assess.assessment import EventState, ThreatState
from tocsin.catalogue.nature import NATURE
from tocsin.centre.event import CentreEvent
from tocsin.centre.joint import run_joint
from tocsin.simulate.world import looked_at
from tocsin.study.ladder.draws import Drawn, ground, whole
from tocsin.study.ladder.times import EVENT_STATES, THREAT_STATES, Times, joint_pictures, soonest

# Beyond the light of what flies a telescope tells nothing of it, and its silence is worth nothing more.
DARK_BEFORE_S, DARK_AFTER_S = 30.0, 120.0


@final
@dataclass(frozen=True, slots=True)
class Soon:
    """How soon each state was reached of one flight, s after the first look; inf where it never was.

    left_s: from its confirmation to the true impact, of event and threat; None where it was not confirmed or
    nothing comes down. could: whether it may be confirmed by who has it in view; seen: whether anybody had a
    look at all; tries: flights drawn until one was in view.
    """

    name: str
    aim: str
    degraded: bool
    could: bool
    seen: bool
    event: dict[EventState, float]
    threat: dict[ThreatState, float]
    surest: str
    gravest: str
    left_s: tuple[float | None, float | None]
    tries: int


def through(drawn: Drawn, seed: int) -> tuple[Soon, Soon]:
    """A drawn flight with the whole network, and the same looks of its radars without the satellites.

    The radars that have it in view at any time watch all the time, the telescopes while it shines. What is
    told is the joint picture of whichever centre comes to a state first. A run ends once the threat is
    confirmed, or when nobody can see the flight any more.
    """
    net = replace(whole(), radars=drawn.radars)
    _, scans = looked_at((drawn.path,), (drawn.path,), net, NATURE, (drawn.begin, drawn.end), seed)
    lit = _lit(drawn, np.array([s.t for s in scans]))
    kept = tuple(s for s, light in zip(scans, lit, strict=True) if light or s.kind == "radar")
    blind = tuple(s for s in scans if s.kind == "radar")
    networks = ((False, net, kept), (True, replace(net, satellites=()), blind))
    runs = [(d, run_joint(n, s, None, territories=ground(), until=attacked)) for d, n, s in networks]
    return tuple(soon_of(drawn, degraded, events) for degraded, events in runs)  # type: ignore[return-value]


def attacked(event: CentreEvent) -> bool:
    """Whether a line is a confirmed threat in a joint picture: nothing can follow."""
    return event.picture == "joint" and event.threat_state == "confirmed"


def soon_of(drawn: Drawn, degraded: bool, events: tuple[CentreEvent, ...]) -> Soon:
    """How soon each state came, of the events of all centres."""
    found = soonest(joint_pictures(events))
    event = {s: _after(found, found.event[s]) for s in EVENT_STATES}
    threat = {s: _after(found, found.threat[s]) for s in THREAT_STATES}
    return Soon(
        name=drawn.name,
        aim=drawn.aim,
        degraded=degraded,
        could=drawn.could[degraded],
        seen=found.first_look is not None,
        event=event,
        threat=threat,
        surest=found.surest,
        gravest=found.gravest,
        left_s=(_left(drawn, found.event["confirmed"]), _left(drawn, found.threat["confirmed"])),
        tries=drawn.tries,
    )


def _after(found: Times, t: float | None) -> float:
    after = found.since_first_look(t)
    return math.inf if after is None else after


def _left(drawn: Drawn, t: float | None) -> float | None:
    return None if t is None or drawn.t_impact is None else drawn.t_impact - t


def _lit(drawn: Drawn, t: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether the flight shines near these times (n,), so that telescopes matter."""
    bright = drawn.path.t[drawn.path.power > 0.0]
    if len(bright) == 0:
        return np.ones(len(t), dtype=bool)
    after = np.searchsorted(bright, t)
    gap_before = t - bright[np.maximum(after - 1, 0)]
    gap_after = bright[np.minimum(after, len(bright) - 1)] - t
    near_before = (after > 0) & (gap_before <= DARK_AFTER_S)
    return np.asarray(near_before | ((after < len(bright)) & (gap_after <= DARK_BEFORE_S)))
