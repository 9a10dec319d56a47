"""Frames against astropy, with its own copy of the IERS tables and no download."""

import astropy.units as u
import numpy as np
import pytest
from astropy.coordinates import (
    ITRS,
    TEME,
    AltAz,
    CartesianDifferential,
    CartesianRepresentation,
    EarthLocation,
)
from astropy.time import Time
from astropy.utils import iers

from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.earth.frames import enu_from_ecef, itrs_from_teme, range_az_el
from tocsin.earth.orientation import earth_orientation, ut1_and_pole
from tocsin.earth.time import tai_from_utc

R_TEME = np.array([[2.0e7, 1.0e7, 3.0e7], [-7.0e6, 1.0e5, 4.0e5]])
V_TEME = np.array([[1.0e3, 2.0e3, -500.0], [100.0, -7.4e3, 900.0]])


@pytest.fixture
def no_download():
    with iers.conf.set_temp("auto_download", False):
        yield


@pytest.mark.parametrize(
    "iso",
    [
        "1975-01-05T06:00:00",
        "1983-09-26T00:15:00",
        "2005-12-31T23:59:59",
        "2017-07-04T00:40:00",
        "2024-02-29T12:34:56",
    ],
)
@pytest.mark.usefixtures("no_download")
def test_teme_to_itrs_against_astropy(iso):
    then = Time(iso, scale="utc")
    state = CartesianRepresentation(R_TEME.T * u.m).with_differentials(
        CartesianDifferential(V_TEME.T * u.m / u.s)
    )
    itrs = TEME(state, obstime=then).transform_to(ITRS(obstime=then)).cartesian
    r, v = itrs_from_teme(np.full(2, tai_from_utc(iso)), R_TEME, V_TEME)
    np.testing.assert_allclose(r, itrs.xyz.to_value(u.m).T, rtol=0, atol=0.02)
    np.testing.assert_allclose(v, itrs.differentials["s"].d_xyz.to_value(u.m / u.s).T, rtol=0, atol=1e-3)


def test_velocity_is_that_of_the_earth_fixed_position():
    t = tai_from_utc("2017-07-04T00:40:00Z")
    times = t + np.array([-0.5, 0.0, 0.5])
    moving = R_TEME[0] + V_TEME[0] * (times - t)[:, None]
    r, v = itrs_from_teme(times, moving, np.tile(V_TEME[0], (3, 1)))
    # TEME turns with precession, 8e-12 rad/s, which SGP4 leaves out: 2e-4 m/s at 25,000 km.
    np.testing.assert_allclose(r[2] - r[0], v[1], rtol=0, atol=3e-4)


@pytest.mark.usefixtures("no_download")
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


def test_outside_the_tables_ut1_is_utc():
    table = earth_orientation()
    assert (np.diff(table.t_tai) > 0).all()
    t = np.array(
        [tai_from_utc("1961-06-01"), tai_from_utc("1962-01-02T12:00:00Z"), tai_from_utc("2090-01-01")]
    )
    ut1_tai, x, y = ut1_and_pole(t)
    # TAI-UTC on 1961-06-01 is 1.4228180 s + 151 d x 0.001296 s/d (USNO tai-utc.dat); 37 s since 2017.
    assert ut1_tai[0] == pytest.approx(-(1.4228180 + 151 * 0.001296), abs=1e-6)
    assert ut1_tai[2] == pytest.approx(-37.0, abs=1e-9)
    assert x[0] == y[0] == x[2] == y[2] == 0.0
    # UT1-UTC of 2 and 3 January 1962 in the IERS C04 series is 0.0320547 and 0.0315526 s.
    utc_tai = -(1.8458580 + 1.5 * 0.0011232)
    assert ut1_tai[1] - utc_tai == pytest.approx(0.0318, abs=3e-4)
