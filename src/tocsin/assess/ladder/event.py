"""The event state: how sure that something was launched."""

from __future__ import annotations

import math
from typing import NamedTuple

from tocsin.assess.assessment import EventState, Rule
from tocsin.assess.evidence.hypotheses import Weighed
from tocsin.assess.ladder.grounds import Grounds
from tocsin.assess.ladder.rules import (
    AGAIN_FACTOR,
    CONFIRMED,
    DEGRADED,
    ENDED,
    EXPLAINED,
    LIKELY,
    NOTICE,
    OWN,
    PROBABLE,
    SURE,
    rules,
)

ORDER: tuple[EventState, ...] = ("quiet", "notice", "probable", "confirmed (degraded)", "confirmed", "closed")


class EventStep(NamedTuple):
    """The state, why, every rule with whether it is met, and what closed it, if anything did."""

    state: EventState
    reasons: tuple[str, ...]
    rules: tuple[Rule, ...]
    closed_by: str | None


def event_state(
    grounds: Grounds, weighed: Weighed, before: EventState, closed_by: str | None = None
) -> EventStep:
    """The event state now, from the state before; it falls only to `closed`, with what explains it.

    Each state needs its rule and its factor: probable a hundred, confirmed ten thousand, and that not by a
    partner's word alone. Where something else
    explains the event a hundred times better than a launch it is closed; it is opened again where a launch is
    ten times better by then, so that it does not flicker.
    """
    made = rules(grounds, weighed)
    met = {r.name for r in made if r.met}
    if before == "closed" and closed_by in ENDED:
        return EventStep("closed", (closed_by,), made, closed_by)
    for end in ENDED:
        if end in met:
            return EventStep("closed", (end,), made, end)
    explained = closed_by is not None and before == "closed"
    if EXPLAINED in met or (explained and weighed.factor < math.log(AGAIN_FACTOR)):
        why = f"explained: {weighed.rival}"
        return EventStep("closed", (why, _by(weighed), "opened again by ten to one for a launch"), made, why)
    now: EventState = "quiet"
    reasons: list[str] = ["opened again: it is explained no longer"] if explained else []
    if NOTICE in met:
        now = "notice"
        reasons.append(NOTICE)
    if PROBABLE in met and LIKELY in met:
        now = "probable"
        reasons.append(PROBABLE)
    if {CONFIRMED, SURE, OWN} <= met:
        now = "confirmed"
        reasons.append(CONFIRMED)
    elif {DEGRADED, SURE, OWN} <= met:
        now = "confirmed (degraded)"
        reasons.append(DEGRADED)
    if before != "closed" and ORDER.index(now) < ORDER.index(before):
        now = before
    return EventStep(now, (*reasons, _by(weighed), *_next(now, grounds, met)), made, None)


def _by(weighed: Weighed) -> str:
    """The factor in words."""
    ten = weighed.factor / math.log(10.0)
    likelier, other = ("a launch", weighed.rival) if ten >= 0.0 else (weighed.rival, "a launch")
    return f"by what was seen, {likelier} is 10^{abs(ten):.1f} times likelier than {other}"


def _next(now: EventState, grounds: Grounds, met: set[str]) -> tuple[str, ...]:
    """What would raise it, and what would lower it."""
    lower = f"would be lowered by: {EXPLAINED}"
    if now.startswith("confirmed"):
        return ("falls only by explanation", lower)
    if not grounds.infrared and not grounds.satellites_by_date:
        return ("no telescope looks here", f"would be raised by: {DEGRADED}", lower)
    if now in ("quiet", "notice"):
        lacking = tuple(f"would be raised by: {rule}" for rule in (PROBABLE, LIKELY) if rule not in met)
        return (*lacking, lower)
    if not grounds.own:
        return (f"would be raised by: {OWN}", lower)
    kind = "infrared looks that agree" if not grounds.infrared else "a radar that agrees in kinematics"
    return (f"would be raised by {kind}", lower)
