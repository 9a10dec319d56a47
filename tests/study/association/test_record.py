"""Purity, completeness, promptness and switches: cases by hand, and what holds of any record."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.study.association.records import record
from tocsin.errors import TocsinError
from tocsin.sensor.labels import nobody
from tocsin.study.association.identity import switches
from tocsin.study.association.number import alive, count_error
from tocsin.study.association.promptness import promptness
from tocsin.study.association.purity import completeness, owners
from tocsin.study.association.record import Record

ALL = np.arange(10)


def test_a_track_is_the_bodys_that_most_of_its_looks_belong_to():
    got = owners(record([([1], 7), ([1], 7), ([2], 7), ([], 7), ([3], 8), ([], 8), ([], 8)], {8: 1, 7: 2}))
    assert got.row.tolist() == [0, 1]
    assert got.body.tolist() == [-1, 1]
    assert got.purity.tolist() == [0.0, 0.5]
    assert got.false.tolist() == [True, False]
    assert got.overall == pytest.approx(2 / 7)


def test_a_merged_look_belongs_to_each_of_its_bodies():
    got = owners(record([([1, 2], 0), ([2, 1], 0), ([2], 0), ([3], 0)], {0: 1}))
    assert got.body.tolist() == [2]
    assert got.purity.tolist() == [0.75]


def test_a_group_of_two_is_pure_in_so_far_as_its_looks_are_of_two_bodies():
    rows = [([1], 0), ([2], 0), ([1, 2], 0), ([2], 0), ([3], 0), ([], 0)]
    got = owners(record(rows, {0: 1}, [2]))
    assert got.body.tolist() == [2]
    assert got.own.tolist() == [4]
    assert owners(record(rows, {0: 1}, [3])).own.tolist() == [5]
    assert owners(record(rows, {0: 1}, [9])).own.tolist() == [5]
    whole = completeness(record(rows, {0: 1}, [2]), ALL)
    assert whole.body.tolist() == [1, 2, 3]
    assert whole.best.tolist() == [2, 3, 0]
    assert whole.tracks.tolist() == [1, 1, 0]


def test_each_body_of_a_group_is_confirmed_with_it():
    rows = [([b], 0) for b in (1, 2, 1, 2, 1, 2, 1, 1, 1, 2, 2)]
    assert promptness(record(rows, {0: 3}, [2]), ALL).in_time.tolist() == [True, True]
    assert promptness(record(rows, {0: 3}), ALL).in_time.tolist() == [True, False]


@pytest.mark.parametrize(
    ("rows", "body"),
    [([([4], 0), ([], 0)], 4), ([([4], 0), ([3], 0)], 3), ([([], 0), ([], 0), ([3], 0)], -1)],
)
def test_even_votes_go_to_a_body_and_to_the_first(rows, body):
    assert owners(record(rows, {0: 1})).body.tolist() == [body]


def test_tentative_tracks_are_nobodys_business():
    got = owners(record([([1], 0), ([1], 1), ([1], -1)], {0: 0, 1: 1}))
    assert got.row.tolist() == [1]
    none = owners(record([([1], 0)], {0: 0}))
    assert len(none.row) == 0
    assert np.isnan(none.overall)


def test_completeness_counts_the_best_track_and_all_of_them():
    rows = [([1], 0), ([1], 0), ([1], 1), ([1, 2], 0), ([1], -1), ([2], 2), ([2], 3), ([], 0)]
    got = completeness(record(rows, {0: 1, 1: 1, 2: 0, 3: 1}), ALL)
    assert got.body.tolist() == [1, 2]
    assert got.looks.tolist() == [5, 3]
    assert got.best.tolist() == [3, 1]
    assert got.all_.tolist() == [4, 1]
    assert got.tracks.tolist() == [2, 1]
    assert got.overall == pytest.approx(4 / 8)
    assert got.share.tolist() == pytest.approx([0.6, 1 / 3])


def test_five_looks_alone_and_a_track_by_the_fifth_are_in_time():
    rows = [([1], 0)] * 5 + [([2], 1)] * 6 + [([3], 2)] * 4
    got = promptness(record(rows, {0: 5, 1: 6, 2: 1}), ALL)
    assert got.body.tolist() == [1, 2]
    assert got.in_time.tolist() == [True, False]
    assert got.share == 0.5


def test_a_neighbour_in_the_cell_begins_the_count_again():
    rows = [([1], 0)] * 4 + [([1, 2], 0)] + [([1], 0)] * 4
    assert len(promptness(record(rows, {0: 3}), ALL).body) == 0
    assert promptness(record([*rows, ([1], 0)], {0: 10}), ALL).in_time.tolist() == [True]
    assert promptness(record([*rows, ([1], 0), ([1], 0)], {0: 11}), ALL).in_time.tolist() == [False]


def test_a_track_that_was_more_anothers_by_then_does_not_count():
    rows = [([2], 0)] * 6 + [([1], 0)] * 5 + [([1], 0)] * 5
    assert promptness(record(rows, {0: 2}), np.array([1])).in_time.tolist() == [False]
    rows = [([], 0)] * 6 + [([1], 0)] * 5 + [([1], 0)] * 5
    assert promptness(record(rows, {0: 2}), np.array([1])).in_time.tolist() == [False]


def test_detections_count_over_all_sensors_or_over_each():
    rows = [([1], 0, k % 2) for k in range(9)]
    assert promptness(record(rows, {0: 6}), ALL).in_time.tolist() == [False]
    apart = promptness(record(rows, {0: 6}), ALL, by_sensor=True)
    assert apart.sensor.tolist() == [0]
    assert apart.in_time.tolist() == [True]


def test_switches_are_changes_of_name_between_looks_of_the_body_alone():
    rows = [([1], 0), ([1], 0), ([1], 1), ([1, 2], 0), ([1], 1), ([1], -1), ([1], 2), ([1], 0), ([2], 0)]
    got = switches(record(rows, {0: 1, 1: 1, 2: 0}), ALL)
    assert got.body.tolist() == [1, 2]
    assert got.looks.tolist() == [5, 1]
    assert got.switches.tolist() == [2, 0]
    assert got.total == 2


def test_counts():
    assert alive(np.array([0.0, 1.0, 2.0, 3.0]), np.array([0.0, 1.0]), np.array([2.0, 3.0])).tolist() == [
        1,
        2,
        1,
        0,
    ]
    error = count_error(np.array([2, 2]), np.array([3, 5]))
    assert error.error.tolist() == [1, 3]
    assert error.mean == 2.0
    assert error.rms == pytest.approx(np.sqrt(5.0))


@pytest.mark.parametrize(
    ("sensor", "track", "name", "by", "words"),
    [
        ([0], [0, 0], [0], [1], "one of each"),
        ([0, 0], [0, 1], [0], [1], "not in name"),
        ([0, 0], [0, 0], [0, 0], [1, 1], "each track once"),
        ([0, 0], [0, 0], [0], [1, 1], "one number"),
    ],
)
def test_a_record_that_does_not_fit_together_is_refused(sensor, track, name, by, words):
    with pytest.raises(TocsinError, match=words):
        Record(nobody(2), np.array(sensor), np.array(track), np.array(name), np.array(by))


looks = st.lists(
    st.tuples(st.lists(st.integers(0, 3), max_size=3, unique=True), st.integers(-1, 3), st.integers(0, 1)),
    max_size=40,
)


@given(looks, st.lists(st.integers(0, 3), min_size=4, max_size=4))
def test_whatever_the_record(rows, by):
    made = record(rows, dict(enumerate(by)))
    own = owners(made)
    for row, n, body, mine in zip(own.row, own.looks, own.body, own.own, strict=True):
        held = [r for r in rows if r[1] == row]
        assert by[row] > 0
        assert n == len(held)
        assert mine == sum(body in r[0] for r in held)
        assert all(sum(b in r[0] for r in held) <= max(mine, 0) or body == -1 for b in range(4))
    got = completeness(made, ALL)
    assert np.all((got.best <= got.all_) & (got.all_ <= got.looks) & (got.tracks <= 4))
    assert set(got.body.tolist()) == {b for r in rows for b in r[0]}
    changed = switches(made, ALL)
    assert np.all(changed.switches < changed.looks)
    assert set(promptness(made, ALL).body.tolist()) <= set(got.body.tolist())
