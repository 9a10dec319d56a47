"""CCSDS Orbit Mean-elements Messages (502.0-B-3) in key-value notation: SGP4's mean elements in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import final

from tocsin.errors import TocsinError
from tocsin.interchange.epoch import tai_from_epoch
from tocsin.interchange.keyvalue import Entry, entries
from tocsin.interchange.textfile import number, shown, text_lines

WHAT = "a CCSDS Orbit Mean-elements Message in key-value notation"
VERSIONS = ("1.0", "2.0", "3.0")
# What each must be; SGP4's elements are meaningless in any other frame, time or theory.
_FIXED = {
    "CENTER_NAME": ("EARTH",),
    "REF_FRAME": ("TEME", "TEMEOFDATE"),
    "TIME_SYSTEM": ("UTC",),
    "MEAN_ELEMENT_THEORY": ("SGP4", "SGP/SGP4", "TLE"),
    "EPHEMERIS_TYPE": ("0", "2"),
}
# Name, unit, least and greatest value, as SGP4 can take them.
_FIGURES = {
    "MEAN_MOTION": ("rev/day", 1e-3, 18.0),
    "ECCENTRICITY": ("", 0.0, 0.9999999),
    "INCLINATION": ("deg", 0.0, 180.0),
    "RA_OF_ASC_NODE": ("deg", 0.0, 360.0),
    "ARG_OF_PERICENTER": ("deg", 0.0, 360.0),
    "MEAN_ANOMALY": ("deg", 0.0, 360.0),
    "BSTAR": ("1/ER", -1.0, 1.0),
    "MEAN_MOTION_DOT": ("rev/day**2", -1.0, 1.0),
    "NORAD_CAT_ID": ("", 1.0, 339_999.0),
}
_NEEDED = ("OBJECT_NAME", "OBJECT_ID", "EPOCH", *(k for k in _FIXED if k != "EPHEMERIS_TYPE"), *_FIGURES)
_OTHERS = (
    *("CCSDS_OMM_VERS", "CREATION_DATE", "ORIGINATOR", "MESSAGE_ID", "CLASSIFICATION"),
    *("GM", "MASS", "SOLAR_RAD_AREA", "SOLAR_RAD_COEFF", "DRAG_AREA", "DRAG_COEFF"),
    *("EPHEMERIS_TYPE", "CLASSIFICATION_TYPE", "ELEMENT_SET_NO", "REV_AT_EPOCH", "MEAN_MOTION_DDOT"),
    "COV_REF_FRAME",
)
_MORE = re.compile(r"USER_DEFINED_\w+|C[XYZ](_DOT)?_[XYZ](_DOT)?", re.ASCII)
# SGP4 elements that say what the message would otherwise have to say.
_NOT_SGP4 = {
    "SEMI_MAJOR_AXIS": "SGP4 starts from the mean motion: give MEAN_MOTION = ... in its place",
    "BTERM": "is of SGP4-XP, another theory; give elements of SGP4, with BSTAR",
    "AGOM": "is of SGP4-XP, another theory; give elements of SGP4, with BSTAR",
    "REF_FRAME_EPOCH": "makes TEME a frame of one epoch; SGP4's is of each date: remove it",
}
_VALUE = re.compile(r"(.*?)(?:\s*\[([^\[\]]*)\])?", re.DOTALL)


@final
@dataclass(frozen=True, slots=True)
class MeanElements:
    """One object's mean elements by SGP4 (TEME of date): epoch in TAI s, the rest in a two-line set's units.

    `ndot_rev_day2` is as in the message, half the derivative of the mean motion, which SGP4 does not use;
    `line` is where the epoch stands.
    """

    name: str
    object_id: str
    norad: int
    epoch_t_tai: float
    mean_motion_rev_day: float
    eccentricity: float
    inclination_deg: float
    raan_deg: float
    argp_deg: float
    mean_anomaly_deg: float
    bstar: float
    ndot_rev_day2: float
    originator: str
    line: int


def read_omm(path: Path) -> MeanElements:
    """The elements of an OMM: SGP4's, about the Earth, in TEME and UTC; a value may have its unit behind it.

    Raises TocsinError with every mistake, `path:line: what, what to do`: another notation (XML, JSON), frame,
    theory or time system, a keyword that is missing, unknown or given twice, a value that is none. Source:
    CCSDS 502.0-B-3, 4.2 and 7.
    """
    lines = text_lines(path, WHAT)
    found = list(entries(lines))
    _check_notation(path, lines, found)
    problems: list[str] = []
    pairs = _pairs(path, found, problems)
    for key, allowed in _FIXED.items():
        if key in pairs and pairs[key].value.upper() not in allowed:
            problems.append(
                f"{path}:{pairs[key].line}: {key} {shown(pairs[key].value)} is foreign; give elements of "
                f"{key} {allowed[0]}"
            )
    figures = {key: _figure(path, pairs[key], problems) for key in _FIGURES if key in pairs}
    epoch_t = _epoch(path, pairs, problems)
    if problems:
        raise TocsinError(problems)
    return MeanElements(
        name=pairs["OBJECT_NAME"].value,
        object_id=pairs["OBJECT_ID"].value,
        norad=int(figures["NORAD_CAT_ID"]),
        epoch_t_tai=epoch_t,
        mean_motion_rev_day=figures["MEAN_MOTION"],
        eccentricity=figures["ECCENTRICITY"],
        inclination_deg=figures["INCLINATION"],
        raan_deg=figures["RA_OF_ASC_NODE"],
        argp_deg=figures["ARG_OF_PERICENTER"],
        mean_anomaly_deg=figures["MEAN_ANOMALY"],
        bstar=figures["BSTAR"],
        ndot_rev_day2=figures["MEAN_MOTION_DOT"],
        originator=pairs["ORIGINATOR"].value if "ORIGINATOR" in pairs else "",
        line=pairs["EPOCH"].line,
    )


def _check_notation(path: Path, lines: list[str], found: list[Entry]) -> None:
    first = found[0] if found else Entry(1, "", "")
    start = lines[first.line - 1].strip()
    if first.key != "CCSDS_OMM_VERS":
        other = {"<": " but in XML", "{": " but in JSON", "[": " but in JSON"}.get(start[:1], "")
        raise TocsinError(
            f"{path}:{first.line}: not an OMM in key-value notation{other}: its first line must be "
            f"CCSDS_OMM_VERS = 2.0; give a CCSDS Orbit Mean-elements Message (502.0-B) in that notation"
        )
    if first.value not in VERSIONS:
        raise TocsinError(
            f"{path}:{first.line}: CCSDS_OMM_VERS {shown(first.value)} is unknown; give one of "
            f"{', '.join(VERSIONS)}"
        )


def _pairs(path: Path, found: list[Entry], problems: list[str]) -> dict[str, Entry]:
    """Each keyword once, all that are needed, none that is unknown."""
    pairs: dict[str, Entry] = {}
    for entry in found:
        place = f"{path}:{entry.line}"
        if entry.key in _NOT_SGP4:
            problems.append(f"{place}: {entry.key}: {_NOT_SGP4[entry.key]}")
        elif entry.key not in _NEEDED and entry.key not in _OTHERS and not _MORE.fullmatch(entry.key):
            problems.append(
                f"{place}: {shown(entry.key or entry.value)} is no keyword here; remove or correct it"
            )
        elif entry.key in pairs:
            first = pairs[entry.key].line
            problems.append(f"{place}: {entry.key} is given twice, first in line {first}; keep one")
        elif not entry.value:
            problems.append(f"{place}: {entry.key} has no value; add it")
        pairs.setdefault(entry.key, entry)
    last = found[-1].line
    missing = [key for key in _NEEDED if key not in pairs]
    if "SEMI_MAJOR_AXIS" in pairs and "MEAN_MOTION" in missing:
        missing.remove("MEAN_MOTION")
    if "BTERM" in pairs and "BSTAR" in missing:
        missing.remove("BSTAR")
    problems += [f"{path}:{last}: {key} is missing up to here; add {key} = ..." for key in missing]
    return pairs


def _figure(path: Path, entry: Entry, problems: list[str]) -> float:
    """The number of a value that may have its unit in brackets; 0 with a problem told."""
    unit, least, most = _FIGURES[entry.key]
    place = f"{path}:{entry.line}: {entry.key}"
    match = _VALUE.fullmatch(entry.value)
    text, given = (match[1], match[2]) if match else (entry.value, None)
    value = number(text)
    if given is not None and given.strip().casefold() != unit.casefold():
        problems.append(
            f"{place} is in {shown(given)}; give it in {unit}" if unit else f"{place} has no unit"
        )
    elif value is None or (entry.key == "NORAD_CAT_ID" and not text.isdecimal()):
        problems.append(f"{place} is '{shown(text)}'; give a number")
    elif not least <= value <= most:
        problems.append(f"{place} is {value:g}; it must be {least:g} to {most:g}")
    else:
        return value
    return 0.0


def _epoch(path: Path, pairs: dict[str, Entry], problems: list[str]) -> float:
    entry = pairs.get("EPOCH")
    if entry is None or not entry.value:
        return 0.0
    try:
        return tai_from_epoch(entry.value, "UTC")
    except TocsinError as error:
        problems.append(f"{path}:{entry.line}: EPOCH: {error}")
        return 0.0
