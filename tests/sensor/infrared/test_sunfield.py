"""The Sun near the field: hidden by the Earth as rays say, louder as the formula says, blind close by."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.earth.bodies import sun_ecef
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.earth.time import tai_from_utc
from tocsin.errors import TocsinError
from tocsin.sensor.infrared.limb import meets
from tocsin.sensor.infrared.sunfield import R_SUN, SUN_LIMITS, SunLimits, sun_field
from tocsin.sensor.measurement import nadir_axes

AU = 1.496e11
LIMITS = SunLimits(air_m=0.0)


def toward_sun(s, above, azimuth):
    """A Sun as many radians from nadir, at an azimuth."""
    east, north, nadir = nadir_axes(s)
    across = np.cos(azimuth) * north + np.sin(azimuth) * east
    return s + AU * (np.cos(above) * nadir + np.sin(above) * across)


def seen_share(s, sun, count=4000):
    """The share of points, even over the Sun's disc, whose rays miss the ellipsoid."""
    axis = (sun - s) / np.linalg.norm(sun - s)
    side = np.cross(axis, [0.3, -0.5, 0.8])
    side /= np.linalg.norm(side)
    k = np.arange(count)
    radius = R_SUN * np.sqrt((k + 0.5) / count)
    turn = k * np.pi * (3.0 - np.sqrt(5.0))
    points = (
        sun
        + (radius * np.cos(turn))[:, None] * side
        + (radius * np.sin(turn))[:, None] * np.cross(axis, side)
    )
    lines = (points - s) / np.linalg.norm(points - s, axis=-1)[:, None]
    return float(np.mean(np.isnan(meets(s, lines, 0.0)[:, 0])))


@given(st.floats(-1.4, 1.4), st.floats(5e6, 42e6), st.floats(-3.1, 3.1), st.floats(-1.6, 1.6))
@settings(max_examples=50)
def test_the_visible_share_is_that_of_rays_that_miss_the_earth(lat, up, azimuth, radii):
    s = ecef_from_geodetic(lat, 0.7, up)
    below = sun_field(s, toward_sun(s, 0.1, azimuth), limits=LIMITS)
    edge = 0.1 - below.above_limb[0]
    sun = toward_sun(s, edge + radii * np.arcsin(R_SUN / AU), azimuth)
    found = sun_field(s, sun, limits=LIMITS)
    # 4,000 points tell a share to 1 / 4,000 and an edge's worth of them; the limb is taken as straight.
    assert found.visible[0] == pytest.approx(seen_share(s, sun), abs=0.01)
    assert found.above_limb[0] == pytest.approx(radii * np.arcsin(R_SUN / AU), abs=1e-7)


def test_half_of_the_disc_at_the_limb():
    s = ecef_from_geodetic(0.5, 0.0, 36e6)
    edge = 0.1 - sun_field(s, toward_sun(s, 0.1, 1.0)).above_limb[0]
    assert sun_field(s, toward_sun(s, edge, 1.0)).visible == pytest.approx(0.5, abs=1e-6)


@given(st.floats(-1.4, 1.4), st.floats(1e6, 42e6), st.floats(-3.1, 3.1), st.floats(0.0, np.pi))
def test_hidden_it_does_nothing_and_far_away_neither(lat, up, azimuth, off):
    s = ecef_from_geodetic(lat, -2.0, up)
    found = sun_field(s, toward_sun(s, off, azimuth))
    assert found.angle[0] == pytest.approx(off, abs=1e-9)
    assert found.noise[0] >= 1.0
    if found.visible[0] == 0.0:
        assert found.noise[0] == 1.0
        assert found.above_limb[0] < 0.0
    if off > SUN_LIMITS.near:
        assert found.noise[0] == 1.0
    if found.visible[0] > 0.0 and off < SUN_LIMITS.exclusion:
        assert found.blind[0]
    assert found.blind[0] == (np.isinf(found.noise[0]))


@pytest.mark.parametrize("deg", [16.0, 20.0, 25.0, 29.9])
def test_the_noise_between_exclusion_and_near(deg):
    s = ecef_from_geodetic(0.5, 0.0, 36e6)
    found = sun_field(s, toward_sun(s, np.radians(deg), -2.0), limits=SunLimits(power=3.0))
    assert found.visible[0] == 1.0
    assert found.noise[0] == pytest.approx((30.0 / deg) ** 3, rel=1e-9)


def test_the_boresight_may_be_another_than_nadir():
    s = np.stack([ecef_from_geodetic(0.5, 0.0, 36e6)] * 2)
    sun = toward_sun(s[0], np.radians(40.0), 0.3)
    assert not sun_field(s, sun).blind.any()
    found = sun_field(s, sun, sun - s)
    assert found.blind.all()
    np.testing.assert_allclose(found.angle, 0.0, atol=1e-7)
    # A scaled boresight is the same direction.
    assert sun_field(s, sun, (sun - s)[0] * 1e-6).blind.all()


def test_a_day_in_which_the_sun_passes_behind_the_earth():
    # Above 0 N 0 E at 36,000 km at the equinox: behind the Earth for 70 minutes about midnight, as long as
    # eclipses of geostationary satellites; outside the Earth's 8.7 deg, up to 15 deg, blind on either side.
    t = tai_from_utc("2017-03-20T12:00:00Z") + 60.0 * np.arange(1440)
    s = np.broadcast_to(np.array([42.164e6, 0.0, 0.0]), (1440, 3))
    found = sun_field(s, sun_ecef(t), limits=LIMITS)
    dark = np.sum(1.0 - found.visible)
    assert dark == pytest.approx(69.4, abs=1.5)
    assert np.sum(found.blind) == pytest.approx(2.0 * 4.0 * 15.0 - dark, abs=3.0)
    assert abs(int(np.argmin(found.angle)) - 727) < 3  # the equation of time: 7 minutes


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: SunLimits(exclusion=0.6), "give exclusion <= near"),
        (lambda: SunLimits(near=4.0), "<= 180 deg"),
        (lambda: SunLimits(exclusion=-0.1), "SunLimits.exclusion = -0.1 is impossible"),
        (lambda: sun_field(np.ones(3), np.array([AU, 0.0, 0.0])), "satellite is below 10000 m"),
        (lambda: sun_field(np.full(3, np.nan), np.array([AU, 0.0, 0.0])), r"satellite \(m\): nan"),
        (
            lambda: sun_field(np.array([4e7, 0, 0]), np.array([AU, 0, 0]), np.zeros(3)),
            "boresight: a direction",
        ),
    ],
)
def test_impossible_figures_are_refused(call, words):
    with pytest.raises(TocsinError, match=words):
        call()
