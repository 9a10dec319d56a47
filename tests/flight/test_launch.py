"""Launches to orbit, and orbits left before they are round."""

import numpy as np
import pytest

from tocsin.catalogue.plan import SpaceLaunchPlan
from tocsin.earth.constants import MU, OMEGA
from tocsin.earth.ellipsoid import geodesic_inverse, geodetic_from_ecef
from tocsin.errors import TocsinError
from tocsin.flight.fly import fly


def plan(bearing=90.0, height_km=300.0, deorbit_range_km=None, coast_s=3000.0, lat=28.5, lon=-80.5):
    return SpaceLaunchPlan("launcher-medium", lat, lon, bearing, height_km, deorbit_range_km, coast_s)


@pytest.fixture(scope="module")
def orbit():
    return fly(plan(), 500.0, None)


def test_it_reaches_a_circular_orbit(orbit):
    path = orbit.path
    at = int(np.searchsorted(path.t, orbit.t_burnout))
    r, v = path.r_ecef[at], path.v_ecef[at] + np.cross([0, 0, OMEGA], path.r_ecef[at])
    energy = v @ v / 2 - MU / np.linalg.norm(r)
    a = -MU / (2 * energy)
    e = np.sqrt(max(0.0, 1 - (np.linalg.norm(np.cross(r, v)) ** 2 / MU) / a))
    assert a - np.linalg.norm(r) == pytest.approx(0.0, abs=2e3)
    assert e < 3e-4
    assert geodetic_from_ecef(r)[2] == pytest.approx(300e3, abs=50.0)
    height = geodetic_from_ecef(path.r_ecef[at:])[2]
    assert height.min() > 280e3
    assert (orbit.kind, orbit.end) == ("space launch", "orbit")
    assert orbit.impact is None
    assert orbit.t_impact is None
    assert orbit.range_m is None


def test_the_burn_is_that_of_the_vehicle(orbit):
    # Two stages of about 160 s and at most 391 s.
    assert 450.0 < orbit.t_burnout - orbit.t_launch < 552.0
    assert np.array_equal(orbit.path.power > 0, orbit.path.t < orbit.t_burnout)


def test_the_first_stage_comes_down_and_the_second_does_not(orbit):
    first, second = orbit.companions
    assert geodetic_from_ecef(first.r_ecef[-1])[2] == pytest.approx(0.0, abs=0.1)
    assert geodetic_from_ecef(second.r_ecef[-1])[2] > 250e3


@pytest.mark.parametrize("range_km", [15000.0, 30000.0])
def test_a_fractional_orbit_comes_down_at_its_range(range_km):
    flight = fly(plan(60.0, 200.0, range_km, lat=45.9, lon=63.3), 0.0, None)
    assert (flight.kind, flight.end) == ("fractional orbit", "impact")
    assert flight.range_m == pytest.approx(range_km * 1e3, abs=1e3)
    height = geodetic_from_ecef(flight.path.r_ecef)[2]
    assert height[-1] == pytest.approx(0.0, abs=0.1)
    # It burns again, for a minute, against its velocity.
    again = np.flatnonzero((flight.path.power > 0) & (flight.path.t > flight.t_burnout + 1.0))
    assert flight.path.t[again[-1]] - flight.path.t[again[0]] == pytest.approx(60.0, abs=2.0)
    speed = np.linalg.norm(flight.path.v_ecef, axis=1)
    assert speed[again[-1]] < speed[again[0]] - 50.0
    # Along the ground it has gone the long way where that is longer than half way round.
    straight, _ = geodesic_inverse(*flight.launch, *flight.impact)
    assert straight < range_km * 1e3 + 1e3


@pytest.mark.parametrize(
    ("bad", "what"),
    [
        (plan(height_km=2000.0, bearing=270.0), "does not reach"),
        (plan(60.0, 200.0, 2000.0), "raise deorbit_range_km"),
    ],
)
def test_what_cannot_be_flown_is_refused_in_words(bad, what):
    with pytest.raises(TocsinError, match=what):
        fly(bad, 0.0, None)
