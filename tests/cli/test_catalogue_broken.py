"""A broken file in one's own catalogue: told with its line, and the sound ones stay of use."""

from pathlib import Path

import pytest

from tests.cli.test_catalogue import RADAR, added, listed, said


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An own catalogue in a folder of its own."""
    monkeypatch.setenv("TOCSIN_CATALOGUE", str(tmp_path / "own"))
    return tmp_path / "own"


EVENT = """\
name = "mine"
[[meteor]]
name = "m"
peak_s = 100.0
lat_deg = 50.0
lon_deg = 40.0
height_km = 30.0
velocity_km_s = [10.0, -10.0, -5.0]
mass_kg = 1e4
[network]
satellites = []
radars = ["MINE"]
"""


def test_a_broken_file_leaves_the_sound_ones(tmp_path: Path, folder: Path) -> None:
    added(tmp_path, "mine.toml", RADAR, "--source", "an exercise")
    (folder / "OTHER.toml").write_text(
        RADAR.replace("MINE", "OTHER").replace("60.0", "600.0") + 'source = "x"\n', encoding="utf-8"
    )
    told = listed()
    assert "MINE" in [row["key"] for row in told["radars"]]
    (problem,) = told["broken"]
    assert f"{folder / 'OTHER.toml'}:6: " in problem
    status, out, err = said("catalogue", "list")
    assert (status, err) == (0, "")
    assert "A radar of mine" in out
    assert problem in out
    for name in ("MINE", "OLE", "cosmos-2563"):
        status, out, err = said("sensor", name)
        assert status == 0, err
        assert err == f"tocsin: warning: your own catalogue has a broken file: {problem}\n"
    status, out, err = said("sensor", "OTHER")
    assert (status, out) == (2, "")
    assert problem in err
    (tmp_path / "event.toml").write_text(EVENT, encoding="utf-8")
    for command in ("check", "run"):
        status, out, err = said(command, str(tmp_path / "event.toml"))
        assert (status, out) == (2, "")
        assert problem in err
