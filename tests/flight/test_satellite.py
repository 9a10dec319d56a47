"""Satellites: the path is SGP4's, and what is no orbit is refused with the time."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.catalogue import Elements
from tocsin.catalogue.plan import SatellitePlan
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.earth.time import tai_from_utc
from tocsin.errors import TocsinError
from tocsin.flight.fly import fly
from tocsin.flight.satellite import fly_satellite
from tocsin.motion.orbit import satellite_states

EPOCH = "2025-07-15T00:00:00Z"
START = tai_from_utc(EPOCH)
LOW = Elements(START, EPOCH, 15.5, 0.001, 51.6, 10.0, 20.0, 30.0, 1e-4, 0.0, 0, "made up for this test")
MOLNIYA = replace(LOW, mean_motion_rev_day=2.006, eccentricity=0.71, inclination_deg=63.8, argp_deg=270.0)
DECAYING = replace(LOW, mean_motion_rev_day=16.4, eccentricity=0.0005, bstar=5e-3)


def plan(elements, duration_s=3600.0, start_s=0.0):
    return SatellitePlan("object", elements, 2.0, duration_s, start_s)


@settings(max_examples=20)
@given(
    revs=st.floats(1.0, 16.2),
    shape=st.floats(0.0, 1.0),
    inclination=st.one_of(st.just(0.0), st.floats(1e-9, 180.0)),
    anomaly=st.floats(0.0, 360.0),
    seed=st.integers(0, 99),
)
def test_between_samples_the_path_is_within_a_metre_of_sgp4(revs, shape, inclination, anomaly, seed):
    axis_m = (3.986004418e14 / (revs * 2.0 * np.pi / 86400.0) ** 2) ** (1 / 3)
    eccentricity = shape * min(0.85, 1.0 - 6.6e6 / axis_m)
    elements = replace(
        LOW, mean_motion_rev_day=revs, eccentricity=eccentricity, inclination_deg=inclination,
        mean_anomaly_deg=anomaly, bstar=0.0,
    )  # fmt: skip
    path = fly_satellite(plan(elements, 43_210.0), START).path
    t = np.sort(np.random.default_rng(seed).uniform(path.t[0], path.t[-1], 2000))
    miss = np.linalg.norm(path.position(t) - satellite_states(elements, t)[0], axis=1)
    assert miss.max() < 0.1


def test_where_sgp4_gives_no_number_there_is_no_path():
    # Its terms of twelve and twenty-four hours divide nought by nought there, without a word.
    elements = replace(LOW, mean_motion_rev_day=1.0, eccentricity=0.0, inclination_deg=1e-310, bstar=0.0)
    with pytest.raises(TocsinError, match="SGP4 has no position"):
        fly_satellite(plan(elements), START)


@pytest.mark.parametrize("elements", [LOW, MOLNIYA])
def test_what_is_followed(elements):
    flight = fly(plan(elements, 50_000.0, 100.0), START, None)
    assert (flight.kind, flight.end, flight.vehicle) == ("satellite", "orbit", "object")
    assert (flight.path.t[0], flight.path.t[-1], flight.t_end) == (
        START + 100.0,
        START + 50_100.0,
        START + 50_100.0,
    )
    assert np.all(np.diff(flight.path.t) > 0.0)
    assert not flight.path.power.any()
    assert flight.path.rcs_m2 == 2.0
    assert flight.impact is flight.t_impact is flight.launch is flight.t_burnout is flight.range_m is None
    # The highest point, against SGP4 each second.
    t = START + 100.0 + np.arange(50_001.0)
    height = geodetic_from_ecef(satellite_states(elements, t)[0])[2]
    assert flight.apogee_m == pytest.approx(height.max(), abs=0.2)
    assert flight.t_apogee == pytest.approx(t[np.argmax(height)], abs=2.0)


def test_the_velocity_is_the_rate_of_change_and_nearly_sgp4_s_own():
    for elements, off in ((LOW, 0.1), (MOLNIYA, 2.0)):
        path = fly_satellite(plan(elements), START).path
        assert np.linalg.norm(path.v_ecef - satellite_states(elements, path.t)[1], axis=1).max() < off
        rate = (
            satellite_states(elements, path.t + 0.25)[0] - satellite_states(elements, path.t - 0.25)[0]
        ) / 0.5
        assert np.linalg.norm(path.v_ecef - rate, axis=1).max() < 5e-3


def test_an_orbit_that_comes_down_meanwhile_is_refused_with_the_time():
    fly_satellite(plan(DECAYING, 3600.0), START)
    with pytest.raises(TocsinError, match="no longer in orbit") as refused:
        fly_satellite(plan(DECAYING, 86_400.0), START)
    when = tai_from_utc(str(refused.value).split(" at ")[1].split(";")[0])
    assert START + 3600.0 < when < START + 86_400.0
    height = geodetic_from_ecef(satellite_states(DECAYING, [when - 21.0])[0])[2]
    assert height[0] > 80e3
    fly_satellite(plan(DECAYING, when - START - 21.0), START)


def test_an_orbit_that_has_come_down_before_is_refused():
    low = replace(LOW, mean_motion_rev_day=16.95, eccentricity=0.0)
    with pytest.raises(TocsinError, match=f"no longer in orbit, at {EPOCH}"):
        fly_satellite(plan(low), START)
    with pytest.raises(TocsinError, match="come down"):
        fly_satellite(plan(replace(low, mean_motion_rev_day=17.5)), START)


@pytest.mark.parametrize("key", ["mean_motion_rev_day", "eccentricity", "raan_deg", "bstar", "epoch_t_tai"])
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_elements_that_are_no_numbers_are_refused(key, value):
    with pytest.raises(TocsinError, match="not a number"):
        fly_satellite(plan(replace(LOW, **{key: value})), START)


@pytest.mark.parametrize(("key", "value"), [("eccentricity", 1.2), ("mean_motion_rev_day", -1.0)])
def test_elements_of_no_orbit_are_refused(key, value):
    elements = replace(LOW, **{key: value})
    with pytest.raises(TocsinError, match=r"SGP4 has no position|not above 0"):
        fly_satellite(plan(elements), START)


@pytest.mark.parametrize(("duration_s", "start_s"), [(np.nan, 0.0), (0.0, 0.0), (-5.0, 0.0), (60.0, np.nan)])
def test_times_that_are_none_are_refused(duration_s, start_s):
    with pytest.raises(TocsinError, match="duration_s"):
        fly_satellite(plan(LOW, duration_s, start_s), START)
