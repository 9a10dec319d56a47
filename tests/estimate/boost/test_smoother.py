"""The profile-free model's motion and slopes, and its bordered normal equations in order."""

import math

import numpy as np
import pytest

from tests.estimate.scenes import (
    KICK,
    LAUNCH,
    template,
)
from tocsin.estimate.boost.blocks import eliminated, put_back
from tocsin.estimate.boost.front import onward, weighted
from tocsin.estimate.boost.knots import SLOWNESS
from tocsin.estimate.boost.turn import (
    LN_A,
    STATE,
    USUAL,
    noise_information,
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
    axes = np.zeros((3, 3))
    rates(np.where(np.arange(STATE) == LN_A, -60.0, x), SLOWNESS, free, axes)
    rates(x, SLOWNESS, along, axes)
    push = along[3:6] - free[3:6]
    np.testing.assert_allclose(push, 40.0 * x[3:6] / np.linalg.norm(x[3:6]), rtol=1e-6)
    assert along[LN_A] == pytest.approx(40.0 * SLOWNESS)
    x[7] = 0.1
    rates(x, SLOWNESS, up, axes)
    turned = up[3:6] - free[3:6]
    assert np.linalg.norm(turned) == pytest.approx(40.0)
    assert math.acos(turned @ push / 1600.0) == pytest.approx(math.atan(0.1), rel=1e-3)
    assert turned @ x[:3] > push @ x[:3]


def test_slopes_of_a_step():
    """To a thousandth of the step's own differences; to a tenth where the horizon's turn is left out."""
    x = np.zeros(STATE)
    x[:6] = ascend(template().rocket, LAUNCH, 0.4, KICK, 187.0, np.array([70.0]), 0.25)[0]
    x[6:] = math.log(35.0), 0.02, -0.01
    out, F, s = np.zeros(STATE), np.zeros((STATE, STATE + 1)), np.zeros((12, STATE))
    step_with_slopes(x, SLOWNESS, 1.0, out, F, s)
    for j, h in enumerate([10.0] * 3 + [0.01] * 3 + [1e-5] * 3 + [1e-8]):
        ahead, behind, y = np.zeros(STATE), np.zeros(STATE), x.copy()
        for sign, to in ((1.0, ahead), (-1.0, behind)):
            moved = y + sign * h * (np.arange(STATE) == j)
            step(moved, SLOWNESS + (sign * h if j == STATE else 0.0), 1.0, to, s)
        by_difference = (ahead - behind) / (2.0 * h)
        added = by_difference - (np.arange(STATE) == j)
        np.testing.assert_allclose(
            F[:, j], by_difference, atol=(0.1 if j < 3 else 1e-3) * np.abs(added).max() + 1e-9
        )


def test_a_step_is_that_of_a_thousand_small_ones():
    """To a centimetre a second and half a metre in a second: the noise of a second is 0.3 m/s."""
    x = np.zeros(STATE)
    x[:6] = ascend(template().rocket, LAUNCH, 0.4, KICK, 187.0, np.array([50.0]), 0.25)[0]
    x[6:] = math.log(30.0), 0.03, -0.02
    s, whole, parts, out = np.zeros((12, STATE)), np.zeros(STATE), x.copy(), np.zeros(STATE)
    step(x, SLOWNESS, 1.0, whole, s)
    for _ in range(1000):
        step(parts, SLOWNESS, 1e-3, out, s)
        parts, out = out, parts
    assert np.linalg.norm((whole - parts)[3:6]) < 0.01
    assert np.linalg.norm((whole - parts)[:3]) < 0.5


def test_the_front_ends_where_the_whole_matrix_does():
    """A chain of three blocks and a border, block by block, against the whole at once."""
    rng = np.random.default_rng(4)
    A = rng.normal(size=(40, 12))
    S = A.T @ A
    whole, least = -np.linalg.solve(S[:-1, :-1], S[:-1, -1]), 1.0 / np.linalg.inv(S)[-1, -1]
    log = np.linalg.slogdet(S[:-1, :-1])[1]
    front, d = S.copy(), np.zeros(12)
    d[-1] = 1.0
    blocks = [(0, 3), (3, 7), (7, 11)]
    rows = [np.zeros((b - a, 12)) for a, b in blocks]
    found = sum(eliminated(front, a, b, r) for (a, b), r in zip(blocks, rows, strict=True))
    for (a, b), r in list(zip(blocks, rows, strict=True))[::-1]:
        put_back(r, a, b, d)
    np.testing.assert_allclose(d[:-1], whole, rtol=1e-8)
    assert front[-1, -1] == pytest.approx(least)
    assert found == pytest.approx(log)


def test_a_front_taken_on_keeps_the_knot_s_whole_cost():
    """The least cost over the first knot, by `onward` and by the whole matrix."""
    rng = np.random.default_rng(5)
    a = np.zeros(STATE)
    a[:6] = ascend(template().rocket, LAUNCH, 0.4, KICK, 187.0, np.array([70.0]), 0.25)[0]
    a[LN_A] = math.log(35.0)
    out, F, s, q, W = (
        np.zeros(STATE),
        np.zeros((STATE, STATE + 1)),
        np.zeros((12, STATE)),
        np.zeros(5),
        np.eye(9),
    )
    step_with_slopes(a, SLOWNESS, 1.0, out, F, s)
    b = out + rng.normal(size=STATE) * [1.0, 1.0, 1.0, 0.3, 0.3, 0.3, 0.02, 0.01, 0.01]
    noise_information(1.0, USUAL, q)
    weighted(q, np.eye(STATE), W, STATE)
    # Of this knot, the next, 1 / v_e, one more fixed value, and one.
    J = np.concatenate(
        [-F[:, :STATE], np.eye(STATE), -F[:, STATE:], np.zeros((STATE, 1)), (b - out)[:, None]], 1
    )
    scale = np.array([1e3] * 3 + [10.0] * 3 + [0.1] * 3 + [1e-5, 1.0, 1.0])
    known = rng.normal(size=(30, 12)) / scale
    here = [*range(STATE), 18, 19, 20]
    whole = J.T @ W @ J
    whole[np.ix_(here, here)] += known.T @ known
    S = np.zeros((21, 21))
    S[np.ix_(here, here)] = known.T @ known
    onward(S, a, b, SLOWNESS, 1.0, USUAL, 0.0, np.zeros((STATE, 21)), np.zeros((62, 12)))
    left = whole[9:, 9:] - whole[9:, :9] @ np.linalg.solve(whole[:9, :9], whole[:9, 9:])
    root = 1.0 / np.sqrt(np.diag(left))
    got = np.triu(S[np.ix_(here, here)])
    got += np.triu(got, 1).T
    np.testing.assert_allclose(got * root * root[:, None], left * root * root[:, None], atol=1e-6)


def test_no_positive_matrix_no_solution():
    assert math.isnan(eliminated(-np.eye(4), 0, 2, np.zeros((2, 4))))
