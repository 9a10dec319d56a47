"""Velocities from positions alone: SciPy's clamped spline, and what it is good for."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.interpolate import CubicSpline, KroghInterpolator

from tests.interchange.made import circle
from tocsin.interchange.spline import spline_velocities

STEPS = st.lists(st.floats(0.1, 10.0), min_size=3, max_size=30)


@settings(max_examples=40)
@given(STEPS, st.integers(0, 2**31))
def test_the_spline_is_scipy_s(steps, seed):
    t = np.concatenate([[0.0], np.cumsum(steps)])
    r = np.random.default_rng(seed).normal(size=(len(t), 3))
    # The slopes at both ends: of the polynomials through the five samples nearest to them.
    ends = [
        KroghInterpolator(t[k], r[k]).derivative(t[at]) for k, at in ((slice(5), 0), (slice(-5, None), -1))
    ]
    theirs = CubicSpline(t, r, bc_type=((1, ends[0]), (1, ends[1])))(t, 1)
    scale = np.abs(theirs).max()
    np.testing.assert_allclose(spline_velocities(t, r), theirs, rtol=0, atol=1e-8 * scale)


@pytest.mark.parametrize("degree", [0, 1, 2, 3])
def test_a_polynomial_up_to_the_third_degree_is_exact(degree):
    t = np.array([0.0, 1.0, 2.5, 3.0, 7.0, 7.5, 11.0])
    coefficients = np.random.default_rng(1).normal(size=(degree + 1, 3))
    r = sum(c * t[:, None] ** k for k, c in enumerate(coefficients))
    v = sum((k * c * t[:, None] ** (k - 1) for k, c in enumerate(coefficients) if k), np.zeros((7, 3)))
    np.testing.assert_allclose(spline_velocities(t, r), v, rtol=0, atol=1e-9)


def test_four_samples_are_enough():
    t = np.array([0.0, 1.0, 2.0, 4.0])
    r = np.stack([t**3, t**2, t], axis=1)
    np.testing.assert_allclose(spline_velocities(t, r), np.stack([3 * t**2, 2 * t, t**0], axis=1), atol=1e-12)


def test_an_orbit_is_known_to_millimetres_a_second_and_its_ends_no_worse_than_centimetres():
    t = np.arange(0.0, 300.0, 10.0)
    off = np.linalg.norm(spline_velocities(t, circle(t)[0]) - circle(t)[1], axis=1)
    assert off[3:-3].max() < 1e-3
    assert off.max() < 1e-2
    # A natural spline ends without acceleration, and is off by 1 / sqrt(12) of it times the step: 24 m/s.
    natural = np.linalg.norm(CubicSpline(t, circle(t)[0], bc_type="natural")(t, 1) - circle(t)[1], axis=1)
    assert natural[0] == pytest.approx(7e6 * (2 * np.pi / 5800) ** 2 * 10.0 / 12**0.5, rel=0.01)
