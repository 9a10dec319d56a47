"""Which children are kept, which leaves are one, and the chains of their looks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.track.hypotheses.chain import NONE, Chains
from tocsin.track.hypotheses.grow import children, shared, unlike


def test_children_of_a_track_are_its_best_and_the_miss_of_the_best():
    track, llr = np.array([4, 4, 9]), np.array([20.0, 18.0, 1.0])
    start, look = np.array([0, 2, 3, 3]), np.array([0, 1, 2])
    gain, miss = np.array([10.0, 3.0, 2.0]), np.array([-2.0, -2.0, -2.0])
    none, every = np.zeros(3, bool), np.ones(3, bool)
    parent, child, score = children(track, llr, none, start, look, gain, miss, every, 10, 8.0)
    # 30, 23, and the best leaf's miss at 18; the other's hit at 20 is ten worse than the best.
    assert list(zip(parent, child, score, strict=True)) == [
        (0, 0, 30.0), (0, 1, 23.0), (0, -1, 18.0), (2, -1, -1.0),
    ]  # fmt: skip
    parent, child, _ = children(track, llr, none, start, look, gain, miss, every, 1, 100.0)
    assert list(zip(parent, child, strict=True)) == [(0, 0), (0, -1), (2, -1)]


def test_no_miss_is_kept_where_nobody_else_may_have_the_look():
    track, llr, none = np.array([4, 9]), np.array([20.0, 20.0]), np.zeros(2, bool)
    start, look = np.array([0, 1, 3]), np.array([0, 1, 2])
    gain, miss = np.array([20.0, 20.0, 19.0]), np.full(2, -2.0)
    alone = shared(track, start, look, np.empty(0, np.int64), 3)
    assert not alone.any()
    parent, child, _ = children(track, llr, none, start, look, gain, miss, alone, 10, 8.0)
    assert list(zip(parent, child, strict=True)) == [(0, 0), (1, 1), (1, 2)]
    # One look is in both tracks' gates, one may begin a track.
    both = shared(track, start, np.array([0, 0, 2]), np.array([2]), 3)
    assert list(both) == [True, False, True]
    parent, child, _ = children(track, llr, none, start, look, gain, miss, both, 10, 8.0)
    assert list(zip(parent, child, strict=True)) == [(0, 0), (0, -1), (1, 1), (1, 2)]


def test_a_score_of_no_number_ends_nothing_but_itself():
    parent, _, _ = children(
        np.array([1]), np.array([5.0]), np.zeros(1, bool), np.array([0, 1]), np.array([0]),
        np.array([np.nan]), np.array([-1.0]), np.ones(1, bool), 5, 5.0,
    )  # fmt: skip
    assert len(parent) == 1


def test_leaves_alike_are_one():
    track = np.array([1, 1, 1, 2])
    recent = np.array([[7, 8, 9], [6, 8, 9], [7, 8, 5], [7, 8, 9]])
    none = np.zeros(4, bool)
    assert list(unlike(track, recent, none, 2)) == [True, False, True, True]
    assert list(unlike(track, recent, none, 3)) == [True, True, True, True]
    # The second is of the chosen leaf: its older look is its own.
    assert list(unlike(track, recent, np.arange(4) == 1, 2)) == [True, True, True, True]


def test_what_was_chosen_can_be_chosen_again():
    """The chosen leaf is 50 worse than one whose looks are another track's, and is kept all the same."""
    track, llr = np.zeros(3, np.int64), np.array([100.0, 99.0, 50.0])
    start, look = np.array([0, 2, 4, 6]), np.array([0, 1, 0, 1, 0, 1])
    gain, miss = np.array([10.0, 9.0, 10.0, 9.0, 10.0, 2.0]), np.full(3, -2.0)
    chosen = np.array([False, False, True])
    parent, child, score = children(track, llr, chosen, start, look, gain, miss, np.ones(2, bool), 2, 5.0)
    assert list(zip(parent, child, score, strict=True)) == [
        (0, 0, 110.0), (0, 1, 109.0), (0, -1, 98.0), (2, 0, 60.0), (2, -1, 48.0),
    ]  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(-1, 30)), max_size=40))
def test_a_chain_is_what_was_added_along_it(cells):
    """However many are added after it, and in whatever order they share their older ends."""
    chains, expected = Chains(), []
    for row, older in cells:
        older = older if older < len(expected) else NONE
        (cell,) = chains.add(np.array([row]), np.array([older]))
        assert cell == len(expected)
        expected.append((*expected[older], row) if older >= 0 else (row,))
    for cell, rows in enumerate(expected):
        assert tuple(chains.rows(cell)) == rows


def test_many_cells_at_once():
    chains = Chains()
    first = chains.add(np.arange(3000), np.full(3000, NONE))
    second = chains.add(np.arange(3000) + 10_000, first)
    assert list(chains.rows(int(second[2999]))) == [2999, 12_999]
    assert list(chains.rows(NONE)) == []
    assert len(chains) == 6000


@pytest.mark.parametrize("most", [1, 3])
def test_no_more_than_so_many(most):
    n = 6
    parent, child, score = children(
        np.zeros(1, np.int64), np.zeros(1), np.zeros(1, bool), np.array([0, n]), np.arange(n),
        np.linspace(1.0, 2.0, n), np.array([-1.0]), np.ones(n, bool), most, 100.0,
    )  # fmt: skip
    assert len(parent) == most + 1
    assert child[-1] == -1
    assert np.all(np.diff(score[:-1]) <= 0.0)
