"""A tracker that is told what is overhead: whose looks it follows, and which it sheds in a flood."""

from dataclasses import replace

import numpy as np
import pytest

from tests.track.overhead import DENSITY, FRAME, T0, low_sky, times
from tests.track.scenes import watched
from tocsin.track.accept import part
from tocsin.track.setting import Rules
from tocsin.track.tracker import Tracker

MOST = 500


@pytest.fixture(scope="module")
def sky():
    return low_sky(1400, 31)


def tracker_of(sky, **more):
    bank = watched("ocean-arc-2025-07-15", "russia", 2)[2].bank
    one = np.ones(1)
    return Tracker(
        sky.channels, FRAME * one, 0.9 * one, DENSITY * one, bank, known=sky.known(),
        rules=Rules(most_looks=MOST), **more,
    )  # fmt: skip


def flooded(sky, t, rng, count):
    """A scan of what is overhead, its signals weak, with so many strong looks of nobody among it."""
    scan, identity = sky.scan(t, rng)
    s, n = sky.sites[0], len(scan)
    low = (s.range_min_km * 1e3, np.radians(s.az_start_deg), np.radians(s.el_min_deg))
    high = (s.range_max_km * 1e3, np.radians(s.az_start_deg + s.sector_deg), np.radians(s.el_max_deg))
    values = np.concatenate([scan.values, rng.uniform(low, high, (count, 3))])
    values[:, 1] %= 2.0 * np.pi
    row = np.concatenate([np.arange(n), np.zeros(count, np.int64)])
    more = replace(
        part(scan, row),
        values=values,
        snr=np.where(np.arange(n + count) < n, 1.0, rng.uniform(20, 99, n + count)),
    )
    order = rng.permutation(n + count)
    return part(more, order), np.concatenate([identity, np.full(count, -1)])[order]


def test_what_is_overhead_makes_no_track(sky):
    tracker, rng, looks = tracker_of(sky), np.random.default_rng(1), 0
    for t in times(120.0):
        scan, _ = sky.scan(t, rng)
        tracker.step(scan)
        looks += len(scan)
    assert looks > 500
    assert tracker.counts["looks of known objects"] >= looks - 2
    assert tracker.counts["looks shed"] == 0
    assert len(tracker) == 0


def test_in_a_flood_the_looks_of_known_objects_are_not_followed_and_count_for_none(sky):
    tracker, rng = tracker_of(sky), np.random.default_rng(2)
    scan, identity = flooded(sky, T0, rng, 700)
    tracker.step(scan)
    explained, own = tracker.counts["looks of known objects"], int(np.sum(identity >= 0))
    assert own > 30
    # A look of nobody falls into a gate now and then.
    assert own - 3 <= explained <= own + 3
    assert tracker.counts["looks shed"] == len(scan) - explained - MOST
    made = tracker._window.scans[-1]
    left = np.flatnonzero(~made.aside)
    assert len(left) == MOST
    weakest = scan.snr[left].min()
    assert (scan.snr[made.aside & (identity < 0)] <= weakest).sum() >= 200 - 3


def test_the_flood_itself_is_bounded(sky):
    tracker, rng = tracker_of(sky), np.random.default_rng(3)
    scan, _ = flooded(sky, T0, rng, 5000)
    tracker.step(scan)
    made = tracker._window.scans[-1]
    assert len(made.scan) == 2 * MOST
    assert made.scan.shed == len(scan) - 2 * MOST
    assert tracker.counts["looks shed"] == len(scan) - MOST - tracker.counts["looks of known objects"]
