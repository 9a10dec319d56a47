"""A radar's looks out, as a CCSDS Tracking Data Message (503.0-B-2) in key-value notation."""

import math
from collections.abc import Iterator

import numpy as np

from tocsin.earth.time import tai_from_utc, utc_from_tai
from tocsin.errors import TocsinError
from tocsin.interchange.looktable import LookTable

DIGITS = 7  # of a second: what a double of TAI seconds holds


def write_tdm(table: LookTable, creation_utc: str) -> str:
    """The text of a TDM of looks, one segment for each radar and body: UTC tags of reception, AZEL, km.

    Each figure has all the digits of a double, times 1e-7 s; the noise has no place in the message and is
    left out. `creation_utc` is a UTC time as `tai_from_utc` takes it. Raises TocsinError where there are no
    looks, a name is not one line of text, or two looks of a pair have one time.
    """
    if not len(table):
        raise TocsinError("a TDM needs a look: give one or more")
    header = [
        "CCSDS_TDM_VERS = 2.0",
        f"CREATION_DATE = {utc_from_tai(tai_from_utc(creation_utc)).removesuffix('Z')}",
        "ORIGINATOR = TOCSIN",
    ]
    pairs = list(zip(table.sensor, table.body, strict=True))
    for pair in dict.fromkeys(pairs):
        header += _segment(table.where(np.array([p == pair for p in pairs])))
    return "\n".join([*header, ""])


def _segment(table: LookTable) -> Iterator[str]:
    sensor, body = table.sensor[0], table.body[0]
    for name in (sensor, body):
        if not name or not name.isprintable() or name != name.strip():
            raise TocsinError(f"name {name!r}: give one line of text, without a blank at either end")
    order = np.argsort(table.t, kind="stable")
    times = [utc_from_tai(float(t), DIGITS).removesuffix("Z") for t in table.t[order]]
    if len(set(times)) < len(times):
        raise TocsinError(f"{sensor}: two looks at {body} have one time; leave one out")
    yield from ("", "META_START", "TIME_SYSTEM = UTC", f"START_TIME = {times[0]}", f"STOP_TIME = {times[-1]}")
    yield from (f"PARTICIPANT_1 = {sensor}", f"PARTICIPANT_2 = {body}", "MODE = SEQUENTIAL", "PATH = 1,2,1")
    yield from ("TIMETAG_REF = RECEIVE", "RANGE_UNITS = km", "ANGLE_TYPE = AZEL", "META_STOP", "DATA_START")
    for time, i in zip(times, order, strict=True):
        r, azimuth, elevation = table.values[i].tolist()
        yield f"RANGE = {time} {r / 1e3!r}"
        yield f"ANGLE_1 = {time} {math.degrees(azimuth)!r}"
        yield f"ANGLE_2 = {time} {math.degrees(elevation)!r}"
        if math.isfinite(table.rate[i]):
            yield f"DOPPLER_INSTANTANEOUS = {time} {float(table.rate[i]) / 1e3!r}"
    yield "DATA_STOP"
