"""Sparse assignment against SciPy's optimum."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from tocsin.track.assign import assign


def sparse(gain):
    """A matrix of gains, NaN where there is none, in compressed rows."""
    there = np.isfinite(gain)
    start = np.concatenate([[0], np.cumsum(there.sum(axis=1))]).astype(np.int64)
    return start, np.nonzero(there)[1].astype(np.int64), gain[there]


def optimum(gain):
    """The largest sum of gains, each row free to take nothing."""
    n, m = gain.shape
    wide = np.zeros((n, m + n))
    wide[:, :m] = np.where(np.isfinite(gain), gain, -1e9)
    rows, columns = linear_sum_assignment(wide, maximize=True)
    return wide[rows, columns].sum()


def total(gain, chosen):
    return sum(gain[i, j] for i, j in enumerate(chosen) if j >= 0)


@given(st.integers(0, 10**9), st.integers(1, 14), st.integers(1, 14), st.floats(0.05, 1.0))
def test_the_sum_is_the_best(seed, n, m, density):
    rng = np.random.default_rng(seed)
    gain = np.where(rng.random((n, m)) < density, rng.normal(5.0, 10.0, (n, m)), np.nan)
    chosen = assign(*sparse(gain), m, 1e-6)
    taken = chosen[chosen >= 0]
    assert len(np.unique(taken)) == len(taken)
    assert all(np.isfinite(gain[i, j]) for i, j in enumerate(chosen) if j >= 0)
    assert total(gain, chosen) >= optimum(gain) - n * 1e-6 - 1e-9


def test_a_large_scan():
    """500 tracks and looks with five candidates each, as the gate leaves them."""
    rng = np.random.default_rng(2)
    gain = np.full((500, 480), np.nan)
    for i in range(500):
        gain[i, rng.choice(480, 5, replace=False)] = rng.normal(15.0, 6.0, 5)
    assert total(gain, assign(*sparse(gain), 480, 1e-6)) >= optimum(gain) - 500e-6
    # At the tracker's own bid, within a thousandth of a nat a track.
    assert total(gain, assign(*sparse(gain), 480)) >= optimum(gain) - 0.5


def test_a_row_may_keep_to_itself():
    gain = np.array([[-3.0, -1.0], [2.0, np.nan]])
    assert assign(*sparse(gain), 2).tolist() == [-1, 0]


def test_the_better_claim_wins():
    gain = np.array([[10.0, 9.0], [9.5, np.nan]])
    assert assign(*sparse(gain), 2).tolist() == [1, 0]


def test_nothing_to_assign():
    assert assign(np.zeros(4, np.int64), np.empty(0, np.int64), np.empty(0), 3).tolist() == [-1, -1, -1]
    assert len(assign(np.zeros(1, np.int64), np.empty(0, np.int64), np.empty(0), 0)) == 0


def test_equal_claims_are_settled():
    chosen = assign(*sparse(np.full((12, 9), 20.0)), 9)
    assert sorted(chosen) == [-1, -1, -1, *range(9)]
