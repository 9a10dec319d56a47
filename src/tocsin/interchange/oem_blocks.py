"""The blocks of a CCSDS Orbit Ephemeris Message in key-value notation."""

from dataclasses import dataclass, field

from tocsin.errors import TocsinError
from tocsin.interchange.keyvalue import Entry
from tocsin.interchange.textfile import shown

# After which mark each mark may stand; "" is the header.
_MAY_FOLLOW = {
    "META_START": ("", "META_STOP", "COVARIANCE_STOP"),
    "META_STOP": ("META_START",),
    "COVARIANCE_START": ("META_STOP", "COVARIANCE_STOP"),
    "COVARIANCE_STOP": ("COVARIANCE_START",),
}


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment's lines: metadata (from the line of META_START), rows of the ephemeris, covariances."""

    line: int
    metadata: list[Entry] = field(default_factory=list)
    rows: list[Entry] = field(default_factory=list)
    covariances: list[Entry] = field(default_factory=list)


def blocks(path: str, found: list[Entry]) -> tuple[list[Entry], list[Segment]]:
    """The header's entries, and the segments, of the entries of a whole text, one or more.

    Raises TocsinError for a mark out of its order, a line that does not belong where it stands, a segment
    without a row, or a text that ends within a block. Source: CCSDS 502.0-B-3, 5.2.
    """
    header: list[Entry] = []
    segments: list[Segment] = []
    state = ""
    for entry in found:
        line, key, value = entry
        if key and not value and key in _MAY_FOLLOW:
            no_rows = state == "META_STOP" and not segments[-1].rows
            if state not in _MAY_FOLLOW[key] or no_rows:
                raise TocsinError(f"{path}:{line}: {key} is out of its order; {_next(state)}")
            if key == "META_START":
                segments.append(Segment(line))
            state = key
        elif state == "META_STOP" and not key:
            segments[-1].rows.append(entry)
        elif state == "COVARIANCE_START":
            segments[-1].covariances.append(entry)
        elif state in ("", "META_START") and key:
            (segments[-1].metadata if segments else header).append(entry)
        else:
            raise TocsinError(f"{path}:{line}: '{_shown(entry)}' does not belong here; {_next(state)}")
    if state not in ("META_STOP", "COVARIANCE_STOP") or not segments[-1].rows:
        last = found[-1].line
        raise TocsinError(f"{path}:{last}: the file ends after this line; {_next(state)}: get the whole file")
    return header, segments


def _next(state: str) -> str:
    """What should come, in words."""
    return {
        "": "a header (CCSDS_OEM_VERS, CREATION_DATE, ORIGINATOR) and META_START come first",
        "META_START": "lines of metadata, KEY = value, and META_STOP must follow",
        "META_STOP": "rows of epoch, position and velocity must follow",
        "COVARIANCE_START": "EPOCH, COV_REF_FRAME, rows of a covariance and COVARIANCE_STOP must follow",
        "COVARIANCE_STOP": "META_START of another segment or the end of the file must follow",
    }[state]


def _shown(entry: Entry) -> str:
    return shown(f"{entry.key} = {entry.value}" if entry.key and entry.value else entry.key or entry.value)
