"""The event state, rule by rule: what raises it, and the one way down."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.assess.evidence.hypotheses import Weighed
from tocsin.assess.ladder.event import ORDER, event_state
from tocsin.assess.ladder.grounds import Grounds
from tocsin.assess.ladder.rules import ENDED, LOST, OVER, rules

NOTHING = Grounds(
    infrared=0,
    infrared_looks=0,
    radars=(),
    satellites_by_date=True,
    agrees=False,
    ballistic=False,
)
ONE = (("60.30,30.55", "VHF", 9),)
SAME_SITE = (("52.85,103.25", "VHF", 9), ("52.85,103.25", "UHF", 9))
SAME_BAND = (("60.30,30.55", "VHF", 9), ("52.85,103.25", "VHF", 9))
TWO = (("60.30,30.55", "VHF", 9), ("54.85,20.20", "UHF", 5))
FEW = (("60.30,30.55", "VHF", 9), ("54.85,20.20", "UHF", 2))
SURE = 1e6


def factor(times: float, rival: str = "nuisance of one channel") -> Weighed:
    return Weighed({"launch elsewhere": 0.0, "launch toward us": 0.0}, 0.0, math.log(times), rival)  # type: ignore[arg-type]


def state(before="quiet", times=SURE, closed_by=None, **grounds):
    return event_state(NOTHING._replace(**grounds), factor(times), before, closed_by).state


@pytest.mark.parametrize(
    ("grounds", "expected"),
    [
        ({}, "quiet"),
        ({"infrared": 1, "infrared_looks": 3}, "notice"),
        ({"infrared": 1, "infrared_looks": 19}, "notice"),
        ({"radars": ONE}, "notice"),
        ({"infrared": 1, "infrared_looks": 20}, "probable"),
        ({"infrared": 2, "infrared_looks": 3}, "probable"),
        ({"radars": ONE, "ballistic": True}, "probable"),
        ({"radars": (("60.30,30.55", "VHF", 2),), "ballistic": True}, "notice"),
        ({"infrared": 1, "infrared_looks": 3, "radars": ONE, "agrees": True}, "confirmed"),
        ({"infrared": 2, "infrared_looks": 200, "radars": ONE}, "probable"),  # they do not agree
        ({"infrared": 2, "infrared_looks": 200, "radars": (("a", "VHF", 2),), "agrees": True}, "probable"),
        # A partner's word alone.
        ({"infrared": 2, "infrared_looks": 9, "radars": ONE, "agrees": True, "own": False}, "probable"),
    ],
)
def test_each_state_is_reached_by_its_rule(grounds, expected):
    assert state(**grounds) == expected


@pytest.mark.parametrize(
    ("times", "expected"), [(50.0, "notice"), (150.0, "probable"), (9e3, "probable"), (1.1e4, "confirmed")]
)
def test_each_state_needs_its_factor_too(times, expected):
    agreed = {"infrared": 1, "infrared_looks": 40, "radars": ONE, "agrees": True}
    assert state(times=times, **agreed) == expected


def test_degraded_only_without_satellites_by_date():
    assert state(radars=TWO, ballistic=True, satellites_by_date=False) == "confirmed (degraded)"
    assert state(radars=TWO, ballistic=True, satellites_by_date=True) == "probable"


@pytest.mark.parametrize("radars", [ONE, SAME_SITE, SAME_BAND, FEW])
def test_degraded_needs_two_sites_two_bands_and_looks_of_both(radars):
    assert state(radars=radars, ballistic=True, satellites_by_date=False) == "probable"


def test_degraded_needs_one_arc():
    assert state(radars=TWO, ballistic=False, satellites_by_date=False) == "notice"


looks = st.integers(0, 500)
radar = st.tuples(st.sampled_from(["a", "b", "c"]), st.sampled_from(["VHF", "UHF"]), looks)
any_grounds = st.builds(
    Grounds,
    infrared=st.integers(0, 4),
    infrared_looks=looks,
    radars=st.lists(radar, max_size=4).map(tuple),
    satellites_by_date=st.booleans(),
    agrees=st.booleans(),
    ballistic=st.booleans(),
    own=st.booleans(),
    over=st.booleans(),
    lost=st.booleans(),
)
open_states = st.sampled_from(ORDER[:-1])
any_times = st.floats(-20.0, 20.0).map(lambda ten: 10.0**ten)


@given(any_grounds, open_states, any_times)
def test_it_falls_only_to_closed_and_says_why(grounds, before, times):
    step = event_state(grounds, factor(times), before)
    if step.state == "closed":
        ended = grounds.over or grounds.lost
        assert step.closed_by in ENDED if ended else (times <= 0.01 and "explained" in step.closed_by)
    else:
        assert ORDER.index(step.state) >= ORDER.index(before)
        assert step.closed_by is None
    assert step.reasons
    assert all(isinstance(r, str) and r for r in step.reasons)


@given(any_grounds, any_times)
def test_one_phenomenology_never_confirms(grounds, times):
    """Infrared alone, however long it lasts, and radar alone while there are satellites."""
    for alone in (
        grounds._replace(radars=()),
        grounds._replace(infrared=0, infrared_looks=0, satellites_by_date=True),
    ):
        assert not event_state(alone, factor(times), "quiet").state.startswith("confirmed")


@given(any_grounds)
def test_more_evidence_never_lowers(grounds):
    grounds = grounds._replace(over=False, lost=False)
    now = ORDER.index(event_state(grounds, factor(SURE), "quiet").state)
    richer = grounds._replace(infrared=grounds.infrared + 1, infrared_looks=grounds.infrared_looks + 30)
    if grounds.satellites_by_date:  # a telescope is a satellite: without one by date there is none to look
        assert ORDER.index(event_state(richer, factor(SURE), "quiet").state) >= now
    more = grounds._replace(radars=(*grounds.radars, ("d", "UHF", 50)))
    assert ORDER.index(event_state(more, factor(SURE), "quiet").state) >= now


@given(any_grounds, any_times)
def test_every_rule_is_told_whether_met_or_not(grounds, times):
    step = event_state(grounds, factor(times), "quiet")
    assert step.rules == rules(grounds, factor(times))
    assert len({r.name for r in step.rules}) == len(step.rules) == 10


def test_what_would_raise_it_is_said():
    def reasons(**grounds):
        return event_state(NOTHING._replace(**grounds), factor(SURE), "quiet").reasons

    assert any("radar" in r for r in reasons(infrared=2, infrared_looks=40))
    assert any("infrared" in r for r in reasons(radars=ONE, ballistic=True))
    assert any("no satellite" in r for r in reasons(radars=TWO, ballistic=True, satellites_by_date=False))
    assert any("own" in r for r in reasons(infrared=2, radars=ONE, agrees=True, own=False))


def test_what_is_explained_is_closed_and_opened_again_only_by_ten_to_one():
    seen = {"infrared": 1, "infrared_looks": 30}
    assert state("probable", 1 / 99.0, **seen) == "probable"
    step = event_state(NOTHING._replace(**seen), factor(1 / 101.0, "natural"), "probable")
    assert (step.state, step.closed_by) == ("closed", "explained: natural")
    assert state("closed", 9.9, step.closed_by, **seen) == "closed"
    assert state("closed", 11.0, step.closed_by, **seen) == "notice"
    assert state("closed", 101.0, step.closed_by, **seen) == "probable"


def test_a_confirmed_event_falls_by_explanation_too():
    agreed = {"infrared": 1, "infrared_looks": 40, "radars": ONE, "agrees": True}
    assert state("confirmed", 2.0, **agreed) == "confirmed"
    assert state("confirmed", 1e-3, **agreed) == "closed"


@pytest.mark.parametrize(("field", "end"), [("over", OVER), ("lost", LOST)])
def test_what_has_ended_stays_closed(field, end):
    step = event_state(NOTHING._replace(infrared=2, **{field: True}), factor(SURE), "confirmed")
    assert (step.state, step.closed_by) == ("closed", end)
    assert state("closed", SURE, end, infrared=2) == "closed"
