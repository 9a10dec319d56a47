"""Geodetic coordinates against SOFA, and geodesics against a published case."""

import math

import erfa
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.earth.ellipsoid import (
    ecef,
    ecef_from_geodetic,
    geodesic_direct,
    geodesic_inverse,
    geodetic,
    geodetic_from_ecef,
    height_and_up,
    verticals,
)

LAT = st.floats(-math.pi / 2, math.pi / 2)
LON = st.floats(-math.pi, math.pi)
HEIGHT = st.floats(-10e3, 50_000e3)


@given(LAT, LON, HEIGHT)
def test_there_and_back(lat, lon, h):
    r = ecef(lat, lon, h)
    lat2, lon2, h2 = geodetic(*r)
    assert lat2 == pytest.approx(lat, abs=1e-12)
    assert math.cos(lat) * math.remainder(lon2 - lon, 2 * math.pi) == pytest.approx(0.0, abs=1e-12)
    # A double cannot hold 1e-9 m at 56,000 km: allow four roundings of the radius.
    assert h2 == pytest.approx(h, abs=max(1e-9, 4 * np.spacing(math.hypot(*r))))


@given(LAT, LON, HEIGHT)
def test_against_sofa(lat, lon, h):
    r = ecef(lat, lon, h)
    np.testing.assert_allclose(r, erfa.gd2gc(1, lon, lat, h), rtol=0, atol=3e-8)
    _, lat_sofa, h_sofa = erfa.gc2gd(1, np.array(r))
    lat2, _, h2 = geodetic(*r)
    # SOFA stops after one step of its iteration, up to 3e-11 rad away at 20,000 km.
    assert lat2 == pytest.approx(lat_sofa, abs=5e-11)
    # Either height is the remainder of terms as large as the radius, and carries their roundings: over
    # 24 million points the two are up to 6.25 spacings of the radius apart, 4e-8 m at 50,000 km. Allow eight.
    assert h2 == pytest.approx(h_sofa, abs=8 * np.spacing(math.hypot(*r)))


@given(LAT, LON, st.floats(-5e3, 2000e3))
def test_the_normal_is_the_gradient_of_the_height(lat, lon, h):
    r = np.array(ecef(lat, lon, h))
    _, cos_lat, sin_lat, *up = height_and_up(*r)
    np.testing.assert_allclose(
        up, [math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)], atol=1e-9
    )
    assert math.atan2(sin_lat, cos_lat) == pytest.approx(lat, abs=1e-12)
    assert height_and_up(*(r + 100.0 * np.array(up)))[0] == pytest.approx(h + 100.0, abs=1e-7)


def test_poles_and_centre_are_numbers():
    lat, _, h = geodetic(0.0, 0.0, -6356752.314245179)
    assert lat == -math.pi / 2
    assert h == pytest.approx(0.0, abs=1e-8)
    assert all(math.isfinite(v) for v in geodetic(0.0, 0.0, 0.0))


def test_arrays_agree_with_the_kernels():
    lat = np.array([[0.1, -1.2, 1.5], [0.0, 0.7, -0.3]])
    lon = np.array([[3.0, -3.1, 0.0], [1.0, 2.0, -2.0]])
    h = np.array([[0.0, 1e3, 5e6], [4e7, -100.0, 8e4]])
    r = ecef_from_geodetic(lat, lon, h)
    assert r.shape == (2, 3, 3)
    np.testing.assert_allclose(r[1, 2], ecef(-0.3, -2.0, 8e4), rtol=1e-15)
    for ours, given_ in zip(geodetic_from_ecef(r), (lat, lon, h), strict=True):
        assert ours.shape == (2, 3)
        np.testing.assert_allclose(ours, given_, rtol=1e-12, atol=1e-8)
    assert geodetic_from_ecef(np.empty((0, 3)))[0].shape == (0,)
    assert ecef_from_geodetic(0.5, 0.25, 0.0).shape == (3,)


@given(LAT, LON)
def test_the_vertical_is_along_which_the_height_grows(lat, lon):
    up = verticals(lat, lon)
    np.testing.assert_allclose(
        ecef_from_geodetic(lat, lon, 1e3) - ecef_from_geodetic(lat, lon, 0.0), 1e3 * up, atol=1e-5
    )
    assert verticals(np.zeros((2, 1)), np.zeros(3)).shape == (2, 3, 3)


def test_geodesic_against_the_published_example():
    # Wellington to Salamanca, the worked example of GeographicLib's Python documentation.
    there = [math.radians(v) for v in (-41.32, 174.81, 40.96, -5.50)]
    distance, azimuth = geodesic_inverse(*there)
    assert distance == pytest.approx(19959679.267, abs=1e-3)
    assert math.degrees(azimuth) == pytest.approx(161.06766998615882, abs=1e-9)
    lat, lon = geodesic_direct(there[0], there[1], azimuth, distance)
    assert lat == pytest.approx(there[2], abs=1e-12)
    assert lon == pytest.approx(there[3], abs=1e-12)
