"""A sensor that falls silent is told to be dead, and its silence says nothing of the sky."""

from dataclasses import replace

import numpy as np

from tests.track.scenes import tracker_of, watched
from tocsin.track.accept import part

OCEAN = "ocean-arc-2025-07-15"


def scans_until(seconds, seed=2):
    _, t0, plan, scans = watched(OCEAN, "russia", seed)
    return t0, plan, [s for s in scans if t0 + 20.0 < s.t < t0 + seconds]


def telescopes_dead():
    """Start, plan and scans, and a tracker that has had none of the telescopes' from 100 s on."""
    t0, plan, scans = scans_until(160.0)
    tracker = tracker_of(plan)
    for scan in scans:
        if scan.kind == "telescope" and scan.t > t0 + 100.0:
            continue
        tracker.step(scan)
    return t0, plan, scans, tracker


def test_silence_is_told_once_and_so_is_its_end():
    t0, plan, scans = scans_until(130.0)
    dead = next(s.sensor for s in scans if s.kind == "radar")
    c = [ch.name for ch in plan.channels].index(dead)
    tracker, frame = tracker_of(plan), float(plan.frames[c])
    events = []
    for scan in scans:
        if scan.sensor == dead and t0 + 40.0 < scan.t < t0 + 110.0:
            continue
        tracker.step(scan)
        events += tracker.settled()
    events += tracker.finish()
    mine = [(e.what, e.t) for e in events if e.channel == c and e.what in ("silent", "heard")]
    assert [what for what, _ in mine] == ["silent", "heard"]
    last = max(s.t for s in scans if s.sensor == dead and s.t <= t0 + 40.0)
    assert 5.0 * frame < mine[0][1] - last < 5.0 * frame + 2.0
    assert not [e for e in events if e.what == "silent" and e.channel != c]


def test_telescopes_that_die_while_an_engine_burns_do_not_tell_that_it_is_out():
    t0, plan, scans, tracker = telescopes_dead()
    told = [*tracker.settled(), *tracker.finish()]
    assert "burnout" not in [e.what for e in told]
    assert tracker.burnout(0) is None
    # Frames in which nothing is seen do tell it.
    other = tracker_of(plan)
    for scan in scans:
        if scan.kind == "telescope" and scan.t > t0 + 100.0:
            other.step(part(scan, np.empty(0, np.int64)))
        else:
            other.step(scan)
    assert other.burnout(0) is not None


def test_a_track_of_a_sensor_that_is_silent_is_not_lost():
    tracker = telescopes_dead()[-1]
    assert all(m.live for m in tracker.members_of(0))


def test_what_was_seen_before_a_telescope_went_blind_is_no_engine_that_was_out():
    """One telescope loses the plume at 80 s, the other sees it until it goes blind at 110 s."""
    t0, plan, scans = scans_until(125.0)
    first, *others = sorted({s.sensor for s in scans if s.kind == "telescope" and len(s) and s.t < t0 + 75.0})
    tracker = tracker_of(plan)
    for scan in scans:
        if scan.sensor in others and scan.t > t0 + 80.0:
            scan = part(scan, np.empty(0, np.int64))
        if scan.sensor == first and scan.t > t0 + 110.0:
            scan = replace(part(scan, np.empty(0, np.int64)), blind=True)
        tracker.step(scan)
    assert len(others) >= 1
    assert tracker.burnout(0)[0] - t0 > 109.0
