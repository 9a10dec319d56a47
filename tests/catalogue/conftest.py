"""What tests of event files share."""

from pathlib import Path

import pytest

from tests.catalogue.eventkinds import named_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the files that an event of every kind names."""
    return named_files(tmp_path)
