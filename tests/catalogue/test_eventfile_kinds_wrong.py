"""What is told of an event of any kind that is wrong: every mistake at once, each with its line."""

from pathlib import Path

import pytest

from tests.catalogue.eventfiles import told
from tests.catalogue.eventkinds import EVERY, TLE
from tocsin.catalogue import read_event
from tocsin.catalogue.plan import KINDS


def test_one_object_of_any_kind_is_enough_and_none_is_not(folder: Path) -> None:
    parts = EVERY.split("[[")
    for part in parts[1:]:
        (folder / "mine.toml").write_text(parts[0] + "[[" + part)
        assert len(read_event(folder / "mine.toml").flights) == 1
    (problem,) = told(folder, parts[0])
    assert problem.startswith("1: flight: is missing; add a [[flight]] table, or one of [[space_launch]], ")
    assert all(f"[[{kind}]]" in problem for kind in KINDS)
    (problem,) = told(folder, parts[0] + "flight = []\nmeteor = []")
    assert problem.startswith("3: flight: is missing")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            '"launcher-medium"',
            '"irbm"',
            "space_launch 1, vehicle: 'irbm' is a missile, for [[flight]]; here: launcher-medium",
        ),
        (
            '"irbm"',
            '"launcher-medium"',
            "flight 1, vehicle: 'launcher-medium' is a launcher, for [[space_launch]]; "
            "here: srbm, mrbm, irbm, icbm-liquid, icbm-solid, slbm, sounding-rocket",
        ),
        (
            "rcs_m2 = 0.2",
            "rcs_m2 = 0.05",
            "flight 1, debris.rcs_m2: is 0.05; no cross-section is below 0.1 m2 in this project",
        ),
        (
            "rcs_m2 = 20.0",
            "rcs_m2 = -1",
            "satellite 1, rcs_m2: is -1; no cross-section is below 0.1 m2 in this project",
        ),
        ("rcs_m2 = 20.0", "rcs_m2 = nan", "satellite 1, rcs_m2: is nan; give a finite number"),
        ("count = 5", "count = 201", "flight 1, release.count: is 201; it must be at most 200"),
        ("count = 5", "count = 5.0", "flight 1, release.count: is 5.0; give a whole number, such as 12"),
        ("count = 5, ", "", "flight 1, release.count: is missing; add count = 5"),
        ("dv_m_s = 50.0", "dv_m_s = 0.0", "flight 1, debris.dv_m_s: is 0.0; it must be at least 0.1"),
        (
            "after_burnout_s = 60.0",
            "after_burnout_s = 601",
            "flight 1, release.after_burnout_s: is 601; it must be at most 600",
        ),
        ("beta_kg_m2 = 8000.0", "beta_kg_m2 = 9", "flight 1, glide.beta_kg_m2: is 9; it must be at least 10"),
        (
            "lift_to_drag = 2.0",
            "lift_to_drag = 5",
            "flight 1, glide.lift_to_drag: is 5; it must be at most 4",
        ),
        (
            "lift_to_drag = 2.0",
            "lift = 2.0, lift_to_drag = 1",
            "flight 1, glide.lift: no such key; did you mean 'lift_to_drag'?",
        ),
        (
            "{ lift_to_drag = 2.0, beta_kg_m2 = 8000.0 }",
            "true",
            "flight 1, glide: is true; give a table, such as { lift_to_drag = 2.0, beta_kg_m2 = 8000.0 }",
        ),
        ("spent_stages = true", "spent_stages = 1", "flight 1, spent_stages: is 1; give true or false"),
        (
            "height_km = 400.0",
            "height_km = 100",
            "space_launch 1, height_km: is 100; it must be at least 150",
        ),
        (
            "height_km = 400.0",
            "height_km = 400.0\ndeorbit_range_km = 40000",
            "space_launch 1, deorbit_range_km: is 40000; it must be at most 39000",
        ),
        ("start_s = 60.0", "duration_s = 86401", "reentry 1, duration_s: is 86401; it must be at most 86400"),
        (
            "eccentricity = 0.001",
            "eccentricity = 1.0",
            "satellite 1, elements.eccentricity: is 1.0; it must be less than 1",
        ),
        ("norad = 25544\n", "", "satellite 1, elements.norad: is missing; add norad = 25544"),
        ('name = "circling"\n', "", 'satellite 1, name: is missing; add name = "what it is"'),
        (
            "velocity_km_s = [12.8, -13.3, -2.4]",
            "velocity_km_s = [12.8, -13.3]",
            "meteor 1, velocity_km_s: has 2 numbers; give three, [vx, vy, vz]",
        ),
        (
            "velocity_km_s = [12.8, -13.3, -2.4]",
            "velocity_km_s = [1.0, 2.0, 2.0]",
            "meteor 1, velocity_km_s: is 3.0 km/s in all; a meteor has 5 to 80 km/s",
        ),
        ("height_km = 23.3", "height_km = 120", "meteor 1, height_km: is 120; it must be less than 120"),
        ("-13.3", '"x"', "meteor 1, velocity_km_s 2: is 'x'; give a number, such as 12.5"),
        (
            "below/track.oem",
            "below/track.txt",
            "path 1, file: is 'below/track.txt'; give a file whose name ends in .oem or .csv",
        ),
        (
            "telemetry.json",
            "telemetry.oem",
            "ascent 1, file: is 'telemetry.oem'; give a file whose name ends in .json or .csv",
        ),
    ],
)
def test_one_mistake(folder: Path, old: str, new: str, problem: str) -> None:
    assert EVERY.count(old) == 1
    (said,) = told(folder, EVERY.replace(old, new))
    line, _, rest = said.partition(": ")
    assert rest == problem
    assert line.isdecimal()


