"""Bodies that a sensor cannot tell apart are one group of so many, until it can."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.track.scenes import tracker_of, watched
from tocsin.catalogue import event, network_of
from tocsin.sensor.labels import one_after_another
from tocsin.sensor.telescope import Telescope
from tocsin.track.group import alone, grouped
from tocsin.track.local import LocalTracks

SIGMA = 6.7e-5
OCEAN = "ocean-arc-2025-07-15"


def tracks(places, ids=None, error=0.3, since=0.0):
    """A telescope's tracks at places (n, 2) in sigmas of a look, each known to `error` of them; all at rest,
    the first look at `since` of 20 s."""
    n = len(places)
    x, P = np.zeros((n, 6)), np.zeros((n, 6, 6))
    x[:, [0, 3]] = np.asarray(places, float) * SIGMA
    for o in (0, 3):
        P[:, o, o] = (error * SIGMA) ** 2
        P[:, o + 1, o + 1] = (0.05 * SIGMA) ** 2
    ids = np.arange(n) + 1 if ids is None else np.asarray(ids)
    ones = np.ones(n)
    return LocalTracks(
        ids, np.zeros(n, np.int64), 20.0 * ones, x, P, 20.0 * ones, ones.astype(np.int64), since * ones,
        20.0 * ones,
        np.arange(n),
    )  # fmt: skip


def told(found, before=None):
    """Groups of tracks that were grouped so before."""
    ids, labels = (np.empty(0, np.int64),) * 2 if before is None else before
    return grouped(ids, labels, np.zeros(len(ids), bool), found, np.full(2, SIGMA), True)


def test_tracks_that_begin_within_each_others_noise_are_one_group_at_its_middle():
    groups = told(tracks([(0, 0), (2, 0), (4, 3), (30, 0)], since=17.0))
    assert groups.label.tolist() == [1, 1, 1, 4]
    assert groups.units.id.tolist() == [1, 4]
    assert groups.units.x[0, [0, 3]] == pytest.approx([2.0 * SIGMA, 1.0 * SIGMA])
    assert groups.units.P[0, 0, 0] == pytest.approx((0.09 + 8.0 / 3.0) * SIGMA**2)
    assert groups.spread == pytest.approx(np.sqrt(0.5 * (8.0 / 3.0 + 2.0)) * SIGMA * np.array([1, 1, 1, 0]))


def test_tracks_that_were_apart_when_they_began_keep_their_names_where_they_cross():
    groups = told(tracks([(0, 0), (1, 0)]), (np.array([1, 2]), np.array([1, 2])))
    assert groups.label.tolist() == [1, 2]


def test_a_young_track_comes_to_the_older_of_two_that_it_is_between_and_these_stay_apart():
    found = tracks([(0, 0), (7, 0), (3.5, 0)])
    found.first_t[2] = 17.0
    groups = told(found, (np.array([1, 2]), np.array([1, 2])))
    assert groups.label.tolist() == [1, 2, 1]


def test_one_that_passes_by_is_in_no_group():
    found = tracks([(0, 0), (1, 0)], since=17.0)
    found.x[1, 1] = SIGMA
    assert told(found).label.tolist() == [1, 2]


def test_a_group_comes_apart_only_where_its_parts_are_surely_so():
    before = np.array([3, 5, 9]), np.array([1, 1, 1])
    near, far = tracks([(0, 0), (2, 0), (7, 0)], before[0]), tracks([(0, 0), (2, 0), (9, 0)], before[0])
    vague = replace(far, P=16.0 * far.P)
    # The first has left the group since, and the label stays.
    assert told(near, before).label.tolist() == [1, 1, 1]
    assert told(vague, before).label.tolist() == [1, 1, 1]
    assert told(far, before).label.tolist() == [1, 1, 9]


def test_a_formation_is_as_wide_in_metres_however_bright_its_plumes():
    """Two of 27 errors of a look, 20 km from 25,000 km away, stay one; what left it is no formation."""
    ids, sigma, away = np.array([1, 2]), np.full(2, 30e-6), 25e6
    for apart_m, labels in ((20e3, [1, 1]), (40e3, [1, 2])):
        found = tracks([(0, 0), (apart_m / away / SIGMA, 0)])
        groups = grouped(ids, np.array([1, 1]), np.ones(2, bool), found, sigma, True, away)
        assert groups.label.tolist() == labels
        assert groups.wide.tolist() == [labels == [1, 1]] * 2


def test_of_a_scan_without_looks_nothing_is_said():
    found = tracks([(0, 0), (30, 0)])
    groups = grouped(np.array([1, 2]), np.array([1, 1]), np.zeros(2, bool), found, None, True)
    assert groups.label.tolist() == [1, 1]


places = st.lists(
    st.tuples(st.floats(-20, 20), st.floats(-20, 20)), min_size=1, max_size=12
)  # fmt: skip


@given(places, places)
@settings(max_examples=100, deadline=None)
def test_groups_are_the_same_whatever_the_order_of_time_and_hold_every_track_once(first, then):
    n = min(len(first), len(then))
    groups = told(tracks(first[:n], since=17.0))
    later = told(tracks(then[:n]), (np.arange(n) + 1, groups.label))
    for now in (groups, later):
        assert (now.label <= np.arange(n) + 1).all()
        assert np.array_equal(np.unique(now.unit), np.arange(len(now.units)))
        for row in range(len(now.units)):
            assert len(np.unique(now.label[now.unit == row])) == 1
            assert now.units.hits[row] == np.sum(now.unit == row)
    # Nobody comes to a group later, and twice the same scan changes nothing.
    assert all(len(np.unique(groups.label[later.label == k])) == 1 for k in np.unique(later.label))
    again = told(tracks(then[:n]), (np.arange(n) + 1, later.label))
    assert np.array_equal(again.label, later.label)
    lone = alone(tracks(first[:n]))
    assert np.array_equal(lone.label, np.arange(n) + 1)


def group_of(apart_m, count=5, until_s=100.0):
    """Scans with labels of so many flights, a ring about a real one's path, and the telescopes' set-up."""
    flight, t0, plan, _ = watched(OCEAN, "russia", 2)
    path = flight.path
    up = path.r_ecef[0] / np.linalg.norm(path.r_ecef[0])
    east = np.cross([0.0, 0.0, 1.0], up)
    east /= np.linalg.norm(east)
    turn = 2.0 * np.pi * np.arange(count) / count
    radius = 0.5 * apart_m / np.sin(np.pi / count)
    ring = radius * (np.cos(turn)[:, None] * east + np.sin(turn)[:, None] * np.cross(up, east))
    paths = tuple(replace(path, r_ecef=path.r_ecef + off) for off in ring)
    told_ = event(OCEAN)
    seen = []
    for k, (satellite, elements) in enumerate(network_of(told_.network, told_.start_utc).satellites):
        rng = np.random.default_rng(k)
        sensor = Telescope(satellite, elements)
        seen += sensor.labelled(paths, t0, t0 + until_s, sensor.draw_bias(rng), "simulated", rng)
    return plan, sorted(seen, key=lambda pair: (pair[0].t, pair[0].sensor))


@pytest.mark.parametrize(("apart_m", "single"), [(3e3, True), (60e3, False)])
def test_a_group_is_one_system_track_of_so_many_and_those_apart_are_five(apart_m, single):
    plan, seen = group_of(apart_m)
    tracker = tracker_of(plan)
    for scan, _ in seen:
        tracker.step(scan)
    owner = tracker.owners()
    labels = one_after_another(*(part for _, part in seen))
    real = labels.count == 1
    sizes = [tracker.size(k) for k in range(len(tracker)) if tracker.members_of(k)]
    if single:
        assert sizes == [5]
        assert np.mean(owner[real] == 0) > 0.9
        return
    assert sizes == [1] * 5
    for body in range(5):
        mine = owner[real & (labels.first == body)]
        assert np.mean(mine == np.bincount(mine[mine >= 0]).argmax()) > 0.9


def test_bodies_side_by_side_that_cannot_be_assigned_are_a_formation_of_so_many():
    """Two telescopes resolve 9 km, and neither can say which of the other's is which."""
    plan, seen = group_of(9e3)
    tracker = tracker_of(plan)
    for scan, _ in seen:
        tracker.step(scan)
    told = [k for k in range(len(tracker)) if tracker.members_of(k)]
    assert len(told) < 5 <= sum(tracker.size(k) for k in told)
    assert (tracker.owners()[: sum(len(scan) for scan, _ in seen)] >= 0).mean() > 0.5


def test_engines_that_go_out_at_once_are_all_solved_for():
    plan, seen = group_of(60e3, until_s=190.0)
    tracker = tracker_of(plan)
    for scan, _ in seen:
        tracker.step(scan)
    picture = tracker.picture
    whole = [k for k in range(5) if tracker.members_of(k)]
    assert len(whole) == 5
    for k in whole:
        assert picture.solutions[tracker.row(k)].boost.burnout == pytest.approx(
            tracker.burnout(k)[0], abs=1e-3
        )
