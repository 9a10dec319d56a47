"""The user's own catalogue as files: whole or not at all, removed, spoilt, changed."""

import os
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.catalogue.ownfiles import RADAR, SET, written
from tocsin.catalogue import keeping as module
from tocsin.catalogue import network, radars, satellites
from tocsin.catalogue.keeping import keep_elements, keep_radars, remove
from tocsin.catalogue.known import built_in, known_radar
from tocsin.catalogue.own import own, own_folder
from tocsin.catalogue.tomltext import toml_tables
from tocsin.errors import TocsinError

DOCS = Path(__file__).resolve().parents[2] / "docs"
pytestmark = pytest.mark.usefixtures("own_catalogue")


@pytest.mark.parametrize("broken", ["replace", "mkstemp", "fsync"])
def test_a_write_that_fails_leaves_what_was(
    tmp_path: Path, own_catalogue: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    """The second of two files cannot be written: a full device, say."""
    keep_elements("here", "my-sat", "MY SAT", SET)
    before = {f.name: f.read_bytes() for f in own_catalogue.iterdir()}
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
    assert {f.name: f.read_bytes() for f in own_catalogue.iterdir()} == before


def test_what_is_removed_is_gone(tmp_path: Path, own_catalogue: Path) -> None:
    keep_radars(written(tmp_path, RADAR), None)
    assert known_radar("MINE") is not None
    remove("MINE")
    assert known_radar("MINE") is None
    assert list(own_catalogue.iterdir()) == []


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
    tmp_path: Path, own_catalogue: Path
) -> None:
    keep_radars(written(tmp_path, RADAR), None)
    (own_catalogue / "MINE.toml").write_text(RADAR.replace("60.0", "3000.0"))
    assert network("2025-07-15", radars=("LEK",)).radars[0].key == "LEK"
    assert known_radar("LEK") is not None
    with pytest.raises(TocsinError) as told:
        known_radar("MINE")
    assert told.value.problems == (
        f"{own_catalogue / 'MINE.toml'}:9: radar 1, az_end_deg: is 3000.0; it must be at most 360",
    )


def test_a_changed_file_is_read_anew(tmp_path: Path, own_catalogue: Path) -> None:
    keep_radars(written(tmp_path, RADAR), None)
    assert own().radars[0].lon_deg == 30.5
    (own_catalogue / "MINE.toml").write_text(RADAR.replace("30.5", "130.5"))
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
