"""What the command line's tests share: a run made by hand."""

from pathlib import Path

import pytest

from tests.catalogue.eventkinds import named_files
from tests.cli.fake_run import FakeRun, fake_run


@pytest.fixture(scope="session")
def run() -> FakeRun:
    """The faked run of the built-in Hwasong-14 event."""
    return fake_run()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the files that an event of every kind names."""
    return named_files(tmp_path)
