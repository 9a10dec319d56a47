"""A message's keywords: each once, all that are needed, none that is unknown."""

from tocsin.errors import TocsinError
from tocsin.interchange.keyvalue import Entry
from tocsin.interchange.textfile import shown


def pairs_of(
    path: str, line: int, found: list[Entry], needed: tuple[str, ...], optional: tuple[str, ...]
) -> dict[str, Entry]:
    """The entries by their keys; TocsinError, `path:line: what, what to do`, with all that is wrong.

    line: where a message of what is missing points.
    """
    pairs: dict[str, Entry] = {}
    problems = []
    for entry in found:
        if entry.key not in (*needed, *optional):
            problems.append(
                f"{path}:{entry.line}: {shown(entry.key)} is no keyword here; remove or correct it"
            )
        elif entry.key in pairs:
            first = pairs[entry.key].line
            problems.append(
                f"{path}:{entry.line}: {entry.key} is given twice, first in line {first}; keep one"
            )
        elif not entry.value:
            problems.append(f"{path}:{entry.line}: {entry.key} has no value; add it")
        pairs.setdefault(entry.key, entry)
    missing = [key for key in needed if key not in pairs]
    problems += [f"{path}:{line}: {key} is missing; add {key} = ..." for key in missing]
    if problems:
        raise TocsinError(problems)
    return pairs
