"""The threat state: whether it comes down on protected ground."""

from __future__ import annotations

import math
from typing import NamedTuple

from tocsin.assess.assessment import EventState, ThreatState
from tocsin.assess.evidence.hypotheses import Weighed
from tocsin.catalogue.protected import WarningSettings

THREATS: tuple[ThreatState, ...] = ("none", "possible", "probable", "confirmed")
# Of a flight elsewhere over one toward protected ground, by the silence of sensors: assumed.
EXCLUDED_FACTOR = 100.0


class ThreatStep(NamedTuple):
    """The state and why; the states at the least and the greatest prior of the stated range."""

    state: ThreatState
    reason: str
    at_least: ThreatState
    at_most: ThreatState

    @property
    def same(self) -> bool:
        """Whether the state is the same for every attack prior in the range."""
        return self.at_least == self.at_most


def threat_state(
    p: float | None,
    share: float,
    event: EventState,
    before: ThreatState,
    weighed: Weighed,
    settings: WarningSettings,
    over: bool = False,
) -> ThreatStep:
    """The threat state from p, P(impact on protected ground), and from the silence of sensors without it.

    A state is kept until p is under its threshold by `settings.fall`. `confirmed` needs a confirmed event. p
    holds no prior of attack but the protected share of the Earth's surface; with a prior q of attack
    p/(1-p) becomes p/(1-p) (q/(1-q)) / (share/(1-share)), and the states at both ends of the range are told.
    over: the event is closed because its impact passed.
    """
    if event == "closed":
        if over:
            return _all(before, "as it stood when the impact passed")
        return _all("none", "the event is closed")
    if p is None:
        return _without_region(event, weighed)
    names = ", ".join(area.name for area in settings.protected)
    state = _by(p, event, before, settings)
    ends = [
        _by(shifted(p, share, q), event, before, settings) for q in (settings.prior_low, settings.prior_high)
    ]
    reason = f"P(impact on protected ground: {names}) = {p:.3f}"
    if ends[0] != ends[1]:
        reason += (
            f"; not the same for every prior of attack: {ends[0]} at {settings.prior_low:g}, "
            f"{ends[1]} at {settings.prior_high:g}"
        )
    return ThreatStep(state, reason, *ends)


def kept(step: ThreatStep, before: ThreatState, reason: str) -> ThreatStep:
    """The step, but for a fall: then the state before, and why it is kept."""
    if THREATS.index(step.state) >= THREATS.index(before):
        return step
    return ThreatStep(before, f"{reason}: the threat stands as it was", before, before)


def short_of_confirmed(step: ThreatStep, before: ThreatState, reason: str) -> ThreatStep:
    """The step, but not to `confirmed` where the threat was not: then `probable`, and why no more."""
    if step.state != "confirmed" or before == "confirmed":
        return step
    ends = [min(end, "probable", key=THREATS.index) for end in (step.at_least, step.at_most)]
    return ThreatStep("probable", f"{step.reason}; {reason}", *ends)


def shifted(p: float, share: float, prior: float) -> float:
    """P(impact on protected ground) where `prior` of the launches are meant for it, not `share`."""
    up = p * prior / share
    down = (1.0 - p) * (1.0 - prior) / (1.0 - share)
    return up / (up + down) if up + down > 0.0 else 0.0


def _by(p: float, event: EventState, before: ThreatState, settings: WarningSettings) -> ThreatState:
    """By its thresholds; one that has been reached is left only well below its threshold."""
    limits = (0.0, settings.possible, settings.probable, settings.confirmed)
    held = THREATS.index(before)
    reached: ThreatState = "none"
    for k, limit in enumerate(limits):
        if p >= limit * (settings.fall if held >= k else 1.0):
            reached = THREATS[k]
    if reached == "confirmed" and not event.startswith("confirmed"):
        reached = "probable"
    return reached


def _without_region(event: EventState, weighed: Weighed) -> ThreatStep:
    """Nothing excludes protected ground, unless sensors that would have seen a flight there are silent."""
    if event in ("quiet", "notice"):
        return _all("none", "nothing is known yet")
    ratio = weighed.likelihood["launch toward us"] - weighed.likelihood["launch elsewhere"]
    if ratio <= -math.log(EXCLUDED_FACTOR):
        return _all("none", "sensors that would have seen a flight to protected ground by now are silent")
    return _all("possible", "no impact region yet: protected ground is not excluded")


def _all(state: ThreatState, reason: str) -> ThreatStep:
    return ThreatStep(state, reason, state, state)
