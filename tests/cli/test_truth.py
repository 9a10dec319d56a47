"""What flew, of any kind, in plain figures: what a kind has not is left out, and nothing falls over it."""

import json
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import jsonschema
import msgspec
import pytest

from tests.catalogue.eventkinds import EVERY
from tests.cli.fake_flights import ballistic, every, meteor, reentry, satellite
from tests.cli.fake_run import FakeRun
from tocsin.catalogue import event, network, read_event, warning_settings
from tocsin.cli.figures import flown, truth
from tocsin.cli.flightnotes import flights_assumed
from tocsin.cli.keptevent import KeptEvent, KeptPlan, event_of_kept, kept_event
from tocsin.cli.notes import assumed
from tocsin.cli.report import report
from tocsin.cli.timeline import timeline
from tocsin.cli.truth import Truth, truth_of
from tocsin.cli.whichflight import flight_of_first_track
from tocsin.flight.flight import Flight

SCHEMA = json.loads((files("tocsin.cli") / "schema.json").read_text(encoding="utf-8"))
START = event("hwasong-14-2017-07-04").start_t_tai
KINDS = [ballistic, satellite, reentry, meteor]


def told(make: Callable[[float], Flight]) -> Truth:
    return truth_of(make(START))


@pytest.mark.parametrize("make", KINDS)
def test_each_keeps_to_the_schema_and_through_a_manifest(make: Callable[[float], Flight]) -> None:
    made = told(make)
    figures = json.loads(json.dumps(truth(made), allow_nan=False))
    jsonschema.validate(figures, {**SCHEMA, "$ref": "#/$defs/flight"}, jsonschema.Draft202012Validator)
    assert msgspec.json.decode(msgspec.json.encode(made), type=Truth) == made


def test_what_a_kind_has_not_is_none() -> None:
    orbit, fall, arc = truth(told(satellite)), truth(told(reentry)), truth(told(ballistic))
    assert (orbit["launch"], orbit["impact"], orbit["range_km"], orbit["flight_time_s"]) == (None,) * 4
    assert (orbit["end"], orbit["duration_s"]) == ("orbit", 6000.0)
    assert (fall["launch"], fall["flight_time_s"], fall["companions"]) == (None, None, 2)
    assert fall["impact"]["lat_deg"] == pytest.approx(40.0)
    assert (arc["flight_time_s"], arc["range_km"], arc["companions"]) == (900.0, 1960.0, 1)


def test_times_are_told_after_the_start() -> None:
    row = flown("flight 1", told(ballistic), START)
    assert (row["lift_off_s"], row["burnout_s"], row["apogee_s"], row["end_s"]) == (60.0, 180.0, 510.0, 960.0)
    assert flown("meteor 1", told(meteor), START)["lift_off_s"] is None


def test_only_what_is_launched_leaves_the_clouds() -> None:
    assert told(satellite).t_cloud is None
    assert told(reentry).t_cloud is None
    # 4 x 300 km x s (1 - s) is 10 km at s = 0.00840, 7.6 s of 900 s.
    assert told(ballistic).t_cloud == START + 60.0 + 8.0


@pytest.mark.parametrize(
    ("make", "whats"),
    [
        (ballistic, ["launch", "cloud break", "apogee", "impact"]),
        (satellite, []),
        (reentry, ["impact"]),
        (meteor, ["burnt up"]),
    ],
)
def test_the_timeline_has_the_milestones_that_there_are(
    make: Callable[[float], Flight], whats: list[str]
) -> None:
    lines = timeline([told(make)], (), START, START + 1e6)
    assert [line["what"] for line in lines] == whats


def test_what_stays_in_orbit_after_a_launch_has_no_apogee_worth_a_line() -> None:
    up = replace(ballistic(START), kind="space launch", impact=None, t_impact=None, end="orbit")
    assert [line["what"] for line in timeline([truth_of(up)], (), START, START + 1e6)] == [
        "launch",
        "cloud break",
    ]


def test_a_report_of_every_kind_keeps_to_the_schema(run: FakeRun) -> None:
    truths = (*(truth_of(f) for f in every(START)), *run.truths)
    made = json.loads(json.dumps(report(run.event, run.network, truths, 1, run.events), allow_nan=False))
    jsonschema.validate(made, SCHEMA, jsonschema.Draft202012Validator)
    assert [t["kind"] for t in made["truth"]] == ["ballistic", "satellite", "re-entry", "meteor", "ballistic"]
    assert flight_of_first_track(made) == 4
    assert flight_of_first_track({**made, "truth": made["truth"][1:2]}) == 0


def test_the_stereo_angle_is_that_of_the_first_launch(run: FakeRun) -> None:
    alone = report(run.event, run.network, run.truths, 1, run.events)["stereo_angle_deg"]
    among = (truth_of(satellite(START)), *run.truths)
    assert report(run.event, run.network, among, 1, run.events)["stereo_angle_deg"] == alone
    assert report(run.event, run.network, among[:1], 1, run.events)["stereo_angle_deg"] is None


def test_an_event_of_every_kind_comes_back_from_a_manifest(folder: Path) -> None:
    (folder / "mine.toml").write_text(EVERY)
    whole = read_event(folder / "mine.toml")
    data = msgspec.json.encode(kept_event(whole))
    assert event_of_kept(msgspec.json.decode(data, type=KeptEvent)) == whole


def test_a_kept_plan_of_no_kind_is_refused() -> None:
    kept = kept_event(event("hwasong-14-2017-07-04"))
    for wrong in (KeptPlan("flght", {}), KeptPlan("flight", {}), KeptPlan("path", {"file": 5})):
        with pytest.raises(msgspec.ValidationError):
            event_of_kept(msgspec.structs.replace(kept, flights=(wrong,)))


def test_what_a_bus_may_do_is_among_what_is_assumed() -> None:
    lines = assumed(event("hwasong-14-2017-07-04"), network("2017-07-04"), warning_settings())
    (bus,) = [line for line in lines if line.startswith("a bus may push once within 100 s after burnout")]
    assert "irbm by 30 m/s" in bus
    assert "srbm" not in bus


def test_what_is_assumed_is_told_once_for_each_kind(folder: Path) -> None:
    (folder / "mine.toml").write_text(EVERY)
    whole = read_event(folder / "mine.toml")
    lines = flights_assumed(replace(whole, flights=whole.flights * 2))
    assert len(lines) == len(set(lines)) == 11
    for words in ("released: 5 of 0.1 m2", "lift-to-drag 2", "spent stages", "medium launcher", "telemetry"):
        assert any(words in line for line in lines)
    assert any("drawn around its class" in line for line in lines)
    assert not any("drawn" in line for line in flights_assumed(whole, drawn=False))
