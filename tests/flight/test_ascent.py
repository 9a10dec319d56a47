"""Real ascents flown: the path has the table's height and speed, lies on its bearing, burns when it did."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.flight.ascents import LAT, LON, REAL, VEHICLE, analysed, csv, flown, real, shown
from tocsin.catalogue.plan import AscentPlan
from tocsin.earth.ellipsoid import geodesic_direct, geodesic_inverse, geodetic_from_ecef
from tocsin.errors import TocsinError
from tocsin.flight.ascent import fly_ascent
from tocsin.flight.fly import fly
from tocsin.flight.profile import profile
from tocsin.flight.smoothest import bends, smoothest
from tocsin.interchange.telemetry import read_telemetry

START = 8e8


def plan(file, **changed):
    return replace(AscentPlan("filmed", file, 28.5, -80.6, 90.0, 2.0, 30.0), **changed)


def compared(flight, telemetry):
    """Height (m) and speed (m/s) of the path less the table's, at the table's times in it."""
    path = flight.path
    t = path.t - flight.t_launch
    keep = telemetry.t <= t[-1]
    height = geodetic_from_ecef(path.position(flight.t_launch + telemetry.t[keep]))[2]
    speed = np.interp(telemetry.t[keep], t, np.linalg.norm(path.v_ecef, axis=1))
    return height - telemetry.height[keep], speed - telemetry.speed[keep]


def two_burns(step=1.0, last=320.0):
    """A table whose second stage starts 11 s after the first's cut-off: times, speeds, heights, m and m/s."""
    fine = np.arange(0.0, last + 1e-9, 0.01)
    sine = np.where(fine < 20.0, 1.0, np.exp(-((fine - 20.0) / 110.0)))
    thrust = np.where(fine < 150.0, 12.5 * np.exp(fine / 140.0), np.where(fine < 161.0, 0.0, 8.0))
    gain = thrust - 9.81 * sine / (1.0 + fine / 1e4)
    speed = np.cumsum(gain) * 0.01
    height = np.cumsum(speed * sine) * 0.01
    pick = slice(None, None, round(step / 0.01))
    return fine[pick], np.maximum(speed[pick], 0.0), height[pick]


def test_the_path_is_the_flown_one(tmp_path):
    t, speed, height, x = flown()
    flight = fly_ascent(plan(csv(tmp_path / "a.csv", t, *shown(speed, height))), START)
    path = flight.path
    found = path.position(flight.t_launch + t)
    assert np.abs(geodetic_from_ecef(found)[2] - height).max() < 150.0
    assert np.linalg.norm(found - x[:, :3], axis=1).max() < 2e3  # the Earth's turning bends what flies free
    assert (
        np.abs(np.linalg.norm(path.v_ecef, axis=1) - np.interp(path.t - flight.t_launch, t, speed)).max()
        < 6.0
    )


def test_what_is_told_of_it(tmp_path):
    t, speed, height = two_burns()
    file = analysed(tmp_path / "a.analysed.json", t, speed, height, meco=150, ses1=161)
    flight = fly(plan(file), START, None)
    assert (flight.kind, flight.end, flight.vehicle, flight.companions) == (
        "ascent",
        "in flight",
        "filmed",
        (),
    )
    assert flight.impact is flight.t_impact is flight.range_m is None
    assert flight.launch == pytest.approx((LAT, LON))
    assert flight.t_launch == flight.path.t[0] == START + 30.0
    assert flight.t_burnout == flight.path.t[-1] == flight.t_end == START + 350.0
    assert flight.path.rcs_m2 == 2.0
    assert np.diff(flight.path.t).max() < 1.0 + 1e-6
    top = geodetic_from_ecef(flight.path.r_ecef)[2].max()
    assert flight.apogee_m == pytest.approx(top, abs=1.0)


def burning(flight, *times):
    return flight.path.burning(flight.t_launch + np.array(times)).tolist()


