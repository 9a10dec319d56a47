"""The header and the metadata of a CCSDS Orbit Ephemeris Message, checked."""

from dataclasses import dataclass
from itertools import pairwise

from tocsin.errors import TocsinError
from tocsin.interchange.epoch import TO_TAI, tai_from_epoch
from tocsin.interchange.keyvalue import Entry
from tocsin.interchange.keywords import pairs_of
from tocsin.interchange.oem_blocks import Segment
from tocsin.interchange.refframe import FRAMES, Converter, to_itrs
from tocsin.interchange.textfile import shown

VERSIONS = ("1.0", "2.0", "3.0")
_HEADER = ("CCSDS_OEM_VERS", "CREATION_DATE", "ORIGINATOR")
_HEADER_OPTIONAL = ("CLASSIFICATION", "MESSAGE_ID")
_METADATA = (
    "OBJECT_NAME",
    "OBJECT_ID",
    "CENTER_NAME",
    "REF_FRAME",
    "TIME_SYSTEM",
    "START_TIME",
    "STOP_TIME",
)
_METADATA_OPTIONAL = (
    "REF_FRAME_EPOCH",
    "USEABLE_START_TIME",
    "USEABLE_STOP_TIME",
    "INTERPOLATION",
    "INTERPOLATION_DEGREE",
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What holds for the rows of one segment; times in TAI s, None where the useable span is all rows.

    `line` is where the useable span's start stands.
    """

    line: int
    name: str
    object_id: str
    system: str
    to_itrs: Converter
    start: float
    stop: float
    useable_start: float | None
    useable_stop: float | None


def check_version(path: str, found: list[Entry]) -> None:
    """Raises TocsinError where these lines are no OEM's, or of an unknown version."""
    first = found[0] if found else Entry(1, "", "")
    if first.key != "CCSDS_OEM_VERS":
        xml = " but in XML" if first.value.startswith("<") else ""
        raise TocsinError(
            f"{path}:{first.line}: not an OEM in key-value notation{xml}: its first line must be "
            f"CCSDS_OEM_VERS = 2.0; give a CCSDS Orbit Ephemeris Message (502.0-B) in that notation"
        )
    if first.value not in VERSIONS:
        raise TocsinError(
            f"{path}:{first.line}: CCSDS_OEM_VERS {shown(first.value)} is unknown; give one of "
            f"{', '.join(VERSIONS)}"
        )


def check_header(path: str, header: list[Entry]) -> None:
    """Raises TocsinError where the header wants a key, or has one that is unknown."""
    pairs_of(path, header[0].line, header, _HEADER, _HEADER_OPTIONAL)


def metadata_of(path: str, segment: Segment) -> Metadata:
    """The metadata of a segment; TocsinError with all that is wrong. Source: CCSDS 502.0-B-3, 5.2.3."""
    pairs = pairs_of(path, segment.line, segment.metadata, _METADATA, _METADATA_OPTIONAL)
    problems: list[str] = []

    def refuse(key: str, what: str) -> None:
        problems.append(f"{path}:{pairs[key].line}: {key} {what}")

    centre, system, frame = (pairs[k].value.upper() for k in ("CENTER_NAME", "TIME_SYSTEM", "REF_FRAME"))
    if centre != "EARTH":
        refuse("CENTER_NAME", f"{shown(centre)} is foreign; give an ephemeris about the EARTH")
    convert = to_itrs(frame)
    if convert is None:
        refuse("REF_FRAME", f"{shown(frame)} is foreign; give the ephemeris in one of {FRAMES}")
    if frame.startswith("TEME") and "REF_FRAME_EPOCH" in pairs:
        refuse("REF_FRAME_EPOCH", "makes TEME a frame of one epoch; only TEME of each row's own date is read")
    if system not in TO_TAI:
        why = "is the Earth's turning, which no clock keeps" if system == "UT1" else "is foreign"
        refuse("TIME_SYSTEM", f"{shown(system)} {why}; give the epochs in one of {', '.join(TO_TAI)}")
    if problems or convert is None:
        raise TocsinError(problems)
    times: dict[str, float] = {}
    for key in ("START_TIME", "USEABLE_START_TIME", "USEABLE_STOP_TIME", "STOP_TIME"):
        if key in pairs:
            try:
                times[key] = tai_from_epoch(pairs[key].value, system)
            except TocsinError as error:
                problems.append(f"{path}:{pairs[key].line}: {key}: {error}")
    for (before, t0), (after, t1) in pairwise(times.items()):
        if t1 < t0:
            refuse(after, f"is before {before}; put the times in order")
    if problems:
        raise TocsinError(problems)
    return Metadata(
        line=pairs["USEABLE_START_TIME" if "USEABLE_START_TIME" in pairs else "START_TIME"].line,
        name=pairs["OBJECT_NAME"].value,
        object_id=pairs["OBJECT_ID"].value,
        system=system,
        to_itrs=convert,
        start=times["START_TIME"],
        stop=times["STOP_TIME"],
        useable_start=times.get("USEABLE_START_TIME"),
        useable_stop=times.get("USEABLE_STOP_TIME"),
    )
