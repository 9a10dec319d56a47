"""The user's own catalogue: what is added is had back; what cannot be is refused, with its line."""

import dataclasses
import os
import re
import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.catalogue import RadarSite, network, radars, read_event, satellites
from tocsin.catalogue import keeping as module
from tocsin.catalogue.keeping import keep_elements, keep_radars, remove
from tocsin.catalogue.known import built_in, known_radar, known_radars, known_satellites
from tocsin.catalogue.own import own, own_folder
from tocsin.catalogue.tle import elements_of_tle
from tocsin.catalogue.tomltext import toml_tables
from tocsin.errors import TocsinError
from tocsin.motion.orbit import satellite_states

DOCS = Path(__file__).resolve().parents[2] / "docs"
RADAR = """\
[[radar]]
key = "MINE"
name = "A radar of mine"
centre = "russia"
band = "UHF"
lat_deg = 60
lon_deg = 30.5
az_start_deg = 300.0
az_end_deg = 60.0
source = "an exercise"
"""
# Cosmos 2563 as published, 31 July 2025.
SET = elements_of_tle(
    "1 54223U 22145A   25212.14688203 -.00000873  00000-0  00000-0 0  9993",
    "2 54223  63.5980 322.3565 7157437 269.0287  16.1450  2.00630709 20122",
)
SET = dataclasses.replace(SET, source="a friend")
EVENT = """\
name = "mine"
start_utc = "2025-07-20T00:00:00Z"

[[flight]]
vehicle = "icbm-solid"
launch = {{ lat_deg = 45.0, lon_deg = 166.0 }}
impact = {{ lat_deg = 67.0, lon_deg = 0.0 }}
loft = 1.0

[network]
satellites = [{satellites}]
radars = [{radars}]
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An own catalogue that does not exist yet."""
    monkeypatch.setenv("TOCSIN_CATALOGUE", str(tmp_path / "own"))
    return tmp_path / "own"


def written(tmp_path: Path, text: str) -> Path:
    (tmp_path / "given.toml").write_text(text, encoding="utf-8")
    return tmp_path / "given.toml"


def refused(tmp_path: Path, text: str, source: str | None = None) -> list[str]:
    """What is told of a file of radars, without its path."""
    file = written(tmp_path, text)
    with pytest.raises(TocsinError) as told:
        keep_radars(file, source)
    assert all(p.startswith(f"{file}:") for p in told.value.problems)
    return [p.removeprefix(f"{file}:") for p in told.value.problems]


def test_a_radar_is_had_back_with_what_is_assumed_of_its_band(tmp_path: Path, folder: Path) -> None:
    assert keep_radars(written(tmp_path, RADAR), None) == ("MINE",)
    assert [f.name for f in folder.iterdir()] == ["MINE.toml"]
    mine = known_radar("MINE")
    like = next(r for r in radars() if r.band == "UHF" and not r.hypothetical and r.status == "duty")
    assert mine is not None
    assert (mine.lat_deg, mine.lon_deg, mine.sector_deg, mine.boresight_deg) == (60.0, 30.5, 120.0, 0.0)
    assert mine.source == "added by the user: an exercise"
    assert (mine.country, mine.type) == ("not given", "not given")
    for field in dataclasses.fields(RadarSite):
        if "assumed" in mine.notes.get(field.name, ""):
            assert getattr(mine, field.name) == getattr(like, field.name)
            assert like.notes[field.name] == mine.notes[field.name]
    assert "assumed" in mine.notes["bandwidth_hz"]
    assert mine.ranges == like.ranges


def test_figures_notes_and_ranges_of_ones_own_take_the_defaults_place(tmp_path: Path) -> None:
    more = """\
range_max_km = 4321.5
revisit_s = 2.0
capacity = 7
in_service_from_utc = 2020-01-01
notes = { revisit_s = "read off a \\"film\\"" }
ranges = { revisit_s = [1, 3.5] }
"""
    keep_radars(
        written(tmp_path, RADAR.replace('source = "an exercise"\n', more)), "a \u201cbook\u201d, p. 7"
    )
    mine = known_radar("MINE")
    assert mine is not None
    assert (mine.range_max_km, mine.revisit_s, mine.capacity) == (4321.5, 2.0, 7)
    assert mine.in_service_from_utc == "2020-01-01T00:00:00Z"
    assert mine.notes["revisit_s"] == 'read off a "film"'
    assert "range_max_km" not in mine.notes
    assert mine.ranges["revisit_s"] == (1.0, 3.5)
    assert mine.source == "added by the user: a \u201cbook\u201d, p. 7"


