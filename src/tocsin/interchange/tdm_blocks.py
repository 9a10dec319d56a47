"""The segments of a CCSDS Tracking Data Message in key-value notation."""

from dataclasses import dataclass, field
from typing import final

from tocsin.errors import TocsinError
from tocsin.interchange.keyvalue import Entry
from tocsin.interchange.textfile import shown

# After which mark each mark must stand; "" is the header.
_FOLLOWS = {
    "META_START": ("", "DATA_STOP"),
    "META_STOP": ("META_START",),
    "DATA_START": ("META_STOP",),
    "DATA_STOP": ("DATA_START",),
}
_NEXT = {
    "": "a header (CCSDS_TDM_VERS, CREATION_DATE, ORIGINATOR) and META_START come first",
    "META_START": "lines of metadata, KEY = value, and META_STOP must follow",
    "META_STOP": "DATA_START must follow",
    "DATA_START": "records, KEY = epoch value, and DATA_STOP must follow",
    "DATA_STOP": "META_START of another segment or the end of the file must follow",
}


@final
@dataclass(frozen=True, slots=True)
class Segment:
    """One segment's lines: metadata (from the line of META_START) and records of data."""

    line: int
    metadata: list[Entry] = field(default_factory=list)
    records: list[Entry] = field(default_factory=list)


def blocks(path: str, found: list[Entry]) -> tuple[list[Entry], list[Segment]]:
    """The header's entries, and the segments, one or more, of the entries of a whole text.

    Raises TocsinError for a mark out of its order, a line that does not belong where it stands, a segment
    without a record, or a text that ends within a block. Source: CCSDS 503.0-B-2, 3.1 and 3.4.
    """
    header: list[Entry] = []
    segments: list[Segment] = []
    state = ""
    for entry in found:
        line, key, value = entry
        if key in _FOLLOWS and not value:
            if state not in _FOLLOWS[key]:
                raise TocsinError(f"{path}:{line}: {key} is out of its order; {_NEXT[state]}")
            if key == "META_START":
                segments.append(Segment(line))
            if key == "DATA_STOP" and not segments[-1].records:
                raise TocsinError(
                    f"{path}:{line}: DATA_STOP: no record stands before it; add KEY = epoch value"
                )
            state = key
        elif state in ("META_STOP", "DATA_STOP") or not key:
            raise TocsinError(f"{path}:{line}: '{_shown(entry)}' does not belong here; {_NEXT[state]}")
        elif state == "DATA_START":
            segments[-1].records.append(entry)
        else:
            (segments[-1].metadata if segments else header).append(entry)
    if state != "DATA_STOP":
        raise TocsinError(
            f"{path}:{found[-1].line}: the file ends after this line; {_NEXT[state]}: get the whole file"
        )
    return header, segments


def _shown(entry: Entry) -> str:
    return shown(f"{entry.key} = {entry.value}" if entry.key and entry.value else entry.key or entry.value)
