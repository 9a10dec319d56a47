"""The outlook of a centre's picture, held against what the run then brings."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from msgspec import msgpack
from msgspec.structs import replace

from tests.centre.conftest import Run
from tocsin.assess.assessment import Assessment, Expected, Picture
from tocsin.assess.decision import Outlook
from tocsin.assess.territory import Territories
from tocsin.catalogue import borders, network_of
from tocsin.catalogue.eventfile import read_event
from tocsin.centre.event import CentreEvent
from tocsin.centre.joint import run_joint
from tocsin.centre.outlook import PictureOutlook, body_of_track, outlook_of, partners_of
from tocsin.centre.setup import Setup, setups
from tocsin.estimate.falls import predict_falls
from tocsin.simulate.world import simulate

# Two launches from the open North Pacific: the first comes down in the open sea, some hundred kilometres off
# a coast, so that telescopes leave its threat open; the second in the middle of the taiga.
TWO = """
name = "two notional launches"
start_utc = "2025-07-15T11:20:00Z"
duration_s = 760

[[flight]]
vehicle = "icbm-solid"
launch = { lat_deg = 45.0, lon_deg = 166.0 }
impact = { lat_deg = 72.5, lon_deg = 42.0 }
loft = 1.0

[[flight]]
vehicle = "icbm-solid"
launch = { lat_deg = 46.5, lon_deg = 168.0 }
launch_s = 40.0
impact = { lat_deg = 65.0, lon_deg = 100.0 }
loft = 1.0

[network]
satellites = ["cosmos-2541", "cosmos-2563"]
radars = ["YEN", "PEC"]
"""
AT_S = 300.0


@dataclass(frozen=True, slots=True)
class Two:
    """The two launches as Russia's centre followed them."""

    start: float
    setup: Setup
    impacts: tuple[float, ...]
    events: tuple[CentreEvent, ...]

    def last(self, s: float) -> list[Assessment]:
        """The last assessment of each track, s seconds after the start."""
        return last(self.events, "russia", "alone", self.start + s)


def last(events: tuple[CentreEvent, ...], centre: str, picture: Picture, t: float) -> list[Assessment]:
    mine = [e for e in events if (e.centre, e.picture) == (centre, picture) and e.known_t <= t]
    gone = {e.track for e in mine if e.what == "merged"}
    return list({e.track: e.assessment for e in mine if e.track not in gone}.values())


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Two:
    file: Path = tmp_path_factory.mktemp("two") / "two.toml"
    file.write_text(TWO)
    told = read_event(file)
    network = network_of(told.network)
    world = simulate(told, network, 1)
    made = setups(network, Territories(borders()))
    own = next(s for s in made if s.name == "russia")
    impacts = tuple(f.t_impact for f in world.flights if f.t_impact is not None)
    return Two(told.start_t_tai, own, impacts, run_joint(network, world.scans, None))


@pytest.fixture(scope="module")
def ahead(two: Two) -> PictureOutlook:
    return outlook_of(two.last(AT_S), two.setup, two.start + AT_S)


def test_the_look_said_to_decide_decides(two: Two, ahead: PictureOutlook) -> None:
    found = ahead.further["russia-1"]
    assert (found.standing, found.decides) == ("look", "YEN")
    assert found.decides_t is not None
    decides_s, first_s = found.decides_t - two.start, found.looks[0].first_t - two.start
    assert AT_S + 200.0 < first_s < decides_s < 700.0
    before, after = (
        next(a for a in two.last(s) if a.track == "russia-1") for s in (first_s, decides_s + 30.0)
    )
    assert before.threat_state == "possible"
    assert after.threat_state in ("none", "confirmed")
    assert after.impact is not None
    # The region of those looks, drawn from one that is not quite where it comes down.
    then = found.looks[0].minute.semi_major_90_km
    assert 0.5 * then < after.impact.ellipse_90_km.semi_major_km < 1.5 * then


def test_what_is_known_now_is_as_it_was_assessed(two: Two, ahead: PictureOutlook) -> None:
    for a in two.last(AT_S):
        further = ahead.further[a.track]
        assert a.impact is not None
        assert a.protected is not None
        assert further.semi_major_90_km == pytest.approx(a.impact.ellipse_90_km.semi_major_km, rel=1e-3)
        assert further.protected == pytest.approx(sum(a.protected.values()), abs=0.011)


def test_a_threat_waits_for_its_event(two: Two, ahead: PictureOutlook) -> None:
    """The second comes down on protected ground whatever is seen; it is confirmed once a radar agrees."""
    found = ahead.further["russia-2"]
    assert (found.standing, found.protected) == ("event", 1.0)
    assert "the next radar to see it is YEN" in found.reason
    seen_s = found.looks[0].first_t - two.start
    states = [
        next((a.event_state, a.threat_state) for a in two.last(s) if a.track == "russia-2")
        for s in (seen_s, seen_s + 60.0)
    ]
    assert states == [("probable", "probable"), ("confirmed", "confirmed")]


