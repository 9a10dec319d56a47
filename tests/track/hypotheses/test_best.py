"""The best joint hypothesis, against every set there is, and against integer programming."""

import itertools

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from tocsin.track.hypotheses.best import best_set, clusters

SCANS = 3


def drawn(rng, tracks, leaves, looks):
    """Leaves in order of track, the better first: score, and looks' numbers of a few scans from 100 on."""
    track = np.repeat(np.arange(tracks) * 3 + 5, rng.integers(1, leaves + 1, tracks))
    n = len(track)
    llr = rng.normal(3.0, 4.0, n)
    recent = rng.integers(0, looks, (n, SCANS)) + looks * np.arange(SCANS) + 100
    recent[rng.random((n, SCANS)) < 0.2] = -1
    order = np.lexsort((-llr, track))
    return track[order], llr[order], recent[order], 100, SCANS * looks


def by_all_sets(track, llr, recent):
    options = [[None, *np.flatnonzero(track == t)] for t in np.unique(track)]
    best = 0.0
    for each in itertools.product(*options):
        chosen = [i for i in each if i is not None]
        used = [j for i in chosen for j in recent[i] if j >= 0]
        if len(used) == len(set(used)):
            best = max(best, float(llr[chosen].sum()))
    return best


def by_programming(track, llr, recent, base, looks):
    number = np.unique(track, return_inverse=True)[1]
    uses = [(number.max() + 1 + j - base, i) for i, row in enumerate(recent) for j in row if j >= 0]
    rows, cols = zip(*uses, *zip(number, range(len(track)), strict=True), strict=True)
    A = sp.coo_matrix((np.ones(len(rows)), (rows, cols))).tocsr()
    found = milp(
        -llr,
        constraints=LinearConstraint(A, -np.inf, 1.0),
        integrality=np.ones(len(llr)),
        bounds=Bounds(0, 1),
    )
    return -found.fun


def score(llr, chosen):
    return float(llr[chosen[chosen >= 0]].sum())


def test_small_ones_against_every_set():
    """Nine in ten exactly, and what is not said to be the best is within what it could lack."""
    rng = np.random.default_rng(0)
    short = 0
    for _ in range(300):
        given_ = drawn(rng, int(rng.integers(1, 6)), 4, 3)
        chosen, lack = best_set(*given_)
        best, got = by_all_sets(*given_[:3]), score(given_[1], chosen)
        assert got <= best + 1e-9
        # Clusters by themselves: each lacks no more than is said.
        assert best - got <= lack.sum() + 1e-6
        short += best - got > 1e-6
    assert short < 15


def test_large_ones_against_integer_programming():
    rng = np.random.default_rng(1)
    for _ in range(10):
        given_ = drawn(rng, 25, 8, 20)
        best, got = by_programming(*given_), score(given_[1], best_set(*given_)[0])
        assert 0.97 * best <= got <= best + 1e-6


@given(st.integers(0, 10**6), st.integers(1, 12), st.integers(1, 6), st.integers(1, 6))
def test_no_look_is_given_twice_and_no_track_has_two_leaves(seed, tracks, leaves, looks):
    track, llr, recent, base, count = drawn(np.random.default_rng(seed), tracks, leaves, looks)
    chosen, lack = best_set(track, llr, recent, base, count)
    own = chosen[chosen >= 0]
    assert np.array_equal(track[own], np.unique(track)[chosen >= 0])
    used = recent[own]
    used = used[used >= 0]
    assert len(used) == len(np.unique(used))
    assert np.all(llr[own] > 0.0)
    assert np.all(lack >= 0.0)


def test_what_shares_no_look_is_decided_by_itself():
    track = np.array([1, 1, 2, 3])
    recent = np.array([[100, -1], [-1, 103], [100, -1], [-1, 104]])
    group = clusters(track, recent, 100, 6)
    assert group[0] == group[1] != group[2]


def test_looks_before_the_window_bind_nothing():
    chosen, _ = best_set(np.array([1, 2]), np.array([5.0, 4.0]), np.array([[99, -1], [99, -1]]), 100, 4)
    assert list(chosen) == [0, 1]


@pytest.mark.parametrize("better", [0, 1])
def test_of_two_that_want_one_look_the_dearer_has_it(better):
    llr = np.array([5.0, 9.0])[:: -1 if better == 0 else 1]
    chosen, lack = best_set(np.array([1, 2]), llr, np.array([[100, -1], [100, -1]]), 100, 4)
    assert chosen[better] == better
    assert chosen[1 - better] == -1
    assert lack.max() == pytest.approx(0.0, abs=1e-3)
