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


def assert_is_the_circle(one, s):
    """To the printed digits, s seconds past the epoch."""
    np.testing.assert_allclose(one.t, T0 + s, rtol=0, atol=2e-7)
    np.testing.assert_allclose(one.r_ecef, circle(s)[0], rtol=0, atol=6e-4)
    np.testing.assert_allclose(one.v_ecef, circle(s)[1], rtol=0, atol=6e-7)


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


LINES = VALID.split("\n")
ROW = LINES[FIRST_ROW - 1]
LAST_ROW = FIRST_ROW + ROWS - 1


def changed(line, text):
    """The valid file with another text in one line, or without it."""
    return "\n".join([*LINES[: line - 1], *([] if text is None else [text]), *LINES[line:]])


# The matrix of the OEM examples in 502.0-B-2, 5.3.
COVARIANCE = """COVARIANCE_START
EPOCH = 1996-12-28T21:29:07.267
COV_REF_FRAME = EME2000
3.3313494e-04
4.6189273e-04 6.7824216e-04
-3.0700078e-04 -4.2212341e-04 3.2319319e-04
-3.3493650e-07 -4.6860842e-07 2.4849495e-07 4.2960228e-10
-2.2118325e-07 -2.8641868e-07 1.7980986e-07 2.6088992e-10 1.7675147e-10
-3.0413460e-07 -4.9894969e-07 3.5403109e-07 1.8692631e-10 1.0088625e-10 6.2244443e-10
COVARIANCE_STOP
"""

# The first OEM of 502.0-B-3, annex G, but about the Earth: what was left out there is still to come.
EXAMPLE = """CCSDS_OEM_VERS = 3.0
CREATION_DATE = 1996-11-04T17:22:31
ORIGINATOR    = NASA/JPL

META_START
OBJECT_NAME   = MARS GLOBAL SURVEYOR
OBJECT_ID     = 1996-062A
CENTER_NAME   = EARTH
REF_FRAME     = ITRF2000
TIME_SYSTEM   = UTC
START_TIME    = 2019-12-18T12:00:00.331
USEABLE_START_TIME = 2019-12-18T12:01:00.331
USEABLE_STOP_TIME = 2019-12-18T12:04:00.331
STOP_TIME     = 2019-12-18T12:05:00.331
INTERPOLATION = HERMITE
INTERPOLATION_DEGREE = 7
META_STOP
COMMENT This file was produced by M.R. Pigs, OSAR NAV/JPL, 2019NOV 04. It is
COMMENT to be used for DSN scheduling purposes only.

"""
