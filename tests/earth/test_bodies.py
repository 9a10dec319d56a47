"""The Sun and the Moon against astropy, the ephemeris DE421, and a published autumn evening."""

import astropy.units as u
import numpy as np
import pytest
from astropy.coordinates import ITRS, get_body
from astropy.time import Time

from tocsin.earth.bodies import moon_ecef, sun_ecef
from tocsin.earth.ellipsoid import ecef, geodetic
from tocsin.earth.frames import range_az_el
from tocsin.earth.time import tai_from_utc

DATES = [
    "1962-10-27T15:00:00",
    "1983-09-25T20:15:00",
    "1995-01-25T06:24:00",
    "2017-07-04T00:40:00",
    "2024-02-29T12:34:56",
]
ARCSEC = np.pi / 648000.0


@pytest.mark.parametrize(("body", "ours"), [("sun", sun_ecef), ("moon", moon_ecef)])
@pytest.mark.usefixtures("iers_since_1962")
def test_against_astropy(body, ours):
    then = Time(DATES, scale="utc")
    theirs = get_body(body, then, ephemeris="builtin").transform_to(ITRS(obstime=then))
    theirs = theirs.cartesian.xyz.to_value(u.m).T
    found = ours([tai_from_utc(iso) for iso in DATES])
    sizes = np.linalg.norm([found, theirs], axis=-1)
    # Astropy's distances are from the Earth now to where the body was in the Solar System: off by v / c.
    np.testing.assert_allclose(sizes[0], sizes[1], rtol=1.1e-4)
    apart = np.linalg.norm(found / sizes[0][:, None] - theirs / sizes[1][:, None], axis=1)
    assert apart.max() < 0.02 * ARCSEC


@pytest.mark.parametrize(
    ("clock", "elevation", "azimuth", "range_km"),
    [("21:45", 0.49, 67.5, 382990), ("22:00", 1.30, 71.0, 382943), ("23:00", 4.8, 85.0, 382743)],
)
def test_the_moon_over_thule_in_1960(clock, elevation, azimuth, range_km):
    # JPL's DE421 by skyfield, geometric; it takes TAI-UTC as 10 s before 1972, where it was 1.4246 s, and so
    # stands 8.6 s late. The series is within 40 km and 20 arcsec of JPL's.
    t = tai_from_utc(f"1960-10-05T{clock}:00Z") + 10.0 - 1.4246
    lat, lon = np.radians([76.5703, -68.2992])
    seen = range_az_el(moon_ecef([t]), ecef(lat, lon, 392.0), lat, lon)[0]
    assert seen[0] / 1e3 == pytest.approx(range_km, abs=45.0)
    assert np.degrees(seen[2]) == pytest.approx(elevation, abs=0.03)
    assert np.degrees(seen[1]) == pytest.approx(azimuth, abs=0.05 + 0.006)


def test_the_sun_of_the_autumn_of_1983():
    r = sun_ecef([tai_from_utc("1983-09-25T20:15:00Z")])
    x, y, z = r[0] / np.linalg.norm(r[0])
    assert np.degrees(np.arcsin(z)) == pytest.approx(-0.87, abs=0.01)
    assert np.degrees(np.arctan2(y, x)) == pytest.approx(-125.83, abs=0.01)
    lat, lon = np.radians([47.5, -111.2])
    seen = range_az_el(r, ecef(lat, lon, 0.0), lat, lon)[0]
    assert np.degrees(seen[2]) == pytest.approx(40.0, abs=0.06)
    assert np.degrees(seen[1]) == pytest.approx(199.2, abs=0.06)


def test_an_equinox_has_the_sun_over_the_equator():
    # 2017-03-20T10:29 UTC (US Naval Observatory): declination crosses zero, 0.99 arcmin an hour.
    before, after = sun_ecef([tai_from_utc(f"2017-03-20T10:{m}:00Z") for m in (27, 31)])
    assert before[2] < 0.0 < after[2]


def test_no_times_give_no_places():
    assert sun_ecef([]).shape == moon_ecef([]).shape == (0, 3)
    assert geodetic(*moon_ecef([0.0])[0])[2] > 3.4e8
