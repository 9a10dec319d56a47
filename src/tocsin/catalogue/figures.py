"""Reading the catalogue's own data files."""

import tomllib
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


def load_table(name: str) -> dict[str, Any]:
    """Parse one TOML file of the catalogue's data folder, `name` such as "radars.toml"."""
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def with_defaults(row: dict[str, Any], defaults: dict[str, Any]) -> dict[str, Any]:
    """Fill a row's missing figures from `defaults`, with the notes and ranges of those figures only.

    A note says where one figure comes from; a figure without a note comes from the row's `source`.
    So a default's note must not follow a figure that the row gives itself, nor its range.
    """
    merged = {**defaults, **row}
    for about in ("notes", "ranges"):
        if about == "ranges" and about not in merged:
            continue
        inherited = {key: value for key, value in defaults.get(about, {}).items() if key not in row}
        merged[about] = {**inherited, **row.get(about, {})}
    return merged
