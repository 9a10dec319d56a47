"""What a reader must know of a kind of TOML file: its tables, and what to advise its writer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict
from pydantic_core import PydanticCustomError

REFUSED = "tocsin"


class Table(BaseModel):
    """A TOML table: no key that is not listed, no value of another type."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """The tables of a kind of file by their path, the whole file's at `()`, and the advice in its complaints.

    `not_toml` gives the line, if there is one, and the words from a text and the parser's error. Where
    `absent` is given, it is the advice for a path without a file; otherwise the system's own words are told.
    `examples` are of keys to add, by key or by the table's and the key's (`satellite.name`), and `shapes` of
    tables, by key; `any_value` is that of any other key.
    """

    tables: Mapping[tuple[str, ...], type[Table]]
    absent: str | None = None
    unreadable: str
    too_large: str
    not_text: str
    not_toml: Callable[[str, Exception], tuple[int | None, str]]
    examples: Mapping[str, str] = field(default_factory=dict)
    shapes: Mapping[str, str] = field(default_factory=dict)
    any_value: str


def refusal(what: str) -> PydanticCustomError:
    """What a validator raises to say in its own words what is wrong with a value."""
    return PydanticCustomError(REFUSED, "{what}", {"what": what})
