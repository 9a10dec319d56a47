"""What a run tells of its sensors: what nature it was, when a radar was blind, and why there is no track."""

import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from tests.cli.test_fit import said
from tocsin.cli.watch import Watch, blind_lines, blind_marks, watch_rows, why_no_track
from tocsin.cli.watching import blind_spans
from tocsin.sensor.scan import Scan

EVENT = """
name = "a burst"
start_utc = "2025-07-15T11:20:00Z"
[[meteor]]
name = "m"
peak_s = 120.0
lat_deg = -50.0
lon_deg = -140.0
height_km = 30.0
velocity_km_s = [10.0, 10.0, 8.0]
mass_kg = 1e4
[network]
satellites = []
radars = ["LEK"]
[nature]
aurora = 0.5
meteor_trails = true
radio_burst = [{ start_s = 60.0, duration_s = 40.0, flux_sfu = 1e7 }]
"""


def scan(t: float, blind: bool) -> Scan:
    none = np.empty(0)
    return Scan(
        "A", "radar", "simulated", t, np.zeros(3), none, np.empty((0, 3)), np.empty((0, 3)), none, 0, blind
    )


def test_spans_from_the_first_blind_scan_to_the_next_that_is_not() -> None:
    scans = [scan(float(t), blind) for t, blind in enumerate([0, 1, 1, 0, 1, 0, 0, 1])]
    assert blind_spans(scans) == ((1.0, 3.0), (4.0, 5.0), (7.0, None))
    assert blind_spans(scans[:1]) == ()


def watch(**changed: object) -> Watch:
    usual = {"sensor": "A", "kind": "radar", "scans": 9, "looks": 2, "in_view": 4, "blind": ((1.0, 3.0),)}
    return Watch(**{**usual, **changed})


def test_what_was_not_known_yet_is_not_told() -> None:
    assert blind_lines([watch()], 0.5) == []
    assert " to " not in blind_lines([watch()], 2.0)[0]
    assert " to " in blind_lines([watch()], 4.0)[0]
    assert blind_marks([watch()]) == [(1.0, "A blind"), (3.0, "A sees again")]
    assert blind_marks([watch(kind="telescope")]) == []


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"in_view": 0}, "A: nothing that flew came into its view"),
        ({"in_view": 0, "kind": "telescope"}, "came into its view while it shone"),
        ({"looks": 0}, "in 4 of 9 scans, and no look: too faint for it, or it was blind"),
        ({}, "2 looks, false ones among them: too few that fit together"),
    ],
)
def test_why_there_is_no_track(changed: dict, told: str) -> None:
    assert told in why_no_track(watch_rows([watch(**changed)], 0.0)[0])


def test_a_run_tells_what_was_asked_of_nature_and_when_a_radar_was_blind(tmp_path: Path) -> None:
    (tmp_path / "event.toml").write_text(EVENT)
    status, text, _ = said("run", tmp_path / "event.toml", "--out", tmp_path / "run")
    assert status == 0
    for part in (
        "LEK blind",
        "LEK sees again",
        "LEK: nothing that flew came into its view",
        "asked of nature: a burst of the Sun's radio noise, 10,000,000 sfu, 60 s after the start for 40 s",
        "asked of nature: radar echoes from aurora, activity 0.5 of 1",
        "asked of nature: radar echoes from the trails of meteors",
        "LEK was blind from 11:21:0",
    ):
        assert part in text
    told = json.loads((tmp_path / "run" / "report.json").read_text())
    schema = json.loads((files("tocsin.cli") / "schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(told, schema, jsonschema.Draft202012Validator)
    assert told["nature"]["aurora"] == 0.5
    assert told["nature"]["radio_bursts"][0]["flux_sfu"] == 1e7
    ((since, until),) = told["sensors"][0]["blind"]
    assert 60.0 <= since < 70.0 < 100.0 <= until < 110.0
    status, again, _ = said("replay", tmp_path / "run", "--json")
    assert (status, json.loads(again)) == (0, told)
