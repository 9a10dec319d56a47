"""What the tests of warning settings share: tables, and how a file is read and refused."""

from pathlib import Path

import pytest

from tocsin.catalogue import Borders, WarningSettings, borders, read_warning
from tocsin.errors import TocsinError

AREA = '[[protected]]\nname = "x"\n'
RU = '[[protected]]\nname = "Russia"\ncountries = ["RU"]\n'
SEA = '[[protected]]\nname = "a sea"\nring = [[57, 18], [59, 18], [59, 21], [57, 21]]\n'


def read(tmp_path: Path, text: str, layer: Borders | None = None) -> WarningSettings:
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    return read_warning(file, layer or borders())


def refused(tmp_path: Path, text: str) -> list[str]:
    """What is told, without the path."""
    with pytest.raises(TocsinError) as told:
        read(tmp_path, text)
    file = tmp_path / "mine.toml"
    assert all(p.startswith(f"{file}:") for p in told.value.problems)
    return [p.removeprefix(f"{file}:") for p in told.value.problems]
