"""The one JSON object: it keeps to its schema, and says no more than was known."""

import json
from importlib.resources import files
from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.fake_run import FLIGHT_S, FakeRun, fake_run
from tocsin.catalogue import NetworkChoice, network_of
from tocsin.cli.report import report
from tocsin.cli.whichflight import flight_of_first_track

SCHEMA = json.loads((files("tocsin.cli") / "schema.json").read_text(encoding="utf-8"))
CHECK = jsonschema.Draft202012Validator(SCHEMA)


def made(run: FakeRun, at_s: float | None = None) -> dict[str, Any]:
    """The report as JSON reads it."""
    whole = report(run.event, run.network, run.truths, 1, run.events, at_s)
    return dict(json.loads(json.dumps(whole, allow_nan=False)))


def test_the_schema_is_itself_sound() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_every_object_of_the_schema_is_closed() -> None:
    def objects(node: Any) -> list[dict[str, Any]]:
        if isinstance(node, list):
            return [found for part in node for found in objects(part)]
        if not isinstance(node, dict):
            return []
        mine = [node] if node.get("type") == "object" else []
        return mine + [found for part in node.values() for found in objects(part)]

    assert [o for o in objects(SCHEMA) if "additionalProperties" not in o] == []


def test_a_report_keeps_to_the_schema(run: FakeRun) -> None:
    CHECK.validate(made(run))


def test_the_schema_refuses_a_key_too_many_and_one_too_few(run: FakeRun) -> None:
    more, less = made(run), made(run)
    more["tracks"][0]["warhead"] = 1
    del less["timeline"][0]["utc"]
    assert not CHECK.is_valid(more)
    assert not CHECK.is_valid(less)


@given(st.floats(0.0, FLIGHT_S + 100.0))
def test_at_any_moment_it_keeps_to_the_schema_and_tells_nothing_from_later(at_s: float) -> None:
    told = made(fake_run(), at_s)
    CHECK.validate(told)
    assert all(line["t_s"] <= at_s for line in told["timeline"])
    assert all(line["known_s"] is None or line["known_s"] <= at_s + 1e-3 for line in told["timeline"])
    for track in told["tracks"]:
        assert track["assessed_s"] <= at_s + 1e-3
        for row in track["known_by"].values():
            times = (row[k] for k in ("first_satellite_s", "first_radar_s", "confirmed_s", "impact_known_s"))
            assert all(t is None or t <= at_s + 1e-3 for t in times)


def test_before_any_look_there_is_the_truth_and_no_track(run: FakeRun) -> None:
    early = made(run, 1.0)
    assert early["tracks"] == []
    assert early["stereo_angle_deg"] is None
    assert early["truth"]["apogee_km"] == 2802.0
    assert [line["what"] for line in early["timeline"]] == ["launch"]
    assert early["timeline"][0]["event_state"] == "quiet"


def test_a_milestone_known_late_is_not_told_early(run: FakeRun) -> None:
    """The fake learns of a milestone two seconds after it, so at 46 s the first look of 45 s is not told."""
    assert "first satellite look" not in [line["what"] for line in made(run, 46.0)["timeline"]]


def test_the_timeline_is_sorted_and_holds_the_truth_and_the_ladder(run: FakeRun) -> None:
    lines = made(run)["timeline"]
    whats = [line["what"] for line in lines]
    assert [line["t_s"] for line in lines] == sorted(line["t_s"] for line in lines)
    wanted = "launch,cloud break,first satellite look,first radar look,confirmed,burnout,apogee,impact,closed"
    assert [w for w in whats if w in wanted.split(",")] == wanted.split(",")
    assert "assessment" not in whats


def test_the_joint_picture_of_russias_centre_is_told(run: FakeRun) -> None:
    (track,) = made(run)["tracks"]
    assert track["track"] == "russia-1"
    assert track["confirmed_s"] == 190.0


def test_without_it_whichever_picture_there_is(run: FakeRun) -> None:
    alone = tuple(e for e in run.events if (e.centre, e.picture) == ("china", "alone"))
    told = made(FakeRun(run.event, run.network, run.truths, alone))
    assert told["tracks"][0]["track"] == "china-1"
    assert told["tracks"][0]["known_by"]["russia_alone"]["first_radar_s"] is None


