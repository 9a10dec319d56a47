"""Where in a TOML text each key stands: the standard parser does not say."""

import re

Path = tuple[str | int, ...]

_KEY = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_DOTTED = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_TABLE = re.compile(rf"\s*(\[\[?)\s*({_DOTTED})\s*\]\]?\s*(?:#.*)?")
_PAIR = re.compile(rf"\s*({_DOTTED})\s*=")


def key_lines(text: str) -> dict[Path, int]:
    """The line, from 1, of every table header and key of a TOML text that parses.

    A key inside an inline table or array is not listed: look for the longest prefix, with `line_of`.
    """
    lines: dict[Path, int] = {(): 1}
    counts: dict[Path, int] = {}
    table: Path = ()
    inside_text = False
    for number, line in enumerate(text.splitlines(), start=1):
        opened = inside_text
        inside_text ^= (line.count('"""') + line.count("'''")) % 2 == 1
        if opened:
            continue
        if header := _TABLE.fullmatch(line):
            table = _table(_names(header[2]), header[1] == "[[", counts)
            lines.setdefault(table, number)
            if header[1] == "[[":
                lines.setdefault(table[:-1], number)
        elif pair := _PAIR.match(line):
            lines.setdefault((*table, *_names(pair[1])), number)
    return lines


def line_of(path: Path, lines: dict[Path, int]) -> int:
    """The line of `path`, or of the nearest thing that holds it."""
    while path not in lines:
        path = path[:-1]
    return lines[path]


def _table(names: Path, is_array: bool, counts: dict[Path, int]) -> Path:
    """The header's path with the index of each array of tables on the way, counting a new element."""
    path: Path = ()
    for depth, name in enumerate(names):
        path = (*path, name)
        if is_array and depth == len(names) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _names(dotted: str) -> Path:
    return tuple(name.strip("\"'") for name in re.findall(_KEY, dotted))
