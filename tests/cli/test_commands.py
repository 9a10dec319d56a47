"""The commands themselves, on a real run of a small network; the replay is made without the world."""

import contextlib
import io
import json
import shutil
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import shapely
from matplotlib.image import imread

from tests.cli.command import tocsin
from tests.cli.layers import layer_of
from tocsin.catalogue import event_names
from tocsin.cli import main

SCHEMA = json.loads((files("tocsin.cli") / "schema.json").read_text(encoding="utf-8"))
SMALL = """
name = "A small network"
start_utc = "2017-07-04T00:40:00Z"

[[flight]]
vehicle = "icbm-liquid"
launch = { lat_deg = 39.87, lon_deg = 125.27 }
bearing_deg = 86.0
apogee_km = 2802.0
range_km = 933.0

[network]
radars = ["MIS1", "HYP-HUA"]
"""
# A process in which importing the world fails.
BLIND = """
import sys
for name in ("tocsin.flight", "tocsin.flight.fly", "tocsin.simulate", "tocsin.simulate.world", "matplotlib"):
    sys.modules[name] = None
from tocsin.cli import main
sys.exit(main(sys.argv[1:]))
"""

WHAT_CAME_ALONG = """
import sys
from tocsin.cli import main
status = main(sys.argv[1:])
unwanted = ("numba", "matplotlib", "tocsin.flight", "tocsin.track", "tocsin.centre")
print([name for name in unwanted if name in sys.modules], file=sys.stderr)
sys.exit(status)
"""


def check(value: Any, name: str = "report") -> None:
    """Hold a value to a definition of the schema."""
    jsonschema.validate(value, {**SCHEMA, "$ref": f"#/$defs/{name}"}, jsonschema.Draft202012Validator)


def said(*words: str) -> tuple[int, str]:
    """Exit status and stdout of a command run in this process."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        status = main(words)
    return status, out.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of the small network on ground drawn by hand; what it printed lies beside it."""
    where = tmp_path_factory.mktemp("runs")
    (where / "small.toml").write_text(SMALL)
    (where / "own.toml").write_text('[[protected]]\nname = "ours"\ncountries = ["OWN-SEA"]\n')
    (where / "own.geojson").write_text(
        layer_of(("OWN-SEA", 130, 35, 139, 45), ("OWN-WEST", 120, 35, 130, 45))
    )
    ground = ("--protected", str(where / "own.toml"), "--borders", str(where / "own.geojson"))
    status, text = said(
        "run", str(where / "small.toml"), "--seed", "3", "--out", str(where / "run"), "--json", *ground
    )
    for name in ("own.toml", "own.geojson"):  # a replay has the run's copies
        (where / name).unlink()
    assert status == 0
    (where / "printed.json").write_text(text)
    return where / "run"


def test_run_prints_one_object_that_keeps_to_the_schema(folder: Path) -> None:
    told = json.loads((folder.parent / "printed.json").read_text())
    check(told)
    assert told == json.loads((folder / "report.json").read_text())
    assert (told["event"], told["seed"], told["origin"]) == ("small", 3, "simulated")
    for track in told["tracks"]:
        assert sum(track["territory"].values()) == pytest.approx(1.0, abs=1e-6)
        assert sum(track["class"].values()) == pytest.approx(1.0, abs=1e-6)


def test_run_sees_what_was_flown(folder: Path) -> None:
    told = json.loads((folder / "report.json").read_text())
    whats = [line["what"] for line in told["timeline"]]
    for what in ("launch", "cloud break", "first satellite look", "first radar look", "apogee", "impact"):
        assert what in whats
    assert told["tracks"][0]["apogee_km"] == pytest.approx(told["truth"]["apogee_km"], rel=0.01)
    known = told["tracks"][0]["known_by"]
    assert known["china_alone"]["first_satellite_s"] is None


