"""`tocsin fit-ascent`, and an event's [[ascent]] in `tocsin fly`."""

import contextlib
import io
import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from matplotlib.image import imread

from tests.flight.ascents import analysed, csv, flown, real, shown
from tocsin.cli import main

SCHEMA = json.loads((files("tocsin.cli") / "schema.json").read_text(encoding="utf-8"))
STEERING = ("kick", "azimuth", "steer", "pitch", "vertical", "climb")
EVENT = """
name = "A launch that was filmed"
start_utc = "2017-12-23T01:27:23Z"
[[ascent]]
name = "filmed"
file = "table.csv"
launch = { lat_deg = 34.6, lon_deg = -120.6 }
launch_s = 60.0
bearing_deg = 188.0
"""


def said(*words: object) -> tuple[int, str, str]:
    """Exit status, stdout and stderr of a command run in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main([str(word) for word in words])
    return status, out.getvalue(), err.getvalue()


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    t, speed, height, _ = flown()
    return csv(tmp_path_factory.mktemp("tables") / "table.csv", t, *shown(speed, height))


def test_one_object_of_figures_and_no_steering(table: Path) -> None:
    status, text, _ = said("fit-ascent", table, "--json")
    told = json.loads(text)
    assert status == 0
    assert told["matched"]
    assert told["height"]["worst_km"] < 0.3
    assert told["speed"]["worst_m_s"] < 15.0
    keys = {"thrust_m_s2", "exhaust_m_s", "burn_s", "cap_m_s2", "later", "drag"}
    assert set(told["vehicle"]) == set(told["sigma"]) == keys
    for key, truth in (("thrust_m_s2", 13.0), ("exhaust_m_s", 2950.0), ("later", 1.08), ("drag", 1.5)):
        assert abs(told["vehicle"][key] - truth) < 4.0 * told["sigma"][key]
    for word in STEERING:
        assert word not in text


def test_a_person_reads_a_verdict_and_gets_a_picture(table: Path, tmp_path: Path) -> None:
    status, text, _ = said("fit-ascent", table, "--picture", tmp_path / "a.png")
    assert status == 0
    assert text.startswith("matched  table: within 3 km and 80 m/s up to 15")
    for part in ("height: at most 0.", "speed: at most", "exhaust", "assumed: 550 t"):
        assert part in text
    assert max(len(line) for line in text.splitlines()) <= 132
    for word in STEERING:
        assert word not in text
    image = imread(tmp_path / "a.png")
    assert image.shape[:2] == (1000, 1600)
    assert image[..., :3].std() > 0.05


def test_what_does_not_match_is_told_and_is_the_status(tmp_path: Path) -> None:
    t, speed, height, _ = flown()
    file = csv(tmp_path / "$x[b].csv", t, speed, 0.3 * height)
    status, text, _ = said("fit-ascent", file, "--picture", tmp_path / "b.png")
    assert status == 1
    assert text.startswith("not matched  $x[b]: ")
    assert (tmp_path / "b.png").stat().st_size > 10_000


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("--lat-deg", "91"), "--lat-deg 91 is no latitude"),
        (("--lat-deg", "nan"), "--lat-deg nan is no latitude"),
        (("--bearing-deg", "-5"), "--bearing-deg -5 is no bearing"),
        (("--picture", "a.jpg"), "a picture is a PNG"),
    ],
)
def test_options_that_are_none(words: tuple[str, ...], wanted: str, table: Path) -> None:
    status, text, complaint = said("fit-ascent", table, *words)
    assert (status, text) == (2, "")
    assert wanted in complaint


def test_a_bad_table_is_one_line(tmp_path: Path) -> None:
    t, speed, height, _ = flown()
    bad = {
        "nothing.json": "nothing.json: no such file",
        "a.json": "time: there is no list of that name",
        "b.csv": "the time 3 s does not come after 19 s",
        "c.csv": "no engine stops in this table",
    }
    (tmp_path / "a.json").write_text("{}")
    csv(tmp_path / "b.csv", [*t[:20], 3.0, *t[21:]], speed, height)
    csv(tmp_path / "c.csv", t[:140], speed[:140], height[:140])
    for name, wanted in bad.items():
        status, text, complaint = said("fit-ascent", tmp_path / name)
        assert (status, text) == (2, "")
        lines = [line for line in complaint.splitlines() if line.startswith("tocsin: ")]
        assert len(lines) == 1
        assert lines[0].startswith(f"tocsin: {tmp_path / name}:")
        assert wanted in lines[0]
        assert "Traceback" not in complaint


def test_an_event_flies_it(table: Path) -> None:
    event = table.with_name("event.toml")
    event.write_text(EVENT)
    status, text, _ = said("fly", event, "--json")
    told = json.loads(text)
    assert status == 0
    jsonschema.validate(told, {**SCHEMA, "$ref": "#/$defs/fly"}, jsonschema.Draft202012Validator)
    (row,) = told["flights"]
    assert (row["kind"], row["end"], row["name"], row["lift_off_s"]) == (
        "ascent",
        "in flight",
        "filmed",
        60.0,
    )
    assert row["burnout_s"] == pytest.approx(215.4, abs=1.5)
    assert row["impact"] is row["range_km"] is None
    _, text, _ = said("fly", event)
    assert "ascent" in text
    assert "in flight" in text


def test_an_event_whose_table_is_none_says_which_object(tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text("time_s,speed_m_s,height_km\n")
    (tmp_path / "event.toml").write_text(EVENT)
    for command in ("fly", "check"):
        status, _, complaint = said(command, tmp_path / "event.toml")
        assert status == 2
        assert "ascent 1: " in complaint
        assert "0 samples are no ascent" in complaint


@pytest.mark.parametrize(
    ("name", "lat", "bearing"), [("Iridium_NEXT_4", 34.6, 188.0), ("SpaceX_CRS-12", 28.6, 44.0)]
)
def test_the_two_required_ascents(name: str, lat: float, bearing: float, reference: Path) -> None:
    status, text, _ = said(
        "fit-ascent", real(reference, name), "--lat-deg", lat, "--bearing-deg", bearing, "--json"
    )
    told = json.loads(text)
    assert (status, told["matched"], told["name"]) == (0, True, name)
    assert told["height"]["worst_km"] < 1.0
    assert told["speed"]["worst_m_s"] < 27.0


def test_events_beside_the_table_are_used(tmp_path: Path) -> None:
    t, speed, height, _ = flown()
    file = analysed(tmp_path / "a.analysed.json", t, speed, height, meco=155)
    told = json.loads(said("fit-ascent", file, "--json")[1])
    assert told["until_s"] == 158.0
    file.with_name("a.events.json").write_text("{")
    status, _, complaint = said("fit-ascent", file)
    assert status == 2
    assert "a.events.json: is not JSON" in complaint
