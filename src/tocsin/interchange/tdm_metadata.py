"""The header and the metadata of a CCSDS Tracking Data Message, checked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import final

from tocsin.errors import TocsinError
from tocsin.interchange.epoch import TO_TAI, tai_from_epoch
from tocsin.interchange.keyvalue import Entry
from tocsin.interchange.keywords import pairs_of
from tocsin.interchange.tdm_blocks import Segment
from tocsin.interchange.textfile import number, shown

VERSIONS = ("1.0", "2.0")
_HEADER = ("CCSDS_TDM_VERS", "CREATION_DATE", "ORIGINATOR")
_N = tuple("12345")
_CHOICES = {
    "MODE": ("SEQUENTIAL", "SINGLE_DIFF"),
    "TIMETAG_REF": ("RECEIVE", "TRANSMIT"),
    "INTEGRATION_REF": ("START", "MIDDLE", "END"),
    "RANGE_MODE": ("COHERENT", "CONSTANT", "ONE_WAY"),
    "RANGE_UNITS": ("KM", "S", "RU"),
    "ANGLE_TYPE": ("AZEL", "RADEC", "XEYN", "XSYE"),
    "DATA_QUALITY": ("RAW", "VALIDATED", "DEGRADED"),
    "CORRECTIONS_APPLIED": ("YES", "NO"),
    "DOPPLER_COUNT_ROLLOVER": ("YES", "NO"),
}
CORRECTIONS = tuple(
    f"CORRECTION_{what}"
    for what in (
        *("ANGLE_1", "ANGLE_2", "DOPPLER", "MAG", "RANGE", "RCS", "RECEIVE", "TRANSMIT"),
        *("ABERRATION_YEARLY", "ABERRATION_DIURNAL"),
    )
)
_NUMBERS = (
    *("INTEGRATION_INTERVAL", "FREQ_OFFSET", "RANGE_MODULUS", "TURNAROUND_NUMERATOR"),
    *("TURNAROUND_DENOMINATOR", "INTERPOLATION_DEGREE", "DOPPLER_COUNT_BIAS", "DOPPLER_COUNT_SCALE"),
    *(f"{way}_DELAY_{n}" for way in ("TRANSMIT", "RECEIVE") for n in _N),
    *CORRECTIONS,
)
_WORDS = (
    *("TRACK_ID", "DATA_TYPES", "START_TIME", "STOP_TIME", "PATH", "PATH_1", "PATH_2"),
    *("TRANSMIT_BAND", "RECEIVE_BAND", "REFERENCE_FRAME", "INTERPOLATION"),
    *(f"{what}_{n}" for what in ("PARTICIPANT", "EPHEMERIS_NAME") for n in _N),
)


@final
@dataclass(frozen=True, slots=True)
class Metadata:
    """What holds for the records of one segment. Absent words are empty; times in TAI s, None where absent.

    participants: by number; path: the numbers that the signal passes, transmitter first; numbers: by keyword.
    """

    line: int
    lines: dict[str, int]
    system: str
    participants: dict[int, str]
    path: tuple[int, ...]
    words: dict[str, str]
    numbers: dict[str, float]
    start: float | None
    stop: float | None


def check_header(path: str, header: list[Entry]) -> None:
    """Raises TocsinError where these lines are no TDM's header, or one of another version."""
    first = header[0] if header else Entry(1, "", "")
    pairs_of(path, first.line, header, _HEADER, ("MESSAGE_ID",))
    if first.value not in VERSIONS:
        raise TocsinError(
            f"{path}:{first.line}: CCSDS_TDM_VERS {shown(first.value)} is unknown; give one of "
            f"{', '.join(VERSIONS)}"
        )


def metadata_of(path: str, segment: Segment) -> Metadata:
    """The metadata of a segment; TocsinError with all that is wrong. Source: CCSDS 503.0-B-2, table 3-3."""
    optional = (*_WORDS, *_CHOICES, *_NUMBERS)
    pairs = pairs_of(path, segment.line, segment.metadata, ("TIME_SYSTEM", "PARTICIPANT_1"), optional)
    problems: list[str] = []

    def refuse(key: str, what: str) -> None:
        problems.append(f"{path}:{pairs[key].line if key in pairs else segment.line}: {key}: {what}")

    numbers: dict[str, float] = {}
    for key, entry in pairs.items():
        if key in _CHOICES and entry.value.upper() not in _CHOICES[key]:
            refuse(key, f"'{shown(entry.value)}' is unknown; give one of {', '.join(_CHOICES[key])}")
        if key in _NUMBERS:
            value = number(entry.value)
            if value is None:
                refuse(key, f"'{shown(entry.value)}' is not a finite number; correct it")
            elif value < 0.0 and (key == "RANGE_MODULUS" or "_DELAY_" in key):
                refuse(key, f"{value:g} is below 0; correct it")
            numbers[key] = 0.0 if value is None else value
    system = pairs["TIME_SYSTEM"].value.upper()
    if system not in TO_TAI:
        refuse("TIME_SYSTEM", f"{shown(system)} is foreign; give the epochs in one of {', '.join(TO_TAI)}")
    if numbers.keys() & set(CORRECTIONS) and "CORRECTIONS_APPLIED" not in pairs:
        refuse("CORRECTIONS_APPLIED", "is missing beside a correction; add YES or NO")
    participants = {int(n): pairs[f"PARTICIPANT_{n}"].value for n in _N if f"PARTICIPANT_{n}" in pairs}
    route = _path(pairs, participants, refuse)
    times: dict[str, float] = {}
    for key in ("START_TIME", "STOP_TIME"):
        if key in pairs and system in TO_TAI:
            try:
                times[key] = tai_from_epoch(pairs[key].value, system)
            except TocsinError as error:
                refuse(key, str(error))
    if len(times) == 2 and times["STOP_TIME"] < times["START_TIME"]:
        refuse("STOP_TIME", "is before START_TIME; put the times in order")
    if problems:
        raise TocsinError(problems)
    return Metadata(
        line=segment.line,
        lines={key: entry.line for key, entry in pairs.items()},
        system=system,
        participants=participants,
        path=route,
        words={
            k: e.value.upper() if k in _CHOICES else e.value for k, e in pairs.items() if k not in numbers
        },
        numbers=numbers,
        start=times.get("START_TIME"),
        stop=times.get("STOP_TIME"),
    )


def _path(
    pairs: dict[str, Entry], participants: dict[int, str], refuse: Callable[[str, str], None]
) -> tuple[int, ...]:
    """The signal's path by the participants' numbers; empty where none or two are told."""
    out: tuple[int, ...] = ()
    for key in ("PATH", "PATH_1", "PATH_2"):
        if key not in pairs:
            continue
        parts = [part.strip() for part in pairs[key].value.split(",")]
        known = all(part in _N and int(part) in participants for part in parts)
        if not known or len(parts) < 2:
            refuse(key, "is not a list of numbers of participants that are named; write it as 1,2,1")
        elif key == "PATH":
            out = tuple(int(part) for part in parts)
    return out
