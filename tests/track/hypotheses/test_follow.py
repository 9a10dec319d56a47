"""Tracks of one radar's looks: crossings, releases, gaps, clutter, floods, and what must never change."""

from dataclasses import fields

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.track.hypotheses.bodies import MIDDLE, SIGMA, fold, looks_at
from tocsin.track.hypotheses.follow import BORN, MOST
from tocsin.track.hypotheses.leaves import NAMES

LOW, HIGH = np.array([5e5, 0.0, 0.1]), np.array([2.5e6, 1.0, 0.6])


def off(state, *by):
    """A state, so much off."""
    return np.asarray(state) + np.array(by)


def test_two_that_cross_keep_their_looks():
    """They pass in range at 20 m/s, at the same angles, 20 of 40 scans within what a look is off."""
    for seed in range(3):
        rng = np.random.default_rng(seed)
        scans = 40
        a = looks_at(MIDDLE, scans)
        b = looks_at(off(MIDDLE, 2000.0, 0.0, 0.0, -20.0, 0.0, 0.0), scans)
        f, owner = fold(), []
        for k in range(scans):
            order = rng.permutation(2)
            values = np.stack([a[k], b[k]])[order] + SIGMA * rng.standard_normal((2, 3))
            owner += order.tolist()
            sure = f.step(k, values)
        assert len(sure) == 2
        for rows in sure.values():
            assert len(rows) >= scans - 2
            own = np.array(owner)[rows]
            assert np.mean(own == np.bincount(own).argmax()) > 0.95


def test_one_released_beside_a_track_soon_has_its_own():
    rng = np.random.default_rng(3)
    a, b = looks_at(MIDDLE, 30), looks_at(off(MIDDLE, 400.0, 0.0, 0.0, 5.0, 3.0, 3.0), 30)
    f = fold()
    for k in range(10):
        first = f.step(k, a[k : k + 1] + SIGMA * rng.standard_normal((1, 3)))
    assert len(first) == 1
    for k in range(10, 14):
        sure = f.step(k, np.stack([b[k], a[k]]) + SIGMA * rng.standard_normal((2, 3)))
    # After four looks at it.
    assert len(sure) == 2
    assert set(first) <= set(sure)
    assert sure[min(first)][-4:] == [11, 13, 15, 17]


def test_clutter_alone_confirms_nothing():
    """Some 3,600 tracks begun, of which one in ten million may be confirmed."""
    for seed in range(3):
        rng = np.random.default_rng(seed)
        f = fold(density=30.0 / float(np.prod(HIGH - LOW)))
        for k in range(40):
            assert not f.step(k, rng.uniform(LOW, HIGH, (rng.poisson(30.0), 3)))


def coasted(gap):
    """The names before and after a gap of so many scans."""
    rng = np.random.default_rng(4)
    a = looks_at(MIDDLE, 20 + gap)
    f = fold()
    for k in range(10):
        before = f.step(k, a[k : k + 1] + SIGMA * rng.standard_normal((1, 3)))
    for k in range(10, 10 + gap):
        f.step(k, np.empty((0, 3)))
    for k in range(10 + gap, 20 + gap):
        after = f.step(k, a[k : k + 1] + SIGMA * rng.standard_normal((1, 3)))
    return list(before), list(after)


def test_a_track_is_the_same_after_a_gap_and_another_after_a_longer():
    before, after = coasted(5)
    assert len(before) == 1
    assert before == after
    before, after = coasted(6)
    assert len(after) == 1
    assert before != after


def test_false_looks_now_and_then_keep_no_track_alive():
    """One in four scans has a look three sigmas off where the body, seen for ten scans, would be."""
    rng = np.random.default_rng(4)
    a = looks_at(MIDDLE, 50)
    f = fold(detection=0.95, density=0.5)
    for k in range(10):
        first = f.step(k, a[k : k + 1] + SIGMA * rng.standard_normal((1, 3)))
    lasted = 10
    for k in range(10, 50):
        looks = a[k : k + 1] + 3.0 * SIGMA * np.array([1.0, 0.0, 0.0]) if k % 4 == 1 else np.empty((0, 3))
        lasted += set(first) <= set(f.step(k, looks))
    assert len(first) == 1
    assert 15 < lasted < 30


