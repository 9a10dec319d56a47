"""Dates as people write them in event files and on the command line: ISO 8601, UTC."""

import re
from datetime import UTC, date, datetime

FIRST_YEAR, LAST_YEAR = 1972, 2099
_FORM = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::(\d{2}(?:\.\d{1,9})?))?Z)?")
_EXAMPLE = "write it as 2017-07-04T00:40:00Z"


def normal_utc(text: str) -> str:
    """The date as `YYYY-MM-DDTHH:MM:SS[.f]Z`; a bare day is its midnight.

    Raises ValueError, with what to do, for another form, another time zone, a day that does not exist,
    or a year outside 1972-2099 (UTC has leap seconds only from 1972).
    """
    form = _FORM.fullmatch(text.strip())
    if form is None:
        raise ValueError(f"{text!r} is not an ISO 8601 time in UTC; {_EXAMPLE}")
    day, minute, second = form.group(1), form.group(2) or "00:00", form.group(3) or "00"
    try:
        # A leap second is checked as the second before it: datetime knows no :60.
        checked = second.replace("60", "59", 1) if minute == "23:59" else second
        year = datetime.fromisoformat(f"{day}T{minute}:{checked}").year
    except ValueError as reason:
        raise ValueError(f"{text!r} is not a time that exists ({reason}); {_EXAMPLE}") from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"{text!r} is outside {FIRST_YEAR}-{LAST_YEAR}; give a year between them")
    return f"{day}T{minute}:{second}Z"


def text_of(value: object) -> object:
    """A TOML date or time in UTC as text; anything else unchanged."""
    if isinstance(value, datetime) and value.tzinfo is not None and not value.utcoffset():
        return value.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, datetime) else value