def test_a_file_of_two_arrays_makes_two_files(tmp_path: Path, folder: Path) -> None:
    keys = keep_radars(written(tmp_path, RADAR + RADAR.replace("MINE", "MINE-2")), None)
    assert keys == ("MINE", "MINE-2")
    assert sorted(f.name for f in folder.iterdir()) == ["MINE-2.toml", "MINE.toml"]


def test_a_satellite_is_where_its_elements_say(folder: Path) -> None:
    assert keep_elements("here", "my-sat", "MY SAT", SET) == "my-sat"
    mine = known_satellites()["my-sat"]
    (kept,) = mine.elements
    built = next(s for s in satellites() if s.norad == SET.norad)
    assert mine.duty == "added by the user: a friend"
    assert (mine.frame_s, mine.notes["frame_s"]) == (built.frame_s, built.notes["frame_s"])
    t = SET.epoch_t_tai + np.arange(0.0, 86400.0, 3600.0)
    # A microsecond of the epoch is a hundredth of a metre.
    np.testing.assert_allclose(satellite_states(kept, t)[0], satellite_states(SET, t)[0], rtol=0, atol=0.05)


def test_a_further_set_joins_and_the_nearest_is_taken() -> None:
    later = dataclasses.replace(SET, epoch_t_tai=SET.epoch_t_tai + 50 * 86400.0, source="another friend")
    keep_elements("here", "my-sat", "MY SAT", SET)
    keep_elements("here", "my-sat", "SPELT OTHERWISE", later)
    mine = known_satellites()["my-sat"]
    assert (mine.name, mine.duty) == ("MY SAT", "added by the user: a friend")
    assert [e.source for e in mine.elements] == ["a friend", "another friend"]
    ((_, used),) = network("2025-09-15", satellites=("my-sat",), radars=()).satellites
    assert used.source == "another friend"
    with pytest.raises(TocsinError, match=r"has an element set of .* already; give one of another date"):
        keep_elements("here", "my-sat", "MY SAT", later)


def test_events_name_ones_own_like_built_in_ones_and_say_so(tmp_path: Path) -> None:
    keep_radars(written(tmp_path, RADAR), None)
    keep_elements("here", "my-sat", "MY SAT", SET)
    file = tmp_path / "event.toml"
    file.write_text(EVENT.format(satellites='"my-sat", "cosmos-2541"', radars='"MINE", "YEN"'))
    choice = read_event(file).network
    chosen = network(choice.date_utc or "", choice.satellites, choice.radars)
    assert [r.key for r in chosen.radars] == ["MINE", "YEN"]
    assert [s.key for s, _ in chosen.satellites] == ["my-sat", "cosmos-2541"]
    assert chosen.notes == ("from your own catalogue: my-sat, MINE",)


def test_ones_own_are_in_no_network_that_does_not_name_them(tmp_path: Path) -> None:
    before = network("2025-07-15")
    keep_radars(written(tmp_path, RADAR), None)
    keep_elements("here", "my-sat", "MY SAT", SET)
    assert network("2025-07-15") == before
    assert len(radars()) + 1 == len(known_radars())


def test_a_satellite_without_elements_for_the_date_is_refused_with_the_place(tmp_path: Path) -> None:
    keep_elements("here", "my-sat", "MY SAT", SET)
    file = tmp_path / "event.toml"
    file.write_text(EVENT.format(satellites='"my-sat"', radars="").replace("2025-07-20", "2024-07-20"))
    with pytest.raises(TocsinError) as told:
        read_event(file)
    (problem,) = told.value.problems
    assert problem.startswith(f"{file}:11: network.satellites: MY SAT has no element set within 60 days of")
    assert "the nearest is of 2025-07-31" in problem


