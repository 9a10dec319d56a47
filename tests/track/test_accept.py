"""What comes that should not: refused or bounded, counted, and the picture stays right."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.track.scenes import tracker_of, watched
from tests.track.test_window import said
from tocsin.track.accept import doubled, part, strongest

OCEAN = "ocean-arc-2025-07-15"


@pytest.fixture(scope="module")
def scene():
    """A track of two telescopes, and the scans it was made of."""
    _, t0, plan, scans = watched(OCEAN, "russia", 2)
    own = [s for s in scans if s.kind == "telescope" and t0 + 20.0 < s.t < t0 + 75.0]
    radar = next(s for s in scans if s.kind == "radar" and s.t > t0 + 20.0)
    tracker = tracker_of(plan)
    for scan in own:
        tracker.step(scan)
    assert len(tracker) == 1
    return plan, own, radar, said(tracker)


def many(scan, n, rng):
    """The scan with n looks anywhere in its view in place of its own."""
    values = rng.uniform(-0.15, 0.15, (n, 2))
    return replace(
        scan, t_look=np.full(n, scan.t), values=values, sigmas=np.full((n, 2), 5e-5), snr=np.full(n, 10.0)
    )


def beside(scan, other):
    """The looks of both in one scan."""
    names = ("t_look", "values", "sigmas", "snr")
    return replace(scan, **{n: np.concatenate([getattr(scan, n), getattr(other, n)]) for n in names})


WRONG = {
    "of no sensor here": lambda s, r: replace(s, sensor="NOWHERE"),
    "its time is no time": lambda s, r: replace(s, t=np.nan),
    "time is no time": lambda s, r: replace(s, t=2.8e9),
    "its sensor's place is no place": lambda s, r: replace(s, r_ecef=np.full(3, np.inf)),
    "place is no place": lambda s, r: replace(s, r_ecef=np.full(3, 1e200)),
    "its tables do not hold": lambda s, r: replace(s, values=np.zeros((len(s), 5))),
    "its range rates are not": lambda s, r: replace(s, rate=np.zeros(len(s) + 1), rate_sigma=None),
}


@pytest.mark.parametrize("why", WRONG)
def test_what_is_no_scan_is_refused_and_counted(scene, why):
    plan, own, radar, expected = scene
    tracker = tracker_of(plan)
    for scan in own:
        assert tracker.step(WRONG[why](scan, radar)) is False
        tracker.step(scan)
    assert sum(n for k, n in tracker.counts.items() if why in k) == len(own)
    assert said(tracker) == expected


def test_the_same_scan_twice_counts_once(scene):
    plan, own, _, expected = scene
    tracker = tracker_of(plan)
    for scan in own:
        tracker.step(scan)
        assert tracker.step(scan) is False
    assert tracker.counts["scan came twice"] == len(own)
    assert said(tracker) == expected


def test_of_two_scans_of_one_name_the_same_is_chosen_whichever_came_first(scene):
    plan, own, _, _ = scene
    pictures = []
    for turn in (1, -1):
        tracker = tracker_of(plan)
        for k, scan in enumerate(own):
            both = (scan, many(scan, 3, np.random.default_rng(k))) if k % 7 == 0 else (scan,)
            for one in both[::turn]:
                tracker.step(one)
        assert tracker.counts["two scans of one name"] > 3
        pictures.append(said(tracker))
    assert pictures[0] == pictures[1]


def test_a_scan_from_the_future_alone_moves_no_clock(scene):
    plan, own, _, expected = scene
    tracker = tracker_of(plan)
    for k, scan in enumerate(own):
        if k == 30:
            assert tracker.step(replace(own[-1], t=own[-1].t + 1e6, t_look=own[-1].t_look + 1e6)) is False
        tracker.step(scan)
    assert tracker.counts["scan held: ahead of the time"] == 1
    assert said(tracker) == expected


def test_a_gap_in_time_that_two_scans_tell_of_is_believed(scene):
    plan, own, _, _ = scene
    tracker = tracker_of(plan)
    gap = 5000.0
    for scan in own[:20]:
        tracker.step(scan)
    for scan in own[20:24]:
        tracker.step(replace(scan, t=scan.t + gap, t_look=scan.t_look + gap))
    assert tracker.now == own[23].t + gap


def test_looks_that_are_no_measurements_are_left_out(scene):
    plan, own, _, expected = scene
    tracker = tracker_of(plan)
    bad = 0
    for k, scan in enumerate(own):
        junk = many(scan, 6, np.random.default_rng(k))
        junk.values[0] = np.nan
        junk.sigmas[1] = 0.0
        junk.sigmas[2] = -1.0
        junk.values[3] = 1e9
        junk.snr[4] = np.inf
        junk.t_look[5] = scan.t + 1e5
        tracker.step(beside(scan, junk))
        bad += 6
    assert tracker.counts["looks refused"] == bad
    assert said(tracker) == expected


def test_doubled_looks_count_once(scene):
    plan, own, _, expected = scene
    tracker = tracker_of(plan)
    for scan in own:
        tracker.step(part(scan, np.repeat(np.arange(len(scan)), 2)))
    assert tracker.counts["looks doubled"] == sum(len(s) for s in own)
    assert said(tracker) == expected
    assert doubled(part(own[0], np.empty(0, np.int64))).tolist() == []


def test_a_flood_of_looks_is_bounded_and_the_track_is_kept(scene):
    plan, own, _, _ = scene
    tracker = tracker_of(plan)
    for k, scan in enumerate(own):
        if k != 40:
            tracker.step(scan)
            continue
        flood = many(scan, 100_000, np.random.default_rng(3))
        loud = replace(scan, snr=np.full(len(scan), 1e4))
        tracker.step(beside(loud, flood))
    assert tracker.counts["looks shed"] == 96_000 + len(own[40])
    calm = tracker_of(plan)
    for scan in own:
        calm.step(scan)
    flooded = {m.local: m for m in tracker.members_of(0)}
    for one in calm.members_of(0):
        assert flooded[one.local].live
        assert flooded[one.local].hits >= one.hits - 2


def test_the_strongest_are_kept_in_their_order():
    _, _, _, scans = watched(OCEAN, "russia", 2)
    scan = many(next(s for s in scans if s.kind == "telescope"), 50, np.random.default_rng(0))
    scan = replace(scan, snr=np.random.default_rng(1).permutation(50).astype(float))
    rows = strongest(scan, 10)
    assert np.all(np.diff(rows) > 0)
    assert set(scan.snr[rows]) == set(range(40, 50))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_nothing_that_comes_makes_a_step_raise(scene, data):
    """Whatever is written over a scan's fields, the step returns and the tracker goes on."""
    plan, own, radar, _ = scene
    tracker = tracker_of(plan)
    number = st.floats(allow_nan=True, allow_infinity=True, width=64)
    for scan in own[:12]:
        tracker.step(scan)
        spoilt = data.draw(st.sampled_from([scan, radar]))
        name = data.draw(st.sampled_from(["t", "values", "sigmas", "snr", "t_look", "r_ecef"]))
        if name == "t":
            tracker.step(replace(spoilt, t=data.draw(number)))
            continue
        value = np.array(getattr(spoilt, name), dtype=float)
        if value.size:
            at = data.draw(st.integers(0, value.size - 1))
            value.reshape(-1)[at] = data.draw(number)
        tracker.step(replace(spoilt, **{name: value}))
    for scan in own[12:]:
        tracker.step(scan)
    assert tracker.now == pytest.approx(own[-1].t, abs=1.0) or tracker.now > own[-1].t
