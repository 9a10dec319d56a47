"""The records of one segment of a TDM: each keyword's times and values, in SI."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import C_LIGHT
from tocsin.errors import TocsinError
from tocsin.interchange.epoch import tai_from_epoch
from tocsin.interchange.keyvalue import Entry
from tocsin.interchange.tdm_blocks import Segment
from tocsin.interchange.tdm_metadata import Metadata
from tocsin.interchange.textfile import number, shown

Array = NDArray[np.float64]

OUTSIDE_S = 1e-3  # a rounding of START_TIME or STOP_TIME
RANGE_IN = {"KM": 1e3, "S": C_LIGHT, "RU": 1.0}
# Each keyword's unit in SI; what is told in the same unit has 1.
UNITS = {
    "ANGLE_1": math.pi / 180.0,
    "ANGLE_2": math.pi / 180.0,
    "DOPPLER_INSTANTANEOUS": 1e3,
    "DOPPLER_INTEGRATED": 1e3,
    "PRESSURE": 100.0,
    "RHUMIDITY": 0.01,
    "STEC": 1e16,
    **dict.fromkeys(("RANGE", "CARRIER_POWER", "CLOCK_BIAS", "CLOCK_DRIFT", "DOPPLER_COUNT", "DOR"), 1.0),
    **dict.fromkeys(("MAG", "PC_N0", "PR_N0", "RCS", "RECEIVE_FREQ", "TEMPERATURE"), 1.0),
    **dict.fromkeys(("TROPO_DRY", "TROPO_WET", "VLBI_DELAY"), 1.0),
    **{
        f"{what}_{n}": 1.0
        for what in (
            *("RECEIVE_FREQ", "TRANSMIT_FREQ", "TRANSMIT_FREQ_RATE"),
            *("RECEIVE_PHASE_CT", "TRANSMIT_PHASE_CT"),
        )
        for n in range(1, 6)
    },
}  # fmt: skip
_CORRECTED = {
    "DOPPLER_INSTANTANEOUS": "DOPPLER",
    "DOPPLER_INTEGRATED": "DOPPLER",
    "RANGE": "RANGE",
    "ANGLE_1": "ANGLE_1",
    "ANGLE_2": "ANGLE_2",
    "MAG": "MAG",
    "RCS": "RCS",
}


class Series(NamedTuple):
    """What one keyword says: t (n,) TAI s as tagged, value (n,), and the line (n,) of each."""

    t: Array
    value: Array
    line: NDArray[np.intp]


def series_of(path: str, segment: Segment, metadata: Metadata) -> dict[str, Series]:
    """The records by keyword: m, rad, m/s, Hz, s, Pa; phases and counts as they are; RANGE in RU as it is.

    A correction that is declared not applied is added, and FREQ_OFFSET to received frequencies. Raises
    TocsinError with every record that is none, has an unknown keyword, is tagged outside START_TIME to
    STOP_TIME, or not after the one before of its keyword. Source: CCSDS 503.0-B-2, 3.4 and 3.5.
    """
    problems: list[str] = []
    found: dict[str, list[tuple[float, float, int]]] = {}
    for entry in segment.records:
        try:
            t, value = _record(entry, metadata)
            before = found.get(entry.key, [])
            if before and t <= before[-1][0]:
                raise TocsinError(
                    f"its time does not come after that of line {before[-1][2]}; put each keyword's records "
                    "in order of time, each once"
                )
        except TocsinError as error:
            problems.append(f"{path}:{entry.line}: {shown(entry.key)}: {error}")
            continue
        found.setdefault(entry.key, []).append((t, value, entry.line))
    if problems:
        raise TocsinError(problems)
    out = {}
    for key, rows in found.items():
        table = np.array(rows)
        scale = RANGE_IN[metadata.words.get("RANGE_UNITS", "KM")] if key == "RANGE" else UNITS[key]
        values = (table[:, 1] + _offset(key, metadata)) * scale
        out[key] = Series(table[:, 0], values, table[:, 2].astype(np.intp))
    return out


def _record(entry: Entry, metadata: Metadata) -> tuple[float, float]:
    if entry.key not in UNITS:
        raise TocsinError("is no keyword of data; remove or correct it")
    parts = entry.value.split()
    value = number(parts[1]) if len(parts) == 2 else None
    if value is None:
        raise TocsinError(
            f"'{shown(entry.value)}' is not an epoch and a finite number; write KEY = epoch value"
        )
    t = tai_from_epoch(parts[0], metadata.system)
    early = metadata.start is not None and t < metadata.start - OUTSIDE_S
    if early or (metadata.stop is not None and t > metadata.stop + OUTSIDE_S):
        raise TocsinError("its time is outside START_TIME to STOP_TIME; correct those, or remove the record")
    return t, value


def _offset(key: str, metadata: Metadata) -> float:
    """What is to be added to a keyword's values, in the message's unit."""
    received = key.startswith("RECEIVE_FREQ")
    what = "RECEIVE" if received else "TRANSMIT" if key.startswith("TRANSMIT_FREQ_") else _CORRECTED.get(key)
    out = 0.0
    if (
        what is not None
        and not key.startswith("TRANSMIT_FREQ_RATE")
        and metadata.words.get("CORRECTIONS_APPLIED") == "NO"
    ):
        out += metadata.numbers.get(f"CORRECTION_{what}", 0.0)
    if received and metadata.words.get("MODE") != "SINGLE_DIFF":
        out += metadata.numbers.get("FREQ_OFFSET", 0.0)
    return out