def test_it_burns_when_the_events_say(tmp_path):
    table = two_burns()
    told = {"meco": 150.4, "ses1": 161.7, "seco1": 300.2}
    flight = fly_ascent(plan(analysed(tmp_path / "a.analysed.json", *table, **told)), START)
    assert burning(flight, 0.0, 150.39, 150.41, 161.69, 161.71, 300.19, 300.21, 310.0) == [
        True, True, False, False, True, True, False, False,
    ]  # fmt: skip
    assert flight.t_burnout - flight.t_launch == pytest.approx(300.2)


def test_without_events_it_burns_when_the_speed_says(tmp_path):
    flight = fly_ascent(plan(csv(tmp_path / "a.csv", *two_burns())), START)
    assert burning(flight, 0.0, 147.0, 153.0, 158.0, 164.0, 320.0) == [True, True, False, False, True, True]
    # A table that ends before any cut-off burns to its end; one without a second burn stops at the first.
    t, speed, height = (y[:140] for y in two_burns())
    flight = fly_ascent(plan(csv(tmp_path / "b.csv", t, speed, height)), START)
    assert burning(flight, 0.0, 139.0) == [True, True]
    t, speed, height, _ = flown(until=200.0)
    flight = fly_ascent(plan(csv(tmp_path / "c.csv", t, speed, height)), START)
    assert flight.t_burnout - flight.t_launch == pytest.approx(VEHICLE.burn_s, abs=1.0)
    assert burning(flight, 150.0, 158.0, 200.0) == [True, False, False]


def test_it_ends_where_the_first_stage_turns_back(tmp_path):
    table = two_burns()
    file = analysed(tmp_path / "a.analysed.json", *table, meco=150, boostback_start=170)
    flight = fly_ascent(plan(file), START)
    assert flight.t_end - flight.t_launch == 170.0
    file = analysed(tmp_path / "b.analysed.json", *table, boostback_start=15)
    with pytest.raises(TocsinError, match="turns back at 15 s"):
        fly_ascent(plan(file), START)


@settings(max_examples=8)
@given(
    lat=st.floats(-90.0, 90.0), lon=st.floats(-180.0, 180.0), bearing=st.floats(0.0, 360.0),
    step=st.sampled_from([0.5, 1.0, 3.0]),
)  # fmt: skip
def test_it_lies_over_the_geodesic_and_its_velocity_is_its_rate(tmp_path_factory, lat, lon, bearing, step):
    file = csv(tmp_path_factory.mktemp("a") / "a.csv", *two_burns(step, 180.0))
    flight = fly_ascent(plan(file, launch_lat_deg=lat, launch_lon_deg=lon, bearing_deg=bearing), START)
    path = flight.path
    end = tuple(float(v) for v in geodetic_from_ecef(path.r_ecef[-1])[:2])
    start = tuple(np.radians([lat, lon]))
    distance, _ = geodesic_inverse(*start, *end)
    on_it = geodesic_direct(*start, np.radians(bearing), distance)
    assert geodesic_inverse(*on_it, *end)[0] < 0.01
    # The path's cubic has no bend of its own: its middle speed is the mean of those beside it.
    t = path.t
    middle = 0.5 * (t[1:] + t[:-1])
    rate = (path.position(middle + 0.05) - path.position(middle - 0.05)) / 0.1
    assert np.linalg.norm(rate - 0.5 * (path.v_ecef[1:] + path.v_ecef[:-1]), axis=1).max() < 0.05


def test_levels_are_reduced_to_the_ground(tmp_path):
    t, speed, height = two_burns(last=180.0)
    file = csv(tmp_path / "a.csv", t, speed, height)
    course = profile(read_telemetry(file))
    for bearing, radius in ((0.0, 6.3565e6), (90.0, 6.3930e6)):  # of curvature at 28.5 deg, along and across
        flight = fly_ascent(plan(file, bearing_deg=bearing), START)
        lat, lon, _ = geodetic_from_ecef(flight.path.r_ecef[-1])
        over = course.level / (1.0 + course.height / radius)
        expected = (0.5 * (over[1:] + over[:-1]) * np.diff(course.t)).sum()
        assert geodesic_inverse(LAT, LON, float(lat), float(lon))[0] == pytest.approx(expected, rel=1e-4)


