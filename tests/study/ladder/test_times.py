"""When a picture came to each state, of logs made by hand."""

from tests.study.ladder.lines import line
from tocsin.study.ladder.times import joint_pictures, soonest, times_of

LOG = (
    line(12.0, "notice", what="first satellite look", known_t=14.0),
    line(14.0, "notice"),
    line(20.0, "probable", "possible"),
    line(90.0, "confirmed", "probable", impact_t=900.0),
    line(200.0, "confirmed", "confirmed", impact_t=903.0),
    line(905.0, "closed", "confirmed", closed_by="the predicted impact has passed"),
)


def test_each_state_counts_from_when_it_was_known():
    found = times_of(LOG)
    assert found.first_look == 12.0
    assert found.event == {"notice": 14.0, "probable": 20.0, "confirmed": 90.0}
    assert found.threat == {"possible": 20.0, "probable": 90.0, "confirmed": 200.0}
    assert (found.surest, found.gravest, found.tracks) == ("confirmed", "confirmed", 1)
    assert found.impact_t == 903.0
    assert found.none_t is None
    assert found.closed_by == (("russia-1", "the predicted impact has passed"),)
    assert found.since_first_look(found.event["confirmed"]) == 78.0


def test_a_log_says_the_same_in_any_order():
    assert times_of(LOG[::-1]) == times_of(LOG)


def test_a_state_that_was_passed_over_is_reached_with_the_next():
    found = times_of((line(30.0, "confirmed (degraded)", "probable"),))
    assert found.event == {"notice": 30.0, "probable": 30.0, "confirmed": 30.0}
    assert found.threat == {"possible": 30.0, "probable": 30.0, "confirmed": None}
    assert found.first_look is None


def test_the_threat_is_none_once_no_track_that_stands_is_one():
    falls = (
        line(10.0, "probable", "possible"),
        line(11.0, "probable", "possible", track="russia-2"),
        line(50.0, "confirmed", "none"),
        line(60.0, "probable", "possible", track="russia-2", what="merged"),
    )
    assert times_of(falls[:3]).none_t is None
    assert times_of(falls).none_t == 60.0
    assert times_of(falls).tracks == 1


def test_of_two_centres_the_first_counts_and_calm_is_when_both_are():
    """The one sees it itself and confirms, the other hears of it."""
    log = (
        line(10.0, "notice", what="first radar look", track="china-1"),
        line(50.0, "confirmed (degraded)", "possible", track="china-1", impact_t=800.0),
        line(70.0, "confirmed (degraded)", "none", track="china-1", impact_t=801.0),
        line(40.0, "probable", "possible"),
        line(90.0, "probable", "none", impact_t=900.0),
        line(5.0, "confirmed", "confirmed", picture="alone"),
    )
    russia, china = joint_pictures(log)
    assert (russia.event["confirmed"], china.event["confirmed"]) == (None, 50.0)
    both = soonest((russia, china))
    assert both.event == {"notice": 10.0, "probable": 40.0, "confirmed": 50.0}
    assert (both.surest, both.gravest, both.none_t) == ("confirmed (degraded)", "possible", 90.0)
    assert both.impact_t == 801.0
    assert soonest(joint_pictures(log[:2] + log[3:])).none_t is None
    assert soonest(()) == times_of(())
