"""What tests of event files share."""

from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the files that the event names."""
    (tmp_path / "below").mkdir()
    for name in ("telemetry.json", "below/track.oem"):
        (tmp_path / name).touch()
    return tmp_path
