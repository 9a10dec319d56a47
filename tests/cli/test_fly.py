"""`tocsin fly`: what flew, beside what was published, with no sensor and no steering."""

import contextlib
import io
import json
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from matplotlib.image import imread
from rich.console import Console

from tests.cli.command import tocsin
from tests.cli.fake_flights import every
from tocsin.catalogue import Network, event, event_names
from tocsin.cli import main
from tocsin.cli.flightscene import flights_scene
from tocsin.cli.flown import flown_figures
from tocsin.cli.flying import fly_all
from tocsin.cli.tell.flown import tell_flown
from tocsin.simulate.world import simulate

SCHEMA = json.loads((files("tocsin.cli") / "schema.json").read_text(encoding="utf-8"))
HWASONG = event("hwasong-14-2017-07-04")
TWO = """
name = "Two, one of which cannot be flown"
[[flight]]
vehicle = "srbm"
launch = { lat_deg = 45.0, lon_deg = 166.0 }
bearing_deg = 80.0
apogee_km = 100.0
range_km = 300.0
[[flight]]
vehicle = "srbm"
launch = { lat_deg = 45.0, lon_deg = 166.0 }
bearing_deg = 80.0
apogee_km = 3000.0
range_km = 500.0
"""


def check(value: Any) -> None:
    """Hold a value to the schema."""
    jsonschema.validate(value, {**SCHEMA, "$ref": "#/$defs/fly"}, jsonschema.Draft202012Validator)


def said(*words: str) -> tuple[int, str]:
    """Exit status and stdout of a command run in this process."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        status = main(words)
    return status, out.getvalue()


@pytest.mark.parametrize("name", [name for name in event_names() if event(name).flights])
def test_every_built_in_event_flies_as_published(name: str) -> None:
    """Apogee and range are what the flight is flown to; the duration is not fitted: within 90 s."""
    status, text = said("fly", name, "--json")
    told = json.loads(text)
    check(told)
    assert (status, told["event"], told["seed"]) == (0, name, None)
    published = told["published"]
    if published is None:
        return
    row = told["flights"][0]
    for key, near in (("apogee_km", 0.1), ("range_km", 0.1), ("flight_time_s", 90.0)):
        if published[key] is not None:
            assert row[key] == pytest.approx(published[key], abs=near)


def test_a_seed_draws_what_the_run_of_that_seed_draws() -> None:
    alone = fly_all(HWASONG, 3, "")[0]
    world = simulate(HWASONG, Network(HWASONG.start_utc, HWASONG.start_t_tai, (), (), ()), 3).flights[0]
    np.testing.assert_array_equal(alone.path.r_ecef, world.path.r_ecef)
    assert alone.t_burnout != fly_all(HWASONG, None, "")[0].t_burnout


def test_no_steering_is_told() -> None:
    told = said("fly", HWASONG.key, "--seed", "1", "--json")[1]
    text = said("fly", HWASONG.key, "--seed", "1")[1]
    for word in ("kick", "azimuth", "cutoff", "cut-off", "steer", "pitch_", "heading"):
        assert word not in told
        assert word not in text


def test_a_person_reads_a_row_for_each_object_and_what_was_published() -> None:
    text = said("fly", HWASONG.key)[1]
    for part in (
        "ballistic",
        "icbm-liquid",
        "2,802",
        "933",
        "published",
        "39:00",
        "claim 1, by Russia",
        "535",
        "Straits Times",
    ):
        assert part in text
    assert "the class as it is" in text
    assert max(len(line) for line in text.splitlines()) <= 132


def test_every_kind_can_be_told_and_its_names_are_no_markup() -> None:
    start = HWASONG.start_t_tai
    four = replace(HWASONG, title="[bold]Mine[/]", flights=HWASONG.flights * 4)
    told = flown_figures(four, 5, every(start))
    check(json.loads(json.dumps(told, allow_nan=False)))
    out = io.StringIO()
    tell_flown(Console(file=out, width=132, highlight=False), told)
    text = out.getvalue()
    for part in (
        "[bold]Mine[/]",
        "seed 5",
        "orbit",
        "burnt up",
        "impact at 40.0, 140.0",
        "station",
        "meteor",
    ):
        assert part in text
    scene = flights_scene(four, 5, every(start))
    assert [f.thin for f in scene.flights] == [False] * 4 + [True] * 3
    assert [(f.begin, f.end) for f in scene.flights[:4]] == [
        ("launch", "impact"),
        ("", ""),
        ("", "impact"),
        ("", "burnt up"),
    ]


def test_a_picture_is_drawn(tmp_path: Path) -> None:
    file = tmp_path / "flights.PNG"
    assert said("fly", HWASONG.key, "--picture", str(file))[0] == 0
    assert imread(file).shape[:2] == (1000, 1600)


def test_what_cannot_be_flown_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "two.toml").write_text(TWO)
    for command in ("fly", "check"):
        done = tocsin(command, "two.toml", cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert "two.toml: flight 2: apogee 3,000 km is beyond this vehicle's energy" in done.stderr
        assert "flight 1" not in done.stderr


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("--picture a.jpg", "--picture a.jpg: a picture is a PNG; give a name that ends in .png"),
        ("--picture nowhere/a.png", "there is no such folder to write it to"),
        ("--picture folder.png", "--picture folder.png: is a folder"),
        ("--seed 1.5", "'1.5' is not a whole number"),
        ("--seed -1", "--seed -1 is not a seed"),
    ],
)
def test_a_mistake_on_the_command_line(words: str, wanted: str, tmp_path: Path) -> None:
    (tmp_path / "folder.png").mkdir()
    (tmp_path / "taken").write_text("mine")
    done = tocsin("fly", HWASONG.key, *words.split(), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, ""), done
    assert wanted in " ".join(done.stderr.split())
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder.png", "taken"]
