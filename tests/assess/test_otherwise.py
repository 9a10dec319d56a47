"""Territories with what the classes say: sums, glides, light bodies, fractional orbits, what is in orbit."""

import math

import numpy as np
import pytest

from tests.assess.classifying import INV_BETA, at_apogee, circular
from tocsin.assess.case import Case
from tocsin.assess.classify import CLASSES
from tocsin.assess.ladder.grounds import Grounds
from tocsin.assess.otherwise import otherwise
from tocsin.assess.revolution import SOONEST, ahead
from tocsin.assess.territory import Territories, mixed
from tocsin.assess.whereabouts import whereabouts
from tocsin.catalogue import borders
from tocsin.earth.constants import OMEGA
from tocsin.motion.ballistic import propagate
from tocsin.track.solution import Solution


@pytest.fixture(scope="module")
def territories():
    return Territories(borders())


def found(state, territories, phase="ballistic"):
    solution = Solution(phase, state, None, None, 1.0, False, False)
    grounds = Grounds(0, 0, (), True, False, phase == "ballistic")
    return whereabouts([Case("t-1", "alone", state.t, solution, grounds)], territories, INV_BETA)


def classes(**p):
    row = np.zeros((1, len(CLASSES)))
    for name, share in p.items():
        row[0, CLASSES.index(name.replace("_", "-"))] = share
    assert row.sum() == pytest.approx(1.0)
    return row


def whole(where):
    told = where.territory
    assert math.fsum(told.values()) == 1.0
    assert min(told.values()) > -1e-12
    assert told["orbit"] == pytest.approx(where.orbit, abs=1e-12)
    return told


def test_a_missile_comes_down_where_its_arc_ends(territories):
    before = found(at_apogee(500.0, 3000.0), territories)
    after = otherwise(before, classes(irbm=0.99, glide=0.01), territories)
    assert after[0] is before[0]


def test_a_glide_takes_its_share_of_where_it_comes_down(territories):
    before = found(at_apogee(130.0, 3000.0), territories)
    half, all_ = (otherwise(before, classes(glide=p, irbm=1.0 - p), territories)[0] for p in (0.5, 1.0))
    alone, arc = whole(all_), whole(before[0])
    assert alone != arc
    for name in {*alone, *arc}:
        mean = 0.5 * (alone.get(name, 0.0) + arc.get(name, 0.0))
        assert whole(half).get(name, 0.0) == pytest.approx(mean, abs=1e-12)
    assert half.impact == before[0].impact


def test_what_is_built_for_an_orbit_is_sooner_in_one(territories):
    """A perigee at the ground within its errors: the state alone has both, its class decides."""
    state = circular(150.0, sigma_v=60.0)
    before = found(state, territories)[0]
    assert 0.1 < before.orbit < 0.9
    up, down = (
        otherwise([before], classes(**{name: 1.0}), territories)[0] for name in ("space_launch", "irbm")
    )
    o = before.orbit / (1.0 - before.orbit)
    assert up.orbit == pytest.approx(12.0 * o / (1.0 + 12.0 * o), abs=1e-9)
    assert down.orbit == pytest.approx(0.05 * o / (1.0 + 0.05 * o), abs=1e-9)
    for one in (up, down):
        whole(one)
        lands = one.landed / before.landed
        assert lands == pytest.approx((1.0 - one.orbit) / (1.0 - before.orbit), abs=1e-9)
        for name, share in before.territory.items():
            if name not in ("orbit", "none"):
                assert one.territory[name] == pytest.approx(lands * share, abs=1e-9)


def test_a_fractional_orbit_comes_down_somewhere_on_its_way(territories):
    before = found(circular(250.0), territories)
    assert before[0].orbit == 1.0
    after = otherwise(before, classes(fractional_orbit=0.3, satellite=0.7), territories)[0]
    assert after.orbit == pytest.approx(0.7, abs=1e-9)
    assert whole(after)["none"] > 0.05
    assert len(after.territory) > 4
    satellite = otherwise(before, classes(satellite=1.0), territories)[0]
    assert satellite.territory == before[0].territory


def test_its_way_is_that_of_the_orbit():
    """Against the state flown: places of the circle lie under it, to a degree and a half."""
    state = circular(200.0)
    places = ahead(state.x[None], np.array([0.0]), 25)[0]
    rate = np.linalg.norm(state.x[3:] + np.cross([0.0, 0.0, OMEGA], state.x[:3])) / np.linalg.norm(
        state.x[:3]
    )
    t = np.arange(0.0, 2.0 * np.pi / rate, 2.0)
    r = propagate(0.0, state.x, 0.0, t)[:, :3]
    r /= np.linalg.norm(r, axis=1, keepdims=True)
    lat, lon = places.T
    there = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
    near = there @ r.T
    assert np.degrees(np.arccos(np.minimum(near.max(axis=1), 1.0))).max() < 1.5
    assert t[near.argmax(axis=1)].min() >= 0.9 * SOONEST / rate
    late = ahead(state.x[None], np.array([0.75 * 2.0 * np.pi / rate]), 25)[0]
    gone = t[(np.stack([np.cos(late[:, 0]) * np.cos(late[:, 1]), np.cos(late[:, 0]) * np.sin(late[:, 1]),
                        np.sin(late[:, 0])], axis=1) @ r.T).argmax(axis=1)]  # fmt: skip
    assert gone.max() < 0.3 * 2.0 * np.pi / rate


def test_a_light_body_from_an_orbit_falls_short(territories):
    """A flat arc at orbital speed, drag never seen: a missile's drag carries it on, a stage's does not."""
    state = at_apogee(160.0, 9000.0, sigma_v=3.0)
    before = found(state, territories)
    after = otherwise(before, classes(re_entry=1.0), territories)[0]
    assert whole(after) != before[0].territory
    assert after.landed == pytest.approx(1.0, abs=0.05)


def test_mixed_shares_sum_to_one():
    a, b = {"AA": 0.3, "orbit": 0.2, "none": 0.5}, {"BB": 0.9, "AA": 0.05, "orbit": 0.0, "none": 0.05}
    told = mixed([(0.25, a), (0.75, b)])
    assert told == pytest.approx({"BB": 0.675, "none": 0.1625, "AA": 0.1125, "orbit": 0.05})
    assert math.fsum(told.values()) == 1.0
    assert next(iter(told)) == "BB"
