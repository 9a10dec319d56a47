"""Local frames against astropy, with its own copy of the IERS tables and no download."""

import astropy.units as u
import numpy as np
import pytest
from astropy.coordinates import ITRS, AltAz, CartesianRepresentation, EarthLocation
from astropy.time import Time
from hypothesis import given
from hypothesis import strategies as st

from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.earth.frames import enu_from_ecef, half_turn, range_az_el


@pytest.mark.usefixtures("iers_since_1962")
@pytest.mark.parametrize(("lat_deg", "lon_deg"), [(52.85, 103.25), (-35.0, -70.0), (68.1, 33.9)])
def test_range_azimuth_elevation_against_astropy(lat_deg, lon_deg):
    then = Time("2017-07-04T00:50:00", scale="utc")
    site = EarthLocation.from_geodetic(lon_deg * u.deg, lat_deg * u.deg, 500 * u.m)
    place = np.array([v.to_value(u.m) for v in site.geocentric])
    lat, lon = np.radians([lat_deg, lon_deg])
    targets = place + np.random.default_rng(1).normal(size=(20, 3)) * 3e6
    ours = range_az_el(targets, place, lat, lon)
    theirs = ITRS(
        CartesianRepresentation((targets - place).T * u.m), obstime=then, location=site
    ).transform_to(AltAz(obstime=then, location=site))
    np.testing.assert_allclose(ours[:, 0], theirs.distance.to_value(u.m), rtol=0, atol=1e-3)
    np.testing.assert_allclose(np.degrees(ours[:, 1]), theirs.az.deg, rtol=0, atol=1e-8)
    np.testing.assert_allclose(np.degrees(ours[:, 2]), theirs.alt.deg, rtol=0, atol=1e-8)


def test_azimuth_is_clockwise_from_north():
    lat, lon = np.radians([40.0, 125.0])
    site = ecef_from_geodetic(lat, lon, 0.0)
    enu = enu_from_ecef(lat, lon)
    np.testing.assert_allclose(enu @ enu.T, np.eye(3), atol=1e-15)
    east_and_up = site + enu.T @ np.array([1e4, 0.0, 1e4])
    west = site + enu.T @ np.array([-1e4, 0.0, 0.0])
    seen = range_az_el(np.array([east_and_up, west]), site, lat, lon)
    np.testing.assert_allclose(np.degrees(seen[:, 1:]), [[90.0, 45.0], [270.0, 0.0]], atol=1e-9)
    np.testing.assert_allclose(seen[:, 0], [1e4 * 2**0.5, 1e4], rtol=1e-12)


@given(st.floats(-1e3, 1e3))
def test_an_angle_within_half_a_turn_is_the_same_direction(angle):
    near = half_turn(np.array([angle]))[0]
    assert -np.pi <= near <= np.pi
    assert np.cos(near) == pytest.approx(np.cos(angle), abs=1e-9)
    assert np.sin(near) == pytest.approx(np.sin(angle), abs=1e-9)
