"""What lies between samples: SciPy's interpolation of Hermite's kind, and which samples it takes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.interpolate import KroghInterpolator

from tests.interchange.made import circle
from tocsin.interchange.between import between, cubic_error, values

STEPS = st.lists(st.floats(10.0, 60.0), min_size=3, max_size=9)


def samples(steps, seed=None):
    """The circle, or a polynomial of degree 7 in each axis, with its rate."""
    t = np.concatenate([[0.0], np.cumsum(steps)])
    if seed is None:
        return t, *circle(t)
    p = [np.polynomial.Polynomial(c, [0.0, t[-1]]) for c in np.random.default_rng(seed).normal(size=(3, 8))]
    return t, np.stack([q(t) for q in p], axis=1), np.stack([q.deriv()(t) for q in p], axis=1)


def by_scipy(fit, i, t, r, v, n=8):
    """SciPy's polynomial through the first n nodes of interval i, in s past its start."""
    z = fit.z[i, :n]
    k = np.rint(np.interp(t[i] + z, t, np.arange(len(t)))).astype(int)
    return KroghInterpolator(z, np.where((np.arange(n) % 2 == 0)[:, None], r[k], v[k]))


@settings(max_examples=20)
@given(STEPS, st.integers(0, 99))
def test_a_polynomial_of_degree_7_is_found_whole(steps, seed):
    t, r, v = samples(steps, seed)
    fit = between(t, r, v)
    x = np.linspace(0.0, 1.0, 9)
    which = np.repeat(np.arange(len(steps)), 9)
    since = np.tile(x, len(steps)) * np.diff(t)[which]
    exact = [
        np.polynomial.Polynomial(c, [0.0, t[-1]]) for c in np.random.default_rng(seed).normal(size=(3, 8))
    ]
    got = values(fit, which, since)
    np.testing.assert_allclose(
        got[0], np.stack([p(t[which] + since) for p in exact], axis=1), rtol=0, atol=1e-6
    )
    rate = np.stack([p.deriv()(t[which] + since) for p in exact], axis=1)
    np.testing.assert_allclose(got[1], rate, rtol=0, atol=1e-6)


@settings(max_examples=15)
@given(STEPS)
def test_each_interval_has_scipy_s_polynomial(steps):
    t, r, v = samples(steps)
    fit = between(t, r, v)
    h = np.diff(t)
    for i in range(len(steps)):
        theirs, quintic = by_scipy(fit, i, t, r, v), by_scipy(fit, i, t, r, v, 6)
        x = h[i] * np.array([0.0, 0.1, 0.5, 0.77, 1.0])
        got = values(fit, np.full(5, i), x)
        np.testing.assert_allclose(got[0], theirs(x), rtol=0, atol=1e-5)
        np.testing.assert_allclose(got[1], theirs.derivative(x), rtol=0, atol=1e-5)
        quarters = h[i] * np.array([0.25, 0.5, 0.75])
        apart = np.linalg.norm(theirs(quarters) - quintic(quarters), axis=1).max()
        assert fit.error[i] == pytest.approx(apart, abs=1e-5)
        fourth = np.linalg.norm(theirs.derivative(np.linspace(0.0, h[i], 5), 4), axis=1).max()
        assert cubic_error(fit, h)[i] == pytest.approx(h[i] ** 4 / 384.0 * fourth, abs=1e-5)


@settings(max_examples=40)
@given(STEPS, st.integers(0, 99))
def test_the_ends_of_an_interval_and_two_more_samples_are_its_nodes(steps, seed):
    t, r, v = samples(steps, seed)
    nodes = between(t, r, v).z + t[:-1, None]
    for i, (a, _, b, _, p, p2, q, q2) in enumerate(nodes):
        assert (a, p, q) == (t[i], p2, q2)
        four = {round(float(x), 6) for x in (a, b, p, q)}
        assert len(four) == 4
        assert four <= {round(float(x), 6) for x in t}


def sides(t, i):
    """How many samples of interval i's fit lie before it, and the times of all but its ends."""
    fit = between(t, *circle(t))
    more = sorted(t[i] + fit.z[i, [4, 6]])
    return sum(x < t[i] for x in more), more


@pytest.mark.parametrize("close", [0.25, 1e-3, 1e-6])
def test_a_sample_that_lies_close_is_passed_over(close):
    t = np.sort(np.append(np.arange(0.0, 601.0, 60.0), 300.0 + close))
    for i in (4, 6):
        more = np.array(sides(t, i)[1])
        beyond = np.minimum(np.abs(more - t[i]), np.abs(more - t[i + 1]))
        assert (beyond >= 29.0).all()


def test_where_the_samples_do_not_reach_so_far_the_furthest_are_taken():
    t = np.array([0.0, 0.25, 41.25, 51.25, 61.25, 71.25, 81.25, 91.25])
    assert sides(t, 1)[1] == [71.25, 91.25]
    t = np.array([0.0, 10.0, 19.0, 100.0, 100.5])
    assert sides(t, 2)[1][0] == 0.0


def test_at_the_first_and_the_last_interval_both_lie_on_one_side():
    t = np.arange(0.0, 361.0, 60.0)
    assert sides(t, 0)[0] == 0
    assert sides(t, 5)[0] == 2


def test_beside_a_burnout_both_lie_on_the_near_side():
    # The acceleration ends at 300 s.
    t = np.arange(0.0, 601.0, 20.0)
    r, v = circle(t)
    burn = np.minimum(t - 300.0, 0.0)
    r[:, 0] += 0.5 * 30.0 * burn**2
    v[:, 0] += 30.0 * burn
    fit = between(t, r, v)
    assert fit.error.max() < 1e-3
    before, after = fit.z[14] + t[14], fit.z[15] + t[15]
    assert before.max() == 300.0
    assert after.min() == 300.0
