"""A fence's time against the pulses and pauses counted one by one."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import TocsinError
from tocsin.sensor.echo.fence import Fence, beams_needed, listening_time

FENCE = Fence(azimuths=120, faces=2, beams_per_interval=1, pulse_s=8e-3, listening_s=38e-3, duty_most=0.25)

fences = st.builds(
    Fence,
    azimuths=st.integers(1, 300),
    faces=st.integers(1, 4),
    beams_per_interval=st.integers(1, 40),
    pulse_s=st.floats(1e-4, 2e-2),
    listening_s=st.floats(5e-3, 6e-2),
    duty_most=st.floats(0.05, 1.0),
    in_turn=st.booleans(),
)


def walked(fence):
    """When the last echo is in, and how long the busiest face has transmitted, pulse by pulse."""
    clock = [0.0] * fence.faces
    sent = [0.0] * fence.faces
    for face in range(fence.faces):
        left = fence.beams_per_face
        while left:
            group = min(left, fence.beams_per_interval)
            for _ in range(group):
                clock[face] += fence.pulse_s
                sent[face] += fence.pulse_s
            clock[face] += fence.listening_s
            left -= group
    return (sum(clock) if fence.in_turn else max(clock)), max(sent)


@given(fences)
def test_time_of_a_fence_walked_through(fence):
    search, sent = walked(fence)
    assert fence.beams_per_face * fence.faces >= fence.azimuths
    assert fence.search_s == pytest.approx(search)
    assert fence.revisit_s == pytest.approx(max(search, sent / fence.duty_most))
    assert fence.duty(fence.revisit_s) <= fence.duty_most * (1 + 1e-12)


@given(fences, st.floats(0.1, 10.0))
def test_beams_needed_is_the_fewest(fence, revisit):
    fits = [
        n
        for n in range(1, fence.beams_per_face + 1)
        if dataclasses.replace(fence, beams_per_interval=n).revisit_s <= revisit
    ]
    if fits:
        assert beams_needed(fence, revisit) == fits[0]
    else:
        with pytest.raises(TocsinError, match="shorter pulses"):
            beams_needed(fence, revisit)


def test_listening_times():
    assert listening_time(5556e3) == 0.038
    assert listening_time(6000e3) == pytest.approx(0.0400277, rel=1e-5)
    assert listening_time(1000e3, 0.0) == pytest.approx(0.00667128, rel=1e-5)


def test_the_blind_range_of_a_group():
    assert FENCE.blind_m == pytest.approx(1199e3, rel=1e-3)
    assert dataclasses.replace(FENCE, beams_per_interval=3).blind_m == pytest.approx(3598e3, rel=1e-3)


def test_what_cannot_be_is_refused():
    with pytest.raises(TocsinError) as refused:
        Fence(0, 2, 1, -1.0, 38e-3, 1.5)
    assert len(refused.value.problems) == 3
    with pytest.raises(TocsinError, match="range_m"):
        listening_time(-1.0)
