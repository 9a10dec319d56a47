"""Gravity against published normal gravity, another program's EGM2008, and its gradient by differences."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.earth.field import acceleration
from tocsin.earth.constants import MU, OMEGA, R_EQ
from tocsin.earth.ellipsoid import ecef
from tocsin.earth.geopotential import J2
from tocsin.earth.gravity import gravity, gravity_gradient

LAT = st.floats(-1.57, 1.57)
LON = st.floats(-3.14, 3.14)
FIELDS = st.sampled_from([(2, 0), (4, 0), (3, 0), (8, 0), (2, 2), (5, 3), (8, 8), (36, 36)])


def of(r, degree=8, order=8):
    return np.array(gravity(*r, degree, order, np.zeros((39, 39))))


@pytest.mark.parametrize(("lat_deg", "normal"), [(0.0, 9.7803253359), (90.0, 9.8321849378)])
def test_against_normal_gravity(lat_deg, normal):
    # WGS84's gravity on the ellipsoid at equator and pole (NIMA TR8350.2, 3.4); J3 sets the poles 2e-4 apart.
    x, y, z = ecef(math.radians(lat_deg), 0.3, 0.0)
    ax, ay, az = of((x, y, z), 4, 0)
    total = math.hypot(ax + OMEGA**2 * x, ay + OMEGA**2 * y, az)
    assert total == pytest.approx(normal, abs=1.5e-4)


@pytest.mark.parametrize(
    ("r", "whole", "part"),
    [
        (
            (-1350140.475, -3973436.638, 5072099.975),
            (1.8805964344698287, 5.534821289856467, -7.086743746688241),
            (1.8806544299873869, 5.534814604611533, -7.086641388995053),
        ),
        (
            (6378137.0, 1000.0, -250000.0),
            (-9.79155311980129, -0.0015911559327749397, 0.3850586053595986),
            (-9.79157606385602, -0.0015172027201016377, 0.3850910773268718),
        ),
        (
            (120000.0, -90000.0, 6357000.0),
            (-0.18469291034834426, 0.13863248021146335, -9.823378334232718),
            (-0.1847502842629293, 0.13858869569499896, -9.823365445598093),
        ),
        (
            (-7.1e6, 5.2e6, -3.3e6),
            (3.4094644854056573, -2.4970934697222034, 1.5870896249800306),
            (3.409465374226279, -2.4970959974349003, 1.5870890660611603),
        ),
    ],
)
def test_against_another_program(r, whole, part):
    # brahe 1.8, its own copy of EGM2008 and its own recursion; GM 3.986004415e14, ours 3.986004418e14.
    assert of(r) * (3.986004415e14 / MU) == pytest.approx(whole, abs=1e-9)
    assert of(r, 5, 3) * (3.986004415e14 / MU) == pytest.approx(part, abs=1e-9)


def test_j2_is_the_published_one():
    # IERS Conventions (2010), table 1.1: 1.0826359e-3, zero-tide; the permanent tide adds 3.11e-8 k to a
    # tide-free one.
    assert pytest.approx(1.0826359e-3 - 3.1108e-8 * 0.30190, abs=1e-9) == J2


def test_far_away_it_is_a_point_mass():
    r = 1e9
    assert of((0.0, -r, 0.0))[1] == pytest.approx(MU / r**2, rel=1e-6)
    assert R_EQ / r < 0.01


@given(LAT, LON, st.floats(-10e3, 40_000e3), FIELDS)
def test_against_an_independent_recursion(lat, lon, h, field):
    r = ecef(lat, lon, h)
    assert of(r, *field) == pytest.approx(acceleration(*r, *field), abs=2e-14 * MU / R_EQ**2)


def test_at_the_pole():
    r = (0.0, 0.0, 6.4e6)
    assert of(r) == pytest.approx(acceleration(*r), abs=1e-13)
    g = np.zeros((3, 3))
    gravity_gradient(*r, 8, 8, np.zeros((39, 39)), g)
    assert np.isfinite(g).all()


@given(LAT, LON, st.floats(0.0, 40_000e3), FIELDS)
def test_gradient_against_central_differences(lat, lon, h, field):
    r = np.array(ecef(lat, lon, h))
    g = np.empty((3, 3))
    gravity_gradient(*r, *field, np.zeros((39, 39)), g)
    step = 1e-4 * np.linalg.norm(r)
    differences = np.array(
        [(of(r + step * e, *field) - of(r - step * e, *field)) / (2 * step) for e in np.eye(3)]
    ).T
    np.testing.assert_allclose(g, differences, rtol=0, atol=2e-7 * np.abs(g).max())
    np.testing.assert_array_equal(g, g.T)
    assert np.trace(g) == pytest.approx(0.0, abs=1e-14 * np.abs(g).max())
