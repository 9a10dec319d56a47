"""The ground that a run is told of: from the user's files, and from the copies that the run kept."""

import json
from pathlib import Path

import numpy as np
import pytest

from tests.cli.command import tocsin
from tests.cli.layers import layer_of
from tocsin.catalogue import borders, warning_settings
from tocsin.cli.ground import ground_of, kept_ground
from tocsin.errors import TocsinError

SETTINGS = '[[protected]]\nname = "it"\ncountries = ["AA"]\n\n[threshold]\npossible = 0.02\n'


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Settings and a layer that fit each other."""
    settings, layer = tmp_path / "mine.toml", tmp_path / "mine.geojson"
    settings.write_text(SETTINGS, encoding="utf-8")
    layer.write_text(layer_of(("AA", 0, 0, 10, 10), ("BB", 10, 0, 20, 10)), encoding="utf-8")
    return settings, layer


def keep(folder: Path, protected: Path | None, layer: Path | None) -> dict[str, str]:
    """What a run does: the copies go to its folder, the digests to its manifest."""
    ground = ground_of(protected, layer)
    folder.mkdir()
    for name, data in ground.files.items():
        (folder / name).write_bytes(data)
    return ground.digests


def test_the_default_is_kept_too(tmp_path: Path) -> None:
    """A later Tocsin may protect other ground by default, and have other borders."""
    ground = ground_of(None, None)
    assert (ground.borders, ground.settings) == (borders(), warning_settings())
    digests = keep(tmp_path / "run", None, None)
    assert set(digests) == {"warning.toml", "borders.npz"}
    again = kept_ground(tmp_path / "run", digests)
    assert again.borders is borders()
    assert [p.countries for p in again.settings.protected] == [("RU",), ("CN",)]
    with pytest.raises(TocsinError, match="was run on other built-in borders; replay it with its own Tocsin"):
        kept_ground(tmp_path / "run", {**digests, "borders.npz": "0" * 64})


def test_what_was_kept_comes_back_though_the_files_are_gone(tmp_path: Path, files: tuple[Path, Path]) -> None:
    given = ground_of(*files)
    digests = keep(tmp_path / "run", *files)
    assert set(digests) == {"warning.toml", "borders.geojson"}
    for file in files:
        file.unlink()
    again = kept_ground(tmp_path / "run", digests)
    assert again.digests == digests
    assert (again.settings.possible, again.settings.protected[0].countries) == (0.02, ("AA",))
    assert (again.borders.iso, again.borders.names) == (given.borders.iso, given.borders.names)
    assert all(np.equal(again.borders.geometry, given.borders.geometry))


def test_copies_that_were_changed_or_lost_are_all_told(tmp_path: Path, files: tuple[Path, Path]) -> None:
    run = tmp_path / "run"
    digests = keep(run, *files)
    (run / "warning.toml").write_text(SETTINGS.replace("0.02", "0.03"), encoding="utf-8")
    (run / "borders.geojson").unlink()
    with pytest.raises(TocsinError) as told:
        kept_ground(run, digests)
    assert told.value.problems == (
        f"{run / 'warning.toml'}: was changed after the run; a replay needs what the run was told",
        f"{run / 'borders.geojson'}: cannot be read (no such file or directory)",
    )


def test_a_layer_without_what_is_protected_by_default(files: tuple[Path, Path]) -> None:
    with pytest.raises(
        TocsinError, match=r"mine.geojson: has no RU and no CN, protected by default; say what"
    ):
        ground_of(None, files[1])
    assert ground_of(*files).settings.protected[0].name == "it"
    with pytest.raises(TocsinError, match="no country 'AA' in the border layer"):
        ground_of(files[0], None)


def test_mistakes_of_event_settings_and_borders_are_told_at_once(
    tmp_path: Path, files: tuple[Path, Path]
) -> None:
    """Before anything is flown or written, each with its place."""
    settings, layer = files
    settings.write_text(SETTINGS.replace("0.02", "0.7"), encoding="utf-8")
    layer.write_text(layer_of(("AA", 0, 0, 10, 10), ("BB", 9, 0, 20, 10)), encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    done = tocsin(
        *("run", "missing.toml", "--protected", "mine.toml", "--borders", "mine.geojson"), cwd=tmp_path
    )
    assert (done.returncode, done.stdout, "Traceback" in done.stderr) == (2, "", False)
    told = done.stderr.splitlines()
    assert len(told) == 3
    for line, words in zip(
        told,
        (
            "missing.toml: no such file",
            "mine.geojson: AA and BB overlap",
            "mine.toml:6: threshold.possible: is 0.7",
        ),
        strict=True,
    ):
        assert line.startswith(f"tocsin: {words}")
    assert sorted(tmp_path.rglob("*")) == before


def test_check_takes_settings_and_borders_as_well(tmp_path: Path, files: tuple[Path, Path]) -> None:
    settings, layer = files
    settings.write_text(SETTINGS.replace("AA", "KZ"), encoding="utf-8")
    for file, words in ((settings, "protects it; threat possible"), (layer, "borders of 2 countries")):
        done = tocsin("check", file.name, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert words in done.stdout
    settings.write_text(SETTINGS.replace("0.02", "0.7"), encoding="utf-8")
    done = tocsin("check", settings.name, "--json", cwd=tmp_path)
    told = json.loads(done.stdout)
    assert (done.returncode, told["ok"], len(told["problems"])) == (2, False, 2)
    assert "no country 'AA'" in told["problems"][0]
    assert "threshold.possible: is 0.7" in told["problems"][1]
