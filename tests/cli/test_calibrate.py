"""`tocsin calibrate`: a radar's errors from looks and known paths in files."""

import json

import jsonschema
import numpy as np
import pytest

from tests.cli.looksfiles import CREATED, ERROR, STATION, ephemeris, looks
from tests.cli.test_fit import NOISE, SCHEMA, said
from tocsin.interchange.oem_write import write_oem
from tocsin.interchange.tdm_write import write_tdm

BEARINGS = {"ONE": 0.4, "TWO": 1.6, "THREE": 2.8, "FOUR": 4.0, "FIVE": 5.2}


@pytest.fixture(scope="module")
def campaign(tmp_path_factory):
    """Five satellites' passes in one TDM, and their paths in one OEM."""
    folder = tmp_path_factory.mktemp("campaign")
    rng = np.random.default_rng(1)
    texts = [write_tdm(looks(rng, bearing, body=name), CREATED) for name, bearing in BEARINGS.items()]
    whole = texts[0] + "".join(text[text.index("META_START") :] for text in texts[1:])
    (folder / "looks.tdm").write_text(whole)
    paths = [ephemeris(bearing, name) for name, bearing in BEARINGS.items()]
    (folder / "paths.oem").write_text(write_oem(paths, CREATED))
    return folder


def calibrated(folder, *words):
    status, text, complaint = said(
        "calibrate",
        folder / "looks.tdm",
        folder / "paths.oem",
        "--station",
        STATION,
        *NOISE[:4],
        "--json",
        *words,
    )
    assert complaint == ""
    told = json.loads(text)
    jsonschema.validate(told, {**SCHEMA, "$ref": "#/$defs/calibrate"}, jsonschema.Draft202012Validator)
    return status, told


def test_the_errors_are_found(campaign):
    status, told = calibrated(campaign)
    assert (status, told["status"], told["radar"], told["left_out"]) == (0, "converged", "RADAR", 0)
    assert {arc["object"] for arc in told["arcs"]} == set(BEARINGS)
    wanted = (ERROR[0], np.degrees(ERROR[1]), np.degrees(ERROR[2]), ERROR[3])
    for row, truth in zip(told["errors"], wanted, strict=True):
        assert abs(row["value"] - truth) < 3.5 * row["sigma"], row
        assert row["sigma"] <= row["prior_sigma"]
    assert told["errors"][0]["sigma"] < 5.0


def test_paths_that_are_off_are_wider_and_say_by_how_much(campaign):
    exact = calibrated(campaign)[1]
    status, told = calibrated(campaign, "--path-error-m", "150,800,200")
    assert status == 0
    assert told["path_error_m"] == [150.0, 800.0, 200.0]
    assert told["errors"][0]["sigma"] > 2.0 * exact["errors"][0]["sigma"]
    assert all(len(arc["off_m"]) == 3 for arc in told["arcs"])


def test_a_person_reads_it_and_gets_a_picture(campaign, tmp_path):
    words = ("calibrate", campaign / "looks.tdm", campaign / "paths.oem", "--station", STATION, *NOISE[:4])
    status, text, _ = said(*words, "--picture", tmp_path / "a.png")
    assert status == 0
    assert text.startswith("converged  RADAR: the errors explain the looks to their noise")
    for part in ("in 5 passes", "lasting error", "elevation", "FIVE 2025-05-08T18:06:0", "taken as exact"):
        assert part in text
    assert max(len(line) for line in text.splitlines()) <= 132
    assert (tmp_path / "a.png").stat().st_size > 10_000


def test_the_wrong_place_is_a_contradiction(campaign):
    status, text, _ = said(
        "calibrate", campaign / "looks.tdm", campaign / "paths.oem", "--station", "60.1,30,100", *NOISE[:4]
    )
    assert status == 1
    assert text.startswith("contradictory  RADAR: no errors that last explain")
    assert "unknown" in text


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("--path-error-m", "1,2"), "--path-error-m '1,2': give radial,along,across in metres, from 0"),
        (("--path-error-m", "1,2,-3"), "--path-error-m '1,2,-3': give"),
    ],
)
def test_mistakes_are_one_line(campaign, words, wanted):
    status, text, complaint = said(
        "calibrate", campaign / "looks.tdm", campaign / "paths.oem", "--station", STATION, *words
    )
    assert (status, text) == (2, "")
    assert wanted in complaint


def test_paths_of_other_bodies_or_other_times_are_told(campaign, tmp_path):
    (tmp_path / "other.oem").write_text(write_oem([ephemeris(0.4, "ELSE"), ephemeris(0.5, "OTHER")], CREATED))
    words = ("calibrate", campaign / "looks.tdm", tmp_path / "other.oem", "--station", STATION)
    status, _, complaint = said(*words)
    assert status == 2
    assert "looks at 'ONE': 0 paths have that name; give one path for each body" in complaint
    assert "ELSE/2000-001A" in complaint
    (tmp_path / "one.tdm").write_text(write_tdm(looks(np.random.default_rng(1)), CREATED))
    late = ephemeris()
    late = type(late)("SAT", "X", late.t + 1e4, late.r_ecef, late.v_ecef, late.t[0] + 1e4, late.t[-1] + 1e4)
    (tmp_path / "late.oem").write_text(write_oem([late], CREATED))
    status, _, complaint = said(
        "calibrate", tmp_path / "one.tdm", tmp_path / "late.oem", "--station", STATION
    )
    assert status == 2
    assert "no path covers a look: they are of 2025-05-08T18:06" in complaint


def test_one_look_leaves_none_to_spare(campaign, tmp_path):
    table = looks(np.random.default_rng(1), 0.4, body="ONE")
    for rows, status, wanted in (([0], 1, "unchecked"), ([0, 20, 40], 0, "converged")):
        (tmp_path / "looks.tdm").write_text(write_tdm(table.where(np.array(rows)), CREATED))
        (tmp_path / "paths.oem").write_bytes((campaign / "paths.oem").read_bytes())
        words = (
            "calibrate",
            tmp_path / "looks.tdm",
            tmp_path / "paths.oem",
            "--station",
            STATION,
            *NOISE[:4],
        )
        code, text, complaint = said(*words, "--json")
        told = json.loads(text)
        jsonschema.validate(told, {**SCHEMA, "$ref": "#/$defs/calibrate"}, jsonschema.Draft202012Validator)
        assert (code, told["status"], complaint) == (status, wanted, "")
        assert ("no look to spare" in told["why"]) == (wanted == "unchecked")
        assert ("no look to spare" in said(*words)[1]) == (wanted == "unchecked")


def test_a_path_that_is_none(campaign, tmp_path):
    paths = "give an OEM, an SP3, a CPF, a TLE or an OMM"
    for name, text, told in (
        ("a.txt", "nothing\n", f"a.txt:1: begins with 'nothing', which is no known path; {paths}"),
        ("a.toml", "[[radar]]\n", f"a.toml: is TOML, which is no known path; {paths}"),
        ("none.txt", None, f"none.txt: no such file; give the path of {paths[5:]}"),
        ("b.txt", (campaign / "looks.tdm").read_text(), f"which is no known path; {paths}"),
    ):
        if text is not None:
            (tmp_path / name).write_text(text)
        status, _, complaint = said(
            "calibrate", campaign / "looks.tdm", tmp_path / name, "--station", STATION
        )
        assert status == 2
        assert told in complaint
