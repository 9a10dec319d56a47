"""When a sensor watched: gaps, blindness and late scans."""

import numpy as np
import pytest

from tocsin.centre.duty import KEPT_S, watched
from tocsin.sensor.scan import Scan


def scan(t: float, blind: bool = False) -> Scan:
    none = np.empty(0)
    return Scan(
        "LEK", "radar", "simulated", t, np.zeros(3), none, np.empty((0, 3)), np.empty((0, 3)), none,
        blind=blind,
    )  # fmt: skip


def spans(*scans: Scan):
    out = ()
    for one in scans:
        out = watched(out, one, 5.0)
    return out


def test_frames_in_turn_are_one_time_of_duty():
    assert spans(*(scan(5.0 * k) for k in range(1, 9))) == ((0.0, 40.0),)


def test_a_gap_and_blindness_are_none():
    assert spans(scan(5.0), scan(10.0), scan(60.0)) == ((0.0, 10.0), (55.0, 60.0))
    assert spans(scan(5.0), scan(10.0, blind=True), scan(35.0)) == ((0.0, 5.0), (30.0, 35.0))
    assert spans(scan(5.0, blind=True)) == ()


def test_a_missed_frame_or_two_is_no_gap():
    assert spans(scan(5.0), scan(20.0)) == ((0.0, 20.0),)


def test_a_late_scan_takes_nothing_away():
    early = spans(scan(5.0), scan(10.0), scan(15.0), scan(10.0))
    assert early == ((0.0, 15.0),)
    assert spans(scan(100.0), scan(5.0)) == ((0.0, 5.0), (95.0, 100.0))


def test_what_is_long_past_is_forgotten():
    assert spans(scan(5.0), scan(KEPT_S + 20.0)) == ((KEPT_S + 15.0, KEPT_S + 20.0),)


@pytest.mark.parametrize("every", [5.0, 12.0])
def test_the_time_of_duty_is_what_was_watched(every):
    whole = spans(*(scan(every * k) for k in range(1, 20)))
    assert sum(b - a for a, b in whole) == pytest.approx(every * 18 + 5.0)
