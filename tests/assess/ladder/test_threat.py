"""The threat state: thresholds, hysteresis, and what a prior of attack would change."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.assess.evidence.hypotheses import Weighed
from tocsin.assess.ladder.threat import THREATS, shifted, short_of_confirmed, threat_state
from tocsin.catalogue.protected import Protected, WarningSettings

SETTINGS = WarningSettings(
    (Protected("Russia", ("RU",)), Protected("China", ("CN",))), 0.01, 0.5, 0.9, 0.8, 1e-4, 0.5
)
SHARE = 0.052
EVENTS = ("quiet", "notice", "probable", "confirmed (degraded)", "confirmed", "closed")


def weighed(ratio: float = 1.0) -> Weighed:
    either = {"launch elsewhere": 0.0, "launch toward us": math.log(ratio)}
    return Weighed(either, 0.0, 0.0, "nothing")  # type: ignore[arg-type]


def threat(p, event="confirmed", before="none", ratio=1.0, settings=SETTINGS, over=False):
    return threat_state(p, SHARE, event, before, weighed(ratio), settings, over)


@pytest.mark.parametrize(
    ("p", "event", "expected"),
    [
        (0.0, "confirmed", "none"),
        (0.009, "confirmed", "none"),
        (0.011, "confirmed", "possible"),
        (0.49, "confirmed", "possible"),
        (0.51, "confirmed", "probable"),
        (0.6, "probable", "probable"),
        (0.89, "confirmed", "probable"),
        (0.91, "confirmed", "confirmed"),
        (0.95, "confirmed (degraded)", "confirmed"),
        (0.99, "probable", "probable"),  # the event is not confirmed
        (0.99, "notice", "probable"),
    ],
)
def test_threat_by_probability_on_protected_ground(p, event, expected):
    step = threat(p, event)
    assert step.state == expected
    assert f"{p:.3f}" in step.reason
    assert "Russia, China" in step.reason


@pytest.mark.parametrize(
    ("event", "expected"),
    [("quiet", "none"), ("notice", "none"), ("probable", "possible"), ("confirmed", "possible")],
)
def test_threat_without_an_impact_region(event, expected):
    step = threat(None, event)
    assert step.state == expected
    assert step.reason


def test_without_a_region_the_silence_of_sensors_excludes_protected_ground():
    assert threat(None, "probable", ratio=1 / 99.0).state == "possible"
    step = threat(None, "probable", ratio=1 / 101.0)
    assert step.state == "none"
    assert "silent" in step.reason


@pytest.mark.parametrize(
    ("before", "p", "expected"),
    [
        ("confirmed", 0.73, "confirmed"),
        ("confirmed", 0.71, "probable"),
        ("probable", 0.41, "probable"),
        ("probable", 0.39, "possible"),
        ("possible", 0.0081, "possible"),
        ("possible", 0.0079, "none"),
        ("none", 0.0081, "none"),
    ],
)
def test_a_state_falls_only_well_below_its_threshold(before, p, expected):
    assert threat(p, before=before).state == expected


def test_a_closed_event_is_no_threat_but_keeps_what_it_was_when_its_impact_passed():
    assert threat(0.99, "closed", "confirmed").state == "none"
    assert threat(0.99, "closed", "confirmed", over=True).state == "confirmed"


def test_what_a_prior_of_attack_changes_is_told():
    """p = 0.052 is what the share alone gives, so a prior of one half gives one half."""
    assert shifted(SHARE, SHARE, 0.5) == pytest.approx(0.5)
    sure = threat(1.0 - 1e-9)
    assert sure.same
    assert "prior" not in sure.reason
    open_ = threat(0.7)
    assert (open_.at_least, open_.at_most) == ("none", "confirmed")
    assert not open_.same
    assert "0.0001" in open_.reason
    narrow = replace(SETTINGS, prior_low=0.04, prior_high=0.06)
    assert threat(0.7, settings=narrow).same


@given(st.floats(0.0, 1.0), st.floats(1e-6, 0.999), st.floats(1e-6, 0.999))
def test_a_greater_prior_never_lowers(p, q1, q2):
    low, high = sorted((q1, q2))
    assert shifted(p, SHARE, low) <= shifted(p, SHARE, high) + 1e-12
    assert 0.0 <= shifted(p, SHARE, low) <= 1.0


@given(
    st.none() | st.floats(0.0, 1.0),
    st.sampled_from(EVENTS),
    st.sampled_from(THREATS),
    st.floats(1e-6, 1e6),
)
def test_confirmed_needs_a_confirmed_event_and_every_state_a_reason(p, event, before, ratio):
    step = threat(p, event, before, ratio)
    assert step.reason
    if step.state == "confirmed":
        assert event.startswith("confirmed")
        assert p is not None
        assert p >= 0.72
    assert THREATS.index(step.at_least) <= THREATS.index(step.at_most)


@pytest.mark.parametrize(
    ("p", "before", "expected"),
    [
        (0.95, "none", "probable"),
        (0.95, "probable", "probable"),
        (0.95, "confirmed", "confirmed"),
        (0.6, "none", "probable"),
        (0.2, "none", "possible"),
    ],
)
def test_nothing_is_confirmed_while_another_stage_may_light(p, before, expected):
    step = short_of_confirmed(threat(p, before=before), before, "another stage may light")
    assert step.state == expected
    assert all(THREATS.index(end) <= THREATS.index(expected) for end in (step.at_least, step.state))
    assert ("another stage" in step.reason) == (p == 0.95 and before != "confirmed")
