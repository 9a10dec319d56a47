"""The profile-free model's motion and slopes, and its bordered normal equations in order."""

import math

import numpy as np
import pytest

from tests.estimate.scenes import (
    KICK,
    LAUNCH,
    template,
)
from tocsin.estimate.boost.blocks import eliminate
from tocsin.estimate.boost.knots import SLOWNESS
from tocsin.estimate.boost.turn import (
    LN_A,
    STATE,
    rates,
    step,
    step_with_slopes,
)
from tocsin.motion.thrust import ascend


def test_thrust_lies_along_the_velocity_but_for_the_deviation():
    x = np.zeros(STATE)
    x[:6] = ascend(template().rocket, LAUNCH, 0.4, KICK, 187.0, np.array([90.0]), 0.25)[0]
    x[LN_A] = math.log(40.0)
    free, along, up = np.zeros(STATE), np.zeros(STATE), np.zeros(STATE)
    rates(np.where(np.arange(STATE) == LN_A, -60.0, x), SLOWNESS, free)
    rates(x, SLOWNESS, along)
    push = along[3:6] - free[3:6]
    np.testing.assert_allclose(push, 40.0 * x[3:6] / np.linalg.norm(x[3:6]), rtol=1e-6)
    assert along[LN_A] == pytest.approx(40.0 * SLOWNESS)
    x[7] = 0.1
    rates(x, SLOWNESS, up)
    turned = up[3:6] - free[3:6]
    assert np.linalg.norm(turned) == pytest.approx(40.0)
    assert math.acos(turned @ push / 1600.0) == pytest.approx(math.atan(0.1), rel=1e-3)
    assert turned @ x[:3] > push @ x[:3]


def test_slopes_of_a_step():
    """Within a hundredth of the differences of the step itself."""
    x = np.zeros(STATE)
    x[:6] = ascend(template().rocket, LAUNCH, 0.4, KICK, 187.0, np.array([70.0]), 0.25)[0]
    x[6:] = math.log(35.0), 0.02, -0.01
    out, F, s = np.zeros(STATE), np.zeros((STATE, STATE + 1)), np.zeros((7, STATE))
    step_with_slopes(x, SLOWNESS, 1.0, out, F, s)
    for j, h in enumerate([10.0] * 3 + [0.01] * 3 + [1e-5] * 3 + [1e-8]):
        ahead, behind, y = np.zeros(STATE), np.zeros(STATE), x.copy()
        for sign, to in ((1.0, ahead), (-1.0, behind)):
            moved = y + sign * h * (np.arange(STATE) == j)
            step(moved, SLOWNESS + (sign * h if j == STATE else 0.0), 1.0, to, s)
        by_difference = (ahead - behind) / (2.0 * h)
        added = by_difference - (np.arange(STATE) == j)
        np.testing.assert_allclose(F[:, j], by_difference, atol=1e-2 * np.abs(added).max() + 1e-9)


def test_the_ordered_solution_is_that_of_the_whole_matrix():
    rng = np.random.default_rng(4)
    n, m = 6, 3
    size = STATE * n + m
    # A positive matrix with the bordered pattern: a sum over neighbours of random squares.
    H = np.zeros((size, size))
    border = list(range(STATE * n, size))
    for k in range(n - 1):
        rows = list(range(STATE * k, STATE * (k + 2))) + border
        A = rng.normal(size=(40, len(rows)))
        H[np.ix_(rows, rows)] += A.T @ A
    g = rng.normal(size=size)
    D = np.array([H[STATE * k : STATE * k + STATE, STATE * k : STATE * k + STATE] for k in range(n)])
    L = np.zeros((n, STATE, STATE))
    for k in range(n - 1):
        L[k] = H[STATE * k : STATE * (k + 1), STATE * (k + 1) : STATE * (k + 2)]
    B = np.array([H[STATE * k : STATE * k + STATE, STATE * n :] for k in range(n)])
    C, gk, gc = (
        H[STATE * n :, STATE * n :].copy(),
        g[: STATE * n].reshape(n, STATE).copy(),
        g[STATE * n :].copy(),
    )
    dx, dc = np.zeros((n, STATE)), np.zeros(m)
    log = eliminate(D, L, B, C, gk, gc, dx, dc)
    whole = -np.linalg.solve(H, g)
    np.testing.assert_allclose(np.concatenate([dx.ravel(), dc]), whole, rtol=1e-8)
    assert log == pytest.approx(np.linalg.slogdet(H)[1])
    # What the cost falls by, as the evidence foreseen of a restart takes it.
    assert np.square(gk).sum() - gc @ dc == pytest.approx(-g @ whole)


def test_no_positive_matrix_no_solution():
    n, m = 2, 1
    D = np.tile(-np.eye(STATE), (n, 1, 1))
    zero = np.zeros((n, STATE, STATE))
    log = eliminate(
        D, zero, np.zeros((n, STATE, m)), np.eye(m), np.zeros((n, STATE)), np.zeros(m), np.zeros((n, STATE)),
        np.zeros(m),
    )  # fmt: skip
    assert math.isnan(log)
