"""The nights on which it looked like an attack: what the ladder makes of them, and of what would be one."""

from __future__ import annotations

import pytest

from tocsin.catalogue import event
from tocsin.study.ladder.runs import Ran, ran
from tocsin.study.ladder.times import Times


def run(key: str, degraded: bool = False, until_s: float | None = None) -> Ran:
    return ran(event(key), degraded, 1, until_s)


def never_a_threat(times: Times) -> bool:
    return times.gravest == "none"


def test_1960_the_moon_is_rejected_by_how_it_moves_with_the_delay_gate_off() -> None:
    """Seen for minutes as an echo some thousand km off that does not fall: natural, or a nuisance."""
    times = run("moonrise-1960", until_s=1500.0).times
    assert times.event["confirmed"] is None
    assert never_a_threat(times)
    assert [by for _, by in times.closed_by]
    assert all(by.startswith("explained: n") for _, by in times.closed_by)


def test_1967_blind_radars_say_nothing() -> None:
    times = run("solar-burst-1967", until_s=1800.0).times
    assert times.tracks == 0
    assert times.first_look is None


def test_1983_five_launches_of_one_channel_stay_a_notice() -> None:
    times = run("autumn-1983").times
    assert times.tracks == 5
    assert times.surest == "notice"
    assert never_a_threat(times)


def test_1995_with_a_satellite_the_event_is_sure_and_no_threat() -> None:
    times = run("black-brant-1995-with-satellite", until_s=400.0).times
    assert times.surest == "confirmed"
    assert times.gravest in ("none", "possible")
    settled = times.since_first_look(times.none_t)
    assert settled is not None
    assert settled < 120.0


@pytest.mark.parametrize("degraded", [False, True])
def test_an_arc_toward_protected_ground_is_a_warning_of_attack(degraded: bool) -> None:
    """Within 20 minutes of the launch, both states; without satellites by two radars of two bands."""
    times = run("arc-toward-china-2025-07-15", degraded, until_s=1200.0).times
    assert times.surest == ("confirmed (degraded)" if degraded else "confirmed")
    assert times.gravest == "confirmed"
    assert times.threat["confirmed"] is not None
