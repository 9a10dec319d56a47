"""1983: the geometry as reconstructed, and the hours in which sunlight shone toward the base, no others."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from tocsin.catalogue import borders
from tocsin.catalogue.assumed import assumptions
from tocsin.catalogue.incident import cosmos_1382
from tocsin.earth.bodies import sun_ecef
from tocsin.earth.celestial import itrs_from_teme, teme_from_itrs
from tocsin.earth.constants import MU, R_EQ
from tocsin.earth.ellipsoid import ecef_from_geodetic, geodesic_inverse, geodetic_from_ecef
from tocsin.errors import TocsinError
from tocsin.sensor.infrared.cloud_looks import CLOUD_LOOKS, CloudLooks
from tocsin.sensor.infrared.limb import limb
from tocsin.sensor.infrared.mirror import mirror_point
from tocsin.sensor.infrared.sunfield import SunLimits
from tocsin.sensor.infrared.sunlit import HIGH_CLOUD, HighCloud
from tocsin.study.autumn_1983 import (
    over_hours,
    over_phase,
    over_the_base,
    over_year,
    satellite,
    span_of,
    toward_base,
)
from tocsin.study.disc import index_at, limb_at, outlines_in_view, seen_at

EPOCH = np.array([cosmos_1382().epoch_t])
PHASES = [160.0, 165.0, 170.0, 175.0, 180.0]
NOW, BEFORE, AFTER = 0, 1, 2
HOURS = np.array([0.0, -3.0, 3.0])


def at(phase_deg):
    return satellite(EPOCH, np.radians(phase_deg))[0]


def test_the_place_and_the_line_of_sight_as_reconstructed(reference):
    # incidents/cosmos1382_19830925_reconstructed.json, geometry_nu_170.
    lat, lon, h = geodetic_from_ecef(at(170.0))
    assert np.degrees([lat, lon]) == pytest.approx([42.2, 39.6], abs=0.05)
    assert h == pytest.approx(37_428e3, abs=15e3)
    s, aim = at(170.0), over_the_base()
    line = (aim - s) / np.linalg.norm(aim - s)
    nearest = s - line * (s @ line)
    assert geodetic_from_ecef(nearest)[2] == pytest.approx(123e3, abs=1e3)
    # The base itself is 5 deg below the satellite's horizon, and the mirror point 2,500 km from it.
    own = cosmos_1382()
    base = ecef_from_geodetic(np.radians(own.area_lat_deg), np.radians(own.area_lon_deg), 0.0)
    up = base / np.linalg.norm(base)
    assert np.degrees(np.arcsin(up @ (s - base) / np.linalg.norm(s - base))) == pytest.approx(-5.0, abs=0.5)
    mirror = geodetic_from_ecef(mirror_point(s[None], sun_ecef(EPOCH), 0.0)[0])
    far, _ = geodesic_inverse(
        np.radians(own.area_lat_deg), np.radians(own.area_lon_deg), float(mirror[0]), float(mirror[1])
    )
    assert far == pytest.approx(2_500e3, abs=60e3)


def test_the_angle_over_the_unknown_phase():
    found = np.degrees(over_phase(np.radians([160.0, 170.0, 180.0])).scattering)
    assert found == pytest.approx([44.0, 35.0, 26.0], abs=0.6)


@pytest.mark.parametrize("hours", [-5.0, -1.0, 3.0, 7.0])
def test_the_pass_is_keplers_by_integration(hours):
    # Its places half a minute about the epoch, in the axes of date, give the velocity to 1e-6.
    t = EPOCH + np.array([-30.0, 0.0, 30.0])
    r = teme_from_itrs(t, satellite(t, np.radians(170.0)), np.zeros((3, 3)))[0]
    start = np.concatenate([r[1], (r[2] - r[0]) / 60.0])
    # The speed by the vis-viva equation.
    speed = np.sqrt(MU * (2.0 / np.linalg.norm(r[1]) - 1e-3 / cosmos_1382().a_km))
    assert np.linalg.norm(start[3:]) == pytest.approx(speed, rel=1e-5)

    def fall(_, x):
        return np.concatenate([x[3:], -MU * x[:3] / np.linalg.norm(x[:3]) ** 3])

    whole = solve_ivp(fall, (0.0, 3600.0 * hours), start, rtol=1e-10, atol=1e-3).y[:3, -1]
    later = EPOCH + 3600.0 * hours
    expected = itrs_from_teme(later, whole[None], np.zeros((1, 3)))[0]
    np.testing.assert_allclose(satellite(later, np.radians(170.0)), expected, atol=2e3)


@pytest.mark.parametrize("phase", PHASES)
def test_in_its_place_false_looks_arise_in_the_stated_hours_and_not_three_hours_off(phase):
    found = over_hours(np.radians(phase), HOURS, moves=False)
    assert found.looks[NOW] > 30.0 * found.looks[BEFORE]
    assert found.looks[NOW] > 30.0 * found.looks[AFTER]
    assert found.index[NOW] > 1.8 * max(found.index[BEFORE], found.index[AFTER])
    # And 20:15 is near the most of the day: more than half of it, though not chosen for that.
    day = over_hours(np.radians(phase), np.arange(-12.0, 12.0, 0.5), moves=False)
    first, last = span_of(np.arange(-12.0, 12.0, 0.5), day.looks)
    assert found.looks[NOW] > 0.5 * day.looks.max()
    assert -2.5 < first < 0.0 < last < 2.9


@pytest.mark.parametrize("phase", PHASES)
def test_on_its_own_pass_as_far_as_the_sun_allows(phase):
    found = over_hours(np.radians(phase), HOURS, moves=True)
    assert found.looks[NOW] > 30.0 * found.looks[BEFORE]
    if phase >= 165.0:
        assert found.looks[NOW] > 10.0 * found.looks[AFTER]
    else:
        # At 160 deg the Sun is still 24 deg off three hours later, the cloud bright: the study says so.
        assert found.looks[AFTER] > 0.1 * found.looks[NOW]
        assert not found.blind[AFTER]


def test_the_mirror_point_passes_the_line_of_sight_at_the_stated_hour():
    # Within 25 mrad of the line over the base, and farther off by three hours either way, at every phase.
    for phase in PHASES:
        held = over_hours(np.radians(phase), HOURS, moves=False)
        assert held.mirror[NOW] < 0.025
        assert np.nanmin(held.mirror[[BEFORE, AFTER]]) > 3.0 * held.mirror[NOW]


def test_what_is_bright_is_so_by_what_is_assumed():
    s, t = at(170.0)[None], EPOCH
    usual = toward_base(t, s)
    # No plates: less; a layer in thicker air: less; a Sun limit beyond its 35 deg: nothing, and said.
    assert toward_base(t, s, cloud=HighCloud(plates=0.0)).index < usual.index
    assert toward_base(t, s, cloud=HighCloud(height_m=9e3)).index < 0.7 * usual.index
    blind = toward_base(t, s, limits=SunLimits(exclusion=np.radians(40.0), near=np.radians(45.0)))
    assert blind.blind.all()
    assert np.all(blind.looks == 0.0)
    assert np.all(blind.index > 0.0)
    # Twice as many cells flicker: twice as many looks.
    more = toward_base(t, s, looks=CloudLooks(flicker=2.0 * CLOUD_LOOKS.flicker))
    assert more.looks == pytest.approx(2.0 * usual.looks, rel=1e-12)


@pytest.mark.parametrize(("key", "usual"), [("cloud", HIGH_CLOUD), ("looks", CLOUD_LOOKS)])
def test_the_hours_hold_over_the_ranges_of_what_is_assumed(key, usual):
    # Each assumed figure of cloud and looks at both ends of its range, one by one, in its place at 170 deg.
    t = EPOCH + 3600.0 * HOURS
    s = np.repeat(at(170.0)[None], 3, axis=0)
    for a in assumptions(usual):
        for value in (a.low, a.high):
            found = toward_base(t, s, **{key: replace(usual, **{a.name: value})})
            assert found.looks[NOW] > 10.0 * found.looks[[BEFORE, AFTER]].max(), (a.name, value)
            assert found.index[NOW] > 2.0 * found.index[[BEFORE, AFTER]].max()


def test_low_cloud_is_hidden_by_the_air_above_it():
    # In the band: a thousandth of the looks from cloud at 9 km, so that this hangs on high cloud.
    s = at(170.0)[None]
    usual, low = (toward_base(EPOCH, s, cloud=HighCloud(height_m=h)).looks[0] for h in (12e3, 9e3))
    assert low < 1e-3 * usual


def test_over_the_year_it_is_an_affair_of_autumn_and_late_winter():
    days = np.arange(-180.0, 181.0, 15.0)
    for phase in (160.0, 170.0, 180.0):
        found = over_year(np.radians(phase), days)
        summer = np.abs(days + 96.0) < 30.0  # about 21 June
        assert found.index[days == 0.0] > 1.5 * found.index[summer].max()
        assert found.looks[days == 0.0] > 5.0 * found.looks[summer].max()
        # The angle falls from summer to winter as the Sun goes south.
        assert found.scattering[summer].min() > found.scattering[days == 0.0] > found.scattering.min()
    # The same day is the same, whichever way it is asked for.
    one = over_year(np.radians(170.0), np.array([0.0]))
    other = over_hours(np.radians(170.0), np.array([0.0]), moves=False)
    assert one.looks == other.looks


def test_the_span_of_hours():
    hours = np.arange(6.0)
    assert span_of(hours, np.array([0.0, 0.05, 0.5, 1.0, 0.2, 0.01])) == (2.0, 4.0)
    assert span_of(hours, np.ones(6)) == (0.0, 5.0)
    assert span_of(hours, np.array([0.0, 0.0, 0.0, 0.0, 0.0, 1.0])) == (5.0, 5.0)
    with pytest.raises(TocsinError, match="no false looks at any time"):
        span_of(hours, np.zeros(6))
    with pytest.raises(TocsinError, match="true_anomaly: nan is no angle"):
        satellite(EPOCH, np.nan)


def test_the_disc_has_the_earth_within_its_limb():
    s = at(170.0)
    edge = limb_at(s, 12e3)
    rho = np.abs(edge).max()
    side = np.linspace(-1.1 * rho, 1.1 * rho, 41)
    index = index_at(s, sun_ecef(EPOCH)[0], side, side)
    radius = np.hypot(*np.meshgrid(side, side))
    least = np.hypot(*edge.T).min()
    assert np.all(np.isnan(index[radius > 1.01 * rho]))
    assert np.all(np.isfinite(index[radius < 0.99 * least]))
    # The first row is the southern one: the Sun lights the north-western edge.
    i, j = np.unravel_index(np.nanargmax(index), index.shape)
    assert side[i] > 0.5 * rho
    assert side[j] < 0.0
    np.testing.assert_allclose(edge[0], edge[-1], atol=1e-12)
    np.testing.assert_allclose(np.hypot(*edge.T), np.arcsin((R_EQ + 5e3) / np.linalg.norm(s)), rtol=5e-3)


def test_outlines_lie_on_the_near_side_without_the_files_cuts():
    s = at(170.0)
    lines = outlines_in_view(s, borders())
    rho = limb(s, np.linspace(0.0, 6.28, 100))[0].max()
    assert len(lines) > 200
    assert all(np.hypot(*line.T).max() <= 1.005 * rho for line in lines)
    # A place on a coast: Malta lies where it is seen.
    malta = seen_at(ecef_from_geodetic(np.radians(35.9), np.radians(14.4), 0.0), s)
    near = min(np.hypot(*(line - malta).T).min() for line in lines)
    assert near < 1e-3
