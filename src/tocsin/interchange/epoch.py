"""Epochs as CCSDS messages write them, in four time systems."""

import datetime
import re

from erfa import ufunc

from tocsin.earth.time import DAY, JD_EPOCH, tai_from_utc
from tocsin.errors import TocsinError

# Seconds to add to a clock of each system for TAI; UTC's number of them changes.
TO_TAI = {"UTC": None, "TAI": 0.0, "TT": -32.184, "GPS": 19.0}

_CLOCK = r"(\d\d):(\d\d):(\d\d(?:\.\d*)?)"
_EPOCH = re.compile(rf"(\d{{4}})-(?:(\d\d)-(\d\d)|(\d{{3}}))T{_CLOCK}(Z?)", re.ASCII)
_EXAMPLE = "write it as 2017-07-04T00:40:00.000 or 2017-185T00:40:00.000"


def tai_from_epoch(text: str, system: str) -> float:
    """TAI seconds past 2000-01-01T12:00:00 TAI of an epoch in a time system of TO_TAI.

    A date is year-month-day or year-day of the year. Raises TocsinError for anything else.
    Source: CCSDS 502.0-B-3, 7.5.10; TT = TAI + 32.184 s, TAI = GPS + 19 s.
    """
    match = _EPOCH.fullmatch(text)
    if match is None:
        raise TocsinError(f"'{text}' is not an epoch: {_EXAMPLE}")
    year, month, day = match[1], match[2], match[3]
    if match[4] is not None:
        month, day = _month_and_day(text, int(year), int(match[4]))
    offset = TO_TAI[system]
    if offset is None:
        second = match[7].removesuffix(".")
        return tai_from_utc(f"{year}-{month}-{day}T{match[5]}:{match[6]}:{second}")
    if match[8]:
        raise TocsinError(f"'{text}' ends in Z, which is UTC, but the time system is {system}: drop the Z")
    date = int(year), int(month), int(day)
    jd1, jd2, status = ufunc.dtf2d(b"TAI", *date, int(match[5]), int(match[6]), float(match[7]))
    if status < 0 or status >= 2:
        raise TocsinError(f"'{text}' is not an epoch: no such day or time of day; {_EXAMPLE}")
    return float((jd1 - JD_EPOCH) * DAY + jd2 * DAY) + offset


def _month_and_day(text: str, year: int, day_of_year: int) -> tuple[str, str]:
    """The calendar's month and day, two digits each."""
    if year >= 1 and 1 <= day_of_year <= 366 and (year, day_of_year) != (9999, 366):
        date = datetime.date(year, 1, 1).toordinal() + day_of_year - 1
        found = datetime.date.fromordinal(date)
        if found.year == year:
            return f"{found.month:02d}", f"{found.day:02d}"
    raise TocsinError(f"'{text}' is not an epoch: that year has no day {day_of_year}")
