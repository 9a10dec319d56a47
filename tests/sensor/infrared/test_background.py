"""What lies behind a plume: space, night or sunlit cloud, by the geometry of telescope, plume and Sun."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import TocsinError
from tocsin.sensor.infrared.background import BACKGROUND, Background, background_factor
from tocsin.sensor.infrared.transmission import MEAN_RADIUS, band_transmission

AU = 1.5e11
HIGH = np.array([46e6, 0.0, 0.0])
RADIUS = MEAN_RADIUS + BACKGROUND.cloud_top_m


def sun_at(angle):
    """The Sun at an angle (rad) from the x axis, on which the telescope stands."""
    return AU * np.array([np.cos(angle), np.sin(angle), 0.0])


def at_disc(angle):
    """A point seen from HIGH at an angle (rad) off the nadir, where its line meets the cloud, the line."""
    a, b, c = 1.0, -2.0 * HIGH[0] * np.cos(angle), HIGH[0] ** 2
    s = (-b - np.sqrt(b * b - 4.0 * a * (c - RADIUS**2))) / (2.0 * a)
    u = np.array([-np.cos(angle), np.sin(angle), 0.0])
    return HIGH + (s - 100e3) * u, HIGH + s * u, u


@pytest.mark.parametrize("sun_deg", [0.0, 40.0, 85.0, 89.9])
@pytest.mark.parametrize("disc_deg", [0.0, 4.0, 7.0])
def test_sunlit_cloud_by_the_two_zenith_angles(disc_deg, sun_deg):
    r, cloud, u = at_disc(np.radians(disc_deg))
    sun = sun_at(np.radians(sun_deg))
    normal = cloud / np.linalg.norm(cloud)
    z_sun, z_view = np.arccos(normal @ sun / AU), np.arccos(-normal @ u)
    lit = np.cos(z_sun) * band_transmission(8e3, z_sun) * band_transmission(8e3, z_view)
    expected = np.sqrt(1.1**2 + (3.0**2 - 1.1**2) * lit)
    assert background_factor(r[None], HIGH[None], sun)[0] == pytest.approx(expected, rel=1e-6)


def test_night_is_the_earth_alone_and_space_is_dark():
    r, _, _ = at_disc(np.radians(3.0))
    assert background_factor(r[None], HIGH[None], sun_at(np.pi))[0] == BACKGROUND.earth
    above_the_limb = np.array([0.0, 7e6, 0.0])
    away = np.array([60e6, 0.0, 0.0])
    both = np.stack([above_the_limb, away])
    np.testing.assert_array_equal(background_factor(both, np.stack([HIGH, HIGH]), sun_at(0.0)), 1.0)


@given(
    direction=st.tuples(*[st.floats(-1.0, 1.0)] * 3).filter(lambda d: np.linalg.norm(d) > 0.1),
    miss=st.floats(0.0, 2.0),
    turn=st.floats(0.0, 6.3),
    sun=st.floats(0.0, 3.2),
)
def test_the_limb_of_the_cloud_parts_earth_from_space_and_the_factor_has_its_limits(
    direction, miss, turn, sun
):
    s = 4e7 * np.array(direction) / np.linalg.norm(direction)
    nadir = -s / np.linalg.norm(s)
    side = np.cross(nadir, [0.36, -0.48, 0.8])
    side /= np.linalg.norm(side)
    side = np.cos(turn) * side + np.sin(turn) * np.cross(nadir, side)
    limb = np.arcsin(RADIUS / 4e7)
    angle = miss * limb
    r = s + 3.2e7 * (np.cos(angle) * nadir + np.sin(angle) * side)
    factor = background_factor(r[None], s[None], sun_at(sun))[0]
    if miss < 1.0 - 1e-6:
        assert BACKGROUND.earth <= factor <= BACKGROUND.sunlit
    elif miss > 1.0 + 1e-6:
        assert factor == 1.0


def test_high_cloud_in_a_high_sun_is_the_worst():
    r, _, _ = at_disc(0.0)
    noon = [background_factor(r[None], HIGH[None], sun_at(a))[0] for a in np.radians([0.0, 30.0, 60.0, 85.0])]
    assert np.all(np.diff(noon) < 0.0)
    tops = [
        background_factor(r[None], HIGH[None], sun_at(0.5), Background(cloud_top_m=h))[0]
        for h in (0.0, 5e3, 8e3, 12e3)
    ]
    assert np.all(np.diff(tops) > 0.0)
    # Low cloud lies under opaque air.
    assert tops[0] == pytest.approx(BACKGROUND.earth, rel=1e-6)


def test_one_sun_or_one_for_each():
    r, _, _ = at_disc(0.02)
    rows, sensors = np.stack([r, r]), np.stack([HIGH, HIGH])
    suns = np.stack([sun_at(0.2), sun_at(2.0)])
    got = background_factor(rows, sensors, suns)
    assert got[0] == background_factor(rows, sensors, suns[0])[0]
    assert got[1] == BACKGROUND.earth


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: Background(earth=0.9), "earth = 0.9"),
        (lambda: Background(sunlit=1.05), "sunlit = 1.05"),
        (lambda: background_factor(np.full((1, 3), np.nan), HIGH[None], HIGH), "position"),
    ],
)
def test_what_cannot_be_is_refused(call, said):
    with pytest.raises(TocsinError, match=said):
        call()
