"""The limb at cloud height, and where lines of sight meet the cloud: against minimisation along each line."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from tocsin.earth.constants import R_EQ
from tocsin.earth.ellipsoid import ecef_from_geodetic, geodetic_from_ecef
from tocsin.errors import TocsinError
from tocsin.sensor.infrared.limb import limb, meets, toward
from tocsin.sensor.measurement import focal_angles

LATITUDES = st.floats(-1.5, 1.5)
TURNS = st.floats(-np.pi, np.pi)
UP = st.floats(600e3, 42e6)
HEIGHTS = st.floats(0.0, 40e3)


def lowest(s, line):
    """The least geodetic height along a line, by search."""
    near = float(-s @ line)
    found = minimize_scalar(
        lambda k: float(geodetic_from_ecef(s + k * line)[2]),
        bounds=(near - 2e5, near + 2e5),
        method="bounded",
        options={"xatol": 1e-3},
    )
    return found.fun


@given(LATITUDES, TURNS, UP, TURNS, HEIGHTS)
@settings(max_examples=50)
def test_the_limb_is_where_the_line_grazes_the_height(lat, lon, up, azimuth, h):
    s = ecef_from_geodetic(lat, lon, up)
    angle, r = limb(s, np.array(azimuth), h)
    assert lowest(s, toward(s, np.array(azimuth), angle)) == pytest.approx(h, abs=1.0)
    assert float(geodetic_from_ecef(r)[2]) == pytest.approx(h, abs=1.0)
    back = (r - s) / np.linalg.norm(r - s)
    np.testing.assert_allclose(back, toward(s, np.array(azimuth), angle), atol=1e-12)


def test_azimuth_is_from_north_by_east():
    s = ecef_from_geodetic(0.3, -1.0, 36e6)
    for azimuth, sign in ((0.0, (0, 1)), (np.pi / 2, (1, 0)), (np.pi, (0, -1)), (-np.pi / 2, (-1, 0))):
        angle, r = limb(s, np.array(azimuth), 0.0)
        seen = focal_angles(r[None], np.zeros((1, 3)), s[None])[0][0]
        np.testing.assert_allclose(seen, np.array(sign) * angle, atol=5e-5)  # light time moves it


def test_over_the_equator_eastward_the_limb_is_a_circle():
    s = np.array([42.164e6, 0.0, 0.0])
    angle, r = limb(s, np.array([np.pi / 2, -np.pi / 2]), 12e3)
    np.testing.assert_allclose(angle, np.arcsin((R_EQ + 12e3) / 42.164e6), rtol=1e-13)
    np.testing.assert_allclose(np.linalg.norm(r, axis=-1), R_EQ + 12e3, rtol=1e-13)


@given(LATITUDES, TURNS, UP, TURNS, st.floats(0.0, 1.2), HEIGHTS)
def test_a_line_meets_the_height_inside_the_limb_and_not_outside(lat, lon, up, azimuth, share, h):
    s = ecef_from_geodetic(lat, lon, up)
    angle, _ = limb(s, np.array(azimuth), h)
    if abs(share - 1.0) < 1e-6:
        return
    line = toward(s, np.array(azimuth), share * angle)
    r = meets(s, line, h)
    if share > 1.0:
        assert np.isnan(r).all()
        return
    assert float(geodetic_from_ecef(r)[2]) == pytest.approx(h, abs=1.0)
    far = float((r - s) @ line)
    np.testing.assert_allclose(s + far * line, r, atol=1e-2)
    # The first of the two meetings: just before it the line is still above.
    assert 0.0 < far <= float(-s @ line) + 1.0
    assert float(geodetic_from_ecef(s + (far - 1e3) * line)[2]) > h - 1e-3


def test_lines_upward_meet_nothing():
    s = ecef_from_geodetic(0.5, 0.5, 1e6)
    assert np.isnan(meets(s, s, 0.0)).all()


def test_many_satellites_and_azimuths_at_once():
    s = ecef_from_geodetic(np.array([0.1, 0.9]), np.array([1.0, -2.0]), np.array([2e6, 36e6]))
    azimuth = np.array([0.4, 2.0])
    angles, r = limb(s, azimuth, 9e3)
    for k in range(2):
        one, at = limb(s[k], azimuth[k], 9e3)
        assert one == pytest.approx(angles[k], rel=1e-14)
        np.testing.assert_allclose(at, r[k], rtol=1e-14)


def test_a_satellite_below_the_clouds_is_refused():
    with pytest.raises(TocsinError, match="below 12000 m"):
        limb(ecef_from_geodetic(0.5, 0.5, 11e3), np.array(0.0), 12e3)
