"""Ellipses hold the probability that they say, and lie the way that they say."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tocsin.assess.region import ellipse, place

P = np.array([[900.0, 400.0], [400.0, 500.0]]) * 1e6


def inside(e, points):
    """Which points (n, 2) km, east and north, lie within an ellipse given by its axes and azimuth."""
    az = math.radians(e.azimuth_deg)
    along = points @ [math.sin(az), math.cos(az)]
    across = points @ [math.cos(az), -math.sin(az)]
    return (along / e.semi_major_km) ** 2 + (across / e.semi_minor_km) ** 2 < 1.0


@pytest.mark.parametrize("probability", [0.5, 0.9, 0.99])
def test_it_holds_its_probability(probability):
    points = np.random.default_rng(3).multivariate_normal([0.0, 0.0], P, 200_000) / 1e3
    share = int(inside(ellipse(P, probability), points).sum())
    low, high = stats.binom.interval(0.999, len(points), probability)
    assert low < share < high


@given(st.floats(0.1, 179.9), st.floats(1.0, 500.0), st.floats(0.01, 0.95))
def test_axes_and_azimuth(azimuth, major, ratio):
    az = math.radians(azimuth)
    u = np.array([[math.sin(az), math.cos(az)], [math.cos(az), -math.sin(az)]])
    e = ellipse(u.T @ np.diag([major**2, (major * ratio) ** 2]) @ u * 1e6, 1.0 - math.exp(-0.5))
    assert e.semi_major_km == pytest.approx(major, rel=1e-6)
    assert e.semi_minor_km == pytest.approx(major * ratio, rel=1e-3)
    assert (e.azimuth_deg - azimuth + 90.0) % 180.0 - 90.0 == pytest.approx(0.0, abs=1e-3)
    assert 0.0 <= e.azimuth_deg < 180.0


def test_a_needle_has_no_negative_width():
    e = ellipse(np.array([[1e10, 1e10], [1e10, 1e10]]), 0.9)
    assert e.semi_minor_km >= 0.0
    assert e.azimuth_deg == pytest.approx(45.0)


@pytest.mark.parametrize(
    ("lon", "told"), [(math.pi + 0.1, -180.0 + math.degrees(0.1)), (-3.0, math.degrees(-3.0))]
)
def test_a_place(lon, told):
    found = place(0.5, lon, 1000.0, 3.0, P)
    assert found.lat_deg == pytest.approx(math.degrees(0.5))
    assert found.lon_deg == pytest.approx(told)
    assert (found.t, found.sigma_s) == (1000.0, 3.0)
    assert found.ellipse_90_km.semi_major_km / found.ellipse_50_km.semi_major_km == pytest.approx(
        math.sqrt(math.log(10.0) / math.log(2.0))
    )
