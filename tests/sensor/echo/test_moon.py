"""The Moon as an echo: the figures of Thule on 5 October 1960, and ranges folded by the pulse interval."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from tocsin.earth.constants import C_LIGHT
from tocsin.earth.time import tai_from_utc
from tocsin.errors import TocsinError
from tocsin.sensor.echo.ambiguity import (
    MOON_RADIUS,
    ambiguous_range,
    beam_share,
    folded_range,
    moon_cross_section,
    moon_signal,
    pulses_late,
)
from tocsin.sensor.echo.moon import moon_looks, moonrises

THULE = (*np.radians([76.5703, -68.2992]), 392.0)
# Skyfield with JPL's DE421, geometric: clock, elevation deg, azimuth deg, range km.
SEEN = [("21:45", 0.49, 67.5, 382990.0), ("22:00", 1.3, 71.0, 382943.0), ("23:00", 4.8, 85.0, 382743.0)]


def clock(hour_minute):
    # Skyfield takes TAI - UTC as 10 s before 1972, where it was 1.42 s, and so stands 8.6 s late.
    return tai_from_utc(f"1960-10-05T{hour_minute}:00Z") + 8.5754


def test_the_moon_over_thule():
    looks = moon_looks([clock(c) for c, *_ in SEEN], *THULE)
    for i, (_, elevation, azimuth, range_km) in enumerate(SEEN):
        assert looks.range_m[i] / 1e3 == pytest.approx(range_km, abs=45.0)
        assert np.degrees(looks.azimuth[i]) == pytest.approx(azimuth, abs=0.06)
        assert np.degrees(looks.elevation[i]) == pytest.approx(elevation, abs=0.05)
    assert looks.delay_s == pytest.approx(2.56, abs=0.01)
    assert looks.nearest_m == pytest.approx(looks.range_m - 1737e3, abs=1e3)


def test_its_range_rate_is_that_of_the_published_ranges():
    middle = moon_looks([clock("21:52") + 30.0, clock("22:30")], *THULE)
    # Ranges are given to 1 km: 1.1 m/s in 900 s, 0.3 m/s in 3,600 s.
    assert middle.range_rate[0] == pytest.approx((382943e3 - 382990e3) / 900.0, abs=1.2)
    assert middle.range_rate[1] == pytest.approx((382743e3 - 382943e3) / 3600.0, abs=0.4)


def test_it_rises_about_2130_at_azimuth_65():
    rises = moonrises(clock("12:30"), clock("12:30") + 86400.0, *THULE)
    assert len(rises) == 1
    assert abs(rises[0] - clock("21:30")) < 600.0
    there = moon_looks(rises, *THULE)
    assert np.degrees(there.azimuth[0]) == pytest.approx(65.0, abs=0.5)
    assert there.elevation[0] == pytest.approx(0.0, abs=1e-7)
    # Refraction shows it 0.58 deg higher, and so eleven minutes sooner.
    seen = moonrises(clock("12:30"), clock("12:30") + 86400.0, *THULE, elevation=np.radians(-0.58))
    assert rises[0] - seen[0] == pytest.approx(660.0, abs=60.0)
    # It had set at noon, at azimuth 287.5 deg.
    noon = moon_looks([clock("12:00")], *THULE)
    assert np.degrees(noon.azimuth[0]) == pytest.approx(287.5, abs=0.5)
    assert np.degrees(noon.elevation[0]) == pytest.approx(0.0, abs=0.5)


def test_its_echo_is_39_db_above_a_square_metre_at_4000_km():
    there = moon_looks([clock("21:45")], *THULE).range_m
    assert 10.0 * np.log10(moon_signal(there)) == pytest.approx(39.0, abs=0.2)
    # An albedo of 0.06 and a beam of 2 deg, both at their least, take 0.9 dB.
    least = moon_signal(there, albedo=0.06, share=beam_share(np.radians(2.0), there))
    assert 10.0 * np.log10(least) == pytest.approx(38.1, abs=0.1)
    assert 10.0 * np.log10(moon_cross_section()) == pytest.approx(118.2, abs=0.1)


def test_the_share_of_a_narrow_beam():
    radius, width = MOON_RADIUS / 383e6, np.radians(0.7)
    total, _ = quad(lambda a: 2.0 * a / radius**2 * 0.5 ** (2.0 * (2.0 * a / width) ** 2), 0.0, radius)
    assert beam_share(width, 383e6) == pytest.approx(total, rel=1e-4)
    assert beam_share(np.radians(30.0), 383e6) == pytest.approx(1.0, abs=1e-3)


@given(st.floats(0.0, 5e8), st.floats(1e-3, 1.0))
def test_a_folded_range_is_short_of_it_by_whole_intervals(range_m, interval):
    longest = float(ambiguous_range(interval))
    folded = float(folded_range(range_m, interval))
    assert 0.0 <= folded < longest
    assert folded + int(pulses_late(range_m, interval)) * longest == pytest.approx(range_m, abs=1e-6)


def test_the_moon_seems_to_stand_within_range_and_moves_with_the_interval():
    looks = moon_looks([clock("21:45"), clock("21:45") + 10.0], *THULE)
    interval = 2.0 * 6000e3 / C_LIGHT
    seems = folded_range(looks.nearest_m, interval)
    assert seems[0] == pytest.approx(looks.nearest_m[0] - 63 * 6000e3, abs=1e-3)
    assert (seems[1] - seems[0]) / 10.0 == pytest.approx(looks.range_rate[0], abs=0.1)
    # 1 us more of interval moves it by 150 m for each of the 63 pulses that it is late.
    moved = folded_range(looks.nearest_m, interval + 1e-6) - seems
    assert moved == pytest.approx(-63 * 0.5 * C_LIGHT * 1e-6, rel=1e-9)
    assert pulses_late(5999e3, interval) == 0


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: folded_range(-1.0, 0.04), "range"),
        (lambda: folded_range(1e6, 0.0), "pulse interval"),
        (lambda: moon_cross_section(-0.1), "albedo"),
        (lambda: moon_signal(4e8, share=1.2), "share"),
        (lambda: moon_looks([np.nan], *THULE), "time"),
        (lambda: moonrises(1e3, 0.0, *THULE), "not after"),
    ],
)
def test_what_cannot_be_is_refused(ask, says):
    with pytest.raises(TocsinError, match=says):
        ask()
