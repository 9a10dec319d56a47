"""Rows rotated into a triangle solve the least-squares problem they came from."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.estimate.triangle import covariance, push, solve


def pushed(rows, parts):
    """The triangle (p, p + 1) of rows (n, p + 1), given in so many parts."""
    p = rows.shape[1] - 1
    triangle = np.zeros((p, p + 1))
    for part in np.array_split(rows, parts):
        room = np.zeros((p + 1, (len(part) + 7) // 8 * 8))
        room[:, : len(part)] = part.T
        push(triangle, room, len(part), 0)
    return triangle


@given(st.integers(0, 2**32 - 1), st.integers(1, 12), st.integers(0, 40), st.integers(1, 5))
def test_the_solution_is_that_of_least_squares(seed, p, more, parts):
    rows = np.random.default_rng(seed).normal(size=(p + more, p + 1)) * 10.0 ** np.arange(p + 1)
    triangle = pushed(rows, parts)
    y = np.zeros(p)
    # Square problems may be as ill-conditioned as they like: those have no digits to compare.
    if np.linalg.cond(rows[:, :p] / np.linalg.norm(rows[:, :p], axis=0)) > 1e5:
        return
    assert solve(triangle, 0, p, y)
    scale = 10.0 ** np.arange(p)
    a = rows[:, :p] / scale
    wanted = np.linalg.lstsq(a, rows[:, p], rcond=None)[0]
    np.testing.assert_allclose(y * scale, wanted, rtol=1e-6, atol=1e-8 * np.abs(wanted).max())
    np.testing.assert_allclose(
        covariance(triangle) * np.outer(scale, scale), np.linalg.inv(a.T @ a), rtol=1e-5, atol=1e-6
    )


def test_its_condition_is_not_squared():
    """Columns that differ by 1e-9 are told apart, where J'J would be singular to its last digit."""
    rng = np.random.default_rng(0)
    a = rng.normal(size=(40, 3))
    a[:, 2] = a[:, 1] + 1e-6 * a[:, 0] ** 2
    wanted = np.array([1.0, 2.0, 3.0])
    triangle = pushed(np.column_stack([a, a @ wanted]), 3)
    y = np.zeros(3)
    assert solve(triangle, 0, 3, y)
    assert y == pytest.approx(wanted, abs=1e-8)


@pytest.mark.parametrize("twin", [0.0, 1.0])
def test_what_no_row_tells_is_said(twin):
    """A column of noughts, and one that is another's twin."""
    a = np.random.default_rng(1).normal(size=(20, 3))
    a[:, 2] = twin * a[:, 0]
    y = np.zeros(3)
    assert not solve(pushed(np.column_stack([a, a[:, 1]]), 2), 0, 3, y)
