"""What two centres say of one real launch: a golden log, and what must be true of any run."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from tests.centre.conftest import EVENT, Run
from tocsin.assess.assessment import Assessment
from tocsin.catalogue import Network, event, network
from tocsin.centre.event import CentreEvent
from tocsin.centre.joint import run_joint
from tocsin.earth.ellipsoid import geodesic_inverse
from tocsin.simulate.world import simulate

GOLDEN = Path(__file__).parent / "golden" / "hwasong-14-seed-0.txt"


def line(e: CentreEvent, start: float) -> str:
    """An event as the golden log holds it: whole seconds, for the last bits of another machine."""
    times = f"{e.t - start:6.0f} {e.known_t - start:6.0f}"
    return f"{times}  {e.centre:7}{e.picture:6}{e.track:10}{e.what:22}{e.event_state:22}{e.threat_state}"


def log(run: Run) -> list[str]:
    return [line(e, run.start) for e in run.events if e.what != "assessment"]


def last(events: tuple[CentreEvent, ...], centre: str, picture: str, track: str) -> Assessment:
    return [e.assessment for e in events if (e.centre, e.picture, e.track) == (centre, picture, track)][-1]


def test_the_log_is_the_golden_one(hwasong: Run) -> None:
    # To change it on purpose: print("\n".join(log(run))) and say in the commit what changed and why.
    assert log(hwasong) == GOLDEN.read_text(encoding="utf-8").splitlines()


def test_one_object_in_each_picture(hwasong: Run) -> None:
    for centre, picture in (("russia", "alone"), ("china", "alone"), ("russia", "joint"), ("china", "joint")):
        mine = [e for e in hwasong.events if (e.centre, e.picture) == (centre, picture)]
        gone = {e.track for e in mine if e.what == "merged"}
        assert len({e.track for e in mine} - gone) == 1


def test_the_event_is_confirmed_and_the_threat_is_none(hwasong: Run) -> None:
    flight = hwasong.world.flights[0]
    a = last(hwasong.events, "russia", "joint", "russia-1")
    assert (a.event_state, a.threat_state) == ("closed", "none")
    assert a.confirmed_t is not None
    assert a.apogee_km == pytest.approx(flight.apogee_m / 1e3, rel=0.01)
    assert a.impact is not None
    miss = geodesic_inverse(math.radians(a.impact.lat_deg), math.radians(a.impact.lon_deg), *flight.impact)[0]
    assert miss < 5e3


def test_sharing_tells_sooner(hwasong: Run) -> None:
    alone = last(hwasong.events, "russia", "alone", "russia-1").confirmed_t
    joint = last(hwasong.events, "russia", "joint", "russia-1").confirmed_t
    assert alone is not None
    assert joint is not None
    assert joint < alone
    assert last(hwasong.events, "china", "alone", "china-1").first_satellite_t is None
    assert last(hwasong.events, "china", "joint", "china-1").first_satellite_t is not None


def test_territories_sum_to_one_and_states_never_fall(hwasong: Run) -> None:
    order = ["quiet", "notice", "probable", "confirmed (degraded)", "confirmed", "closed"]
    reached: dict[tuple[str, str, str], int] = {}
    for e in hwasong.events:
        key = (e.centre, e.picture, e.track)
        rank = order.index(e.event_state)
        assert rank >= reached.get(key, 0)
        reached[key] = rank
        assert sum(e.assessment.territory.values()) == pytest.approx(1.0, abs=1e-12)
        assert sum(e.assessment.classes.values()) == pytest.approx(1.0, abs=1e-9)


def test_nothing_is_known_before_it_happened(hwasong: Run) -> None:
    assert all(e.t <= e.known_t + 1e-6 for e in hwasong.events)


def run_with(net: Network, until_s: float) -> tuple[CentreEvent, ...]:
    told = event(EVENT)
    scans = simulate(told, net, 0).scans
    return run_joint(net, tuple(s for s in scans if s.t <= told.start_t_tai + until_s), None)


def test_without_any_radar_it_says_less() -> None:
    events = run_with(network("2017-07-04T00:40:00Z", radars=()), 600.0)
    a = last(events, "russia", "joint", "russia-1")
    assert a.event_state == "probable"
    assert a.confirmed_t is None
    assert a.first_radar_t is None
    assert any("radar" in reason for reason in a.reasons)
    assert a.impact is not None
    assert a.impact.ellipse_90_km.semi_major_km > 10.0


def test_without_satellites_it_is_confirmed_only_in_the_degraded_way() -> None:
    events = run_with(network("2017-07-04T00:40:00Z", satellites=()), 600.0)
    states = {e.event_state for e in events}
    assert "confirmed (degraded)" in states
    assert "confirmed" not in states
    a = last(events, "china", "alone", "china-1")
    assert a.first_satellite_t is None
    assert any("no satellite" in reason or "no telescope" in reason for reason in a.reasons)
