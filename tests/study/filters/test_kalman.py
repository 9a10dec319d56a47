"""The filters' algebra against Kalman's equations written out."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tocsin.study.filters import kalman, unscented

CASES = st.tuples(st.integers(0, 2**32), st.integers(1, 9), st.integers(1, 3))


def drawn(case):
    seed, n, m = case
    rng = np.random.default_rng(seed)
    root, noise = (rng.standard_normal((n, n)) + 2.0 * np.eye(n) for _ in range(2))
    F, H = rng.standard_normal((n, n)), rng.standard_normal((m, n))
    return (
        rng.standard_normal(n),
        root @ root.T,
        F,
        noise @ noise.T,
        H,
        rng.standard_normal(m),
        0.1 + rng.random(m),
    )


def by_the_book(x, P, H, z, sigma):
    S = H @ P @ H.T + np.diag(sigma**2)
    K = P @ H.T @ np.linalg.inv(S)
    return x + K @ (z - H @ x), P - K @ S @ K.T


def near(a, b):
    return np.max(np.abs(a - b)) < 1e-9 * max(1.0, np.max(np.abs(b)))


@given(CASES)
def test_predicted_and_corrected(case):
    x, P, F, Q, H, z, sigma = drawn(case)
    assert near(kalman.predicted(P, F, Q), F @ P @ F.T + Q)
    dx, after = kalman.corrected(P, H, z - H @ x, sigma)
    want, cov = by_the_book(x, P, H, z, sigma)
    assert near(x + dx, want)
    assert near(after, cov)


@given(CASES, st.sampled_from([0.0, 1.0, 3.0]))
def test_sigma_points_of_a_linear_model(case, kappa):
    x, P, F, _, H, z, sigma = drawn(case)
    X = unscented.sigma_points(x, P, kappa)
    moved = X @ F.T
    mean, _, cov = unscented.moments(moved, moved, kappa)
    assert near(mean, F @ x)
    assert near(cov, F @ P @ F.T)
    got, after = unscented.corrected(x, P, X, np.ascontiguousarray(X @ H.T), z, sigma, kappa)
    want, left = by_the_book(x, P, H, z, sigma)
    assert near(got, want)
    assert near(after, left)


def test_a_square_is_where_sigma_points_differ():
    """E x^2 of a unit normal is 1, of the linearisation 0; its variance is 2 with kappa 2 for one number."""
    X = unscented.sigma_points(np.zeros(1), np.eye(1), 2.0)
    mean, _, cov = unscented.moments(X**2, X**2, 2.0)
    np.testing.assert_allclose([mean[0], cov[0, 0]], [1.0, 2.0], rtol=1e-12)


def test_what_is_no_covariance_is_not_a_number():
    assert np.isnan(unscented.sigma_points(np.zeros(2), np.diag([1.0, -1.0]), 1.0)).any()
