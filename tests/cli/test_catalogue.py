"""`tocsin catalogue`: add, list and remove, as a person does."""

import contextlib
import io
import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from tests.interchange.test_omm import text_of
from tocsin.catalogue import radars, satellites
from tocsin.cli import main

SCHEMA = json.loads((files("tocsin.cli") / "schema.json").read_text(encoding="utf-8"))
FIRST = "1 54223U 22145A   25212.14688203 -.00000873  00000-0  00000-0 0  9993"
SECOND = "2 54223  63.5980 322.3565 7157437 269.0287  16.1450  2.00630709 20122"
RADAR = """\
[[radar]]
key = "MINE"
name = "A radar of mine"
centre = "china"
band = "VHF"
lat_deg = 60.0
lon_deg = 30.5
az_start_deg = 0.0
az_end_deg = 120.0
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An own catalogue under a home of its own."""
    monkeypatch.delenv("TOCSIN_CATALOGUE", raising=False)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path / ".local" / "share" / "tocsin" / "catalogue"


def said(*words: str) -> tuple[int, str, str]:
    """Exit status, stdout and stderr of a command run in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(words)
    return status, out.getvalue(), err.getvalue()


def added(tmp_path: Path, name: str, text: str, *options: str) -> tuple[int, str, str]:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return said("catalogue", "add", str(tmp_path / name), *options)


def listed() -> dict:
    status, out, _ = said("catalogue", "list", "--json")
    assert status == 0
    told = json.loads(out)
    jsonschema.validate(told, {**SCHEMA, "$ref": "#/$defs/catalogue"}, jsonschema.Draft202012Validator)
    return told


def own() -> dict[str, dict]:
    told = listed()
    return {row["key"]: row for row in (*told["satellites"], *told["radars"]) if row["own"]}


def test_list_tells_every_built_in_one() -> None:
    told = listed()
    assert [row["key"] for row in told["satellites"]] == [s.key for s in satellites()]
    assert [row["key"] for row in told["radars"]] == [r.key for r in radars()]
    assert not own()
    text = said("catalogue", "list")[1]
    assert all(r.key in text for r in radars())
    assert "yours" not in text


def test_a_radar_added_listed_and_removed(tmp_path: Path, folder: Path) -> None:
    status, out, _ = added(tmp_path, "mine.toml", RADAR, "--source", "an exercise")
    assert status == 0
    assert 'radars = ["MINE"]' in out
    assert (folder / "MINE.toml").is_file()
    assert own()["MINE"]["source"] == "added by the user: an exercise"
    (line,) = (line for line in said("catalogue", "list")[1].splitlines() if "MINE" in line)
    assert "yours" in line
    assert said("catalogue", "remove", "MINE")[0] == 0
    assert not own()


@pytest.mark.parametrize(
    ("lines", "options", "key", "name"),
    [
        ((FIRST, SECOND), (), "norad-54223", "NORAD 54223"),
        (("A Satellite (of mine)", FIRST, SECOND), (), "a-satellite-of-mine", "A Satellite (of mine)"),
        (("0 COSMOS 2563", FIRST, SECOND), ("--key", "mine"), "mine", "COSMOS 2563"),
        (("", FIRST, "", SECOND, ""), (), "norad-54223", "NORAD 54223"),
    ],
)
def test_a_tle(tmp_path: Path, lines: tuple[str, ...], options: tuple[str, ...], key: str, name: str) -> None:
    status, out, err = added(tmp_path, "a.txt", "\n".join(lines), "--source", "a friend", *options)
    assert (status, err) == (0, "")
    assert f'satellites = ["{key}"]' in out
    row = own()[key]
    assert (row["name"], row["norad"], row["source"]) == (name, 54223, "added by the user: a friend")
    assert row["elements_utc"][0].startswith("2025-07-31T03:31:30.607")


def test_an_omm_may_say_its_source_itself(tmp_path: Path) -> None:
    assert added(tmp_path, "a.kvn", text_of(OBJECT_NAME="MY SAT"))[0] == 0
    assert added(tmp_path, "b.omm", text_of(OBJECT_NAME="OTHER"), "--source", "a book")[0] == 0
    assert own()["my-sat"]["source"] == "added by the user: OMM of SOMEBODY"
    assert own()["other"]["source"] == "added by the user: a book"


@pytest.mark.parametrize(
    ("name", "text", "options", "told"),
    [
        ("a.txt", f"{FIRST}\n{SECOND}\n", (), "a.txt: does not say its source; give --source TEXT, where"),
        ("a.omm", text_of(ORIGINATOR=None), (), "a.omm: does not say its source; give --source TEXT"),
        (
            "a.txt",
            f"{FIRST}\n{SECOND}\n",
            ("--source", " "),
            "--source ' ': write where the figures come from",
        ),
        ("a.toml", RADAR, (), "a.toml:1: radar 1, source: is missing; give --source TEXT"),
        ("a.toml", RADAR, ("--key", "X"), "--key X: a radar's key stands in its file; change it there"),
        (
            "a.txt",
            f"{FIRST}\n{SECOND}\n",
            ("--source", "x", "--key", "a b"),
            "a.txt:1: key 'a b': give 1 to 32",
        ),
        (
            "a.txt",
            f"COSMOS 2563\n{FIRST}\n{SECOND}\n",
            ("--source", "x"),
            "a.txt:2: key 'cosmos-2563' which is built in and stays as it is; set another with --key",
        ),
        ("a.txt", f"A\n\n{FIRST[:-1]}4\n{SECOND}\n", (), "a.txt:3: its checksum is '4' and should be 3"),
        ("a.txt", f"A\n{FIRST}\n{SECOND[:-1]}9\n", (), "a.txt:3: its checksum is '9' and should be 2"),
        ("a.txt", f"{FIRST}\n", (), "a.txt:1: holds 1 lines; give one element set: its two lines"),
        ("a.txt", f"{FIRST}\n{SECOND}\n" * 2, (), "a.txt:4: holds 4 lines; give one element set"),
        (
            "a.xml",
            '<?xml version="1.0"?>\n<omm/>\n',
            (),
            "a.xml:1: not an OMM in key-value notation but in XML",
        ),
        ("a.json", '[{"OBJECT_NAME": "A"}]', (), "a.json:1: not an OMM in key-value notation but in JSON"),
        (
            "a.json",
            '[\n  {"OBJECT_NAME": "A"}\n]',
            (),
            "a.json:1: not an OMM in key-value notation but in JSON",
        ),
        ("a.omm", text_of(REF_FRAME="EME2000"), (), "a.omm:7: REF_FRAME EME2000 is foreign"),
        (
            "a.txt",
            "\nhello there\n",
            (),
            "a.txt:2: begins with 'hello there', which is nothing to add; give a TLE",
        ),
        ("a.txt", "", (), "a.txt:1: begins with '', which is nothing to add"),
        (
            "a.toml",
            "[[satellite]]\n",
            (),
            "a.toml:1: satellite: does not belong here; give a satellite as a TLE",
        ),
    ],
)
def test_what_is_refused(
    tmp_path: Path, folder: Path, name: str, text: str, options: tuple[str, ...], told: str
) -> None:
    status, out, err = added(tmp_path, name, text, *options)
    assert (status, out) == (2, "")
    assert told in err
    assert "Traceback" not in err
    assert not folder.exists()


def test_a_radar_need_not_be_called_toml(tmp_path: Path) -> None:
    assert added(tmp_path, "radar.txt", "# mine\n" + RADAR, "--source", "x")[0] == 0
    assert "MINE" in own()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("catalogue", "ad"), "no command 'ad'; did you mean 'add'?"),
        (("catalogue", "remove", "MINE"), "no 'MINE' in your own catalogue"),
        (("catalogue", "remove", "LEK"), "'LEK' is built in and stays"),
        (("catalogue", "add", "none.tle"), "none.tle: no such file; give the path of a TLE, an OMM"),
        (
            ("catalogue", "add", "none.toml"),
            "none.toml: no such file; give the path of a file with [[radar]]",
        ),
        (("catalogue", "add"), "catalogue add:"),
    ],
)
def test_mistakes(words: tuple[str, ...], told: str) -> None:
    status, _, err = said(*words)
    assert status == 2
    assert told in err
    assert "Traceback" not in err


def test_a_folder_that_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TOCSIN_CATALOGUE", str(tmp_path / "file" / "own"))
    status, _, err = added(tmp_path, "mine.toml", RADAR, "--source", "x")
    assert status == 2
    assert "your own catalogue cannot be written (not a directory); give TOCSIN_CATALOGUE a folder" in err


def test_check_says_what_is_from_ones_own_catalogue(tmp_path: Path) -> None:
    added(tmp_path, "mine.toml", RADAR, "--source", "an exercise")
    (tmp_path / "event.toml").write_text(
        'name = "mine"\n[[meteor]]\nname = "m"\npeak_s = 100.0\nlat_deg = 50.0\nlon_deg = 40.0\n'
        "height_km = 30.0\nvelocity_km_s = [10.0, -10.0, -5.0]\nmass_kg = 1e4\n"
        '[network]\nsatellites = []\nradars = ["MINE"]\n'
    )
    status, out, err = said("check", str(tmp_path / "event.toml"))
    assert status == 0, err
    assert "from your own catalogue: MINE" in out
