"""Key-value notation (KVN) of CCSDS messages: a text's lines as marks, pairs and rows."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_MARK = re.compile(r"[A-Z][A-Z0-9_]*", re.ASCII)
_PAIR = re.compile(r"([A-Za-z][A-Za-z0-9_]*)\s*=\s*(.*)", re.ASCII)


class Entry(NamedTuple):
    """One line: a pair has key and value, a mark such as META_START a key alone, a row a value alone."""

    line: int
    key: str
    value: str


def entries(lines: list[str]) -> Iterator[Entry]:
    """The lines that say something: no blank ones, no comments. Source: CCSDS 502.0-B-3, 7.3, 7.4 and 7.8."""
    for number, text in enumerate(lines, start=1):
        stripped = text.strip()
        if not stripped or stripped.split(None, 1)[0] == "COMMENT":
            continue
        if pair := _PAIR.fullmatch(stripped):
            yield Entry(number, pair[1], pair[2])
        elif _MARK.fullmatch(stripped):
            yield Entry(number, stripped, "")
        else:
            yield Entry(number, "", stripped)
