"""Aberration against SOFA's routine, its inverse, and its size on a Molniya orbit."""

import erfa
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.catalogue import network
from tocsin.earth.celestial import gcrs_from_itrs
from tocsin.earth.constants import C_LIGHT
from tocsin.earth.time import tai_from_utc
from tocsin.errors import TocsinError
from tocsin.motion.orbit import satellite_states
from tocsin.sensor.infrared.aberration import apparent_direction, inertial_velocity, true_direction

RNG = np.random.default_rng(8)
U = RNG.normal(size=(500, 3))
U /= np.linalg.norm(U, axis=1)[:, None]
V = RNG.uniform(-8e3, 8e3, (500, 3))
UNIT = st.tuples(*[st.floats(-1.0, 1.0)] * 3).filter(lambda u: np.linalg.norm(u) > 0.1)
SPEED = st.floats(-3e7, 3e7)


def between(a, b):
    """The angle (n,) between unit vectors, good for small ones."""
    return 2.0 * np.arcsin(0.5 * np.linalg.norm(a - b, axis=-1))


def test_against_sofa_without_the_suns_gravity():
    beta = V / C_LIGHT
    sofa = erfa.ab(U, beta, 1e30, np.sqrt(1.0 - np.sum(beta**2, axis=1)))
    assert between(apparent_direction(U, V), sofa).max() < 1e-14


def test_first_order_is_the_velocity_across_over_that_of_light():
    across = np.linalg.norm(np.cross(U, V), axis=1) / C_LIGHT
    np.testing.assert_allclose(between(apparent_direction(U, V), U), across, rtol=0, atol=1e-9)
    # Toward where it goes.
    assert np.all(np.sum((apparent_direction(U, V) - U) * V, axis=1) > 0.0)


@given(u=UNIT, v=st.tuples(SPEED, SPEED, SPEED))
def test_the_inverse_is_exact_at_any_speed(u, v):
    unit = np.array([u]) / np.linalg.norm(u)
    there_and_back = true_direction(apparent_direction(unit, np.array([v])), np.array([v]))
    assert between(there_and_back, unit)[0] < 1e-14
    assert np.linalg.norm(apparent_direction(unit, np.array([v]))) == pytest.approx(1.0, abs=1e-15)


def test_straight_ahead_nothing_moves():
    u = np.array([0.0, 0.6, 0.8])
    np.testing.assert_allclose(apparent_direction(u, 1e4 * u), u, rtol=0, atol=1e-15)


def test_inertial_velocity_is_that_of_the_celestial_frame():
    t = tai_from_utc("2024-03-01T00:00:00Z") + np.linspace(0.0, 43e3, 9)
    r, v = np.tile([1.2e7, -3e7, 2e7], (9, 1)), np.tile([800.0, 1500.0, -400.0], (9, 1))
    # The day is not quite the nominal one: 2 mm/s, which is nothing to aberration.
    _, celestial = gcrs_from_itrs(t, r, v)
    got = np.linalg.norm(inertial_velocity(r, v), axis=1)
    np.testing.assert_allclose(got, np.linalg.norm(celestial, axis=1), rtol=0, atol=5e-3)
    np.testing.assert_allclose(inertial_velocity(np.array([1e7, 0, 0]), np.zeros(3)), [0, 729.2115, 0])


def test_5_to_33_microradians_round_a_molniya_orbit():
    _, elements = network("2017-07-04").satellites[0]
    r, v = satellite_states(elements, tai_from_utc("2017-07-04T00:00:00Z") + np.arange(0.0, 43080.0, 60.0))
    shift = np.linalg.norm(inertial_velocity(r, v), axis=1) / C_LIGHT
    assert 4.5e-6 < shift.min() < 5.5e-6
    assert 25e-6 < shift.max() < 34e-6


@pytest.mark.parametrize("v", [[np.nan, 0.0, 0.0], [np.inf, 0.0, 0.0]])
def test_what_cannot_be_is_refused(v):
    with pytest.raises(TocsinError, match="velocity"):
        apparent_direction(np.array([1.0, 0.0, 0.0]), np.array(v))
