"""PAVE PAWS from its published figures: its range is not fitted, and its fence comes round as published."""

import dataclasses
import math

import numpy as np
import pytest

from tocsin.catalogue.pavepaws import pave_paws
from tocsin.earth.constants import C_LIGHT
from tocsin.errors import TocsinError
from tocsin.sensor.echo.crossing import catch_probability, crossing_time
from tocsin.sensor.echo.fence import beams_needed
from tocsin.sensor.echo.pavepaws import boresight_range, fence_of, fence_range, range_spread

RADAR = pave_paws()
PUBLISHED_M = 5556e3


def test_range_added_up_in_decibels():
    def db(x):
        return 10.0 * math.log10(x)

    # 582.4 kW for 8 ms, 38.6 dB twice, 0.689 m, 10 m2; (4 pi)^3, 450 K, 6 dB and 13 dB against it.
    up = db(1792 * 325.0 * 8e-3) + 2 * 38.6 + 2 * db(C_LIGHT / 435e6) + db(10.0)
    down = 3 * db(4 * math.pi) + db(1.380649e-23 * 450.0) + 6.0 + 13.0
    assert db(boresight_range(RADAR)) == pytest.approx((up - down) / 4, abs=1e-9)


def test_range_beside_the_published_one():
    spread = range_spread(RADAR)
    assert spread.stated == pytest.approx(5868e3, abs=1e3)
    assert (spread.low, spread.high) == pytest.approx((4329e3, 7189e3), abs=1e3)
    assert spread.least < spread.low < PUBLISHED_M < spread.high < spread.most
    # The middle of what is assumed gives the published range to 6 %.
    assert abs(spread.stated / PUBLISHED_M - 1.0) < 0.06
    for name, (worst, best) in spread.single.items():
        assert worst <= spread.stated <= best, name


def test_scan_loss_along_the_fence():
    off = [fence_range(RADAR, np.radians(a)) for a in (0.0, 30.0, 60.0)]
    np.testing.assert_allclose(off, [5707e3, 5225e3, 3743e3], atol=1e3)


def test_fence_in_the_published_time_with_both_faces_at_once():
    fence = fence_of(RADAR, 2)
    assert fence.listening_s == 0.038
    assert beams_needed(fence, 2.5) == 2
    assert fence_of(RADAR, 1).search_s == pytest.approx(2.76)
    assert fence.search_s == pytest.approx(1.62)
    assert fence.revisit_s == pytest.approx(1.92)
    assert fence.duty(2.5) == pytest.approx(0.192)


def test_fence_in_the_published_time_with_faces_in_turn():
    fence = fence_of(RADAR, 3, in_turn=True)
    assert beams_needed(fence, 2.5) == 3
    assert fence.search_s == pytest.approx(2.48)
    assert fence.revisit_s == pytest.approx(2.48)
    assert fence.duty(2.5) < RADAR.duty_most


def test_no_number_of_beams_helps_a_pulse_above_10_ms():
    longest = RADAR.ranges["search_pulse_s"][1]
    assert longest == pytest.approx(2.5 * 0.25 / 60, rel=2e-3)
    assert beams_needed(fence_of(dataclasses.replace(RADAR, search_pulse_s=longest), 1), 2.5) == 2
    with pytest.raises(TocsinError, match=r"16 ms .*2\.5 s"):
        beams_needed(fence_of(dataclasses.replace(RADAR, search_pulse_s=16e-3), 1), 2.5)


def test_a_body_that_rises_through_the_fence():
    inside = crossing_time(3000.0, 1500e3, np.radians(RADAR.beamwidth_deg), np.radians(3.0))
    assert inside == pytest.approx(19.2, abs=0.1)
    assert catch_probability(inside, RADAR.fence_revisit_s, 0.5) == pytest.approx(0.995, abs=2e-3)
