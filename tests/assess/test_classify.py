"""Classes of what is published, and what any probability of a class must hold to."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.assess.classifying import INV_BETA, at_apogee, circular, spread, track
from tocsin.assess.classify import CLASSES, LOFTS, MODEL, classes, classify, classify_all, stacked
from tocsin.assess.classify.names import BALLISTIC, LAUNCHED
from tocsin.errors import TocsinError
from tocsin.estimate.ballistic import Gaussian
from tocsin.estimate.body import Body


def told(state, **known):
    return classify(track(state, **known))


def likest(state, **known):
    named = told(state, **known)[0]
    return max(named, key=named.get)


def test_the_published_hwasong_14_is_intercontinental_and_lofted():
    """2,802 km high and 933 km far, seen burning for some four minutes: its energy would reach 6,000 km."""
    named, loft = told(at_apogee(2802.0, 933.0), sea=0.0, light=True, light_s=240.0)
    assert named["icbm-liquid"] + named["icbm-solid"] > 0.95
    assert named["icbm-liquid"] > named["icbm-solid"]
    assert loft["lofted"] > 0.999
    # What Russia said of it, 535 and 510 km, is of medium range at the most.
    other = told(at_apogee(535.0, 510.0), sea=0.0, light=True, light_s=240.0)[0]
    assert other["icbm-liquid"] + other["icbm-solid"] + other["irbm"] < 0.01


def test_the_published_black_brant_is_a_sounding_rocket():
    """1,453 km high, down some 1,200 km away; four small stages burn for a minute."""
    assert likest(at_apogee(1453.0, 1200.0), sea=0.0, light=True, light_s=45.0) == "sounding-rocket"


def test_the_orbit_of_the_space_station_is_a_satellites():
    named = told(circular(420.0), light=False)[0]
    assert named["satellite"] > 0.9
    assert likest(circular(420.0)) == "satellite"
    # The same orbit of what was seen to burn for seven minutes is a launch.
    assert told(circular(420.0), sea=0.0, light=True, light_s=420.0)[0]["space-launch"] > 0.9


def test_what_came_in_over_chelyabinsk_is_a_meteor():
    """19 km/s at 18 deg to the horizontal, seen for some ten seconds."""
    climb = math.radians(-18.0)
    x = np.array([6371e3 + 80e3, 0.0, 0.0, 19e3 * math.sin(climb), 19e3 * math.cos(climb), 0.0])
    assert told(Gaussian(0.0, x, spread(300.0)), light=True, light_s=10.0)[0]["meteor"] > 0.95


@pytest.mark.parametrize(
    ("apogee_km", "range_km", "name"),
    [(100.0, 400.0, "srbm"), (400.0, 1800.0, "mrbm"), (770.0, 3700.0, "irbm"), (1300.0, 9000.0, "icbm")],
)
def test_a_class_for_each_range_of_published_usage(apogee_km, range_km, name):
    named, loft = told(at_apogee(apogee_km, range_km), sea=0.0, light=True)
    assert sum(p for c, p in named.items() if c.startswith(name)) > 0.8
    assert loft["normal"] > 0.95


@pytest.mark.parametrize(
    ("apogee_km", "loft"), [(300.0, "depressed"), (1100.0, "normal"), (3000.0, "lofted")]
)
def test_an_arc_of_6000_km_by_its_apogee(apogee_km, loft):
    """That of least energy peaks at 1,140 km (minimum_energy.csv, between 5,500 and 8,000 km)."""
    assert told(at_apogee(apogee_km, 6000.0))[1][loft] > 0.95


def test_a_burn_of_five_minutes_is_liquid_and_one_of_two_solid():
    at = at_apogee(1300.0, 9000.0)
    long, short = (told(at, sea=0.0, light=True, light_s=s)[0] for s in (260.0, 120.0))
    assert long["icbm-liquid"] > 3.0 * long["icbm-solid"]
    assert short["icbm-solid"] > 3.0 * short["icbm-liquid"]


def test_from_the_sea_it_is_submarine_launched():
    sure, half, never = (
        told(at_apogee(1300.0, 9000.0), light=True, sea=sea)[0]["slbm"] for sea in (1.0, 0.5, 0.0)
    )
    assert sure > 0.8
    assert never < 0.05
    assert never < half < sure


def test_drag_learnt_in_the_air_tells_a_stage_from_a_warhead():
    """The same arc: m/(Cd A) of 150 kg/m2 is no missile's, of 9,000 no stage's."""
    state = at_apogee(120.0, 400.0)
    P = np.zeros((7, 7))
    P[:6, :6], P[6, 6] = state.P, 0.1**2
    light, heavy = (
        told(state, learnt=Body(0.0, state.x, P, 1.0 / beta))[0]["srbm"] for beta in (150.0, 9000.0)
    )
    assert light < 0.2 < 0.7 < heavy
    wide = P.copy()
    wide[6, 6] = 0.58**2
    as_given = told(state, learnt=Body(0.0, state.x, wide, INV_BETA))[0]
    assert as_given == told(state)[0]  # no better known than the prior says: it tells nothing


def test_what_manoeuvres_is_rather_a_glide():
    at = at_apogee(150.0, 3000.0)
    moves, falls = (told(at, phase=phase)[0] for phase in ("manoeuvring", "ballistic"))
    assert moves["glide"] / moves["irbm"] > 2.0 * falls["glide"] / falls["irbm"]


def test_while_it_burns_a_greater_speed_leaves_fewer_classes():
    def burning(speed):
        x = np.array([6371e3 + 60e3, 0.0, 0.0, 0.6 * speed, 0.8 * speed, 0.0])
        return told(Gaussian(0.0, x, spread(50.0)), phase="boost", light=True, light_s=60.0)[0]

    slow, fast = burning(2200.0), burning(5500.0)
    assert slow["srbm"] + slow["mrbm"] > 0.1
    assert fast["srbm"] + fast["mrbm"] < 0.01
    assert max(slow.values()) < 0.7


def test_nothing_known_is_the_rates():
    named, loft = told(None, phase="unobservable")
    assert list(named.values()) == pytest.approx(np.array(MODEL.rates) / sum(MODEL.rates))
    assert 0.1 < loft["depressed"] < loft["lofted"] < loft["normal"]
    assert named["unknown"] > 0.01


def test_an_uncertain_state_leaves_many_classes_open():
    sharp, wide = (np.array(list(told(at_apogee(1000.0, 5000.0, s))[0].values())) for s in (5.0, 2500.0))
    assert wide.max() < sharp.max()
    assert np.sum(wide > 0.02) > np.sum(sharp > 0.02)
    assert -np.sum(wide * np.log(wide + 1e-300)) > -np.sum(sharp * np.log(sharp + 1e-300)) + 0.3


def test_beyond_every_class_it_is_unknown():
    """A level 13 km/s in the air that nothing shone at: too slow for most meteors, too fast for the rest."""
    x = np.array([6371e3 + 300e3, 0.0, 0.0, 0.0, -9.0e3, 0.0])
    named = told(Gaussian(0.0, x, spread(10.0)), light=False)[0]
    assert named["unknown"] > 0.01


@given(
    st.floats(60.0, 3000.0),
    st.floats(100.0, 9000.0),
    st.floats(0.1, 5000.0),
    st.sampled_from(["boost", "ballistic", "manoeuvring", "unobservable"]),
    st.sampled_from([None, True, False]),
    st.one_of(st.none(), st.floats(0.0, 1.0)),
    st.one_of(st.none(), st.floats(0.0, 900.0)),
)
def test_the_probabilities_sum_to_one(apogee_km, range_km, sigma_v, phase, light, sea, light_s):
    at = at_apogee(apogee_km, range_km, sigma_v)
    known = track(at, phase=phase, light=light, sea=sea, light_s=light_s)
    named, loft = classify(known)
    assert tuple(named) == CLASSES
    assert tuple(loft) == LOFTS
    for row in (named, loft):
        assert sum(row.values()) == pytest.approx(1.0)
        assert all(0.0 <= p <= 1.0 for p in row.values())


def test_more_energy_never_makes_it_of_shorter_range():
    """Missiles on least-energy arcs: the expected edge of reach rises with the range, step by step."""
    rank = np.array([0, 1, 2, 3, 3])
    means = []
    for range_km in np.geomspace(300.0, 12_000.0, 40):
        top = 0.25 * range_km if range_km < 2000.0 else 0.18 * range_km
        p = classes(track(at_apogee(top, range_km, 30.0), sea=0.0, light=True))[0, :5]
        means.append(float(rank @ p / p.sum()))
    assert np.all(np.diff(means) > -1e-3)
    assert means[0] < 0.01
    assert means[-1] > 2.99


def test_one_alone_is_as_in_a_batch():
    parts = [
        track(at_apogee(100.0 + 50.0 * k, 400.0 + 200.0 * k), light=k % 2 == 0, sea=0.1 * k) for k in range(8)
    ] + [track(None, phase="unobservable"), track(circular(500.0), phase="boost", light=True, light_s=99.0)]
    p, loft = classify_all(stacked(parts))
    for k, part in enumerate(parts):
        alone, its = classify_all(part)
        np.testing.assert_allclose(alone[0], p[k], rtol=1e-12)
        np.testing.assert_allclose(its[0], loft[k], rtol=1e-12)


def test_a_class_that_never_comes_is_never_told():
    rates = tuple(
        0.0 if name == "sounding-rocket" else r for name, r in zip(CLASSES, MODEL.rates, strict=True)
    )
    named, _ = classify(track(at_apogee(1000.0, 500.0)), replace(MODEL, rates=rates))
    assert named["sounding-rocket"] == 0.0
    assert sum(named.values()) == pytest.approx(1.0)


def test_a_model_that_cannot_be_is_told_all_at_once():
    with pytest.raises(TocsinError) as told:
        replace(MODEL, rates=(1.0,), beta=(-1.0,) * len(CLASSES), loft=((1.0, 0.0),))
    words = str(told.value)
    assert all(name in words for name in ("rates", "beta", "loft:"))


def test_the_classes_are_those_of_the_design():
    assert BALLISTIC == ("srbm", "mrbm", "irbm", "icbm-liquid", "icbm-solid", "slbm")
    assert {"re-entry", "meteor", "satellite", "unknown"}.isdisjoint(LAUNCHED)
