"""GOSPA against sums by hand, SciPy's assignment, and every assignment there is."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from tocsin.errors import TocsinError
from tocsin.study.association.gospa import gospa, pairs_within
from tocsin.study.association.matching import match

C = 20e3


def by_scipy(truth, tracks, c, p):
    """GOSPA^p from a full table: pairs cut at c^p, and c^p / 2 for each row or column too many."""
    if len(truth) == 0 or len(tracks) == 0:
        return 0.5 * c**p * (len(truth) + len(tracks))
    d = np.minimum(np.linalg.norm(truth[:, None] - tracks[None], axis=2), c) ** p
    rows, columns = linear_sum_assignment(d)
    return d[rows, columns].sum() + 0.5 * c**p * abs(len(truth) - len(tracks))


def test_two_near_one_missed_one_false():
    truth = np.array([[0.0, 0.0, 0.0], [1e5, 0.0, 0.0], [0.0, 3e5, 0.0]])
    tracks = np.array([[1e5, 4e3, 0.0], [3e3, 0.0, 0.0], [0.0, 0.0, 9e5]])
    got = gospa(truth, tracks, C)
    assert (got.n_assigned, got.n_missed, got.n_false) == (2, 1, 1)
    assert got.localisation == pytest.approx(5e3)
    assert got.missed == got.false == pytest.approx(np.sqrt(0.5) * C)
    assert got.distance == pytest.approx(np.sqrt(25e6 + C**2))


def test_a_pair_as_far_as_c_is_one_missed_and_one_false():
    got = gospa(np.zeros((1, 3)), np.array([[C, 0.0, 0.0]]), C)
    assert (got.n_assigned, got.n_missed, got.n_false) == (0, 1, 1)
    assert got.distance == pytest.approx(C)


def test_the_nearest_is_given_up_where_two_pairs_are_better():
    truth = np.array([[0.0, 0.0, 0.0], [10e3, 0.0, 0.0]])
    tracks = np.array([[9e3, 0.0, 0.0], [21e3, 0.0, 0.0]])
    got = gospa(truth, tracks, C, p=1.0)
    assert got.n_assigned == 2
    assert got.distance == pytest.approx(20e3)


def test_nothing_at_all():
    none = np.empty((0, 3))
    assert gospa(none, none).distance == 0.0
    assert gospa(none, np.zeros((2, 3)), C).false == pytest.approx(C)
    assert gospa(np.zeros((2, 3)), none, C).missed == pytest.approx(C)


places = st.lists(st.tuples(*[st.integers(-40, 40)] * 3), max_size=12)


@settings(deadline=None)
@given(places, places, st.sampled_from([1.0, 2.0]))
def test_it_is_the_full_tables(a, b, p):
    truth, tracks = (np.array(x, dtype=np.float64).reshape(-1, 3) * 1e3 for x in (a, b))
    got = gospa(truth, tracks, C, p)
    assert got.distance**p == pytest.approx(by_scipy(truth, tracks, C, p), rel=1e-9)
    assert got.distance**p == pytest.approx(got.localisation**p + got.missed**p + got.false**p, rel=1e-9)
    assert got.n_assigned + got.n_missed == len(truth)
    assert got.n_assigned + got.n_false == len(tracks)
    assert gospa(tracks, truth, C, p).distance == pytest.approx(got.distance, rel=1e-9)


@pytest.mark.parametrize("spread", [3e5, 3e4])
def test_it_is_the_full_tables_where_hundreds_crowd(spread):
    rng = np.random.default_rng(3)
    truth = rng.normal(0.0, spread, (300, 3))
    tracks = np.concatenate([truth[:250] + rng.normal(0.0, 4e3, (250, 3)), rng.normal(0.0, spread, (80, 3))])
    assert gospa(truth, tracks, C).distance ** 2 == pytest.approx(by_scipy(truth, tracks, C, 2.0), rel=1e-9)


@settings(deadline=None)
@given(st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 3)), st.integers(1, 9), max_size=8))
def test_no_other_choice_of_pairs_gains_more(pairs):
    row = np.array([r for r, _ in pairs], dtype=np.int64)
    column = np.array([c for _, c in pairs], dtype=np.int64)
    gain = np.array(list(pairs.values()), dtype=np.float64)
    chosen = match(row, column, gain, 4, 4)
    assert len(set(row[chosen])) == len(set(column[chosen])) == len(chosen)
    best = 0.0
    for k in range(len(gain) + 1):
        for some in itertools.combinations(range(len(gain)), k):
            if len({row[i] for i in some}) == len({column[i] for i in some}) == k:
                best = max(best, sum(gain[i] for i in some))
    assert gain[chosen].sum() == best


@settings(deadline=None)
@given(places, places)
def test_pairs_are_those_nearer_than_c(a, b):
    a, b = (np.array(x, dtype=np.float64).reshape(-1, 3) for x in (a, b))
    row, column, d = pairs_within(a, b, 25.0)
    distance = np.linalg.norm(a[:, None] - b[None], axis=2)
    assert sorted(zip(row, column, strict=True)) == sorted(zip(*np.nonzero(distance < 25.0), strict=True))
    np.testing.assert_allclose(d, distance[row, column])


@pytest.mark.parametrize(
    ("truth", "c", "p", "words"),
    [
        ([[np.nan, 0, 0]], C, 2.0, "no number"),
        ([[0.0, 0, 0]], 0.0, 2.0, "c above 0"),
        ([], C, 0.5, "p at least"),
    ],
)
def test_what_is_no_place_or_metric_is_refused(truth, c, p, words):
    with pytest.raises(TocsinError, match=words):
        gospa(np.array(truth, dtype=np.float64).reshape(-1, 3), np.zeros((1, 3)), c, p)
