"""The process-noise segment: the Kalman smoother where all is linear, whatever is left out of the window."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.estimate.segment import Anchor, solve_segment

NOTHING = 1e-12


class Linear:
    """A linear model drawn at random, with its looks, and what the Kalman smoother makes of them."""

    def __init__(self, seed, n, m, k):
        rng = np.random.default_rng(seed)
        self.F = np.eye(n) + 0.3 * rng.standard_normal((n, n))
        root = rng.standard_normal((n, n)) + 2.0 * np.eye(n)
        self.Q = root @ root.T
        self.H = rng.standard_normal((m, n))
        self.mean = rng.standard_normal(n)
        spread = rng.standard_normal((n, n)) + 2.0 * np.eye(n)
        self.P0 = spread @ spread.T
        self.z = 5.0 * rng.standard_normal((k, m))
        self.z[rng.random(k) < 0.2] = np.nan  # a look that was missed
        self.W = np.tile(np.linalg.inv(np.linalg.cholesky(self.Q)), (k - 1, 1, 1))
        self.anchor = Anchor(self.mean, np.zeros((n, n + 1)))
        self.anchor.triangle[:, :n] = np.linalg.inv(np.linalg.cholesky(self.P0))

    def move(self, x):
        return x @ self.F.T, np.tile(self.F, (len(x), 1, 1))

    def see(self, first, last):
        had = np.isfinite(self.z[first:last])
        H = self.H * had[:, :, None]
        return lambda x: (np.nan_to_num(x @ self.H.T - self.z[first:last]), H)

    def smoothed(self):
        """Means and covariances by Kalman's recursion and that of Rauch, Tung and Striebel."""
        x, P, before = [], [], []
        mean, cov = self.mean, self.P0
        for z in self.z:
            before.append((mean, cov))
            if np.isfinite(z).all():
                K = cov @ self.H.T @ np.linalg.inv(self.H @ cov @ self.H.T + np.eye(len(z)))
                mean, cov = mean + K @ (z - self.H @ mean), cov - K @ self.H @ cov
            x.append(mean)
            P.append(cov)
            mean, cov = self.F @ mean, self.F @ cov @ self.F.T + self.Q
        last = (x[-1], P[-1])
        for k in range(len(x) - 2, -1, -1):
            G = P[k] @ self.F.T @ np.linalg.inv(before[k + 1][1])
            x[k] = x[k] + G @ (x[k + 1] - before[k + 1][0])
            P[k] = P[k] + G @ (P[k + 1] - before[k + 1][1]) @ G.T
        return np.array(x), np.array(P), last


def near(a, b):
    return np.max(np.abs(a - b)) < 1e-8 * max(1.0, np.max(np.abs(b)))


CASES = st.tuples(st.integers(0, 2**32), st.integers(1, 6), st.integers(1, 3), st.integers(2, 12))


@given(CASES)
def test_the_smoother_where_all_is_linear(case):
    model = Linear(*case)
    x, P, _ = model.smoothed()
    found = solve_segment(model.anchor, np.zeros_like(x), model.W, model.move, model.see(0, len(x)))
    assert found.status == "converged"
    assert near(found.x, x)
    assert near(found.P, P)


@given(CASES, st.integers(1, 4))
def test_what_leaves_the_window_is_not_lost(case, window):
    """A window slid over the looks ends where the smoother over all of them does."""
    model = Linear(*case)
    k, n = len(model.z), len(model.mean)
    anchor, first = model.anchor, 0
    x = np.zeros((1, n))
    for last in range(1, k + 1):
        found = solve_segment(anchor, x, model.W[: len(x) - 1], model.move, model.see(first, last))
        x = np.concatenate([found.x, found.x[-1:]])
        if len(x) > window + 1:
            anchor, x, first = found.onward, x[1:], first + 1
    _, _, (end, P) = model.smoothed()
    assert near(found.x[-1], end)
    assert near(found.P[-1], P)


def test_nothing_known_beforehand_and_too_few_looks():
    model = Linear(0, 2, 1, 2)
    model.z[:] = [[1.0], [2.0]]
    nothing = Anchor(np.zeros(2), np.zeros((2, 3)))
    both = solve_segment(nothing, np.zeros((2, 2)), model.W, model.move, model.see(0, 2))
    assert both.status == "converged"
    model.z[1] = np.nan
    one = solve_segment(nothing, np.zeros((2, 2)), model.W, model.move, model.see(0, 2))
    assert one.status == "unobservable"
    assert np.all(np.isinf(one.P))
    assert one.onward is None


@pytest.mark.parametrize("wrong", [np.nan, np.inf])
def test_looks_that_are_no_numbers_are_told_of(wrong):
    model = Linear(1, 3, 2, 4)
    found = solve_segment(
        model.anchor,
        np.zeros((4, 3)),
        model.W,
        model.move,
        lambda x: (np.full((4, 2), wrong), np.zeros((4, 2, 3))),
    )
    assert found.status == "diverged"
    assert np.all(np.isinf(found.P))


def test_a_look_that_bends_is_searched_for():
    """Range alone of a point, from far off: the least cost, found by a search that must shorten its steps."""

    def see(x):
        far = np.hypot(x[:, 0], x[:, 1])
        return (far[:, None] - 5.0) / NOTHING**0.25, (x / far[:, None])[:, None, :] / NOTHING**0.25

    anchor = Anchor(np.array([40.0, 1.0]), np.array([[0.05, 0.0, 0.0], [0.0, 0.2, 0.0]]))
    found = solve_segment(anchor, anchor.about[None], np.zeros((0, 2, 2)), lambda x: (x, x), see)
    assert found.status == "converged"
    turn = np.linspace(-np.pi, np.pi, 200_001)
    x, y = 5.0 * np.cos(turn), 5.0 * np.sin(turn)
    best = np.argmin((0.05 * (x - 40.0)) ** 2 + (0.2 * (y - 1.0)) ** 2)
    np.testing.assert_allclose(found.x[0], [x[best], y[best]], atol=2e-2)
    assert found.onward is None
