"""What a bus may still do to an arc: while it may, the ground is told of both, and no longer."""

import math
from dataclasses import replace

import numpy as np
import pytest

from tests.assess.classifying import INV_BETA, at_apogee, circular
from tocsin.assess.assess import assess
from tocsin.assess.assessment import Ellipse, Evidence, Place
from tocsin.assess.buses import BURNS, GAINS, LEAST, SHOWS_S, bus_ahead, push_gains, push_words
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

WINDOW_S = POST_BOOST.within_s  # 100 s
ICBM, SRBM, IRBM = (CLASSES.index(c) for c in ("icbm-solid", "srbm", "irbm"))
BURNOUT_T, HELD_T = -0.4 * WINDOW_S, -0.3 * WINDOW_S
AHEAD = 60.0 / (60.0 + 10.0 + SHOWS_S)
"""The chance at 0 that the push is to come: 10 s of 100 before the first look, 60 ahead."""


@pytest.fixture(scope="module")
def territories():
    return Territories(borders())


def case(held_t=HELD_T, burnout_t=BURNOUT_T, segment_t=HELD_T, now=0.0, last_t=None, rejected=False):
    state = at_apogee(900.0, 2600.0, sigma_v=4.0)
    solution = Solution("ballistic", state, None, segment_t, 1.0, True, rejected, held_t=held_t)
    grounds = Grounds(1, 40, (), True, True, True)
    times = {**NO_TIMES, "burnout_t": burnout_t}
    looks = ()
    if last_t is not None:
        looks = (
            Evidence(channel="r", phenomenology="radar", looks=9, first_t=-60.0, last_t=last_t, llr=9.0),
        )
    return Case("t-1", "alone", now, solution, grounds, looks, milestones=times)


def launched(t):
    flat = Ellipse(1.0, 1.0, 0.0)
    return Place(lat_deg=0.0, lon_deg=0.0, t=t, sigma_s=1.0, ellipse_50_km=flat, ellipse_90_km=flat)


def row(**p):
    out = np.zeros((1, len(CLASSES)))
    for name, share in p.items():
        out[0, CLASSES.index(name.replace("_", "-"))] = share
    return out


def test_the_chance_falls_with_what_the_looks_show():
    """After as long a time ahead it is less the longer they looked, until they would show it; by class."""
    for held, shows in ((0.0, 0.0), (-0.1 * WINDOW_S, 10.0), (-0.15 * WINDOW_S, 15.0), (HELD_T, SHOWS_S)):
        told = bus_ahead(case(held), None)
        assert told[ICBM] == told[IRBM] == pytest.approx(60.0 / (60.0 + held - BURNOUT_T + shows))
        assert told[SRBM] == told[CLASSES.index("satellite")] == 0.0


def test_the_time_runs_out():
    assert bus_ahead(case(now=BURNOUT_T + WINDOW_S), None)[ICBM] == 0.0
    assert bus_ahead(case(now=300.0), None)[ICBM] == 0.0


def test_what_comes_while_nobody_looks_is_still_to_be_seen():
    assert bus_ahead(case(now=500.0, last_t=0.0), None)[ICBM] == pytest.approx(AHEAD)


def test_what_the_covariance_holds_is_not_told_twice_nor_a_push_that_was_seen():
    assert not bus_ahead(case(held_t=None), None).any()
    assert not bus_ahead(case(rejected=True), None).any()


def test_a_burnout_that_nobody_saw_was_before_the_arc_began():
    alone = {"burnout_t": None, "segment_t": -10.0, "held_t": -10.0}
    assert bus_ahead(case(**alone), None)[ICBM] == pytest.approx(0.9)
    burn = BURNS[ICBM]
    for out in (-300.0, -60.0, -30.0):
        left, before = max(out + WINDOW_S, 0.0), min(-10.0 - out, WINDOW_S) + 10.0
        told = bus_ahead(case(**alone), launched(out - burn))
        assert told[ICBM] == pytest.approx(left / (left + before))
    # At the same launch the class that burns longer has more of the time ahead of it.
    assert told[IRBM] > told[ICBM]


def test_the_gain_is_that_of_the_classes_with_a_bus():
    even = np.ones((1, len(CLASSES))) * (GAINS > 0.0)
    assert push_gains(even, row(irbm=1.0))[0] == 30.0
    assert push_gains(even, row(srbm=0.5, icbm_solid=0.5))[0] == 100.0
    assert push_gains(even, row(irbm=0.5, slbm=0.5))[0] == pytest.approx(math.hypot(30.0, 100.0) / 2**0.5)
    assert GAINS[SRBM] == GAINS[CLASSES.index("satellite")] == 0.0


def test_territories_are_those_of_the_arc_and_of_what_is_pushed(territories):
    """Against 3,000 bodies of the same state, two in three of them pushed, flown one by one."""
    one = case()
    before = whereabouts([one], territories, INV_BETA)
    after = otherwise(before, row(icbm_solid=1.0), territories)[0]
    rng, state = np.random.default_rng(4), one.solution.state
    x = rng.multivariate_normal(state.x, state.P, 3000)
    pushed = rng.random(len(x)) < AHEAD
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


def test_what_a_push_sends_into_an_orbit_falls_by_its_class(territories):
    """Nearly in orbit: 25 of 100 pushed points would stay up, of what is built to come down next to none."""
    fast = circular(250.0).x.copy()
    fast[3:] *= 0.982
    told = case()
    state = replace(told.solution.state, x=fast)
    found = whereabouts([replace(told, solution=replace(told.solution, state=state))], territories, INV_BETA)
    assert found[0].orbit == 0.0
    after = otherwise(found, row(icbm_solid=1.0), territories)[0]
    assert 0.0 < after.orbit < 0.05
    assert after.landed + after.orbit == pytest.approx(1.0, abs=0.02)


def test_it_is_told_with_its_chance_and_that_the_figure_is_assumed(territories):
    even = 0.5 * (GAINS > 0.0)
    assert push_words(even, row(irbm=0.5, srbm=0.5)[0].tolist()) == (
        "a bus may push it yet, with 0.25: by 30 m/s an axis, 1 sigma (assumed)",
    )
    assert push_words(even, row(srbm=1.0)[0].tolist()) == push_words(None, row(irbm=1.0)[0].tolist()) == ()
    told = assess(case(), territories, INV_BETA).reasons
    assert [r for r in told if r.startswith("a bus may push it yet")]
    assert not [r for r in assess(case(now=WINDOW_S), territories, INV_BETA).reasons if "bus" in r]
