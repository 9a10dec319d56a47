"""Celestial frames against astropy, with its own copy of the IERS tables and no download."""

import astropy.units as u
import numpy as np
import pytest
from astropy.coordinates import (
    GCRS,
    ITRS,
    TEME,
    CartesianDifferential,
    CartesianRepresentation,
    PrecessedGeocentric,
)
from astropy.time import Time
from hypothesis import given
from hypothesis import strategies as st

from tocsin.earth.celestial import (
    eme2000_from_itrs,
    gcrs_from_itrs,
    itrs_from_eme2000,
    itrs_from_gcrs,
    itrs_from_teme,
    teme_from_itrs,
)
from tocsin.earth.constants import OMEGA
from tocsin.earth.time import tai_from_utc

R = np.array([[2.0e7, 1.0e7, 3.0e7], [-7.0e6, 1.0e5, 4.0e5]])
V = np.array([[1.0e3, 2.0e3, -500.0], [100.0, -7.4e3, 900.0]])
PAIRS = [
    (itrs_from_teme, teme_from_itrs),
    (itrs_from_gcrs, gcrs_from_itrs),
    (itrs_from_eme2000, eme2000_from_itrs),
]
# In 1962 just after midnight: SOFA's `utcut1`, which astropy calls, leaves out UTC's drift of 1.1 ms a day.
THEN = pytest.mark.parametrize(
    "iso",
    [
        "1962-10-27T00:01:00",
        "1975-01-05T06:00:00",
        "1983-09-26T00:15:00",
        "2005-12-31T23:59:59",
        "2017-07-04T00:40:00",
        "2024-02-29T12:34:56",
    ],
)


def astropy_state(frame, then):
    state = CartesianRepresentation(R.T * u.m).with_differentials(CartesianDifferential(V.T * u.m / u.s))
    itrs = frame(state, obstime=then).transform_to(ITRS(obstime=then)).cartesian
    return itrs.xyz.to_value(u.m).T, itrs.differentials["s"].d_xyz.to_value(u.m / u.s).T


@THEN
@pytest.mark.usefixtures("iers_since_1962")
def test_teme_to_itrs_against_astropy(iso):
    r, v = itrs_from_teme(np.full(2, tai_from_utc(iso)), R, V)
    theirs = astropy_state(TEME, Time(iso, scale="utc"))
    np.testing.assert_allclose(r, theirs[0], rtol=0, atol=0.02)
    np.testing.assert_allclose(v, theirs[1], rtol=0, atol=1e-3)


@THEN
@pytest.mark.usefixtures("iers_since_1962")
def test_gcrs_to_itrs_against_astropy(iso):
    then = Time(iso, scale="utc")
    r, v = itrs_from_gcrs(np.full(2, tai_from_utc(iso)), R, V)
    moved = {}
    for dt in (-0.5, 0.0, 0.5):
        place = CartesianRepresentation((R + dt * V).T * u.m)
        # Geocentric directions, by way of CIRS: no light time, no aberration, since both are at the centre.
        itrs = GCRS(place, obstime=then + dt * u.s).transform_to(ITRS(obstime=then + dt * u.s))
        moved[dt] = itrs.cartesian.xyz.to_value(u.m).T
    np.testing.assert_allclose(r, moved[0.0], rtol=0, atol=0.02)
    np.testing.assert_allclose(v, moved[0.5] - moved[-0.5], rtol=0, atol=1e-3)


@pytest.mark.usefixtures("iers_since_1962")
def test_eme2000_against_astropy():
    then = Time("2017-07-04T00:40:00", scale="utc")
    t = np.full(2, tai_from_utc("2017-07-04T00:40:00"))
    gcrs = GCRS(CartesianRepresentation(R.T * u.m), obstime=then)
    mean = gcrs.transform_to(PrecessedGeocentric(equinox="J2000", obstime=then)).cartesian.xyz.to_value(u.m).T
    assert np.linalg.norm(mean - R, axis=1).min() > 0.5
    np.testing.assert_allclose(
        itrs_from_eme2000(t, mean, V)[0], itrs_from_gcrs(t, R, V)[0], rtol=0, atol=0.01
    )


@pytest.mark.parametrize("there", [pair[0] for pair in PAIRS])
def test_velocity_is_that_of_the_earth_fixed_position(there):
    t = tai_from_utc("2017-07-04T00:40:00Z")
    times = t + np.array([-0.5, 0.0, 0.5])
    r, v = there(times, R[0] + V[0] * (times - t)[:, None], np.tile(V[0], (3, 1)))
    # TEME turns with precession, 8e-12 rad/s, which SGP4 leaves out: 2e-4 m/s at 25,000 km.
    np.testing.assert_allclose(r[2] - r[0], v[1], rtol=0, atol=3e-4)


@pytest.mark.parametrize(("there", "back"), PAIRS)
@given(st.lists(st.floats(-1.2e9, 1.2e9), min_size=1, max_size=4), st.integers(0, 2**31))
def test_there_and_back(there, back, times, seed):
    rng = np.random.default_rng(seed)
    r, v = rng.normal(size=(2, len(times), 3)) * np.array([4e7, 7e3])[:, None, None]
    r_ecef, v_ecef = there(times, r, v)
    np.testing.assert_allclose(np.linalg.norm(r_ecef, axis=1), np.linalg.norm(r, axis=1), rtol=1e-14)
    r2, v2 = back(times, r_ecef, v_ecef)
    np.testing.assert_allclose(r2, r, rtol=0, atol=1e-6)
    np.testing.assert_allclose(v2, v, rtol=0, atol=1e-9)


def test_many_times_are_as_one_at_a_time():
    times = tai_from_utc("2017-07-04") + np.array([5000.0, 10.0, 863.9, 864.1, 4321.0])
    one = [itrs_from_gcrs(times[i : i + 1], R[:1], V[:1]) for i in range(5)]
    r, v = itrs_from_gcrs(times, np.tile(R[0], (5, 1)), np.tile(V[0], (5, 1)))
    np.testing.assert_array_equal(r, np.concatenate([pair[0] for pair in one]))
    np.testing.assert_array_equal(v, np.concatenate([pair[1] for pair in one]))


@pytest.mark.parametrize("there", [pair[0] for pair in PAIRS])
def test_what_hangs_over_the_ground_turns_with_it(there):
    t = tai_from_utc("1983-09-26T00:15:00Z")
    back = dict(PAIRS)[there]
    r, v = back([t], [[4.2164e7, 0.0, 0.0]], np.zeros((1, 3)))
    assert np.linalg.norm(v) == pytest.approx(OMEGA * 4.2164e7, rel=1e-6)
    assert there([t], r, v)[1] == pytest.approx(0.0, abs=1e-9)
