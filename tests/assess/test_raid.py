"""The raid of a picture: counts, rate, first impact, spread, and what falls on protected ground."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import json, structs
from scipy import stats

from tests.exchange.making import an_assessment
from tocsin.assess.raid import Raid, chi2_beyond, raid_of
from tocsin.assess.region import covariance, ellipse, place
from tocsin.assess.scatter import spread_of
from tocsin.earth.ellipsoid import geodesic_direct

T = 1000.0


def one(lat=10.0, lon=20.0, launch_t=100.0, impact_t=2000.0, sigma_s=5.0, **changes):
    """An assessment whose launch and impact lie 10 deg apart."""
    P = np.diag([30e3, 10e3]) ** 2
    told = {
        "launch": place(math.radians(lat), math.radians(lon), launch_t, 3.0, P),
        "impact": place(math.radians(lat + 10.0), math.radians(lon), impact_t, sigma_s, P),
        "territory": {"none": 0.7, "RU": 0.2, "KZ": 0.1, "orbit": 0.0},
        "protected": {"Russia": 0.2, "a circle of its own": 0.0},
        "event_state": "confirmed",
        "threat_state": "possible",
        "classes": {"irbm": 0.75, "other": 0.25},
        "t": T,
    }
    return structs.replace(an_assessment(), **(told | changes))


def test_nothing_at_all():
    raid = raid_of([], T)
    assert (raid.tracks, raid.states, raid.objects_at_least, raid.launches) == (0, {}, 0, 0)
    assert raid.protected is raid.protected_low is raid.protected_high is None
    assert raid.first_impact is raid.launch_spread is raid.launches_per_min is raid.first_launch is None


def test_one_track_is_a_raid_of_one():
    raid = raid_of([one()], T)
    assert (raid.tracks, raid.objects_resolved, raid.objects_at_least) == (1, 1, 1)
    assert raid.launches_per_min is raid.launches_per_min_low is raid.launches_per_min_high is None
    assert raid.first_impact.t == pytest.approx(2000.0, abs=0.01)
    assert raid.first_impact.sigma_s == pytest.approx(5.0, rel=1e-3)
    assert raid.last_impact.t == pytest.approx(2000.0, abs=0.01)
    e = raid.impact_spread.ellipse_km
    assert (e.semi_major_km, e.semi_minor_km, e.azimuth_deg) == pytest.approx((30.0, 10.0, 90.0), rel=1e-6)
    assert raid.impact_spread.lat_deg == pytest.approx(20.0, abs=1e-6)
    assert raid.territory == {"RU": 0.2, "KZ": 0.1}
    assert (raid.protected_low, raid.protected, raid.protected_high) == pytest.approx((0.2, 0.2, 0.2))
    assert json.decode(json.encode(raid), type=Raid) == raid


def test_counts():
    raid = raid_of(
        [
            one(objects=4, event_state="probable"),
            one(
                threat_state="none",
                territory={"none": 0.999, "RU": 0.001, "orbit": 0.0},
                protected={"Russia": 0.001},
            ),
            one(event_state="closed"),
            one(impact=None, landed=0.0, territory={"none": 1.0, "orbit": 0.0}, protected=None),
            one(
                impact=None,
                landed=0.0,
                orbit=1.0,
                threat_state="none",
                territory={"none": 0.0, "orbit": 1.0},
                protected={"Russia": 0.0},
            ),
        ],
        T,
    )
    assert (raid.tracks, raid.closed, raid.threat_free, raid.undetermined) == (4, 1, 2, 1)
    assert raid.states == {"confirmed": 3, "probable": 1}
    assert list(raid.states) == ["confirmed", "probable"]
    assert (raid.objects_resolved, raid.objects_at_least) == (4, 7)
    assert raid.classes == pytest.approx({"irbm": 0.75 * 7, "other": 0.25 * 7})
    assert raid.territory == pytest.approx({"RU": 0.801, "KZ": 0.4})
    assert raid.protected == pytest.approx(1.0 - 0.8 * 0.999)
    assert (raid.protected_low, raid.protected_high) == pytest.approx((0.2, 0.201))


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=20))
def test_whatever_they_share_the_bounds_hold(shares):
    raid = raid_of([one(protected={"Russia": 0.25 * p, "China": 0.75 * p}) for p in shares], T)
    assert raid.protected_low - 1e-12 <= raid.protected <= raid.protected_high + 1e-12
    assert raid.protected_low == pytest.approx(max(shares))
    assert raid.protected_high == pytest.approx(min(1.0, sum(shares)))


def test_what_a_partner_alone_has_told_of_may_be_one_with_another():
    own = one()
    theirs = one(evidence=tuple(structs.replace(e, by="china") for e in own.evidence))
    both = one(evidence=(*own.evidence, *theirs.evidence))
    assert raid_of([own, theirs, both, one(evidence=())], T).reported == 1


def test_what_has_no_region_yet_is_no_reassurance():
    burning = one(impact=None, landed=0.0, territory={"none": 1.0, "orbit": 0.0}, protected=None)
    assert raid_of([burning], T).protected is None
    assert raid_of([burning, one()], T).protected == pytest.approx(0.2)


def test_what_is_protected_may_be_no_territory():
    """A circle at sea, protected by the user: it lies in no territory, and counts."""
    raid = raid_of([one(territory={"none": 1.0, "orbit": 0.0}, protected={"a circle at sea": 0.4})], T)
    assert (raid.territory, raid.protected) == ({}, pytest.approx(0.4))


def test_the_first_impact_is_not_the_first_of_the_means():
    """Of forty at about the same time the first comes two sigma early: drawn, and told."""
    rng = np.random.default_rng(2)
    t = rng.uniform(2000.0, 2030.0, 40)
    raid = raid_of([one(impact_t=float(v), sigma_s=20.0) for v in t], T)
    drawn = t + 20.0 * rng.standard_normal((20_000, 40))
    assert raid.first_impact.t == pytest.approx(drawn.min(axis=1).mean(), abs=0.3)
    assert raid.first_impact.t < t.min() - 20.0
    assert raid.last_impact.t == pytest.approx(drawn.max(axis=1).mean(), abs=0.3)
    assert raid.first_impact.sigma_s == pytest.approx(drawn.min(axis=1).std(), rel=0.05)
    assert raid.first_impact.low_t == pytest.approx(np.percentile(drawn.min(axis=1), 5), abs=0.5)


def test_one_that_may_not_land_is_no_sure_first():
    raid = raid_of([one(impact_t=1500.0, landed=0.1), one(impact_t=2500.0)], T)
    assert raid.first_impact.t == pytest.approx(0.1 * 1500.0 + 0.9 * 2500.0, abs=1.0)


def test_the_rates_interval_covers_the_rate():
    """Launches of a Poisson process of 0.8 a minute, known to 3 s: nine intervals of ten or more hold it."""
    rng = np.random.default_rng(4)
    held = 0
    for _ in range(300):
        t = np.cumsum(rng.exponential(75.0, rng.integers(3, 12)))
        raid = raid_of([one(launch_t=float(v + rng.normal(0.0, 3.0))) for v in t], T)
        high = raid.launches_per_min_high
        held += raid.launches_per_min_low <= 0.8 and (high is None or high >= 0.8)
    low = stats.binom.ppf(0.001, 300, 0.9)
    assert held >= low
    assert held < 300  # it says something


def test_launches_a_minute_apart_are_one_a_minute():
    raid = raid_of([one(launch_t=60.0 * k, sigma_s=1.0) for k in range(11)], T)
    assert raid.launches_per_min == pytest.approx(1.0, rel=0.02)
    # Ten in ten minutes, give or take the launch times' own errors: the exact limits are 5.43 and 16.96.
    assert raid.launches_per_min_low == pytest.approx(0.543, rel=0.05)
    assert raid.launches_per_min_high == pytest.approx(1.696, rel=0.05)
    assert raid.launch_spread.sigma_s == pytest.approx(60.0 * math.sqrt(10.0), rel=0.01)


def test_launches_at_once_have_no_highest_rate():
    raid = raid_of([one(), one(launch_t=101.0), one(launch_t=100.5)], T)
    assert raid.launches_per_min_high is None
    assert raid.launches_per_min_low > 1.0


@given(st.floats(0.001, 0.999), st.integers(1, 400))
def test_quantiles_of_chi_square(tail, freedom):
    assert chi2_beyond(tail, freedom) == pytest.approx(stats.chi2.isf(tail, freedom), rel=1e-6)


@pytest.mark.parametrize("middle", [(0.2, 1.0), (1.5, 3.1), (-0.4, 3.14)])
def test_the_spread_of_drawn_places(middle):
    """Places 500 by 150 km about a middle, near the pole and the date line too: their ellipse is that."""
    rng = np.random.default_rng(9)
    places = []
    for along, across in rng.standard_normal((4000, 2)) * [500e3, 150e3]:
        # The major axis at 60 deg azimuth: both measured along the surface from the middle.
        azimuth = math.radians(60.0) + math.atan2(across, along)
        lat, lon = geodesic_direct(*middle, azimuth, math.hypot(along, across))
        places.append(place(lat, lon, rng.normal(0.0, 40.0), 30.0, np.diag([40e3, 40e3]) ** 2))
    found = spread_of(places, np.ones(len(places)))
    e = found.ellipse_km
    assert e.semi_major_km == pytest.approx(math.hypot(500.0, 40.0), rel=0.05)
    assert e.semi_minor_km == pytest.approx(math.hypot(150.0, 40.0), rel=0.05)
    assert e.azimuth_deg == pytest.approx(60.0, abs=2.0)
    assert found.sigma_s == pytest.approx(50.0, rel=0.05)
    assert math.radians(found.lat_deg) == pytest.approx(middle[0], abs=0.01)


def test_places_far_apart_are_apart_along_the_surface():
    """Two places 80 deg of the equator apart: 40 deg of arc on either side, not the chord's shadow."""
    places = [place(0.0, math.radians(lon), 0.0, 1.0, np.eye(2)) for lon in (10.0, 90.0)]
    found = spread_of(places, np.ones(2))
    assert found.ellipse_km.semi_major_km == pytest.approx(math.radians(40.0) * 6378.137, rel=1e-3)
    assert found.lon_deg == pytest.approx(50.0)
    near = spread_of(places, np.array([3.0, 1.0]))
    assert near.lon_deg < 40.0
    assert near.ellipse_km.semi_major_km < found.ellipse_km.semi_major_km


def test_places_all_round_the_earth_have_no_middle():
    P = np.eye(2)
    places = [place(0.0, lon, 0.0, 1.0, P) for lon in np.radians([0.0, 90.0, 180.0, 270.0])]
    assert spread_of(places, np.ones(4)) is None


@given(st.floats(-1e3, 1e3), st.floats(1.0, 1e3), st.floats(1.0, 1e3), st.sampled_from([0.5, 0.9]))
def test_a_covariance_comes_back_from_its_ellipse(a, b, c, probability):
    root = np.array([[b, 0.0], [a, c]])
    P = root @ root.T
    np.testing.assert_allclose(covariance(ellipse(P, probability), probability), P, atol=1e-6 * np.trace(P))
