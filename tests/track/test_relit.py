"""A plume that is dark between two stages stays one system track; one dark for long does not."""

import numpy as np
import pytest

from tests.track.scenes import tracker_of, watched
from tocsin.track.accept import part

OCEAN = "ocean-arc-2025-07-15"
DARK_FROM_S, UNTIL_S = 110.0, 230.0


def followed(dark_s):
    """The tracker, and when it was launched, of an ascent that no telescope sees for so long."""
    _, t0, plan, scans = watched(OCEAN, "russia", 2)
    eyes = {c.name for c in plan.channels if c.telescope}
    tracker = tracker_of(plan)
    for scan in scans:
        if scan.t - t0 > UNTIL_S:
            break
        dark = scan.sensor in eyes and DARK_FROM_S <= scan.t - t0 < DARK_FROM_S + dark_s
        tracker.step(part(scan, np.zeros(0, dtype=np.int64)) if dark else scan)
    return tracker, t0


@pytest.mark.parametrize(("dark_s", "tracks"), [(10.0, 1), (40.0, 2)])
def test_the_next_stage_is_the_same_bodys_if_it_comes_soon(dark_s, tracks):
    tracker, t0 = followed(dark_s)
    told = [e.what for e in (*tracker.settled(), *tracker.finish())]
    assert sum(bool(tracker.members_of(k)) for k in range(len(tracker))) == tracks
    assert told.count("burnout") == 2
    assert ("again" in told) == (tracks == 1)
    last = tracker.burnout(tracks - 1)
    assert last[0] - t0 > 170.0


def test_its_engines_end_is_the_last_stages():
    tracker, _ = followed(10.0)
    solution, burnout = tracker.solution(0), tracker.burnout(0)
    assert solution.phase == "ballistic"
    assert solution.boost.burnout == pytest.approx(burnout[0], abs=1e-3)
    assert not tracker.picture.systems.burning[0]
