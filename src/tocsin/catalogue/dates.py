"""Dates as people write them in event files and on the command line: ISO 8601, UTC."""

import re
from datetime import UTC, date, datetime

from tocsin.earth.time import tai_from_utc
from tocsin.errors import TocsinError

FIRST_YEAR, LAST_YEAR = 1960, 2099
_NO_SECONDS = re.compile(r"(.+T\d\d:\d\d)Z?", re.ASCII)


def normal_utc(text: str) -> str:
    """The time as `YYYY-MM-DDThh:mm:ss[.f]Z`; a bare day is its midnight, seconds may be left out.

    Raises TocsinError, with what to do, for another form, another time zone, a time that does not
    exist, or a year outside 1960-2099 (UTC is kept from 1960; until 1972 without leap seconds).
    """
    full = text.strip()
    if match := _NO_SECONDS.fullmatch(full):
        full = match[1] + ":00Z"
    tai_from_utc(full)
    if not FIRST_YEAR <= int(full[:4]) <= LAST_YEAR:
        raise TocsinError(f"{text!r} is outside {FIRST_YEAR}-{LAST_YEAR}: give a year between them")
    return (full if "T" in full else full + "T00:00:00").removesuffix("Z") + "Z"


def text_of(value: object) -> object:
    """A TOML date, or a TOML time that says it is UTC, as text; anything else unchanged."""
    if isinstance(value, datetime):
        if value.tzinfo is None or value.utcoffset():
            return value.isoformat() if value.tzinfo else value.isoformat() + "Z"
        return value.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
    return value.isoformat() if isinstance(value, date) else value
