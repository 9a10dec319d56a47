"""Flights: the published ones come out as published, impossible ones are refused, truth is drawn."""

from dataclasses import replace

import numpy as np
import pytest

from tocsin.catalogue import FlightPlan, event, vehicle
from tocsin.earth.ellipsoid import ecef_from_geodetic, geodesic_inverse, geodetic_from_ecef
from tocsin.errors import TocsinError
from tocsin.flight.ballistic import target_of
from tocsin.flight.fly import fly
from tocsin.motion.minimum_energy import minimum_energy

HWASONG_14 = event("hwasong-14-2017-07-04")
START = HWASONG_14.start_t_tai


def lofted(lat, lon, bearing, apogee_km, range_km, key="icbm-liquid"):
    return FlightPlan(key, lat, lon, None, None, bearing, apogee_km, range_km, None)


# Hwasong-15 of 2017-11-28: figures of the public list `nagix`, time as recalled there (53 min);
# Hwasong-17 of 2022-11-18: TASS 1539159.
PUBLISHED = {
    "hwasong-14": (HWASONG_14.flights[0], HWASONG_14.published.flight_time_s),
    "hwasong-15": (lofted(39.282, 125.869, 76.0, 4475.0, 950.0), 3180.0),
    "hwasong-17": (lofted(39.200159, 125.673256, 70.0, 6040.9, 999.2), 4135.0),
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_flight_peaks_and_comes_down_as_published(name):
    plan, duration_s = PUBLISHED[name]
    flight = fly(plan, START, None)
    assert flight.apogee_m / 1e3 == pytest.approx(plan.apogee_km, abs=1.0)
    assert flight.range_m / 1e3 == pytest.approx(plan.range_km, abs=1.0)
    distance, bearing = geodesic_inverse(*flight.launch, *flight.impact)
    assert distance == pytest.approx(flight.range_m, abs=1e-3)
    assert np.degrees(bearing) == pytest.approx(plan.bearing_deg, abs=0.05)
    # The duration is not fitted.
    assert flight.t_impact - flight.t_launch == pytest.approx(duration_s, abs=90.0)


def test_the_event_asks_for_the_published_figures():
    plan = HWASONG_14.flights[0]
    assert (plan.bearing_deg, plan.apogee_km, plan.range_km) == (86.0, 2802.0, 933.0)
    assert (plan.launch_lat_deg, plan.launch_lon_deg) == (39.87, 125.27)
    assert HWASONG_14.published.flight_time_s == 2340.0


@pytest.fixture(scope="module")
def drawn():
    plan = HWASONG_14.flights[0]

    return [fly(plan, START, None if s is None else np.random.default_rng(s)) for s in (None, 1, 1, 2)]


def test_the_path_runs_from_the_launch_over_the_apogee_to_the_impact(drawn):
    for flight in drawn:
        path = flight.path
        lat, lon, h = geodetic_from_ecef(path.r_ecef)
        assert np.all(np.diff(path.t) > 0.0)
        assert path.t[0] == flight.t_launch == START
        np.testing.assert_allclose([lat[0], lon[0], h[0]], [*flight.launch, 0.0], rtol=0, atol=1e-6)
        np.testing.assert_allclose(path.r_ecef[-1], ecef_from_geodetic(*flight.impact, 0.0), atol=0.5)
        assert path.t[-1] == pytest.approx(flight.t_impact, abs=1e-6)
        assert h.max() == pytest.approx(flight.apogee_m, abs=10.0)
        assert path.t[np.argmax(h)] == pytest.approx(flight.t_apogee, abs=1.0)
        # Positions and velocities belong together, but for the jump of acceleration at a staging.
        middle = (path.t[1:] + path.t[:-1]) / 2
        mean = (path.v_ecef[1:] + path.v_ecef[:-1]) / 2
        steps = np.diff(path.r_ecef, axis=0) / np.diff(path.t)[:, None]
        calm = (middle < flight.t_burnout) | (h[1:] > 60e3)
        assert np.abs((steps - mean)[calm]).max() < 2.0


def test_the_engine_burns_until_burnout(drawn):
    for flight in drawn:
        path = flight.path
        times = np.array([-0.1, 0.1, flight.t_burnout - START - 0.3, flight.t_burnout - START + 0.01])
        assert path.burning(START + times).tolist() == [False, True, True, False]
        assert path.rcs_m2 == vehicle(flight.vehicle).rcs_m2


def test_drawn_truth_is_its_own_and_the_same_for_the_same_seed(drawn):
    template, one, again, other = drawn
    np.testing.assert_array_equal(one.path.r_ecef, again.path.r_ecef)
    assert one == replace(again, path=one.path)
    burnouts = [f.t_burnout - f.t_launch for f in (template, one, other)]
    assert min(abs(a - b) for i, a in enumerate(burnouts) for b in burnouts[:i]) > 0.05
    at = START + np.array([60.0, 150.0])
    for a, b in ((template, one), (template, other), (one, other)):
        assert np.linalg.norm(a.path.position(at) - b.path.position(at), axis=1).max() > 100.0
    for flight in drawn:  # and yet each peaks and comes down as planned
        assert flight.apogee_m == pytest.approx(2802e3, abs=1e3)
        assert flight.range_m == pytest.approx(933e3, abs=1e3)


def test_an_impact_point_with_a_loft():
    plan = FlightPlan("icbm-solid", 45.0, 166.0, 67.0, 0.0, None, None, None, 1.2, launch_s=30.0)
    point, apogee_m = target_of(plan)
    distance, _ = geodesic_inverse(*np.radians([45.0, 166.0]), *point)
    assert apogee_m == pytest.approx(1.2 * minimum_energy(distance)[2])
    flight = fly(plan, START, None)
    assert flight.t_launch == START + 30.0
    assert flight.apogee_m == pytest.approx(apogee_m, abs=1e3)
    assert geodesic_inverse(*flight.impact, *np.radians([67.0, 0.0]))[0] < 1e3


@pytest.mark.parametrize(
    ("key", "apogee_km", "range_km", "words"),
    [
        ("icbm-liquid", 20_000.0, 933.0, "apogee 20,000 km is beyond this vehicle's energy"),
        ("srbm", 3000.0, 500.0, "apogee 3,000 km is beyond this vehicle's energy"),
        ("srbm", 150.0, 3000.0, "no flight of this vehicle peaks at 150 km and comes down 3,000 km away"),
        ("icbm-liquid", 70.0, 5000.0, "apogee 70 km lies below the height at which this vehicle burns out"),
        ("icbm-liquid", 5.0, 933.0, "apogee_km"),
        ("icbm-solid", 20.0, 2000.0, "apogee_km"),
    ],
)
def test_what_cannot_be_flown_is_refused_with_what_to_change(key, apogee_km, range_km, words):
    with pytest.raises(TocsinError) as refused:
        fly(lofted(39.87, 125.27, 86.0, apogee_km, range_km, key), START, None)
    assert words in str(refused.value)
    assert "vehicle" in str(refused.value)


def test_a_plan_without_an_end_is_refused():
    plan = FlightPlan("srbm", 39.87, 125.27, None, None, 86.0, None, 300.0, None)
    with pytest.raises(TocsinError, match="bearing_deg, apogee_km and range_km, or impact and loft"):
        target_of(plan)
