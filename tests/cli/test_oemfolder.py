"""`tocsin fly --oem`: one ephemeris for each object, whole or not at all, and never over what is not ours."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.cli.command import tocsin
from tests.cli.fake_flights import every
from tocsin.catalogue import event
from tocsin.catalogue.plan import FlightPlan
from tocsin.cli import oemfolder
from tocsin.cli.oemfolder import check_oem_folder, write_oems
from tocsin.errors import TocsinError
from tocsin.interchange.oem import read_oem

HWASONG = event("hwasong-14-2017-07-04")
FLIGHTS = every(HWASONG.start_t_tai)
FOUR = replace(HWASONG, flights=HWASONG.flights * len(FLIGHTS))


def test_each_object_has_a_file_that_reads_back(tmp_path: Path) -> None:
    folder = tmp_path / "oems"
    names = write_oems(FOUR, FLIGHTS, folder)
    assert sorted(names) == sorted(p.name for p in folder.iterdir())
    assert names[:2] == ("1-irbm.oem", "1-1-stage-1.oem")
    assert len(names) == sum(len(f.paths) for f in FLIGHTS)
    (station,) = read_oem(folder / "2-station.oem")
    path = FLIGHTS[1].path
    assert (station.name, station.object_id) == ("station", "hwasong-14-2017-07-04 flight 2")
    np.testing.assert_allclose(station.t, path.t, rtol=0, atol=1e-6)
    np.testing.assert_allclose(station.r_ecef, path.r_ecef, rtol=0, atol=1e-3)


def test_the_same_flights_give_the_same_files(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_oems(FOUR, FLIGHTS, tmp_path / name)
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()


def test_names_that_no_file_can_have_are_made_plain(tmp_path: Path) -> None:
    strange = replace(FLIGHTS[1], path=replace(FLIGHTS[1].path, name=" a/b\n\t../é\u2028" + "x" * 90))
    empty = replace(FLIGHTS[1], path=replace(FLIGHTS[1].path, name=""))
    two = replace(FOUR, flights=FOUR.flights[:2])
    assert write_oems(two, (strange, empty), tmp_path / "oems") == (
        "1-a-b-" + "x" * 36 + ".oem",
        "2-object.oem",
    )
    assert read_oem(tmp_path / "oems" / "2-object.oem")[0].name == "object"


def test_an_empty_folder_is_taken_and_a_full_one_is_left(tmp_path: Path) -> None:
    folder = tmp_path / "oems"
    folder.mkdir()
    check_oem_folder(folder)
    write_oems(FOUR, FLIGHTS, folder)
    before = sorted(p.name for p in folder.iterdir())
    with pytest.raises(TocsinError, match="holds something already; give a new folder"):
        check_oem_folder(folder)
    assert sorted(p.name for p in folder.iterdir()) == before


@pytest.mark.parametrize("kind", ["file", "link", "no parent"])
def test_what_is_no_place_for_a_folder(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "oems"
    if kind == "file":
        folder.touch()
    elif kind == "link":
        folder.symlink_to(tmp_path)
    else:
        folder = folder / "deeper"
    with pytest.raises(TocsinError, match="--oem"):
        check_oem_folder(folder)


def test_when_one_cannot_be_written_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(oemfolder, "write_oem", fail)
    with pytest.raises(TocsinError, match=r"cannot be written \(no space left on device\)"):
        write_oems(FOUR, FLIGHTS, tmp_path / "oems")
    assert list(tmp_path.iterdir()) == []


def test_the_command_writes_what_flew_and_flies_it_again(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text(
        """
name = "one"
[[flight]]
vehicle = "srbm"
launch = { lat_deg = 45.0, lon_deg = 166.0 }
bearing_deg = 80.0
apogee_km = 90.0
range_km = 250.0
"""
    )
    assert isinstance(HWASONG.flights[0], FlightPlan)
    first = tocsin("fly", "one.toml", "--oem", "oems", cwd=tmp_path)
    assert (first.returncode, "Traceback" in first.stderr) == (0, False)
    (tmp_path / "again.toml").write_text('name = "again"\n[[path]]\nname = "it"\nfile = "oems/1-srbm.oem"\n')
    again = tocsin("fly", "again.toml", "--json", cwd=tmp_path)
    assert again.returncode == 0
    assert '"end": "impact"' in again.stdout
    assert tocsin("fly", "one.toml", "--oem", "oems", cwd=tmp_path).returncode == 2
