"""`tocsin sensor`: its table, its JSON, its picture, and what it refuses."""

import contextlib
import io
import json
import math
import re
from dataclasses import fields
from importlib.resources import files
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from matplotlib.image import imread

from tocsin.catalogue import RadarSite, Satellite, radars, satellites
from tocsin.catalogue.assumed import assumptions
from tocsin.cli import main
from tocsin.cli.sensorfigures import NOT_FIGURES, sensor_figures, standing, unit_of
from tocsin.cli.tell.sensor import shown, words_of
from tocsin.cli.whichsensor import sensor_of

SCHEMA = json.loads((files("tocsin.cli") / "schema.json").read_text(encoding="utf-8"))
SHOWN = ("LEK", "HYP-HUA", "KOR", "cosmos-2546")
BARE = {  # figures that have no unit
    "troposphere_scale",
    "ionosphere_scale",
    "false_alarm_probability",
    "norad",
}


def test_what_is_declared_and_what_is_only_asked_for_is_told() -> None:
    """The coupling of 8 ms of chirp, 435 MHz over 790 kHz; figures of options in groups of their own."""
    told = sensor_figures(sensor_of("YEN"))
    assert any("4.4 s of range rate, 31 km at 7 km/s: declared corrected" in n for n in told["notes"])
    assert any(
        n.startswith("range rate is not measured unless asked for: then 3.4 m/s") for n in told["notes"]
    )
    for words in ("a radio burst", "the Moon's echo", "meteor trails", "aurora"):
        assert sum(words in n for n in told["notes"]) == 1
    rows = {(p["group"], p["name"]): p for p in told["parameters"]}
    assert rows["array", "coupling_rate_m_s"]["value"] == 0.0
    assert rows["array", "coupling_rate_m_s"]["unit"] == "m/s"
    assert rows["array", "noise_temperature_k"]["unit"] == "K"
    assert rows["range rate, if asked for", "coherent_s"]["standing"] == "assumed"
    assert not any("if asked for" in group for group, _ in _groups("cosmos-2546"))


def _groups(key: str) -> set[tuple[str, str]]:
    return {(p["group"], p["name"]) for p in sensor_figures(sensor_of(key))["parameters"]}


@pytest.fixture(autouse=True)
def no_own_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TOCSIN_CATALOGUE", str(tmp_path / "own"))
    return tmp_path / "own"