def merged(cell):
    """How many confirmed tracks two bodies have, before and after eight scans in which they give one look."""
    rng = np.random.default_rng(5)
    a, b = looks_at(MIDDLE, 18), looks_at(off(MIDDLE, 20e3, 0.0, 0.0, 0.0, 0.0, 0.0), 18)
    f = fold(cell=cell)
    for k in range(10):
        before = f.step(k, np.stack([a[k], b[k]]) + SIGMA * rng.standard_normal((2, 3)))
    for k in range(10, 18):
        after = f.step(k, a[k : k + 1] + SIGMA * rng.standard_normal((1, 3)))
    return len(before), len(after)


def test_one_hidden_in_anothers_cell_is_not_dropped():
    assert merged((30e3, 0.05)) == (2, 2)
    # Of a radar that could tell them apart, no look is a miss.
    assert merged((0.0, 0.0)) == (2, 1)


def copies(local):
    return {n: getattr(local.leaves, n).copy() for n in NAMES} | {
        f.name: np.copy(getattr(local, f.name)) for f in fields(local) if f.name != "leaves"
    }


def test_what_is_given_is_not_changed_and_gives_the_same_again():
    rng = np.random.default_rng(6)
    paths = [looks_at(off(MIDDLE, *(SIGMA * 100.0 * rng.standard_normal(3)), 0, 0, 0), 12) for _ in range(6)]
    scans = [np.stack([p[k] for p in paths]) + SIGMA * rng.standard_normal((6, 3)) for k in range(12)]
    f, kept = fold(), []
    for k, values in enumerate(scans):
        kept.append((f.local, copies(f.local)))
        f.step(k, values)
    for local, before in kept:
        for name, value in copies(local).items():
            np.testing.assert_array_equal(value, before[name], err_msg=name)
    again = fold()
    for k, values in enumerate(scans):
        again.step(k, values)
    for name, value in copies(again.local).items():
        np.testing.assert_array_equal(value, copies(f.local)[name], err_msg=name)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6))
def test_the_order_of_looks_in_a_scan_tells_nothing(seed):
    rng = np.random.default_rng(seed)
    paths = [looks_at(off(MIDDLE, *(SIGMA * 100.0 * rng.standard_normal(3)), 0, 0, 0), 10) for _ in range(5)]
    f, g, names_f, names_g = fold(), fold(), [], []
    for k in range(10):
        values = np.stack([p[k] for p in paths if rng.random() < 0.9] or [paths[0][k]])
        values = np.concatenate(
            [values + SIGMA * rng.standard_normal(values.shape), rng.uniform(LOW, HIGH)[None]]
        )
        order = rng.permutation(len(values))
        names_f += [(k, j) for j in range(len(values))]
        names_g += [(k, int(j)) for j in order]
        f.step(k, values)
        g.step(k, values[order])
    assert claims(f, names_f) == claims(g, names_g)
    assert len(claims(f, names_f)) >= 3


def claims(f, names):
    return {frozenset(names[row] for row in rows) for rows in f.sure().values()}


def test_scans_without_looks():
    f = fold()
    for k in range(3):
        assert f.step(k, np.empty((0, 3))) == {}
    assert f.local.t == 10.0
    a = looks_at(MIDDLE, 10)
    for k in range(3, 8):
        f.step(k, a[k : k + 1])
    assert len(f.sure()) == 1
    for k in range(8, 20):
        f.step(k, np.empty((0, 3)))
    assert len(f.local.leaves) == 0
    assert len(f.local.base) == 6


def test_a_flood_of_looks_begins_no_more_than_the_strongest():
    rng = np.random.default_rng(7)
    n = 3 * BORN
    f = fold()
    snr = rng.permutation(n).astype(float)
    f.step(0, rng.uniform(LOW, HIGH, (n, 3)), snr)
    assert len(f.local.leaves) == BORN
    assert snr[f.local.leaves.recent[:, -1]].min() == n - BORN
    f.step(1, rng.uniform(LOW, HIGH, (n, 3)), snr)
    assert len(f.local.leaves) <= BORN + BORN * MOST
