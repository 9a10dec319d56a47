"""Gating and updating, against the textbook's matrices and SciPy's normal density."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import multivariate_normal

from tocsin.track.hypotheses.crowd import crowding, hidden
from tocsin.track.hypotheses.gate import gate, update

SEEN = np.array([0, 1, 2])
SCALE = np.array([100.0, 1e-3, 1e-3, 10.0, 50.0, 50.0])


def drawn(seed, n=5, k=30):
    """Leaves of two ways each, and looks near them."""
    rng = np.random.default_rng(seed)
    A = rng.standard_normal((n, 2, 6, 6)) * SCALE
    P = np.swapaxes(A, 2, 3) @ A / 6.0
    mean = np.array([1e6, math.pi - 2e-3, 0.3, 0.0, 0.0, 0.0])
    x = mean + 10.0 * SCALE * rng.standard_normal((n, 1, 6)) + SCALE * rng.standard_normal((n, 2, 6))
    w = rng.dirichlet([1.0, 1.0], n)
    z = mean[:3] + 10.0 * SCALE[:3] * rng.standard_normal((k, 3))
    z[:, 1] = np.remainder(z[:, 1] + np.pi, 2.0 * np.pi) - np.pi
    return x, P, w, z, np.tile(0.5 * SCALE[:3], (k, 1))


def off(z, x):
    d = z - x[:3]
    d[1] = (d[1] + math.pi) % (2.0 * math.pi) - math.pi
    return d


def normal(d, S):
    """ln of the normal density, in units in which its matrix is well made."""
    unit = SCALE[:3]
    scaled = S / np.outer(unit, unit)
    return multivariate_normal.logpdf(d / unit, np.zeros(3), scaled) - float(np.log(unit).sum())


@given(st.integers(0, 10**6))
def test_candidates_are_those_of_every_pair(seed):
    x, P, w, z, sigma = drawn(seed)
    start, look, value = gate(
        x, P, w, z, sigma, np.argsort(z[:, 0], kind="stable"), SEEN, 1, np.full(len(x), 16.0)
    )
    for i in range(len(x)):
        expected = {}
        for j in range(len(z)):
            density = 0.0
            for m in range(2):
                d, S = off(z[j], x[i, m]), P[i, m, :3, :3] + np.diag(sigma[j] ** 2)
                if d @ np.linalg.solve(S, d) <= 16.0:
                    density += w[i, m] * math.exp(normal(d, S))
            if density:
                expected[j] = math.log(density)
        row = slice(start[i], start[i + 1])
        got = dict(zip(look[row].tolist(), value[row], strict=True))
        assert got.keys() == expected.keys()
        for j, ln in expected.items():
            assert got[j] == pytest.approx(ln, rel=1e-6, abs=1e-6)


@given(st.integers(0, 10**6))
def test_an_update_is_kalmans_and_bayes(seed):
    x, P, w, z, sigma = drawn(seed)
    own = z[: len(x)]
    xs, Ps, ws = x.copy(), P.copy(), w.copy()
    update(xs, Ps, ws, np.arange(len(x)), z, sigma, SEEN, 1, np.empty(6))
    H = np.eye(6)[:3]
    for i in range(len(x)):
        likely = []
        for m in range(2):
            S = H @ P[i, m] @ H.T + np.diag(sigma[i] ** 2)
            K = P[i, m] @ H.T @ np.linalg.inv(S)
            d = off(own[i], x[i, m])
            np.testing.assert_allclose((xs[i, m] - x[i, m] - K @ d) / SCALE, 0.0, atol=1e-6)
            after = P[i, m] - K @ S @ K.T
            np.testing.assert_allclose((Ps[i, m] - after) / np.outer(SCALE, SCALE), 0.0, atol=1e-6)
            likely.append(math.log(w[i, m]) + normal(d, S))
        likely = np.exp(np.array(likely) - max(likely))
        np.testing.assert_allclose(ws[i], likely / likely.sum(), atol=1e-6)


def test_the_chance_of_being_hidden_is_that_of_samples():
    rng = np.random.default_rng(2)
    x, P, w, z, _ = drawn(7, n=1, k=3)
    w[:] = 1.0, 0.0
    P[0, 0] = np.diag(np.diag(P[0, 0]))
    cell, beam = 300.0, 4e-3
    out = np.empty(1)
    z[:, :3] = x[0, 0, :3] + SCALE[:3] * np.array([[2.0, 1.0, -3.0], [40.0, 0.0, 0.0], [0.0, 9.0, 0.0]])
    hidden(x, P, w, z, np.argsort(z[:, 0]), cell, beam, out)
    s = x[0, 0, :3] + rng.standard_normal((200_000, 3)) * np.sqrt(np.diag(P[0, 0]))[:3]
    d = np.abs(z[:, None] - s)
    d[..., 1] *= math.cos(x[0, 0, 2])
    share = np.mean((d[..., 0] < cell) & (d[..., 1] < beam) & (d[..., 2] < beam), axis=1)
    assert out[0] == pytest.approx(share.max(), abs=0.01)


def test_the_density_around_a_look_counts_its_neighbours():
    """Three looks in one box, one alone: two neighbours each over the box's volume, and none."""
    z = np.array([[1e6, 3.14, 0.3], [1.001e6, -3.14, 0.3], [0.999e6, 3.14, 0.301], [2e6, 0.0, 0.5]])
    sigma = np.tile([100.0, 1e-3, 1e-3], (4, 1))
    out = np.full(4, np.nan)
    crowding(z, sigma, np.argsort(z[:, 0]), True, 0.0, 1e-6, out)
    volume = 8.0 * (5e3 + 400.0) * (5e3 / z[:3, 0] + 4e-3) ** 2
    np.testing.assert_allclose(out[:3], 1e-6 + 2.0 / volume)
    assert out[3] == 1e-6
