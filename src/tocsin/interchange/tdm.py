"""CCSDS Tracking Data Messages (503.0-B-2) in key-value notation: what stations measured, as plain arrays."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, final

from tocsin.errors import TocsinError
from tocsin.interchange.keyvalue import Entry, entries
from tocsin.interchange.tdm_blocks import blocks
from tocsin.interchange.tdm_metadata import Metadata, check_header, metadata_of
from tocsin.interchange.tdm_records import RANGE_IN, Series, series_of
from tocsin.interchange.textfile import text_lines

WHAT = "a CCSDS Tracking Data Message in key-value notation"


@final
@dataclass(frozen=True, slots=True, eq=False)
class Tracking:
    """One segment of a TDM: who tracked whom how, and each keyword's times (TAI s) and values (SI).

    participants: names by number; path: numbers, transmitter first, empty where none is told. timetag: what
    the tags of ranges and angles are, the time of transmission or of reception. Ranges are in m (seconds are
    multiplied by the speed of light, `range_units` S), or in units that only their owner knows (RU);
    range_modulus in the same, 0 where they are unambiguous. Angles in rad, of `angle_type` AZEL, RADEC (then
    in `frame`), XEYN or XSYE, or "" where none is told. quality: RAW, VALIDATED or DEGRADED. corrected: what
    CORRECTIONS_APPLIED said ("" where nothing); what was not applied has been added. interval (s) and its
    reference are those of integrated Doppler and frequency, 0 where none is told. line: of META_START.
    """

    participants: dict[int, str]
    path: tuple[int, ...]
    mode: str
    system: str
    timetag: Literal["RECEIVE", "TRANSMIT"]
    range_units: str
    range_modulus: float
    angle_type: str
    frame: str
    quality: str
    corrected: str
    interval_s: float
    interval_ref: str
    series: dict[str, Series]
    line: int


def read_tdm(path: Path) -> tuple[Tracking, ...]:
    """The segments of a TDM, in the order of the file. XML is not read: ask for key-value notation.

    Times in UTC, TAI, TT or GPS. Raises TocsinError, `path:line: key: what, what to do`, with every
    mistake of the first block that has some.
    """
    place = str(path)
    found = list(entries(text_lines(path, WHAT)))
    first = found[0] if found else Entry(1, "", "")
    if first.key != "CCSDS_TDM_VERS":
        xml = " but in XML" if first.value.startswith("<") else ""
        raise TocsinError(
            f"{place}:{first.line}: not a TDM in key-value notation{xml}: its first line must be "
            f"CCSDS_TDM_VERS = 2.0; give a CCSDS Tracking Data Message (503.0-B) in that notation"
        )
    header, segments = blocks(place, found)
    check_header(place, header)
    out = []
    for segment in segments:
        metadata = metadata_of(place, segment)
        out.append(_tracking(metadata, series_of(place, segment, metadata)))
    return tuple(out)


def _tracking(metadata: Metadata, series: dict[str, Series]) -> Tracking:
    words, numbers = metadata.words, metadata.numbers
    units = words.get("RANGE_UNITS", "KM")
    return Tracking(
        participants=metadata.participants,
        path=metadata.path,
        mode=words.get("MODE", ""),
        system=metadata.system,
        timetag="TRANSMIT" if words.get("TIMETAG_REF") == "TRANSMIT" else "RECEIVE",
        range_units=units,
        range_modulus=numbers.get("RANGE_MODULUS", 0.0) * RANGE_IN[units],
        angle_type=words.get("ANGLE_TYPE", ""),
        frame=words.get("REFERENCE_FRAME", ""),
        quality=words.get("DATA_QUALITY", "RAW"),
        corrected=words.get("CORRECTIONS_APPLIED", ""),
        interval_s=numbers.get("INTEGRATION_INTERVAL", 0.0),
        interval_ref=words.get("INTEGRATION_REF", ""),
        series=series,
        line=metadata.line,
    )
