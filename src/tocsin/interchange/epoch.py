"""Epochs as CCSDS messages write them, in four time systems."""

import re

from erfa import ufunc

from tocsin.earth.time import DAY, JD_EPOCH
from tocsin.errors import TocsinError
from tocsin.interchange.textfile import shown

# Seconds to add to a clock of each system for TAI; UTC's number of them changes.
TO_TAI = {"UTC": None, "TAI": 0.0, "TT": -32.184, "GPS": 19.0}

_CLOCK = r"(\d\d):(\d\d):(\d\d(?:\.\d*)?)"
_EPOCH = re.compile(rf"(\d{{4}})-(?:(\d\d)-(\d\d)|(\d{{3}}))T{_CLOCK}(Z?)", re.ASCII)
_EXAMPLE = "write it as 2017-07-04T00:40:00.000 or 2017-185T00:40:00.000"


def tai_from_epoch(text: str, system: str) -> float:
    """TAI seconds past 2000-01-01T12:00:00 TAI of an epoch in a time system of TO_TAI.

    A date is year-month-day or year-day of the year; second 60 is there only where UTC has one. Raises
    TocsinError for anything else. Source: CCSDS 502.0-B-3, 7.5.10; TT = TAI + 32.184 s, TAI = GPS + 19 s;
    IAU SOFA `dtf2d`, `utctai`.
    """
    match = _EPOCH.fullmatch(text)
    if match is None:
        raise TocsinError(f"'{shown(text)}' is not an epoch: {_EXAMPLE}")
    offset = TO_TAI[system]
    if offset is not None and match[8]:
        raise TocsinError(
            f"'{shown(text)}' ends in Z, which is UTC, but the time system is {system}: drop the Z"
        )
    year, hour, minute = int(match[1]), int(match[5]), int(match[6])
    month, day = (int(match[2]), int(match[3])) if match[2] else _month_and_day(year, int(match[4]))
    scale = b"UTC" if offset is None else b"TAI"
    jd1, jd2, status = ufunc.dtf2d(scale, year, month, day, hour, minute, float(match[7]))
    if status < 0 or status >= 2:
        raise TocsinError(f"'{shown(text)}' is not an epoch: no such day or time of day; {_EXAMPLE}")
    if offset is None:
        jd1, jd2, _ = ufunc.utctai(jd1, jd2)
    return float((jd1 - JD_EPOCH) * DAY + jd2 * DAY) + (offset or 0.0)


def _month_and_day(year: int, day_of_year: int) -> tuple[int, int]:
    """The calendar's month and day; 0 and 0, which no calendar has, where the year has no such day."""
    first, start, _ = ufunc.cal2jd(year, 1, 1)
    found, month, day, _, _ = ufunc.jd2cal(first, start + day_of_year - 1)
    return (int(month), int(day)) if found == year else (0, 0)
