"""A TOML file read strictly: every mistake at once, each with its line."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from tocsin.catalogue.complaints import Problem, key_text, schema_problems
from tocsin.catalogue.filekind import FileKind, Table
from tocsin.catalogue.keylines import key_lines, line_of
from tocsin.errors import TocsinError
from tocsin.reading import given_bytes

MAX_BYTES = 1_000_000
T = TypeVar("T", bound=Table)
Further = Callable[[dict[str, Any], list[Problem]], list[Problem]]


def read_table(path: Path, model: type[T], kind: FileKind, further: Further = lambda raw, found: []) -> T:
    """The file at `path` as `model`; `further` adds to the problems found what types cannot see.

    Raises TocsinError with every mistake, each as `path:line: key: what, what to do`.
    """
    text = _text(path, kind)
    try:
        raw = tomllib.loads(text)
    except (ValueError, RecursionError) as reason:
        at, what = kind.not_toml(text, reason)
        place = path if at is None else f"{path}:{at}"
        raise TocsinError(f"{place}: {what}") from None
    problems: list[Problem] = []
    table = None
    try:
        table = model.model_validate(raw)
    except ValidationError as error:
        problems = schema_problems(error, kind)
    problems = [*problems, *further(raw, problems)]
    if problems or table is None:
        lines = key_lines(text)
        placed = sorted((line_of(where, lines), key_text(where), what) for where, what in problems)
        raise TocsinError(f"{path}:{line}: {key}: {what}" for line, key, what in placed)
    return table


def _text(path: Path, kind: FileKind) -> str:
    too_large = f"{MAX_BYTES} bytes; {kind.too_large}"
    data = given_bytes(path, MAX_BYTES, kind.absent, kind.unreadable, too_large)
    try:
        return data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as reason:
        line = data.count(b"\n", 0, reason.start) + 1
        raise TocsinError(f"{path}:{line}: not text in UTF-8; {kind.not_text}") from None