def test_one_satellite_under_two_keys_is_refused(tmp_path: Path) -> None:
    keep_elements("here", "my-sat", "MY SAT", SET)
    with pytest.raises(TocsinError, match="'cosmos-2563' and 'my-sat' are one satellite, 54223; name one"):
        network("2025-07-20", satellites=("cosmos-2563", "my-sat"))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "az_end_deg = 60.0",
            "az_end_deg = 300.0",
            "9: radar 1, az_end_deg: is 300, az_start_deg too: a sector",
        ),
        (
            "az_end_deg = 60.0",
            "az_end_deg = 361.0",
            "9: radar 1, az_end_deg: is 361.0; it must be at most 360",
        ),
        (
            "az_start_deg = 300.0",
            "az_start_deg = -1.0",
            "8: radar 1, az_start_deg: is -1.0; it must be at least",
        ),
        (
            "az_start_deg = 300.0",
            "az_start_deg = nan",
            "8: radar 1, az_start_deg: is nan; give a finite number",
        ),
        (
            "band =",
            "el_min_deg = 80.0\nband =",
            "5: radar 1, el_min_deg: is 80; it must be less than el_max_deg, 7",
        ),
        (
            "band =",
            "el_max_deg = 1.0\nband =",
            "5: radar 1, el_max_deg: is 1; it must be more than el_min_deg, 2",
        ),
        (
            "band =",
            "range_min_km = 500.0\nrange_max_km = 500.0\nband =",
            "5: radar 1, range_min_km: is 500; it must be less than range_max_km, 500",
        ),
        ("band =", "range_max_km = 0.0\nband =", "5: radar 1, range_max_km: is 0.0; it must be more than 0"),
        ("band =", "revisit_s = 0.0\nband =", "5: radar 1, revisit_s: is 0.0; it must be more than 0"),
        ("band =", "bias_range_m = -1.0\nband =", "5: radar 1, bias_range_m: is -1.0; it must be at least 0"),
        (
            "band =",
            "reference_snr_db = -30.0\nband =",
            "5: radar 1, reference_snr_db: is -30.0; it must be at",
        ),
        ("band =", "capacity = 0\nband =", "5: radar 1, capacity: is 0; it must be at least 1"),
        ("band =", "bnad =", "5: radar 1, bnad: no such key; did you mean 'band'?"),
        ('"UHF"', '"X"', "5: radar 1, band: is 'X'; give 'VHF' or 'UHF'"),
        ('"russia"', '"france"', "4: radar 1, centre: is 'france'; give 'russia' or 'china'"),
        ('"MINE"', '"MI NE"', "2: radar 1, key: is 'MI NE'; give 1 to 32 letters, digits, - and _, of ASCII"),
        ('"MINE"', '"../MINE"', "2: radar 1, key: is '../MINE'; give 1 to 32 letters"),
        (
            '"MINE"',
            '"LEK"',
            "2: radar 1, key: is 'LEK', which is built in and stays as it is; give it another",
        ),
        (
            '"MINE"',
            '"lek"',
            "2: radar 1, key: is 'lek', which is built in and stays as it is; give it another",
        ),
        ('"MINE"', '"cosmos-2541"', "2: radar 1, key: is 'cosmos-2541', which is built in"),
        ('source = "an exercise"', "", "1: radar 1, source: is missing; give --source TEXT, or add source ="),
        ('"an exercise"', '" "', "10: radar 1, source: holds what cannot be printed, or nothing"),
        (
            'source = "',
            'notes = { speed = "x" }\nsource = "',
            "10: radar 1, notes.speed: is of no figure of a",
        ),
        ("lat_deg = 60", "lat_deg = 95", "6: radar 1, lat_deg: is 95; it must be at most 90"),
        ("[[radar]]", "[[rader]]", "1: radar: is missing; add a [[radar]] table"),
        ("lat_deg = 60", "lat_deg = ", "6: not TOML: invalid value; mend this line"),
    ],
)
def test_what_cannot_be_is_refused_with_its_line(
    tmp_path: Path, folder: Path, old: str, new: str, told: str
) -> None:
    assert old in RADAR
    problems = refused(tmp_path, RADAR.replace(old, new, 1))
    assert any(problem.startswith(told) for problem in problems), problems
    assert len(problems) <= (2 if "rader" in new or "bnad" in new else 1)
    assert not folder.exists()


def test_overlapping_array_names_are_refused(tmp_path: Path, folder: Path) -> None:
    (problem,) = refused(tmp_path, RADAR + RADAR.replace("MINE", "mine"))
    assert problem == "12: radar 2, key: is 'mine', as radar 1's; give each array its own"
    keep_radars(written(tmp_path, RADAR), None)
    (problem,) = refused(tmp_path, RADAR.replace("MINE", "Mine"))
    assert problem.startswith(
        "2: radar 1, key: is 'Mine', which your own catalogue has; remove that with: tocsin"
    )
    with pytest.raises(TocsinError, match="here: key 'mine' which your own catalogue has"):
        keep_elements("here", "mine", "MINE", SET)
    with pytest.raises(
        TocsinError, match="here: key 'cosmos-2563' which is built in and stays as it is; set ano"
    ):
        keep_elements("here", "cosmos-2563", "COSMOS 2563", SET)
    assert [f.name for f in folder.iterdir()] == ["MINE.toml"]


def test_all_round_is_0_to_360(tmp_path: Path) -> None:
    text = RADAR.replace("az_start_deg = 300.0", "az_start_deg = 0").replace(
        "az_end_deg = 60.0", "az_end_deg = 360"
    )
    keep_radars(written(tmp_path, text), None)
    mine = known_radar("MINE")
    assert mine is not None
    assert mine.sector_deg == 360.0