def test_what_each_knew_alone_is_matched_across_pictures(run: FakeRun) -> None:
    known = made(run)["tracks"][0]["known_by"]
    assert known["russia_alone"]["confirmed_s"] == 640.0
    assert known["russia_alone"]["first_radar_s"] == 620.0
    assert known["china_alone"]["first_satellite_s"] is None
    assert known["china_alone"]["confirmed_s"] is None
    assert known["china_alone"]["first_radar_s"] == 180.0
    assert known["together"]["confirmed_s"] == 190.0
    assert known["together"]["minutes_left_at_confirmed"] == pytest.approx(
        (FLIGHT_S - 190.0) / 60.0, abs=1e-3
    )


def test_the_impact_is_known_once_its_region_is_under_100_km(run: FakeRun) -> None:
    """The fake's axis is 400 km (600 s / t)^2 for Russia alone: under 100 km after 1,200 s."""
    known = made(run)["tracks"][0]["known_by"]["russia_alone"]
    assert 1200.0 < known["impact_known_s"] <= 1232.0


def test_two_far_launches_are_two_objects(run: FakeRun) -> None:
    """China's track moved by some 1,700 km is not taken for what Russia sees."""

    def moved(e: Any) -> Any:
        a = e.assessment
        if e.centre != "china" or a.launch is None:
            return e
        there = msgspec.structs.replace(a.launch, lat_deg=a.launch.lat_deg - 15.0)
        return msgspec.structs.replace(e, assessment=msgspec.structs.replace(a, launch=there))

    events = tuple(moved(e) for e in run.events)
    known = made(FakeRun(run.event, run.network, run.truths, events))["tracks"][0]["known_by"]
    assert known["china_alone"]["first_radar_s"] is None
    assert known["russia_alone"]["first_radar_s"] == 620.0


def test_a_partners_track_is_told_until_it_is_merged(run: FakeRun) -> None:
    """China's track stands in Russia's picture under its own name from 200 s to 300 s."""
    theirs = [e for e in run.events if (e.centre, e.picture) == ("china", "alone") and e.what == "assessment"]
    start = run.event.start_t_tai
    told = [msgspec.structs.replace(e, centre="russia", picture="joint") for e in theirs]
    told = [e for e in told if 200.0 <= e.known_t - start <= 300.0]
    merged = msgspec.structs.replace(told[-1], what="merged", t=start + 310.0, known_t=start + 310.0)
    both = FakeRun(run.event, run.network, run.truths, (*run.events, *told, merged))
    assert [t["track"] for t in made(both, 305.0)["tracks"]] == ["russia-1", "china-1"]
    assert [t["track"] for t in made(both, 315.0)["tracks"]] == ["russia-1"]


def test_probabilities_sum_to_one(run: FakeRun) -> None:
    (track,) = made(run)["tracks"]
    assert sum(track["territory"].values()) == pytest.approx(1.0, abs=1e-9)
    assert sum(track["class"].values()) == pytest.approx(1.0, abs=1e-9)


def test_two_flights_make_a_list(run: FakeRun) -> None:
    told = made(FakeRun(run.event, run.network, run.truths * 2, run.events))
    CHECK.validate(told)
    assert len(told["truth"]) == 2


def test_the_two_satellites_of_2017_stand_some_11_deg_apart(run: FakeRun) -> None:
    assert made(run)["stereo_angle_deg"] == pytest.approx(11.0, abs=1.0)


def test_one_satellite_makes_no_stereo(run: FakeRun) -> None:
    one = network_of(NetworkChoice(run.event.start_utc, ("cosmos-2510",), None, True))
    assert made(FakeRun(run.event, one, run.truths, run.events))["stereo_angle_deg"] is None


def test_the_unpublished_duty_and_the_hypothetical_stations_are_told(run: FakeRun) -> None:
    told = made(run)
    assert any("2518" in note and "duty status" in note for note in told["sensors_note"])
    assert told["network"]["hypothetical"] == ["HYP-HUA", "HYP-LIN", "HYP-KOR", "HYP-YUN"]
    assert any("microradians" in line for line in told["assumed"])


def test_the_published_figures_and_the_claim_go_along(run: FakeRun) -> None:
    published = made(run)["published"]
    assert (published["apogee_km"], published["claims"][0]["apogee_km"]) == (2802.0, 535.0)


def test_the_first_track_is_set_beside_the_flight_it_is(run: FakeRun) -> None:
    far = msgspec.structs.replace(run.truths[0], launch_lon_deg=-150.0, impact_lon_deg=-140.0)
    told = made(FakeRun(run.event, run.network, (far, run.truths[0]), run.events))
    assert flight_of_first_track(told) == 1
    assert flight_of_first_track({**told, "tracks": []}) == 0
    assert flight_of_first_track(made(run)) == 0
