"""What a threat may not do yet: fall while a fit fails, or be confirmed while another stage may light."""

from __future__ import annotations

from tocsin.assess.assessment import ThreatState
from tocsin.assess.case import Case
from tocsin.assess.ladder.threat import ThreatStep, kept, short_of_confirmed
from tocsin.track.relit import DARK_S

LOOKS_END_S = 60.0  # after the last look, from when on looks no longer go on (assumed)


def not_yet(threat: ThreatStep, held: ThreatState, case: Case, p: float | None) -> ThreatStep:
    """A threat falls not because a fit failed, nor is it confirmed or falls while another stage may light.

    Where the arc would end if this were the last stage lies short of where the next one goes.
    """
    before, burnout = case.before, case.milestones["burnout_t"]
    if p is None and before is not None and before.impact is not None:
        return kept(threat, held, "no arc explains the looks now")
    # `possible`: that sensors are silent is no failed fit, and is heard.
    if p is None and threat.state == "possible" and _unexplained(case):
        return kept(threat, held, "no arc explains the looks that go on")
    if burnout is not None and case.now - burnout < DARK_S:
        why = f"another stage may light within {DARK_S:g} s"
        return short_of_confirmed(kept(threat, held, why), held, why)
    return threat


def _unexplained(case: Case) -> bool:
    """Whether looks go on at something whose engine is out, and make no arc."""
    looked = bool(case.evidence) and case.now - case.last_t <= LOOKS_END_S
    return looked and case.solution.phase != "boost"
