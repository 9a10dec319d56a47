"""Bars, levels and danger on histories made by hand."""

import math

import pytest

from tocsin.assess.ladder.rules import CONFIRMED, DEGRADED, NOTICE, OWN, PROBABLE
from tocsin.study.false_alarm.history import FARTHEST, Bar, Moment, confirmed_at, danger, level_of


def moment(t, factor=8.0, p=None, event="confirmed", threat="possible", met=(), **rest):
    rules = frozenset({NOTICE, OWN, PROBABLE, CONFIRMED, *met})
    given = {"track": "alone a-1", "both": True, "closed": False, "left_s": None, **rest}
    return Moment(t=t, met=given.pop("rules", rules), factor=factor, p=p, event=event, threat=threat, **given)


def test_the_event_stays_confirmed_and_the_threat_is_asked_anew():
    history = (moment(0.0), moment(5.0, factor=1.0, p=0.5), moment(9.0, factor=1.0, p=0.95))
    assert confirmed_at(history, Bar()).t == 9.0
    assert confirmed_at(history, Bar(probability=0.5)).t == 5.0
    assert confirmed_at(history, Bar(factor=9.0)) is None
    assert confirmed_at(history, Bar(probability=0.99)) is None


def test_a_closed_event_has_to_be_confirmed_again():
    history = (moment(0.0), moment(5.0, closed=True), moment(9.0, factor=1.0, p=1.0))
    assert confirmed_at(history, Bar()) is None
    assert confirmed_at((*history, moment(12.0, p=1.0)), Bar()).t == 12.0


def test_each_track_stands_alone_and_a_partners_word_is_not_enough():
    history = (moment(0.0), moment(5.0, factor=1.0, p=1.0, track="alone a-2"))
    assert confirmed_at(history, Bar()) is None
    word = moment(0.0, p=1.0, rules=frozenset({NOTICE, CONFIRMED}))
    assert confirmed_at((word,), Bar()) is None


def test_one_phenomenology_is_a_lower_bar():
    one = moment(0.0, p=1.0, rules=frozenset({NOTICE, OWN, PROBABLE}))
    assert confirmed_at((one,), Bar()) is None
    assert confirmed_at((one,), Bar(alone=True)) is one
    degraded = moment(0.0, p=1.0, rules=frozenset({NOTICE, OWN, DEGRADED}))
    assert confirmed_at((degraded,), Bar()) is degraded


def test_levels_are_those_of_one_track_and_none_is_passed_over():
    assert level_of(()) == 0
    assert level_of((moment(0.0, event="notice", both=False),)) == 1
    assert level_of((moment(0.0, event="probable", both=True),)) == 3
    assert level_of((moment(0.0),)) == 4
    assert level_of((moment(0.0), moment(1.0, p=1.0, threat="confirmed"))) == 5
    apart = (moment(0.0, event="probable", both=False), moment(0.0, event="notice", track="alone a-2"))
    assert level_of(apart) == 2


def test_danger_is_nought_where_a_threat_is_confirmed_and_nowhere_else():
    assert danger(()) == -math.inf
    assert danger((moment(0.0, p=0.95),)) == 0.0
    assert danger((moment(0.0, p=0.5),)) == pytest.approx(-math.log10(9.0))
    assert (
        danger((moment(0.0, factor=1.0, p=0.95, rules=frozenset({NOTICE, OWN, PROBABLE, CONFIRMED})),))
        == -3.0
    )
    history = (moment(0.0), moment(5.0, factor=1.0, p=0.95))
    assert danger(history) == 0.0
    assert danger(history, Bar(factor=9.0)) == -8.0


def test_danger_adds_what_event_and_threat_lack():
    # Three decades of the factor, one rule, the second phenomenology, and the odds of P.
    one = moment(0.0, factor=1.0, p=0.5, both=False, rules=frozenset({NOTICE, OWN}))
    assert danger((one,)) == pytest.approx(-(3.0 + 1.0 + 2.0 + math.log10(9.0)))
    assert danger((one, moment(1.0, p=0.5))) == pytest.approx(-math.log10(9.0))
    # A closed event is never one, but one whose evidence was near it is nearer than others.
    assert danger((moment(0.0, p=0.99, closed=True),)) == -1.0
    assert danger((moment(0.0, factor=-9.0, p=0.99, closed=True),)) == -14.0


def test_danger_far_from_protected_ground_goes_by_the_distance():
    near, far = (danger((moment(0.0, p=1e-9, away=away),)) for away in (3.0, 5.0))
    assert 0.0 > near > far
    assert near - far == pytest.approx(0.5 * (25.0 - 9.0) / math.log(10.0))
    assert danger((moment(0.0, p=1e-9, away=math.inf),)) == -FARTHEST
    assert danger((moment(0.0),)) == -FARTHEST
