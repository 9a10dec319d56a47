"""Classes by energy: the published table of least-energy arcs, and the energy of the published Hwasong-14."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.assess.classify import CLASSES, classify, energy_of, reach_km
from tocsin.earth.constants import OMEGA
from tocsin.estimate.ballistic import Gaussian

MU, RADIUS = 398600.4418e9, 6371e3
# Range km and burnout speed km/s of impulsive least-energy arcs on a sphere of 6,371 km that does not rotate:
# the project's table `minimum_energy.csv`, after Bate, Mueller and White, chapter 6.
TABLE = (
    (300, 1.69648),
    (1000, 3.01612),
    (3000, 4.86500),
    (5500, 6.07524),
    (8000, 6.80463),
    (13000, 7.58773),
    (15000, 7.75099),
)


@pytest.mark.parametrize(("range_km", "speed_km_s"), TABLE)
def test_reach_and_energy_as_in_the_table(range_km, speed_km_s):
    energy = (speed_km_s * 1e3) ** 2 / 2.0 - MU / RADIUS
    assert reach_km(energy) == pytest.approx(range_km, rel=2e-5)
    assert energy_of(range_km) == pytest.approx(energy, abs=1e-5 * (speed_km_s * 1e3) ** 2)


@given(st.floats(1.0, 20_000.0))
def test_one_is_the_inverse_of_the_other(range_km):
    assert reach_km(energy_of(range_km)) == pytest.approx(range_km, rel=1e-6)


def test_orbital_energy_reaches_everywhere():
    assert reach_km(-MU / RADIUS / 2.0 + 1.0) == math.inf
    assert reach_km(-MU / RADIUS) == 0.0


def at_apogee(apogee_km, range_km, sigma_v=20.0):
    """The state at the top of the two-body arc of a published apogee and range, on a sphere at rest."""
    top, half = RADIUS + apogee_km * 1e3, range_km * 1e3 / RADIUS / 2.0
    e = (top - RADIUS) / (top - RADIUS * math.cos(half))
    v = math.sqrt(MU * (2.0 / top - (1.0 + e) / top))
    x = np.array([top, 0.0, 0.0, 0.0, v - OMEGA * top, 0.0])
    return Gaussian(0.0, x, np.diag([1e3, 1e3, 1e3, sigma_v, sigma_v, sigma_v]) ** 2)


EVEN = {"icbm-liquid": 0.5, "icbm-solid": 0.5}


def test_the_published_hwasong_14_is_intercontinental():
    """2,802 km high and 933 km far: lofted, its energy would reach beyond 5,500 km."""
    told = classify(at_apogee(2802.0, 933.0), {"icbm-liquid": 0.99, "icbm-solid": 0.01}, 0.0)
    assert told["icbm-liquid"] > 0.9
    assert max(told, key=told.get) == "icbm-liquid"
    # What Russia said of it, 535 and 510 km, would be of medium range.
    other = classify(at_apogee(535.0, 510.0), EVEN, 0.0)
    assert max(other, key=other.get) == "mrbm"


@pytest.mark.parametrize(
    ("apogee_km", "range_km", "name"),
    [
        (100.0, 400.0, "srbm"),
        (400.0, 1800.0, "mrbm"),
        (770.0, 3700.0, "irbm"),
        (1300.0, 9000.0, "icbm-liquid"),
    ],
)
def test_a_class_for_each_range(apogee_km, range_km, name):
    told = classify(at_apogee(apogee_km, range_km), {"icbm-liquid": 0.9, "icbm-solid": 0.1}, 0.0)
    assert max(told, key=told.get) == name


def test_in_orbit_it_is_a_space_launch():
    v = math.sqrt(MU / (RADIUS + 500e3))
    x = np.array([RADIUS + 500e3, 0.0, 0.0, 0.0, v - OMEGA * (RADIUS + 500e3), 0.0])
    told = classify(Gaussian(0.0, x, np.diag([1e3] * 3 + [5.0] * 3) ** 2), EVEN, 0.0)
    assert told["space-launch"] > 0.9


@given(
    st.floats(100.0, 3000.0),
    st.floats(200.0, 9000.0),
    st.floats(0.1, 3000.0),
    st.dictionaries(st.sampled_from(CLASSES[:6]), st.floats(0.01, 1.0)),
    st.floats(0.0, 1.0),
)
def test_the_probabilities_sum_to_one(apogee_km, range_km, sigma_v, weights, from_sea):
    total = sum(weights.values())
    weights = {k: w / total for k, w in weights.items()}
    for state in (at_apogee(apogee_km, range_km, sigma_v), None):
        told = classify(state, weights, from_sea)
        assert tuple(told) == CLASSES
        assert sum(told.values()) == pytest.approx(1.0)
        assert min(told.values()) >= 0.0


def test_an_uncertain_energy_spreads_over_the_classes():
    sharp, wide = (classify(at_apogee(1000.0, 5000.0, s), EVEN, 0.0) for s in (5.0, 1500.0))
    assert max(wide.values()) < max(sharp.values())
    assert sum(v > 0.03 for v in wide.values()) > sum(v > 0.03 for v in sharp.values())


def test_from_the_sea_it_is_submarine_launched():
    told = classify(at_apogee(1300.0, 9000.0), EVEN, 1.0)
    assert told["slbm"] > 0.9
    half = classify(at_apogee(1300.0, 9000.0), EVEN, 0.5)
    assert half["slbm"] == pytest.approx(told["slbm"] / 2.0, rel=0.01)


def test_templates_alone_while_it_burns():
    told = classify(None, {"icbm-liquid": 0.3, "icbm-solid": 0.7}, 0.0)
    assert (told["icbm-liquid"], told["icbm-solid"], told["other"]) == (0.3, 0.7, 0.0)
    assert classify(None, {}, 0.0)["other"] == 1.0
