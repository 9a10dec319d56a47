"""Time: seconds of TAI past 2000-01-01T12:00:00 TAI inside, ISO 8601 UTC at the edges."""

import math
import re

from erfa import ufunc

from tocsin.errors import TocsinError

JD_EPOCH = 2451545.0  # Julian date (TAI) of 2000-01-01T12:00:00
DAY = 86400.0

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d(?:\.\d+)?)Z?)?", re.ASCII)
_EXAMPLE = "write it as 2017-07-04T00:40:00Z or 2017-07-04"
_DTF_FAULTS = {-1: "year", -2: "month", -3: "day", -4: "hour", -5: "minute", -6: "second"}


def tai_from_utc(iso: str) -> float:
    """Seconds of TAI past 2000-01-01T12:00:00 TAI of an ISO 8601 UTC time.

    Accepts `YYYY-MM-DD` (0 h) and `YYYY-MM-DDThh:mm:ss`, with a fraction and a `Z` or without. Second 60 is
    taken on a day that ends in a leap second. Before 1960 UTC did not exist: TAI-UTC is then taken as zero.
    A double resolves 1.2e-7 s at this distance from the epoch.

    Raises TocsinError for anything else. Source: IAU SOFA `dtf2d`, `utctai`.
    """
    match = _ISO.fullmatch(iso.strip())
    if match is None:
        raise TocsinError(f"'{iso}' is not a UTC time: {_EXAMPLE}")
    year, month, day, hour, minute = (int(part or 0) for part in match.groups()[:5])
    second = float(match[6] or 0.0)
    utc1, utc2, status = ufunc.dtf2d(b"UTC", year, month, day, hour, minute, second)
    if status < 0:
        raise TocsinError(f"'{iso}' is not a UTC time: no such {_DTF_FAULTS.get(int(status), 'date')}")
    if status >= 2:
        raise TocsinError(f"'{iso}' is not a UTC time: that minute has no second {second:g}")
    tai1, tai2, _ = ufunc.utctai(utc1, utc2)
    return float((tai1 - JD_EPOCH) * DAY + tai2 * DAY)


def utc_from_tai(t_tai: float, digits: int = 0) -> str:
    """ISO 8601 UTC, ending in `Z`, of TAI seconds past the epoch, rounded to `digits` (0 to 9) decimals.

    A leap second is written as second 60. Raises TocsinError if the time is not finite, or outside the years
    0 to 9999. Source: IAU SOFA `taiutc`, `d2dtf`.
    """
    if not math.isfinite(t_tai) or abs(t_tai) > 3e11:
        raise TocsinError(f"{t_tai} s is not a time that has a UTC date")
    days = math.floor(t_tai / DAY)
    utc1, utc2, _ = ufunc.taiutc(JD_EPOCH + days, (t_tai - days * DAY) / DAY)
    year, month, day, clock, _ = ufunc.d2dtf(b"UTC", digits, utc1, utc2)
    if not 0 <= year <= 9999:
        raise TocsinError(f"{t_tai} s is in the year {year}: only the years 0 to 9999 can be written")
    fraction = f".{int(clock['f']):0{digits}d}" if digits else ""
    hour, minute, second = int(clock["h"]), int(clock["m"]), int(clock["s"])
    return f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:{second:02d}{fraction}Z"
