"""The first and the last of uncertain moments against brute force and closed forms."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.assess.extremes import first_of, last_of


@pytest.mark.parametrize("certain", [True, False])
@pytest.mark.parametrize("n", [1, 2, 7, 300])
def test_against_drawn_ones(n, certain):
    """Moments close together and far apart, known well and badly, that come for certain or not."""
    rng = np.random.default_rng(n)
    t, sigma = rng.uniform(0.0, 300.0, n), rng.uniform(1.0, 60.0, n)
    p = np.ones(n) if certain else rng.uniform(0.05, 0.6, n)
    comes = rng.random((40_000, n)) < p
    drawn = np.where(comes, t + sigma * rng.standard_normal((40_000, n)), np.nan)
    drawn = drawn[comes.any(axis=1)]
    for found, brute in ((first_of(t, sigma, p), np.nanmin(drawn, axis=1)),
                         (last_of(t, sigma, p), np.nanmax(drawn, axis=1))):  # fmt: skip
        error = brute.std() / math.sqrt(len(brute))
        assert found.mean == pytest.approx(brute.mean(), abs=5.0 * error)
        assert found.sigma == pytest.approx(brute.std(), rel=0.03)
        for told, level in ((found.low, 5), (found.middle, 50), (found.high, 95)):
            assert told == pytest.approx(np.percentile(brute, level), abs=0.05 * brute.std())


def test_two_alike():
    """The mean of the smaller of two standard normal numbers is -1 / sqrt(pi), its variance 1 - 1 / pi."""
    found = first_of([0.0, 0.0], [1.0, 1.0])
    assert found.mean == pytest.approx(-1.0 / math.sqrt(math.pi), abs=1e-3)
    assert found.sigma == pytest.approx(math.sqrt(1.0 - 1.0 / math.pi), abs=1e-3)


def test_one_alone_is_itself():
    found = first_of([100.0], [7.0], [0.3])
    assert (found.mean, found.sigma) == pytest.approx((100.0, 7.0), abs=0.01)
    assert found.high - found.low == pytest.approx(2.0 * 1.6449 * 7.0, abs=0.05)


def test_a_sharp_one_among_broad_ones():
    """The grid does not step over a moment that is known to a thousandth of a second."""
    found = first_of([1000.0, 5000.0], [1e-3, 300.0])
    assert found.mean == pytest.approx(1000.0, abs=1e-3)
    assert found.sigma < 5e-3
    assert last_of([1000.0, 5000.0], [1e-3, 300.0]).mean == pytest.approx(5000.0, abs=1.0)


def test_none():
    assert first_of([], []) is None
    assert first_of([1.0], [1.0], [0.0]) is None


@given(
    st.lists(
        st.tuples(st.floats(0.0, 1e4), st.floats(0.1, 1e3), st.floats(0.01, 1.0)), min_size=1, max_size=8
    )
)
def test_in_order(moments):
    t, sigma, p = np.array(moments).T
    first, last = first_of(t, sigma, p), last_of(t, sigma, p)
    assert first.low <= first.middle <= first.high
    assert first.mean <= last.mean + 0.01 * sigma.max()
    assert first.mean <= t.max() + 0.01 * sigma.max()