def test_the_smoothest_is_as_far_as_allowed_and_nothing_smoother_is_nearer():
    rng = np.random.default_rng(3)
    t = np.linspace(0.0, 1.0, 80)
    y = np.sin(5.0 * t) + rng.normal(0.0, 0.1, 80)
    A, D = np.eye(80), bends(80)
    x = smoothest(A, y, 0.1, D)
    assert np.sqrt(((x - y) ** 2).mean()) == pytest.approx(0.1, rel=1e-3)
    assert np.abs(x - np.sin(5.0 * t)).max() < 0.1
    for _ in range(20):
        other = x + 1e-4 * rng.normal(size=80)
        assert (np.linalg.norm(D @ other) > np.linalg.norm(D @ x)) or np.linalg.norm(
            other - y
        ) > np.linalg.norm(x - y)
    bounded = smoothest(A, y, 0.1, D, most=0.8)
    assert np.abs(bounded).max() <= 0.8
    assert bounded[np.argmax(x)] == 0.8
    np.testing.assert_allclose(smoothest(A, 2.0 * t, 0.1, D), 2.0 * t, atol=0.2)


@pytest.mark.parametrize("name", REAL)
def test_real_heights_and_speeds_are_kept_within_the_table_s_resolution(name, reference):
    read = read_telemetry(real(reference, name))
    flight = fly_ascent(plan(real(reference, name)), START)
    height, speed = compared(flight, read)
    # 0.1-1 km: each within 0.4 km and most within 30 m; 1 km/h: most within 0.3 m/s.
    assert np.abs(height).max() < 400.0
    assert np.sqrt((height**2).mean()) < 31.0
    assert np.abs(speed).max() < 2.5
    assert np.sqrt((speed**2).mean()) < 0.31


def test_the_two_required_ascents(reference):
    iridium = fly_ascent(plan(real(reference, "Iridium_NEXT_4")), START)
    assert iridium.t_burnout - iridium.t_launch == 536.0
    assert iridium.apogee_m == pytest.approx(197e3, abs=1e3)
    assert burning(iridium, 152.9, 153.1, 163.9, 164.1) == [True, False, False, True]
    dragon = fly_ascent(plan(real(reference, "SpaceX_CRS-12")), START)
    assert (dragon.t_burnout - dragon.t_launch, dragon.t_end - dragon.t_launch) == (147.0, 166.0)
    # Who published the table found the same way over the ground, at the height flown, by other means.
    table = json.loads(real(reference, "SpaceX_CRS-12").read_text())
    lat, lon, _ = geodetic_from_ecef(dragon.path.r_ecef[-1])
    distance = geodesic_inverse(LAT, LON, float(lat), float(lon))[0]
    assert distance / 1e3 == pytest.approx(table["downrange_distance"][166], rel=0.03)


def test_what_is_no_ascent_is_refused_in_a_line(tmp_path):
    t, speed, height, _ = flown()
    cases = {
        "height and speed are": csv(tmp_path / "a.csv", t, speed / 3.6, height),
        "begins 30 s after lift-off": csv(tmp_path / "b.csv", t + 30.0, speed, height),
        "no such file": tmp_path / "c.csv",
    }
    for wanted, file in cases.items():
        with pytest.raises(TocsinError, match=wanted) as error:
            fly(plan(file), START, None)
        (line,) = error.value.problems
        assert line.startswith(f"{file}:")


@pytest.mark.parametrize("key", ["launch_lat_deg", "launch_lon_deg", "bearing_deg", "launch_s"])
def test_figures_that_are_none_are_refused(key, tmp_path):
    with pytest.raises(TocsinError, match="must be numbers"):
        fly_ascent(plan(tmp_path / "a.csv", **{key: np.nan}), START)


def test_few_and_fine_samples(tmp_path):
    """One sample each 10 s, and ten a second, tell the same within what lies between."""
    t, speed, height, _ = flown(step=0.1)
    coarse = fly_ascent(plan(csv(tmp_path / "a.csv", t[::100], speed[::100], height[::100])), START)
    fine = fly_ascent(plan(csv(tmp_path / "b.csv", t, speed, height)), START)
    at = START + 30.0 + np.arange(0.0, 150.0)
    assert np.linalg.norm(coarse.path.position(at) - fine.path.position(at), axis=1).max() < 1500.0