def test_a_good_array_beside_a_bad_one_is_not_kept(tmp_path: Path, folder: Path) -> None:
    refused(tmp_path, RADAR + RADAR.replace("MINE", "LEK"))
    assert not folder.exists()


@pytest.mark.parametrize("broken", ["replace", "mkstemp", "fsync"])
def test_a_write_that_fails_leaves_what_was(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    """The second of two files cannot be written: a full device, say."""
    keep_elements("here", "my-sat", "MY SAT", SET)
    before = {f.name: f.read_bytes() for f in folder.iterdir()}
    where = {"replace": Path, "mkstemp": module.tempfile, "fsync": os}[broken]
    good, calls = getattr(where, broken), []

    def fail(*given: object, **named: object) -> object:
        calls.append(1)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        return good(*given, **named)

    monkeypatch.setattr(where, broken, fail)
    with pytest.raises(
        TocsinError, match=re.escape("cannot be written (no space left on device); give TOCSIN_")
    ):
        keep_radars(written(tmp_path, RADAR + RADAR.replace("MINE", "MINE-2")), None)
    assert {f.name: f.read_bytes() for f in folder.iterdir()} == before


def test_what_is_removed_is_gone(tmp_path: Path, folder: Path) -> None:
    keep_radars(written(tmp_path, RADAR), None)
    assert known_radar("MINE") is not None
    remove("MINE")
    assert known_radar("MINE") is None
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("LEK", "'LEK' is built in and stays"),
        ("MIEN", "did you mean 'MINE'?"),
        ("../MINE", "did you mean 'MINE'?"),
    ],
)
def test_what_cannot_be_removed(tmp_path: Path, key: str, told: str) -> None:
    keep_radars(written(tmp_path, RADAR), None)
    with pytest.raises(TocsinError) as refusal:
        remove(key)
    assert told in str(refusal.value)


def test_nothing_to_remove() -> None:
    with pytest.raises(TocsinError, match=r"in your own catalogue, .*: it is empty"):
        remove("MINE")


def test_a_spoilt_file_of_ones_own_is_told_where_it_is_needed_and_only_there(
    tmp_path: Path, folder: Path
) -> None:
    keep_radars(written(tmp_path, RADAR), None)
    (folder / "MINE.toml").write_text(RADAR.replace("60.0", "3000.0"))
    assert network("2025-07-15", radars=("LEK",)).radars[0].key == "LEK"
    assert known_radar("LEK") is not None
    with pytest.raises(TocsinError) as told:
        known_radar("MINE")
    assert told.value.problems == (
        f"{folder / 'MINE.toml'}:9: radar 1, az_end_deg: is 3000.0; it must be at most 360",
    )


def test_a_changed_file_is_read_anew(tmp_path: Path, folder: Path) -> None:
    keep_radars(written(tmp_path, RADAR), None)
    assert own().radars[0].lon_deg == 30.5
    (folder / "MINE.toml").write_text(RADAR.replace("30.5", "130.5"))
    assert own().radars[0].lon_deg == 130.5


def test_where_the_folder_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("TOCSIN_CATALOGUE")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert own_folder() == tmp_path / "data" / "tocsin" / "catalogue"
    for not_absolute in ("", "data"):
        monkeypatch.setenv("XDG_DATA_HOME", not_absolute)
        assert own_folder() == tmp_path / ".local" / "share" / "tocsin" / "catalogue"
    monkeypatch.setenv("TOCSIN_CATALOGUE", "/elsewhere")
    assert own_folder() == Path("/elsewhere")


def test_every_built_in_key_is_known_as_built_in() -> None:
    assert all(built_in(r.key) and built_in(r.key.lower()) for r in radars())
    assert all(built_in(s.key.upper()) for s in satellites())
    assert not built_in("MINE")


def test_the_documents_radar_can_be_added(tmp_path: Path) -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", (DOCS / "catalogue.md").read_text(encoding="utf-8"), re.DOTALL)
    assert keep_radars(written(tmp_path, text), None) == ("MINE",)


PLAIN = st.text(st.characters(codec="utf-8"), max_size=20)


@given(
    st.dictionaries(
        st.from_regex(r"[a-z_]{1,8}", fullmatch=True),
        st.one_of(
            PLAIN, st.integers(-(2**60), 2**60), st.floats(allow_nan=False), st.booleans(),
            st.lists(st.floats(allow_nan=False), max_size=3),
            st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), PLAIN, max_size=3),
        ),
    )
)  # fmt: skip
def test_what_is_written_as_toml_is_read_back(row: dict[str, object]) -> None:
    assert tomllib.loads(toml_tables("row", [row])) == {"row": [row]}
