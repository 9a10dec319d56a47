"""Whether a partner's track is one with ours: only what can be set against it says so."""

import numpy as np
import pytest
from msgspec import structs

from tests.exchange.making import a_report
from tests.track.test_solve import BANK, CHANNELS, arc_of, northward, radar_looks
from tocsin.assess.assessment import StateEstimate
from tocsin.centre.partner import joined
from tocsin.track.members import Member
from tocsin.track.solve import solve


class OneTrack:
    """A tracker with one track of radar looks, as far as it is asked."""

    def __init__(self, looks):
        self.looks = looks
        self.alone = self.solution(0)

    def members_of(self, system):
        t = self.looks.t
        return (Member(0, 2, float(t[0]), float(t[-1]), len(t), 50.0, True),)

    def solution(self, system, others=(), free_from=None):
        return solve(self.looks, CHANNELS, BANK, None, None, others, free_from)


@pytest.fixture
def flight():
    ascent, rng = northward(3)
    t = ascent.t_launch + ascent.cutoff + 60.0 + 7.0 * np.arange(20)
    return ascent, OneTrack(radar_looks(arc_of(ascent, t), t, rng)), t


def report(ascent, t, burnout_t, aside_m=0.0):
    """The partner's, by telescopes that saw the engine's end, and its state so far aside."""
    x = arc_of(ascent, np.array([t]))[0] + np.array([aside_m, 0.0, 0.0, 0.0, 0.0, 0.0])
    P = np.diag([2e3] * 3 + [30.0] * 3) ** 2
    state = StateEstimate(t=float(t), x=tuple(x.tolist()), P=tuple(P.ravel().tolist()))
    return structs.replace(a_report(), state=state, burnout_t=float(burnout_t), first_radar_t=None)


def test_looks_from_before_the_end_that_the_partner_saw_make_no_one_track(flight):
    """Of another body, 500 km off and no longer in our view: any burnout anywhere would fit them."""
    ascent, tracker, t = flight
    later = t[-1] + 30.0
    told = report(ascent, later, later, aside_m=5e5)
    assert tracker.alone.phase == "ballistic"
    assert joined(tracker, 0, "ours", tracker.alone, {"theirs": told}, {}) == (tracker.alone, None)


def test_a_track_that_was_one_with_ours_before_goes_on_by_the_partners_word(flight):
    """As one that was found while it burnt, of which we have seen nothing since."""
    ascent, tracker, t = flight
    later = t[-1] + 30.0
    told = report(ascent, later, later)
    found, by = joined(tracker, 0, "ours", tracker.alone, {"theirs": told}, {told.track: "ours"})
    assert (found.phase, by) == ("ballistic", told)


@pytest.mark.parametrize(("aside_m", "one"), [(0.0, True), (5e5, False)])
def test_looks_since_then_are_set_against_the_partners_arc(flight, aside_m, one):
    ascent, tracker, _ = flight
    out = ascent.t_launch + ascent.cutoff
    told = report(ascent, out, out, aside_m)
    _, by = joined(tracker, 0, "ours", tracker.alone, {"theirs": told}, {})
    assert (by is told) is one
