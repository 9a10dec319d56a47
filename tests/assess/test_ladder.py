"""The warning ladder, rule by rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.assess.ladder import ORDER, Grounds, event_state, threat_state

NOTHING = Grounds(
    infrared=0,
    infrared_looks=0,
    radars=(),
    satellites_by_date=True,
    agrees=False,
    ballistic=False,
    over=False,
)
ONE = (("60.30,30.55", "VHF", 9),)
SAME_SITE = (("52.85,103.25", "VHF", 9), ("52.85,103.25", "UHF", 9))
SAME_BAND = (("60.30,30.55", "VHF", 9), ("52.85,103.25", "VHF", 9))
TWO = (("60.30,30.55", "VHF", 9), ("54.85,20.20", "UHF", 5))
FEW = (("60.30,30.55", "VHF", 9), ("54.85,20.20", "UHF", 2))


def state(before="quiet", **grounds):
    return event_state(NOTHING._replace(**grounds), before)[0]


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
    ],
)
def test_each_state_is_reached_by_its_rule(grounds, expected):
    assert state(**grounds) == expected


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
    over=st.booleans(),
)


@given(any_grounds, st.sampled_from(ORDER))
def test_it_never_falls(grounds, before):
    now, reasons = event_state(grounds, before)
    assert ORDER.index(now) >= ORDER.index(before)
    assert grounds.over == (now == "closed") or before == "closed"
    assert all(isinstance(r, str) and r for r in reasons)


@given(any_grounds)
def test_one_phenomenology_never_confirms(grounds):
    """Infrared alone, however long it lasts, and radar alone while there are satellites."""
    alone = grounds._replace(over=False, radars=())
    assert event_state(alone, "quiet")[0] in ("quiet", "notice", "probable")
    alone = grounds._replace(over=False, infrared=0, infrared_looks=0, satellites_by_date=True)
    assert event_state(alone, "quiet")[0] in ("quiet", "notice", "probable")


@given(any_grounds)
def test_more_evidence_never_lowers(grounds):
    grounds = grounds._replace(over=False)
    now = ORDER.index(event_state(grounds, "quiet")[0])
    richer = grounds._replace(infrared=grounds.infrared + 1, infrared_looks=grounds.infrared_looks + 30)
    if grounds.satellites_by_date:  # a telescope is a satellite: without one by date there is none to look
        assert ORDER.index(event_state(richer, "quiet")[0]) >= now
    more = grounds._replace(radars=(*grounds.radars, ("d", "UHF", 50)))
    assert ORDER.index(event_state(more, "quiet")[0]) >= now


def test_what_would_raise_it_is_said():
    _, reasons = event_state(NOTHING._replace(infrared=2, infrared_looks=40), "quiet")
    assert any("radar" in r for r in reasons)
    _, reasons = event_state(NOTHING._replace(radars=ONE), "quiet")
    assert any("infrared" in r for r in reasons)
    _, reasons = event_state(NOTHING._replace(radars=TWO, ballistic=True, satellites_by_date=False), "quiet")
    assert any("no satellite" in r for r in reasons)


def test_it_is_closed_when_the_impact_has_passed():
    assert state("confirmed", over=True) == "closed"
    assert state("closed") == "closed"


@pytest.mark.parametrize(
    ("territory", "event", "expected"),
    [
        ({"none": 1.0, "orbit": 0.0}, "confirmed", "none"),
        ({"JP": 0.9, "none": 0.1, "orbit": 0.0}, "confirmed", "none"),
        ({"RU": 0.009, "none": 0.991, "orbit": 0.0}, "confirmed", "none"),
        ({"RU": 0.011, "none": 0.989, "orbit": 0.0}, "confirmed", "possible"),
        ({"CN": 0.49, "none": 0.51, "orbit": 0.0}, "confirmed", "possible"),
        ({"CN": 0.51, "none": 0.49, "orbit": 0.0}, "confirmed", "probable"),
        ({"RU": 0.3, "CN": 0.3, "none": 0.4, "orbit": 0.0}, "probable", "probable"),
        ({"RU": 0.89, "none": 0.11, "orbit": 0.0}, "confirmed", "probable"),
        ({"RU": 0.91, "none": 0.09, "orbit": 0.0}, "confirmed", "confirmed"),
        ({"RU": 0.5, "CN": 0.45, "none": 0.05, "orbit": 0.0}, "confirmed (degraded)", "confirmed"),
        ({"RU": 0.99, "none": 0.01, "orbit": 0.0}, "probable", "probable"),  # the event is not confirmed
        ({"RU": 0.99, "none": 0.01, "orbit": 0.0}, "notice", "probable"),
    ],
)
def test_threat_by_probability_on_protected_ground(territory, event, expected):
    now, reason = threat_state(territory, event)
    assert now == expected
    p = territory.get("RU", 0.0) + territory.get("CN", 0.0)
    assert f"{p:.3f}" in reason


@pytest.mark.parametrize(
    ("event", "expected"),
    [("quiet", "none"), ("notice", "none"), ("probable", "possible"), ("confirmed", "possible")],
)
def test_threat_without_an_impact_region(event, expected):
    now, reason = threat_state(None, event)
    assert now == expected
    assert reason