def said(*words: object) -> tuple[int, str, str]:
    """Exit status, stdout and stderr of a command run in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main([str(word) for word in words])
    return status, out.getvalue(), err.getvalue()


def told_of(*words: str) -> dict:
    status, out, err = said("sensor", *words, "--json")
    assert (status, err) == (0, "")
    told = json.loads(out)
    jsonschema.validate(told, {**SCHEMA, "$ref": "#/$defs/sensor"}, jsonschema.Draft202012Validator)
    return told


@pytest.mark.parametrize("key", SHOWN)
def test_the_figures_are_the_catalogue_s(key: str) -> None:
    told = told_of(key)
    row = sensor_of(key).row
    by_name = {p["name"]: p for p in told["parameters"] if p["group"] in ("array", "satellite")}
    assert set(by_name) == {f.name for f in fields(row)} - NOT_FIGURES
    for name, p in by_name.items():
        assert p["value"] == getattr(row, name)
        if name in row.notes:
            assert p["source"] == row.notes[name]
        low, high = row.ranges.get(name, (None, None))
        assert (p["low"], p["high"]) == (low, high)
    assert (told["sensor"], told["name"], told["own"]) == (key, row.name, False)
    assert told["hypothetical"] is (key == "HYP-HUA")


@pytest.mark.parametrize("key", ["LEK", "cosmos-2546"])
def test_every_set_of_assumed_figures_is_told_with_its_range(key: str) -> None:
    sensor, told = sensor_of(key).sensor, told_of(key)
    groups = {p["group"] for p in told["parameters"]} - {"array", "satellite", "elements"}
    sets = [f.name for f in fields(sensor) if f.name in groups]
    assert {"losses", "accuracy"} <= set(sets) or {"detector", "pointing", "background"} <= set(sets)
    for name in sets:
        rows = [p for p in told["parameters"] if p["group"] == name]
        for p, a in zip(rows, assumptions(getattr(sensor, name)), strict=True):
            assert (p["name"], p["value"], p["low"], p["high"]) == (a.name, a.value, a.low, a.high)
            assert (p["unit"], p["source"], p["standing"]) == (a.unit, a.note, "assumed")


def test_a_satellite_is_told_with_the_elements_nearest_the_date() -> None:
    for date, epoch in (("2025-07-15", "2025-07-06"), ("2022-11-20T12:00", "2022-11-18")):
        told = told_of("cosmos-2546", "--date", date)
        (found,) = (p["value"] for p in told["parameters"] if p["name"] == "epoch_utc")
        assert found.startswith(epoch)
        assert told["date_utc"].startswith(date)
    assert any("on this date it was dead" in n for n in told_of("cosmos-2510")["notes"])
    assert any("being built" in n for n in told_of("OLE")["notes"])


def test_a_satellite_is_told_with_all_its_states_and_that_of_the_date() -> None:
    for date, words in (("2025-07-15", "was off station on this date"), ("2026-09-01", "was in doubt")):
        told = told_of("cosmos-2546", "--date", date)
        states = [(p["name"], p["value"]) for p in told["parameters"] if p["group"] == "states"]
        assert states == [
            ("from 2020-05-24", "working"),
            ("from 2025-07-06", "off station"),
            ("from 2025-12-01", "in doubt"),
        ]
        assert words in told["notes"][0]
    assert told_of("cosmos-2546", "--date", "2020-10-20")["notes"] == []


def test_the_oko_is_told_at_the_time_of_its_reconstructed_orbit() -> None:
    told = told_of("cosmos-1382")
    by_name = {p["name"]: p for p in told["parameters"]}
    assert told["date_utc"] == "1983-09-25T20:15:00Z"
    assert (by_name["type"]["value"], by_name["limb_depth_deg"]["standing"]) == ("Oko", "assumed")
    assert by_name["mean_anomaly_deg"]["source"].startswith("reconstructed")
    assert by_name["flicker"]["group"] == "sunlit"


def test_every_figure_of_every_sensor_has_a_unit_and_a_source() -> None:
    for kind, rows in ((RadarSite, radars()), (Satellite, satellites())):
        numbers = [f.name for f in fields(kind) if f.type in (float, int) and f.name not in BARE]
        assert numbers
        assert all(unit_of(name) for name in numbers)
        for row in rows:
            for p in sensor_figures(sensor_of(row.key))["parameters"]:
                assert p["source"]


def test_what_is_assumed_is_marked() -> None:
    assert standing("assumed: VHF") == standing("combat duty 2012-02; day assumed") == "assumed"
    assert standing("hypothetical: a Voronezh-like array") == "hypothetical"
    assert standing("keeptrack") == "stated"
    _, text, _ = said("sensor", "HYP-HUA")
    lines = {re.split("  +", line[4:].strip())[0]: line for line in text.splitlines()}
    assert lines["reference range"].startswith("*")
    assert "4,000 km" in lines["reference range"]
    assert "2,500 to 6,000" in lines["reference range"]
    assert lines["latitude"].startswith("?")
    assert "\n     latitude " in said("sensor", "LEK")[1]
    assert max(len(line) for line in text.splitlines()) <= 132


@pytest.mark.parametrize(
    ("figure", "wanted"),
    [
        (("frequency_hz", 155e6, 150e6, 200e6, "Hz"), ("155 MHz", "150 to 200")),
        (("clock_s", 0.0005, 1e-6, 0.05, "s"), ("500 \u00b5s", "1 to 50,000")),
        (("bias_rad", 20e-6, 5e-6, 100e-6, "rad"), ("20 \u00b5rad", "5 to 100")),
        (("exclusion", math.radians(15), math.radians(8), math.radians(30), "rad"), ("15 deg", "8 to 30")),
        (("height_m", 0.0, None, None, "m"), ("0 m", "")),
        (("norad", 45608, None, None, ""), ("45608", "")),
        (("hypothetical", True, None, None, ""), ("yes", "")),
        (("in_service_until_utc", None, None, None, ""), ("\u2013", "")),
    ],
)
def test_figures_are_said_as_a_person_reads_them(figure: tuple, wanted: tuple[str, str]) -> None:
    assert shown(*figure) == wanted


def test_names_are_words() -> None:
    assert words_of("az_start_deg") == "azimuth start"
    assert words_of("reference_range_km") == "reference range"
    assert words_of("launch_utc") == "launch"


@pytest.mark.parametrize(
    "words", [("LEK",), ("cosmos-2546", "--date", "2025-07-15T00:00:00Z"), ("cosmos-1382",)]
)
def test_a_picture_is_made_for_every_kind(words: tuple[str, ...], tmp_path: Path) -> None:
    file = tmp_path / "sensor.png"
    status, out, err = said("sensor", *words, "--picture", file)
    assert status == 0
    assert "drawing" in err
    assert "* assumed" in out
    image = imread(file)[..., :3]
    assert image.shape == (1000, 1600, 3)
    for top in (130, 420, 680):
        assert np.mean(image[top : top + 200, 1030:1510].max(axis=-1) > 0.6) > 0.004


def test_one_s_own_satellite_is_shown_at_its_own_time(tmp_path: Path) -> None:
    first = "1 45608U 20031A   20294.89279667 -.00000779  00000-0  00000-0 0  9994"
    second = "2 45608  63.6943 285.5402 6915491 269.6364  63.4476  2.00567580  3021"
    (tmp_path / "own.tle").write_text(f"{first}\n{second}\n")
    added = said("catalogue", "add", tmp_path / "own.tle", "--key", "mine", "--source", "an exercise")
    if added[0]:
        pytest.fail(added[2])
    told = told_of("mine")
    assert told["own"]
    assert told["date_utc"].startswith("2020-10-20")
    assert {p["source"] for p in told["parameters"] if p["name"] == "type"} == {
        "assumed: a telescope like Tundra's"
    }
    assert {p["source"] for p in told["parameters"] if p["name"] == "norad"} == {
        "added by the user: an exercise"
    }


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("LEKK",), "no sensor 'LEKK'; did you mean 'LEK'?"),
        (("cosmos-2545",), "did you mean 'cosmos-25"),
        (("kor",), "did you mean 'KOR'?"),
        (("",), "no sensor ''; known: cosmos-1382"),
        (("LEK", "--picture", "a.jpg"), "a picture is a PNG"),
        (("LEK", "--picture", "no/such/folder/a.png"), "there is no such folder"),
        (("LEK", "--date", "yesterday"), "--date: 'yesterday' is not a UTC time"),
        (("LEK", "--date", "2025-02-30"), "--date: "),
        (("LEK", "--date", "1950-01-01"), "outside 1960-2099"),
        (
            ("cosmos-2546", "--date", "2019-01-01"),
            "no element set within 60 days; the nearest is of 2020-10-20",
        ),
        (("LEK", "--datum", "2025-01-01"), "--datum"),
        ((), "sensor"),
    ],
)
def test_mistakes_are_told_in_one_line(words: tuple[str, ...], wanted: str) -> None:
    status, out, err = said("sensor", *words)
    assert (status, out) == (2, "")
    assert wanted in err
    assert err.startswith("tocsin: ")
    assert err.count("\n") == 1
