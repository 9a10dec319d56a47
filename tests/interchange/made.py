"""Small files for tests: a body that runs on a circle over the ground, so that every derivative is known."""

import datetime
import re
from pathlib import Path

import numpy as np
import pytest

from tocsin.errors import TocsinError

RADIUS_M, PERIOD_S = 7.0e6, 5800.0
EPOCH = "2017-07-04T00:40:00"
# That epoch in TAI: 37 s ahead of UTC since 2017 (IERS Bulletin C 52).
T0 = float((np.datetime64(EPOCH) - np.datetime64("2000-01-01T12:00:00")) / np.timedelta64(1, "s")) + 37.0
STEP_S = 60.0
ROWS = 6


def circle(s):
    """Positions and velocities (n, 3) in m and m/s at s (n,) seconds past the epoch."""
    rate = 2.0 * np.pi / PERIOD_S
    c, d = np.cos(rate * np.asarray(s)), np.sin(rate * np.asarray(s))
    r = RADIUS_M * np.stack([c, 0.8 * d, 0.6 * d], axis=-1)
    v = RADIUS_M * rate * np.stack([-d, 0.8 * c, 0.6 * c], axis=-1)
    return r, v


def clock(s, epoch=EPOCH, ahead=0.0):
    """The epoch s seconds later, on a clock that is `ahead`."""
    then = datetime.datetime.fromisoformat(epoch) + datetime.timedelta(seconds=float(s) + ahead)
    return then.isoformat(timespec="milliseconds")


def row(time, r, v):
    return " ".join([time, *(f"{x / 1e3:.6f}" for x in r), *(f"{x / 1e3:.9f}" for x in v)])


def rows(seconds, states=None, **of_clock):
    r, v = circle(seconds) if states is None else states
    return [row(clock(s, **of_clock), r[i], v[i]) for i, s in enumerate(seconds)]


def segment(lines, start, stop, **keys):
    """A segment's text; a key given as None is left out, another added."""
    wanted = {
        "OBJECT_NAME": "OSPREY 5",
        "OBJECT_ID": "1998-999A",
        "CENTER_NAME": "EARTH",
        "REF_FRAME": "ITRF2000",
        "TIME_SYSTEM": "UTC",
        "START_TIME": start,
        "STOP_TIME": stop,
    } | keys
    pairs = [f"{key} = {value}" for key, value in wanted.items() if value is not None]
    return "\n".join(["META_START", *pairs, "META_STOP", *lines, ""])


HEADER = "CCSDS_OEM_VERS = 2.0\nCREATION_DATE = 2022-11-06T09:23:57\nORIGINATOR = JAXA\n\n"


def part(first, last, states=None, **keys):
    """A segment with rows each minute from `first` to `last`, both in minutes past the epoch."""
    seconds = STEP_S * np.arange(first, last + 1)
    lines = rows(seconds, None if states is None else states(seconds))
    return segment(lines, clock(seconds[0]), clock(seconds[-1]), **keys)


# META_START is line 5, OBJECT_NAME 6, CENTER_NAME 8, START_TIME 11; the rows are lines 14 to 19.
FIRST_ROW = 14
VALID = HEADER + part(0, ROWS - 1)


def refusal(read, file: Path, text: str | bytes) -> str:
    """What the reader says to such a file, without its name: one mistake, its line, and what to do."""
    (problem,) = refusals(read, file, text)
    return problem


def refusals(read, file: Path, text: str | bytes) -> list[str]:
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(TocsinError) as error:
        read(file)
    told = []
    for problem in error.value.problems:
        assert re.fullmatch(r":\d+: [^;:]+.*[;:] .+", problem.removeprefix(str(file))), problem
        told.append(problem.removeprefix(f"{file}:"))
    return told
