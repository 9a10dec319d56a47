"""Late scans sorted in: what is settled, and the picture, hang on no order of arrival within the lateness."""

from dataclasses import fields, replace

import numpy as np
import pytest

from tests.track.scenes import tracker_of, watched
from tocsin.track import tidy
from tocsin.track.setting import Rules
from tocsin.track.tracker import Tracker

OCEAN, LATENESS_S = "ocean-arc-2025-07-15", 10.0


@pytest.fixture(scope="module")
def scans():
    """From before the first look to after burnout and the first radar looks, of five sensors."""
    _, t0, plan, every = watched(OCEAN, "russia", 2)
    told = {s.sensor for s in every if s.kind == "telescope"}
    told |= set(sorted({s.sensor for s in every} - told)[:3])
    return plan, [s for s in every if t0 + 20.0 < s.t < t0 + 230.0 and s.sensor in told]


def said(tracker):
    """All that a picture holds of system tracks, to the bit."""
    picture = tracker.picture
    members = [
        getattr(picture.members, f.name).tobytes() for f in fields(picture.members) if f.name != "cell"
    ]
    systems = [getattr(picture.systems, f.name).tobytes() for f in fields(picture.systems)]
    solved = [(s.phase, s.state.x.tobytes(), s.state.P.tobytes()) for s in picture.solutions if s and s.state]
    return members, systems, solved


def run(plan, scans):
    tracker, settled = tracker_of(plan), []
    for scan in scans:
        tracker.step(scan)
        settled += tracker.settled()
    return tracker, (*settled, *tracker.finish())


@pytest.fixture(scope="module")
def in_order(scans):
    return run(*scans)


def test_in_order_a_track_begins_gains_a_sensor_and_burns_out(in_order):
    tracker, events = in_order
    whats = [e.what for e in events]
    assert whats[:2] == ["begun", "joined"]
    assert "burnout" in whats
    assert said(tracker)[2]
    assert list(events) == sorted(events, key=lambda e: (e.t, e.channel))


@pytest.mark.parametrize("seed", range(3))
def test_any_order_within_the_lateness_gives_the_same_events_and_picture(scans, in_order, seed):
    plan, own = scans
    delay = np.random.default_rng(seed).uniform(0.0, 0.95 * LATENESS_S, len(own))
    order = np.argsort([s.t for s in own] + delay, kind="stable")
    assert np.any(np.diff(order) < 0)
    tracker, events = run(plan, [own[i] for i in order])
    assert tracker.counts["scan too late"] == 0
    assert events == in_order[1]
    assert said(tracker) == said(in_order[0])


def test_two_journals_one_after_the_other_piece_by_piece_are_one(scans, in_order):
    """Satellites' scans in one journal, radars' in another, merged eight seconds at a time."""
    plan, own = scans
    t0 = own[0].t
    order = sorted(range(len(own)), key=lambda i: (int((own[i].t - t0) / 8.0), own[i].kind, own[i].t))
    tracker, events = run(plan, [own[i] for i in order])
    assert events == in_order[1]
    assert said(tracker) == said(in_order[0])


def test_what_comes_later_than_the_lateness_is_counted_and_changes_nothing(scans, in_order):
    plan, own = scans
    late = 100
    order = [i for i in range(len(own)) if i != late]
    at = next(k for k, i in enumerate(order) if own[i].t > own[late].t + LATENESS_S + 2.0)
    tracker, events = run(plan, [own[i] for i in [*order[:at], late, *order[at:]]])
    assert tracker.counts["scan too late"] == 1
    without, other = run(plan, [own[i] for i in order])
    assert events == other
    assert said(tracker) == said(without)


def test_an_event_is_told_at_once_and_settled_when_older_than_the_lateness(scans):
    plan, own = scans
    tracker = tracker_of(plan)
    begun = None
    for scan in own:
        changed = tracker.step(scan)
        if changed and begun is None:
            begun = scan.t
            assert [e.what for e in tracker.told] == ["begun"]
        settled = tracker.settled()
        if settled:
            assert scan.t >= begun + LATENESS_S
            assert settled[0].what == "begun"
            return
    pytest.fail("nothing was settled")


def test_a_late_scan_that_undoes_an_event_withdraws_it(scans):
    """A telescope's looks after what seemed burnout come late: the engine is not out yet."""
    plan, own = scans
    eye = next(s.sensor for s in own if s.kind == "telescope")
    own = [s for s in own if s.sensor == eye]
    tracker = tracker_of(plan)
    burning = next(i for i in range(len(own)) if tracker.step(own[i])) + 40
    tracker = tracker_of(plan)
    for scan in own[:burning]:
        tracker.step(scan)
    held = own[burning : burning + 5]
    for scan in held:
        assert len(scan)
        n = np.empty((0, 2))
        tracker.step(replace(scan, t_look=np.empty(0), values=n, sigmas=n, snr=np.empty(0)))
    assert "burnout" in [e.what for e in tracker.told]
    # The same frames, with their looks: of two scans of one name the fuller wins, whichever came first.
    for scan in held:
        tracker.step(scan)
    assert "burnout" not in [e.what for e in tracker.told]
    assert "burnout" in [e.what for e in tracker.withdrawn()]


def test_with_no_lateness_all_is_settled_at_once(scans):
    plan, own = scans
    tracker = Tracker(
        plan.channels, plan.frames, plan.detection, plan.density, plan.bank, cells=plan.cells,
        rules=Rules(lateness_s=0.0),
    )  # fmt: skip
    for scan in own[:150]:
        tracker.step(scan)
        assert tracker.told == ()
    assert not tracker.step(own[0])
    assert tracker.counts["scan too late"] == 1


def test_to_forget_what_no_picture_leads_to_changes_nothing(scans, in_order, monkeypatch):
    plan, own = scans
    monkeypatch.setattr(tidy, "LEAST", 300)
    delay = np.random.default_rng(0).uniform(0.0, 0.95 * LATENESS_S, len(own))
    tracker, events = run(plan, [own[i] for i in np.argsort([s.t for s in own] + delay, kind="stable")])
    assert events == in_order[1]
    assert said(tracker) == said(in_order[0])
    tables, plain = tracker._tables, in_order[0]._tables
    assert 0 < tables.chains.kept < len(plain.chains)
    assert len(tables.looks) < len(plain.looks)
    names = tuple(m.local for m in tracker.members_of(0))
    assert np.array_equal(tracker.looks(names).z, in_order[0].looks(names).z)
