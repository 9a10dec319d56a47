"""docs/protected.md: every key, every default with its range, and an example that can be read."""

import re
from pathlib import Path

from tocsin.catalogue import borders, read_warning
from tocsin.catalogue.figures import load_table
from tocsin.catalogue.warningtables import WARNING_FILE

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "protected.md").read_text(encoding="utf-8")


def test_the_example_is_sound(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", TEXT, flags=re.DOTALL)
    (tmp_path / "mine.toml").write_text(example, encoding="utf-8")
    told = read_warning(tmp_path / "mine.toml", borders())
    assert [p.ring is None for p in told.protected] == [True, False, False]
    assert (told.possible, told.prior) == (0.02, 0.001 / 1.001)


def test_every_key_is_documented() -> None:
    for path, table in WARNING_FILE.tables.items():
        for key in table.model_fields:
            if key not in ("notes", "ranges"):
                assert f"`{key}`" in TEXT or f"[{key}]" in TEXT, (path, key)


def test_defaults_and_ranges_are_as_documented() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([\d.e-]+) \| ([\d.e-]+) to ([\d.e-]+)", TEXT, re.MULTILINE)
    tables = load_table("warning.toml")
    figures = {**tables["threshold"], **tables["prior"]}
    ranges = {**tables["threshold"]["ranges"], **tables["prior"]["ranges"]}
    assert {name for name, *_ in rows} == set(ranges)
    for name, value, low, high in rows:
        assert (float(value), [float(low), float(high)]) == (figures[name], ranges[name]), name
