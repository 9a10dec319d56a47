"""What the complaints of an exchange file say: its kind, for the strict reader."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tocsin.catalogue.filekind import FileKind, Table


def exchange_file(tables: Mapping[tuple[str, ...], type[Table]]) -> FileKind:
    """The kind of a file of these tables, the whole file's at `()`."""
    return FileKind(
        tables=tables,
        unreadable="give a TOML file that you may read",
        too_large="this is not the file meant",
        not_text="give a TOML file",
        not_toml=_not_toml,
        any_value="...",
    )


def _not_toml(text: str, reason: Exception) -> tuple[int, str]:
    what, _, place = str(reason).rpartition(" (at ")
    found = re.match(r"line (\d+)", place)
    return int(found[1]) if found else 1, f"not TOML: {what or reason}; mend this line"