def test_the_raid_is_that_of_both(two: Two, ahead: PictureOutlook) -> None:
    raid = ahead.raid
    assert (raid.tracks, raid.states, raid.launches) == (2, {"probable": 2}, 2)
    assert raid.launches_per_min_low is not None
    assert raid.launches_per_min_low < 60.0 / 40.0  # forty seconds apart
    assert raid.launches_per_min_high is None or raid.launches_per_min_high > 60.0 / 40.0
    assert raid.first_launch is not None
    assert raid.first_impact is not None
    assert abs(raid.first_launch.t - two.start) < 4.0 * raid.first_launch.sigma_s + 1.0
    assert abs(raid.first_impact.t - min(two.impacts)) < 4.0 * raid.first_impact.sigma_s
    assert raid.protected is not None
    assert raid.protected == pytest.approx(1.0)


def test_nothing_is_asked_but_the_assessments(two: Two, ahead: PictureOutlook) -> None:
    """No tracker: they may come from a journal, and give the same again."""
    kept = msgpack.decode(msgpack.encode(two.last(AT_S)), type=list[Assessment])
    assert outlook_of(kept, two.setup, two.start + AT_S) == ahead


def test_a_blind_or_dead_radar_is_not_counted_on(two: Two) -> None:
    first, second = two.last(AT_S)
    dead = Expected(channel="YEN", phenomenology="radar", state="dead", t=None, share=1.0, by_now=0.0)
    found = outlook_of([replace(first, expected=(dead,)), second], two.setup, two.start + AT_S).further
    assert [o.radar for o in found["russia-1"].looks] == ["PEC"]
    assert [o.radar for o in found["russia-2"].looks] == ["YEN"]


def test_nothing_lies_ahead_of_a_closed_track(two: Two) -> None:
    first, second = two.last(AT_S)
    found = outlook_of([replace(first, event_state="closed"), second], two.setup, two.start + AT_S)
    assert list(found.further) == ["russia-2"]
    assert (found.raid.tracks, found.raid.closed) == (1, 1)


def test_while_it_burns_no_look_is_foreseen(two: Two) -> None:
    found = outlook_of(two.last(120.0), two.setup, two.start + 120.0)
    assert {f.standing for f in found.further.values()} == {"unknown"}
    assert found.raid.protected is None


def test_a_tracks_body_is_the_one_that_was_assessed(hwasong: Run) -> None:
    """Flown to the ground from what the assessment holds, it comes down where the assessment says."""
    for s in (400.0, 900.0, 2200.0):
        (a,) = last(hwasong.events, "russia", "joint", hwasong.start + s)
        body = body_of_track(a)
        assert body is not None
        assert a.impact is not None
        falls = predict_falls([body])
        assert math.degrees(falls.lat[0]) == pytest.approx(a.impact.lat_deg, abs=1e-3)
        assert falls.sigma_t[0] == pytest.approx(a.impact.sigma_s, rel=0.01)
        assert np.allclose(body.P, body.P.T, rtol=1e-6)


def test_a_partners_radars_count_in_the_joint_picture(hwasong: Run) -> None:
    """Five minutes after launch: what each picture foresees of the best minute, and what came of it."""
    made = setups(hwasong.network)
    own = next(s for s in made if s.name == "russia")
    partners = partners_of(own, made)
    assert [s.name for s in partners] == ["china"]
    foreseen, came = {}, {}
    pictures: tuple[tuple[Picture, tuple[Setup, ...]], ...] = (("alone", ()), ("joint", partners))
    for picture, others in pictures:
        (now,) = last(hwasong.events, "russia", picture, hwasong.start + 320.0)
        looks = outlook_of([now], own, hwasong.start + 320.0, others).further[now.track].looks
        best = min((o for o in looks if o.first_t == hwasong.start + 320.0), key=_after_a_minute)
        (after,) = last(hwasong.events, "russia", picture, best.minute.t + 15.0)
        assert after.impact is not None
        foreseen[picture], came[picture] = _after_a_minute(best), after.impact.ellipse_90_km.semi_major_km
    # Alone there is one radar. Together there are three, each of which is foreseen by itself.
    assert 0.7 < came["alone"] / foreseen["alone"] < 1.4
    assert came["joint"] < 1.4 * foreseen["joint"] < 0.3 * foreseen["alone"]


def _after_a_minute(look: Outlook) -> float:
    return look.minute.semi_major_90_km
