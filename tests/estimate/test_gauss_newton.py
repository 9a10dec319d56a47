"""Gauss-Newton against the closed form of a linear problem, and where it must not claim success."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.estimate.gauss_newton import gauss_newton


@given(st.integers(0, 10**6), st.integers(1, 5), st.integers(5, 30))
def test_a_linear_problem_is_solved_in_closed_form(seed, p, m):
    rng = np.random.default_rng(seed)
    A, z = rng.normal(size=(m, p)), rng.normal(size=m) * 10.0
    mean, root = rng.normal(size=p), rng.normal(size=(p, p)) + 2.0 * np.eye(p)
    prior = root.T @ root
    found = gauss_newton(lambda x: (A @ x - z, A), np.full(p, 50.0), mean, prior)
    information = A.T @ A + prior
    expected = np.linalg.solve(information, A.T @ z + prior @ mean)
    sigma = np.sqrt(np.diag(np.linalg.inv(information)))
    assert found.status == "converged"
    assert np.max(np.abs(found.x - expected) / sigma) < 1e-6
    np.testing.assert_allclose(found.information, information, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(found.covariance @ information, np.eye(p), atol=1e-6)
    assert found.chi2 == pytest.approx(np.sum((A @ expected - z) ** 2), rel=1e-6, abs=1e-9)
    assert found.freedom == m


def test_units_as_far_apart_as_metres_and_microradians():
    rng = np.random.default_rng(3)
    scale = np.array([1e6, 1.0, 1e-6])
    A = rng.normal(size=(12, 3))
    z = rng.normal(size=12)
    plain = gauss_newton(lambda x: (A @ x - z, A), np.zeros(3), np.zeros(3), np.zeros((3, 3)))
    scaled = gauss_newton(
        lambda x: (A @ (x / scale) - z, A / scale), np.zeros(3), np.zeros(3), np.zeros((3, 3))
    )
    np.testing.assert_allclose(scaled.x / scale, plain.x, rtol=1e-9)
    np.testing.assert_allclose(scaled.covariance, plain.covariance * np.outer(scale, scale), rtol=1e-9)


def rosenbrock(x):
    return np.array([10.0 * (x[1] - x[0] ** 2), 1.0 - x[0]]), np.array([[-20.0 * x[0], 10.0], [-1.0, 0.0]])


def test_a_bent_valley():
    found = gauss_newton(rosenbrock, np.array([-1.2, 1.0]), np.zeros(2), np.zeros((2, 2)), iterations=100)
    assert found.status == "converged"
    np.testing.assert_allclose(found.x, [1.0, 1.0], atol=1e-3)


def test_a_step_that_overshoots_is_damped():
    """From x = 3 the undamped step on atan runs away; damped, it comes home."""
    found = gauss_newton(
        lambda x: (10.0 * np.arctan(x), np.diag(10.0 / (1.0 + x**2))),
        np.array([3.0]),
        np.zeros(1),
        np.zeros((1, 1)),
        60,
    )
    assert found.status == "converged"
    assert abs(found.x[0]) < 1e-3


def test_what_the_data_do_not_tell_is_unobservable():
    A = np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]])
    found = gauss_newton(lambda x: (A @ x - 1.0, A), np.zeros(2), np.zeros(2), np.zeros((2, 2)))
    assert found.status == "unobservable"
    known = gauss_newton(lambda x: (A @ x - 1.0, A), np.zeros(2), np.zeros(2), np.eye(2))
    assert known.status == "converged"


@pytest.mark.parametrize("start", [np.nan, 5.0])
def test_a_start_or_a_region_that_makes_no_sense(start):
    def fenced(x):
        return None if not x[0] < 4.0 else (x - 1.0, np.eye(1))

    assert gauss_newton(fenced, np.array([start]), np.zeros(1), np.zeros((1, 1))).status == "diverged"
    inside = gauss_newton(fenced, np.array([3.9]), np.zeros(1), np.zeros((1, 1)))
    assert inside.status == "converged"


def test_running_out_of_iterations_is_not_success():
    found = gauss_newton(rosenbrock, np.array([-1.2, 1.0]), np.zeros(2), np.zeros((2, 2)), iterations=2)
    assert found.status == "diverged"
