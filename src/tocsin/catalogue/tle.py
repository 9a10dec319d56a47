"""Two-line element sets: columns, checksums and numbers checked before anything is believed."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from sgp4.alpha5 import from_alpha5

from tocsin.catalogue.satellite import Elements
from tocsin.earth.time import DAY, tai_from_utc, utc_from_tai
from tocsin.errors import TocsinError

LENGTH = 69
FIRST_YEAR = 1957  # two-digit years from 57 are of the 1900s, before that of the 2000s
_BLANKS = ((2, 9, 18, 33, 44, 53, 62, 64), (2, 8, 17, 26, 34, 43, 52))
_DECIMAL = r" *[+-]?\d*\.\d+ *"
_EXPONENT = r"[ +-]\d{5}[ +-]\d"
# Name, line, columns from 1 with both ends, form, least and greatest value.
_FIELDS = (
    ("satellite number", 1, 3, 7, r"[ \dA-HJ-NP-Z][ \d]{3}\d", None, None),
    ("epoch's year", 1, 19, 20, r"\d\d", None, None),
    ("epoch's day", 1, 21, 32, r" *\d+\.\d+", 1.0, 367.0),
    ("first derivative of the mean motion", 1, 34, 43, _DECIMAL, None, None),
    ("drag term", 1, 54, 61, _EXPONENT, None, None),
    ("satellite number", 2, 3, 7, r"[ \dA-HJ-NP-Z][ \d]{3}\d", None, None),
    ("inclination", 2, 9, 16, _DECIMAL, 0.0, 180.0),
    ("ascending node", 2, 18, 25, _DECIMAL, 0.0, 360.0),
    ("eccentricity", 2, 27, 33, r"[ \d]{6}\d", None, None),
    ("argument of perigee", 2, 35, 42, _DECIMAL, 0.0, 360.0),
    ("mean anomaly", 2, 44, 51, _DECIMAL, 0.0, 360.0),
    ("mean motion", 2, 53, 63, _DECIMAL, 1e-3, 18.0),
)


def elements_of_tle(first: str, second: str) -> Elements:
    """The elements of a two-line set.

    Raises TocsinError with everything that is wrong in either line: its length, a column that should be
    blank, a checksum, a number. Source: the columns as published with Spacetrack Report 3 and by
    Vallado et al., AIAA 2006-6753; numbers beyond 99,999 in the Alpha-5 form.
    """
    lines = (first.rstrip(), second.rstrip())
    problems = [
        f"line {k}: {what}" for k, line in enumerate(lines, start=1) for what in _line_problems(line, k)
    ]
    if not problems and lines[0][2:7] != lines[1][2:7]:
        numbers = " and ".join(line[2:7].strip() for line in lines)
        problems = [f"its lines are of two satellites, {numbers}; give the two lines of one set"]
    if problems:
        raise TocsinError(problems)
    return _elements(*lines)


def _line_problems(line: str, number: int) -> Iterable[str]:
    if len(line) != LENGTH:
        return [f"has {len(line)} characters; a line of an element set has {LENGTH}: give it as published"]
    if not line.isascii() or line[0] != str(number):
        return [f"is {line[:12]!r}...; it must begin with {number} and hold no other characters than ASCII"]
    shifted = [c for c in _BLANKS[number - 1] if line[c - 1] != " "]
    if shifted:
        return [f"column {shifted[0]} is {line[shifted[0] - 1]!r}; it must be blank: was the line shifted?"]
    problems = [p for field in _FIELDS if field[1] == number for p in _field_problems(line, field)]
    if line[-1] != str(checksum(line)):
        problems.append(
            f"its checksum is {line[-1]!r} and should be {checksum(line)}: give the line as published"
        )
    return problems


def _field_problems(
    line: str, field: tuple[str, int, int, int, str, float | None, float | None]
) -> Iterable[str]:
    name, _, start, end, form, least, most = field
    text = line[start - 1 : end]
    if not re.fullmatch(form, text, re.ASCII):
        return [f"the {name} (columns {start}-{end}) is {text!r}; give the line as published"]
    if least is not None and most is not None and not least <= float(text) <= most:
        return [f"the {name} (columns {start}-{end}) is {float(text):g}; it must be {least:g} to {most:g}"]
    return []


def checksum(line: str) -> int:
    """The last digit of the sum of a line's digits, each minus sign counted as 1, but for the last column."""
    return sum(int(c) if c in "0123456789" else c == "-" for c in line[: LENGTH - 1]) % 10


def _elements(first: str, second: str) -> Elements:
    epoch_t = _epoch(int(first[18:20]), float(first[20:32]))
    epoch_utc = utc_from_tai(epoch_t, 3)
    norad = from_alpha5(first[2:7].replace(" ", "0"))
    return Elements(
        epoch_t_tai=epoch_t,
        epoch_utc=epoch_utc,
        mean_motion_rev_day=float(second[52:63]),
        eccentricity=float("0." + second[26:33].replace(" ", "0")),
        inclination_deg=float(second[8:16]),
        raan_deg=float(second[17:25]),
        argp_deg=float(second[34:42]),
        mean_anomaly_deg=float(second[43:51]),
        bstar=float(f"{first[53]}.{first[54:59]}e{first[59:61]}".replace(" ", "")),
        ndot_rev_day2=float(first[33:43]),
        norad=norad,
        source=f"two-line element set of {epoch_utc}, given in the event",
    )


def _epoch(year: int, day: float) -> float:
    """TAI s of a two-digit year and its day, from 1, with its fraction."""
    century = 1900 if year >= FIRST_YEAR - 1900 else 2000
    whole = int(day)
    midnight = date(century + year, 1, 1) + timedelta(days=whole - 1)
    return tai_from_utc(midnight.isoformat()) + (day - whole) * DAY
