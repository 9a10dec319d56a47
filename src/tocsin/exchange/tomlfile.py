"""A TOML file read strictly: every mistake at once, each with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from tocsin.catalogue.complaints import key_text
from tocsin.catalogue.keylines import Path as KeyPath
from tocsin.catalogue.keylines import key_lines, line_of
from tocsin.catalogue.nearest import suggestion
from tocsin.errors import TocsinError

MAX_BYTES = 1_000_000


class Table(BaseModel):
    """A TOML table: no key that is not listed, no value of another type."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


T = TypeVar("T", bound=Table)
Tables = Mapping[tuple[str, ...], type[Table]]
Problem = tuple[KeyPath, str]


def read_table(
    path: Path,
    model: type[T],
    tables: Tables,
    further: Callable[[dict[str, Any]], list[Problem]] = lambda raw: [],
) -> T:
    """The file at `path` as `model`; `tables` lists the tables within it, `further` finds what types cannot.

    Raises TocsinError with every mistake, each as `path:line: key: what, what to do`.
    """
    text = _text(path)
    try:
        raw = tomllib.loads(text)
    except (ValueError, RecursionError) as reason:
        raise TocsinError(_not_toml(path, reason)) from None
    problems, table = further(raw), None
    try:
        table = model.model_validate(raw)
    except ValidationError as error:
        problems += [
            (tuple(d["loc"]), _words(d, {(): model, **tables})) for d in error.errors(include_url=False)
        ]
    if problems or table is None:
        lines = key_lines(text)
        placed = sorted((line_of(where, lines), key_text(where), what) for where, what in problems)
        raise TocsinError(f"{path}:{line}: {key}: {what}" for line, key, what in placed)
    return table


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as reason:
        why = getattr(reason, "strerror", None) or reason
        raise TocsinError(f"{path}: cannot be read ({why}); give a TOML file that you may read") from None
    if len(data) > MAX_BYTES:
        raise TocsinError(f"{path}: is larger than {MAX_BYTES} bytes; this is not the file meant")
    try:
        return data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as reason:
        line = data.count(b"\n", 0, reason.start) + 1
        raise TocsinError(f"{path}:{line}: not text in UTF-8; give a TOML file") from None


def _not_toml(path: Path, reason: Exception) -> str:
    what, _, place = str(reason).rpartition(" (at ")
    found = re.match(r"line (\d+)", place)
    return f"{path}:{found[1] if found else 1}: not TOML: {what or reason}; mend this line"


def _words(detail: ErrorDetails, tables: Tables) -> str:
    kind, value, limits = detail["type"], detail["input"], detail.get("ctx", {})
    path = tuple(part for part in detail["loc"] if isinstance(part, str))
    match kind:
        case "missing":
            return f"is missing; add {f'a [[{path[-1]}]] table' if path in tables else f'{path[-1]} = ...'}"
        case "extra_forbidden":
            return f"no such key; {suggestion(path[-1], tuple(tables[path[:-1]].model_fields))}"
        case "tocsin":
            return str(limits["what"])
        case "string_too_short":
            return "is empty; write something"
        case "string_too_long":
            return f"is longer than {limits['max_length']} characters; shorten it"
        case "literal_error":
            return f"is {_shown(value)}; give {limits['expected']}"
    wanted = {
        "float_type": "a number, such as 12.5",
        "finite_number": "a finite number",
        "string_type": 'text in quotes, such as "abc"',
        "bool_type": "true or false",
        "list_type": "a list in brackets",
        "model_type": "a table",
    }
    for limit, words in (("ge", "at least"), ("le", "at most")):
        if limit in limits:
            return f"is {_shown(value)}; it must be {words} {limits[limit]:g}"
    return f"is {_shown(value)}; give {wanted.get(kind, detail['msg'])}"


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "..."
