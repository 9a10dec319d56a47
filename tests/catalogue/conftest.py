"""What tests of event files share."""

from pathlib import Path

import pytest

from tests.catalogue.eventkinds import named_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the files that an event of every kind names."""
    return named_files(tmp_path)


@pytest.fixture
def own_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a user's own catalogue that does not exist yet."""
    monkeypatch.setenv("TOCSIN_CATALOGUE", str(tmp_path / "own"))
    return tmp_path / "own"
