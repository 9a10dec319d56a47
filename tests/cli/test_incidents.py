"""Incidents run as a person runs them: the report, the tale and the picture, where nothing flew and where one
centre is alone."""

import json
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from matplotlib.image import imread

from tests.cli.fake_run import FakeRun
from tests.cli.test_fit import said
from tocsin.catalogue.event import Heard
from tocsin.catalogue.figures import DATA
from tocsin.cli.keptevent import event_of_kept, kept_event
from tocsin.cli.manifest import read_manifest
from tocsin.cli.report import report

SCHEMA = json.loads((files("tocsin.cli") / "schema.json").read_text())


def cut(folder: Path, name: str, **figures: str) -> Path:
    """A built-in incident as a file of its own, some of its figures changed: to be quick."""
    text = (DATA / "events" / f"{name}.toml").read_text(encoding="utf-8")
    for key, value in figures.items():
        lines = [line for line in text.splitlines() if line.startswith(f"{key} =")]
        assert lines, key
        text = text.replace(lines[0], f"{key} = {value}", 1)
    file = folder / f"{name}.toml"
    file.write_text(text, encoding="utf-8")
    return file


def ran(folder: Path, name: str, **figures: str) -> tuple[dict[str, Any], str]:
    """Report and tale of one run, whose picture and replay are held to what they must be."""
    out = folder / "run"
    status, tale, complaint = said("run", cut(folder, name, **figures), "--out", out)
    assert status == 0, complaint
    told = json.loads((out / "report.json").read_text())
    jsonschema.validate(told, SCHEMA, jsonschema.Draft202012Validator)
    assert imread(out / "picture.png").shape[:2] == (1000, 1600)
    kept = read_manifest(out).event
    assert kept_event(event_of_kept(kept)) == kept
    status, again, complaint = said("replay", out)
    assert status == 0, complaint
    assert "identical" in again
    return told, tale


def test_the_burst_of_1967_is_told_as_blindness_and_nothing_else(tmp_path: Path) -> None:
    told, tale = ran(tmp_path, "solar-burst-1967", duration_s="1500.0")
    assert (told["truth"], told["tracks"]) == ([], [])
    blind = {row["sensor"]: row["blind"] for row in told["sensors"]}
    assert blind.keys() == {"BMEWS-T", "BMEWS-C", "BMEWS-F"}
    # From 18:40 UTC on, a quarter of an hour after the start, all three at once.
    for ((since, until),) in blind.values():
        assert 900.0 <= since < 912.0
        assert until is None
    assert {line["what"] for line in told["timeline"]} == {f"{key} blind" for key in blind}
    assert "Nothing flew: there is no track" in tale
    assert "BMEWS-T blind" in tale
    assert "Who knew what" not in tale


def test_in_1983_the_satellite_alone_tells_and_no_radar(tmp_path: Path) -> None:
    told, tale = ran(tmp_path, "autumn-1983", duration_s="700.0")
    assert told["truth"] == []
    assert told["tracks"]
    for track in told["tracks"]:
        assert {e["channel"] for e in track["evidence"]} == {"cosmos-1382"}
        assert track["first_radar_s"] is None
        assert track["event_state"] not in ("confirmed", "confirmed (degraded)")
        assert track["threat_state"] != "confirmed"
    whats = [line["what"] for line in told["timeline"] if line["track"] is None]
    assert whats == ["bright cloud 1", "bright cloud 2"]
    assert "asked of nature: cloud as bright as a plume" in tale
    assert all(row["looks"] < 10 for row in told["sensors"] if row["kind"] == "radar")


def test_a_centre_alone_has_its_own_column_and_no_partner(tmp_path: Path) -> None:
    told, tale = ran(tmp_path, "decaying-body-1979", protected='["US"]\nduration_s = 270.0')
    assert told["tracks"]
    assert told["tracks"][0]["known_by"].keys() == {"america_alone", "together"}
    assert {r["centre"] for r in told["network"]["radars"]} == {"america"}
    assert "America alone" in tale
    assert "What was known, and when" in tale
    assert not any(words in tale for words in ("Russia alone", "What sharing gave", "together:"))
    assert {p.name for p in (tmp_path / "run").iterdir() if p.is_dir()} == {"america"}


def test_what_radars_are_supposed_to_hear_is_told(run: FakeRun) -> None:
    row = Heard("icbm-liquid", 10.0, 300.0)
    event = replace(run.event, network=replace(run.event.network, heard=(row, replace(row, until_s=None))))
    told = report(event, run.network, run.truths, 1, run.events)["sensors_note"]
    assert "supposed: radars hear the icbm-liquid from 10 s after the start to 300 s" in told[0]
    assert "from 10 s after the start on" in told[1]


def test_a_body_that_does_not_fly_is_a_mistake(tmp_path: Path) -> None:
    name = "hwasong-14-2017-07-04-broken-track"
    wrong = cut(tmp_path, name, body='"icbm-liquid bus"')
    status, _, complaint = said("run", wrong, "--out", tmp_path / "wrong")
    assert status == 2
    assert "network.heard 1: no body 'icbm-liquid bus' flies; there are: icbm-liquid" in complaint
    assert not (tmp_path / "wrong").exists()


def test_where_nothing_flies_there_is_nothing_to_fly(tmp_path: Path) -> None:
    status, out, complaint = said("fly", "moonrise-1960")
    assert (status, out) == (2, "")
    assert "nothing flies in this event" in complaint
    status, out, complaint = said("check", cut(tmp_path, "moonrise-1960"))
    assert (status, complaint) == (0, "")
    assert "BMEWS-T" in out


@pytest.mark.parametrize("name", ["moonrise-1960", "mediterranean-2013"])
def test_the_list_of_events_has_them(name: str) -> None:
    _, out, _ = said("events", "--json")
    rows = {row["event"]: row for row in json.loads(out)["events"]}
    assert rows[name]["flights"] == {"moonrise-1960": 0, "mediterranean-2013": 2}[name]
