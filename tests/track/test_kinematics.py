"""Local kinematics: prediction against Van Loan's exponential, the gate against brute force, the update."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.linalg import expm

from tocsin.track.kinematics import gate, predict, update


def spd(rng, n):
    a = rng.normal(size=(n, 3, 3, 3)) + 2.0 * np.eye(3)
    return a @ np.swapaxes(a, 2, 3)


def test_prediction_under_white_jerk():
    rng = np.random.default_rng(1)
    x, P = rng.normal(size=(2, 3, 3)), spd(rng, 2)
    dt, q = np.array([7.0, 0.5]), rng.uniform(0.1, 3.0, (2, 3))
    now, spread = x.copy(), P.copy()
    predict(now, spread, dt, q)
    A = np.diag([1.0, 1.0], 1)
    for i in range(2):
        for j in range(3):
            noise = np.diag([0.0, 0.0, q[i, j]])
            big = expm(np.block([[-A, noise], [np.zeros((3, 3)), A.T]]) * dt[i])
            F = big[3:, 3:].T
            np.testing.assert_allclose(now[i, j], F @ x[i, j], rtol=1e-12)
            np.testing.assert_allclose(
                spread[i, j], F @ P[i, j] @ F.T + F @ big[:3, 3:], rtol=1e-9, atol=1e-9
            )


def brute(x, P, z, sigma, angle, limit):
    """Candidates of each track and ln N(nu; 0, S), one pair after the other."""
    out = []
    for i in range(len(x)):
        mine = {}
        for k in range(len(z)):
            nu = z[k] - x[i, :, 0]
            if angle >= 0:
                nu[angle] = np.remainder(nu[angle] + np.pi, 2 * np.pi) - np.pi
            S = P[i, :, 0, 0] + sigma[k] ** 2
            d2 = np.sum(nu**2 / S)
            if d2 <= limit:
                mine[k] = -0.5 * (d2 + np.sum(np.log(2 * np.pi * S)))
        out.append(mine)
    return out


@given(st.integers(0, 10**9), st.integers(0, 12), st.integers(0, 25), st.sampled_from([(2, -1), (3, 1)]))
def test_the_gate_drops_nothing_that_lies_inside(seed, n, k, kind):
    m, angle = kind
    rng = np.random.default_rng(seed)
    x, P = rng.normal(0.0, 3.0, (n, m, 3)), spd(rng, n)[:, :m]
    # Some looks far better than others, some as poor: the widest rules the window.
    z, sigma = rng.normal(0.0, 6.0, (k, m)), 10.0 ** rng.uniform(-2.0, 1.0, (k, m))
    if angle >= 0:
        x[:, angle, 0] %= 2 * np.pi
        z[:, angle] %= 2 * np.pi
        P[:, angle] *= 1e-2
        sigma[:, angle] *= 1e-2
    order = np.argsort(z[:, 0], kind="stable")
    start, column, value = gate(x, P, z, sigma, order, angle, 9.0)
    assert len(start) == n + 1
    for i, mine in enumerate(brute(x, P, z, sigma, angle, 9.0)):
        found = dict(zip(column[start[i] : start[i + 1]], value[start[i] : start[i + 1]], strict=True))
        assert set(found) == set(mine)
        for j, ln in mine.items():
            np.testing.assert_allclose(found[j], ln, rtol=1e-9, atol=1e-9)


def test_more_candidates_than_the_gate_made_room_for():
    z = np.zeros((60, 2))
    start, column, _ = gate(
        np.zeros((3, 2, 3)), np.ones((3, 2, 3, 3)), z, np.ones((60, 2)), np.arange(60), -1, 9.0
    )
    assert start.tolist() == [0, 60, 120, 180]
    assert sorted(column) == sorted(list(range(60)) * 3)


def test_the_update_is_kalman():
    rng = np.random.default_rng(4)
    x, P = rng.normal(size=(3, 3, 3)), spd(rng, 3)
    z, sigma = rng.normal(size=(3, 3)), rng.uniform(0.1, 2.0, (3, 3))
    now, spread = x.copy(), P.copy()
    update(now, spread, z, sigma, -1)
    H = np.array([[1.0, 0.0, 0.0]])
    for i in range(3):
        for j in range(3):
            information = np.linalg.inv(P[i, j]) + H.T @ H / sigma[i, j] ** 2
            expected = np.linalg.inv(information)
            mean = expected @ (np.linalg.inv(P[i, j]) @ x[i, j] + H[0] * z[i, j] / sigma[i, j] ** 2)
            np.testing.assert_allclose(spread[i, j], expected, rtol=1e-8, atol=1e-10)
            np.testing.assert_allclose(now[i, j], mean, rtol=1e-8, atol=1e-10)


def test_an_update_through_north():
    x = np.zeros((1, 3, 3))
    x[0, 1, 0] = 6.27
    P = np.tile(np.eye(3) * 1e-4, (1, 3, 1, 1))
    update(x, P, np.array([[0.0, 0.01, 0.0]]), np.full((1, 3), 1e-2), 1)
    # Half way from 6.27 to 6.293 rad, not half way round.
    assert abs(x[0, 1, 0] - 0.5 * (6.27 + 0.01 + 2 * np.pi)) < 1e-6
