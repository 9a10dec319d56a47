"""Turns what is wrong in a TOML file into lines for the person who wrote it."""

from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from tocsin.catalogue.filekind import REFUSED, FileKind
from tocsin.catalogue.keylines import Path
from tocsin.catalogue.nearest import suggestion

Problem = tuple[Path, str]


def schema_problems(error: ValidationError, kind: FileKind) -> list[Problem]:
    """Every problem that pydantic found in a file of this kind, in words."""
    return [(tuple(detail["loc"]), _words(detail, kind)) for detail in error.errors(include_url=False)]


def key_text(path: Path) -> str:
    """A path as a person writes it: ("flight", 0, "launch") is `flight 1, launch`."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text = f"{text.rstrip()} {part + 1}, "
        else:
            text += part if not text or text.endswith(", ") else f".{part}"
    return text.removesuffix(", ")


def _words(detail: ErrorDetails, file: FileKind) -> str:
    kind, value, limits = detail["type"], detail["input"], detail.get("ctx", {})
    path = tuple(part for part in detail["loc"] if isinstance(part, str))
    match kind:
        case "missing":
            return f"is missing; add {_example(path, file)}"
        case "extra_forbidden":
            return f"no such key; {suggestion(path[-1], tuple(file.tables[path[:-1]].model_fields))}"
        case _ if kind == REFUSED:
            return str(limits["what"])
        case "greater_than" | "greater_than_equal" | "less_than" | "less_than_equal":
            return f"is {_shown(value)}; {_limit(kind, limits)}"
        case "too_short":
            return f"is empty; add {_example(path, file)}"
        case "too_long":
            return f"has {limits['actual_length']} entries; give at most {limits['max_length']}"
        case "string_too_short":
            return "is empty; write something"
        case "string_too_long":
            return f"is longer than {limits['max_length']} characters; shorten it"
        case "literal_error":
            return f"is {_shown(value)}; give {limits['expected']}"
    wanted = {
        "float_type": "a number, such as 12.5",
        "int_type": "a whole number, such as 12",
        "finite_number": "a finite number",
        "string_type": 'text in quotes, such as "abc"',
        "bool_type": "true or false",
        "list_type": "a list in brackets",
        "model_type": f"a table, such as {file.shapes[path[-1]]}" if path[-1] in file.shapes else "a table",
    }
    return f"is {_shown(value)}; give {wanted.get(kind, detail['msg'])}"


def _example(path: tuple[str, ...], file: FileKind) -> str:
    for name in (".".join(path), path[-1]):
        if name in file.examples:
            return file.examples[name]
    return f"a [[{path[-1]}]] table" if path in file.tables else f"{path[-1]} = {file.any_value}"


def _limit(kind: str, limits: dict[str, Any]) -> str:
    if kind == "greater_than":
        return f"it must be more than {limits['gt']:g}"
    if kind == "greater_than_equal":
        return f"it must be at least {limits['ge']:g}"
    if kind == "less_than":
        return f"it must be less than {limits['lt']:g}"
    return f"it must be at most {limits['le']:g}"


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "..."