def test_run_is_told_of_the_ground_that_it_was_given(folder: Path) -> None:
    """933 km to the east of 39.87 N, 125.27 E lies the sea that the layer has for a country."""
    told = json.loads((folder / "report.json").read_text())
    assert told["tracks"][0]["territory"]["OWN-SEA"] > 0.99
    assert {"RU", "CN", "KP", "JP"}.isdisjoint(told["tracks"][0]["territory"])


def test_a_run_folder_holds_journals_picture_and_tracks(folder: Path) -> None:
    assert {"manifest.json", "report.json", "tracks.geojson", "picture.png"} <= {
        p.name for p in folder.iterdir()
    }
    assert imread(folder / "picture.png").shape[:2] == (1000, 1600)
    tracks = json.loads((folder / "tracks.geojson").read_text())
    assert tracks["type"] == "FeatureCollection"
    for feature in tracks["features"]:
        assert shapely.geometry.shape(feature["geometry"]).is_valid
    whats = {feature["properties"]["what"] for feature in tracks["features"]}
    assert {"predicted ground path", "impact, 90 % region"} <= whats


def test_replay_gives_the_same_report_where_the_world_cannot_be_imported(folder: Path) -> None:
    done = tocsin("replay", str(folder), "--json", cwd=folder.parent, code=BLIND)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    assert done.stdout == (folder.parent / "printed.json").read_text()


def test_replay_says_to_a_person_that_it_is_identical(folder: Path) -> None:
    status, text = said("replay", str(folder))
    assert status == 0
    assert "REPLAY" in text
    assert "identical" in text


@pytest.mark.parametrize("name", ["manifest.json", "report.json"])
def test_a_changed_manifest_is_refused(folder: Path, tmp_path: Path, name: str) -> None:
    """Another JSON file in the manifest's place, and none that can be read."""
    for data in ((folder / "report.json").read_bytes(), b"{"):
        (tmp_path / "manifest.json").write_bytes(data)
        done = tocsin("replay", str(tmp_path), cwd=tmp_path)
        assert done.returncode == 2
        assert "manifest.json" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_run_without_its_journals_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_bytes((folder / "manifest.json").read_bytes())
    done = tocsin("replay", str(tmp_path), cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_a_replay_needs_the_ground_of_its_run(folder: Path, tmp_path: Path) -> None:
    changed = tmp_path / "run"
    shutil.copytree(folder, changed)
    settings = changed / "warning.toml"
    settings.write_text(settings.read_text().replace("ours", "theirs"))
    done = tocsin("replay", str(changed), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{settings}: was changed after the run" in done.stderr


def test_events_lists_every_built_in_event() -> None:
    status, text = said("events", "--json")
    told = json.loads(text)
    check(told, "events")
    assert status == 0
    assert tuple(e["event"] for e in told["events"]) == event_names()
    assert all(name in said("events")[1] for name in event_names())


def test_check_says_that_a_file_is_sound(tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_text(SMALL)
    status, text = said("check", str(tmp_path / "small.toml"), "--json")
    told = json.loads(text)
    check(told, "check")
    assert (status, told["ok"], told["event"]) == (0, True, "small")
    assert told["network"]["hypothetical"] == ["HYP-HUA"]
    assert "sound" in said("check", str(tmp_path / "small.toml"))[1]


def test_check_tells_a_machine_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text(SMALL.replace("39.87", "95.0"))
    status, text = said("check", str(tmp_path / "bad.toml"), "--json")
    told = json.loads(text)
    check(told, "check")
    assert (status, told["ok"]) == (2, False)
    assert "launch.lat_deg" in told["problems"][0]


@pytest.mark.parametrize("words", [("--help",), ("run", "--help"), ("fly", "--help"), ("events",)])
def test_help_and_lists_import_neither_kernels_nor_matplotlib(words: tuple[str, ...], tmp_path: Path) -> None:
    done = tocsin(*words, cwd=tmp_path, code=WHAT_CAME_ALONG)
    assert done.returncode == 0
    assert done.stdout
    assert done.stderr.split()[-1] == "[]"
