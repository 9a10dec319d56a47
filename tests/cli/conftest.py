"""What the command line's tests share: a run made by hand."""

import pytest

from tests.cli.fake_run import FakeRun, fake_run


@pytest.fixture(scope="session")
def run() -> FakeRun:
    """The faked run of the built-in Hwasong-14 event."""
    return fake_run()
