"""What a bus may still do to an arc: while it may, the ground is told of both, and no longer."""

import math

import numpy as np
import pytest

from tests.assess.classifying import INV_BETA, at_apogee
from tocsin.assess.assess import assess
from tocsin.assess.assessment import Ellipse, Place
from tocsin.assess.buses import GAINS, LEAST, LONGEST_BURN_S, bus_ahead, push_gains, push_words
from tocsin.assess.case import NO_TIMES, Case
from tocsin.assess.classify import CLASSES
from tocsin.assess.ladder.grounds import Grounds
from tocsin.assess.otherwise import otherwise
from tocsin.assess.territory import Territories
from tocsin.assess.whereabouts import whereabouts
from tocsin.catalogue import borders
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.motion.ballistic import impacts
from tocsin.track.post_boost import POST_BOOST
from tocsin.track.solution import Solution

WINDOW_S = POST_BOOST.within_s
BURNOUT_T = -0.4 * WINDOW_S
"""Of a state at 0: six tenths of the time in which a bus may push are to come."""


@pytest.fixture(scope="module")
def territories():
    return Territories(borders())


def case(state=None, held_t=-30.0, burnout_t=BURNOUT_T, segment_t=-30.0, now=0.0):
    state = at_apogee(900.0, 2600.0, sigma_v=4.0) if state is None else state
    solution = Solution("ballistic", state, None, segment_t, 1.0, True, False, held_t=held_t)
    grounds = Grounds(1, 40, (), True, True, True)
    times = {**NO_TIMES, "burnout_t": burnout_t}
    return Case("t-1", "alone", now, solution, grounds, milestones=times)


def launched(t):
    flat = Ellipse(1.0, 1.0, 0.0)
    return Place(lat_deg=0.0, lon_deg=0.0, t=t, sigma_s=1.0, ellipse_50_km=flat, ellipse_90_km=flat)


def row(**p):
    out = np.zeros((1, len(CLASSES)))
    for name, share in p.items():
        out[0, CLASSES.index(name.replace("_", "-"))] = share
    return out


def test_the_time_in_which_it_may_push_runs_out():
    shares = [bus_ahead(case(now=BURNOUT_T + s * WINDOW_S), None) for s in (0.0, 0.4, 0.99, 1.0, 3.0)]
    assert shares == pytest.approx([1.0, 0.6, 0.01, 0.0, 0.0])


def test_what_the_covariance_holds_is_not_told_twice():
    assert bus_ahead(case(held_t=None), None) == 0.0


def test_a_burnout_that_nobody_saw_was_before_the_arc_began():
    assert bus_ahead(case(burnout_t=None, segment_t=-10.0), None) == pytest.approx(1.0 - 10.0 / WINDOW_S)
    long_ago = launched(-10.0 - LONGEST_BURN_S - WINDOW_S)
    assert bus_ahead(case(burnout_t=None, segment_t=-10.0), long_ago) == 0.0
    lately = launched(-20.0 - LONGEST_BURN_S)
    assert bus_ahead(case(burnout_t=None, segment_t=-10.0), lately) == pytest.approx(1.0 - 20.0 / WINDOW_S)


def test_the_gain_is_that_of_the_classes_with_a_bus():
    assert push_gains(row(irbm=1.0))[0] == 30.0
    assert push_gains(row(srbm=0.5, icbm_solid=0.5))[0] == 100.0
    assert push_gains(row(irbm=0.5, slbm=0.5))[0] == pytest.approx(math.sqrt((30.0**2 + 100.0**2) / 2.0))
    assert GAINS[CLASSES.index("srbm")] == GAINS[CLASSES.index("satellite")] == 0.0


def test_territories_are_those_of_the_arc_and_of_what_is_pushed(territories):
    """Against 3,000 bodies of the same state, six in ten of them pushed, flown one by one."""
    one = case()
    before = whereabouts([one], territories, INV_BETA)
    after = otherwise(before, row(icbm_solid=1.0), territories)[0]
    rng, state = np.random.default_rng(4), one.solution.state
    x = rng.multivariate_normal(state.x, state.P, 3000)
    pushed = rng.random(len(x)) < 0.6
    x[pushed, 3:] += 100.0 * rng.standard_normal((pushed.sum(), 3))
    _, _, ends = impacts(0.0, np.ascontiguousarray(x), np.full(len(x), INV_BETA))
    lat, lon, _ = geodetic_from_ecef(ends[:, :3])
    owned = territories.told(np.stack([lat, lon], axis=1)[None], np.ones(1), np.zeros(1))[0][0]
    assert len([p for p in owned.values() if p > 0.05]) >= 2
    for name in {*owned, *after.territory}:
        assert after.territory.get(name, 0.0) == pytest.approx(owned.get(name, 0.0), abs=0.04), name
    arc = before[0].territory
    assert max(abs(arc.get(name, 0.0) - p) for name, p in owned.items()) > 0.15
    assert math.fsum(after.territory.values()) == 1.0
    assert (after.impact, after.places is before[0].places) == (before[0].impact, True)


def test_what_has_no_bus_comes_down_where_its_arc_ends(territories):
    before = whereabouts([case()], territories, INV_BETA)
    assert otherwise(before, row(srbm=1.0 - LEAST, irbm=LEAST), territories)[0] is before[0]
    past = whereabouts([case(now=WINDOW_S)], territories, INV_BETA)
    assert otherwise(past, row(icbm_solid=1.0), territories)[0] is past[0]


def test_it_is_told_with_its_chance_and_that_the_figure_is_assumed(territories):
    assert push_words(0.5, row(irbm=0.5, srbm=0.5)[0].tolist()) == (
        "a bus may push it yet: 0.25 by class and time since burnout, 30 m/s (assumed)",
    )
    assert push_words(0.5, row(srbm=1.0)[0].tolist()) == ()
    told = assess(case(), territories, INV_BETA).reasons
    assert [r for r in told if r.startswith("a bus may push it yet")]
    assert not [r for r in assess(case(now=WINDOW_S), territories, INV_BETA).reasons if "bus" in r]
