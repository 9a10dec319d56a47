"""Gravity against the published normal gravity, and its gradient against differences."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.earth.constants import MU, OMEGA, R_EQ
from tocsin.earth.ellipsoid import ecef
from tocsin.earth.gravity import gravity_j2, gravity_j2_gradient

LAT = st.floats(-1.57, 1.57)
LON = st.floats(-3.14, 3.14)


@pytest.mark.parametrize(("lat_deg", "normal"), [(0.0, 9.7803253359), (90.0, 9.8321849378)])
def test_against_normal_gravity(lat_deg, normal):
    # WGS84's gravity on the ellipsoid at equator and pole (NIMA TR8350.2, table 3.4); J4 adds 2e-5 of it.
    x, y, z = ecef(math.radians(lat_deg), 0.3, 0.0)
    ax, ay, az = gravity_j2(x, y, z)
    total = math.hypot(ax + OMEGA**2 * x, ay + OMEGA**2 * y, az)
    assert total == pytest.approx(normal, abs=3e-4)


def test_far_away_it_is_a_point_mass():
    r = 1e9
    assert gravity_j2(0.0, -r, 0.0)[1] == pytest.approx(MU / r**2, rel=1e-6)
    assert R_EQ / r < 0.01


@given(LAT, LON, st.floats(0.0, 40_000e3))
def test_gradient_against_central_differences(lat, lon, h):
    r = np.array(ecef(lat, lon, h))
    g = np.empty((3, 3))
    gravity_j2_gradient(*r, g)
    step = 1e-4 * np.linalg.norm(r)
    differences = np.array(
        [
            (np.array(gravity_j2(*(r + step * e))) - np.array(gravity_j2(*(r - step * e)))) / (2 * step)
            for e in np.eye(3)
        ]
    ).T
    np.testing.assert_allclose(g, differences, rtol=0, atol=1e-7 * np.abs(g).max())
    np.testing.assert_array_equal(g, g.T)
    assert np.trace(g) == pytest.approx(0.0, abs=1e-14 * np.abs(g).max())