def test_a_file_that_is_not_there(folder: Path) -> None:
    (folder / "folder.csv").mkdir()
    wrong = EVERY.replace("below/track.oem", "track.oem").replace("telemetry.json", "folder.csv")
    do = "give it relative to the event's own folder"
    assert told(folder, wrong) == [
        f"5: ascent 1, file: {folder / 'folder.csv'}: is not a file; {do}",
        f"11: path 1, file: {folder / 'track.oem'}: no such file; {do}",
    ]
    (problem,) = told(folder, EVERY.replace("telemetry.json", "\\u0000.json"))
    assert problem.startswith("5: ascent 1, file: ")


def test_element_sets_one_sound_and_of_the_time(folder: Path) -> None:
    one = "give tle, the two lines of an element set, or elements, its figures"
    lines = f'tle = ["{TLE[0]}", "{TLE[1]}"]'
    (problem,) = told(folder, EVERY.replace(lines, ""))
    assert problem == f"20: reentry 1: has no element set; {one}"
    (problem,) = told(folder, EVERY.replace("rcs_m2 = 20.0", lines))
    assert problem == f"24: satellite 1: has tle and elements; {one}, not both"
    (problem,) = told(folder, EVERY.replace(f'["{TLE[0]}", ', "["))
    assert problem == "22: reentry 1, tle: has 1 lines; give the two lines of one element set"
    (problem,) = told(folder, EVERY.replace("63.5980", "63.5981"))
    assert problem.startswith(
        "22: reentry 1, tle: line 2: its checksum is '2' and should be 3: give the line"
    )
    (problem,) = told(folder, EVERY.replace(TLE[0], "1").replace(TLE[1], "2"))[:1]
    assert problem.startswith("22: reentry 1, tle: line 1: has 1 characters")
    (problem,) = told(folder, EVERY.replace('epoch_utc = "2025-07-14"', 'epoch_utc = "2024-07-15"'))
    assert problem == (
        "27: satellite 1, elements: is of 2024-07-15T00:00:00Z, 365 days before the time it is for; "
        "give one within 60 days of it, or set start_utc"
    )


@pytest.mark.parametrize("start_s", ["nan", "-1", "1" * 400, '"x"', "{}"])
def test_a_start_that_is_none_is_one_mistake(folder: Path, start_s: str) -> None:
    (problem,) = told(folder, EVERY.replace("start_s = 60.0", f"start_s = {start_s}"))
    assert problem.startswith("23: reentry 1, start_s: ")


def test_many_mistakes_of_many_kinds_are_told_at_once(folder: Path) -> None:
    text = EVERY.replace("telemetry.json", "none.json").replace("63.5980", "63.5981").replace("[12.8, ", "[")
    text = text.replace('"launcher-medium"', '"irbm"').replace("rcs_m2 = 0.2", "rcs_m2 = 0.0")
    found = told(folder, text)
    assert [int(problem.split(":")[0]) for problem in found] == [5, 18, 22, 39, 51]
