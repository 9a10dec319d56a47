"""Plain rows written as TOML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def toml_tables(name: str, rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows as an array of tables; a value is text, a number, a truth, a list of them, or a list of rows.

    What is None is left out; a row within a row becomes an inline table. Floats are written so that they are
    read back to the last bit.
    """
    lines: list[str] = []
    for row in rows:
        lines += ["", f"[[{name}]]"]
        inner = []
        for key, value in row.items():
            if isinstance(value, list) and value and isinstance(value[0], Mapping):
                inner.append(toml_tables(f"{name}.{key}", value))
            elif value is not None:
                lines.append(f"{key} = {_value(value)}")
        lines += [text.rstrip("\n") for text in inner]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{"".join(_character(c) for c in value)}"'
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{key} = {_value(v)}' for key, v in value.items())} }}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(v) for v in value)}]"
    return repr(value)


def _character(c: str) -> str:
    return _ESCAPES.get(c) or (f"\\u{ord(c):04x}" if ord(c) < 0x20 or ord(c) == 0x7F else c)
