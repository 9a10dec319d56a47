"""Ephemerides out, as a CCSDS Orbit Ephemeris Message (502.0-B) in key-value notation."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from tocsin.earth.time import tai_from_utc, utc_from_tai
from tocsin.errors import TocsinError
from tocsin.interchange.ephemeris import Ephemeris

DIGITS = 7  # of a second: 0.4 mm at 8 km/s, and what a double of TAI seconds holds


def write_oem(ephemerides: Sequence[Ephemeris], creation_utc: str) -> str:
    """The text of an OEM, one segment for each ephemeris: ITRF2020 (that of the IERS's series), UTC.

    Positions to 1e-3 m, velocities to 1e-6 m/s, times to 1e-7 s. `creation_utc` is a UTC time as
    `tai_from_utc` takes it. The standard has one object in a file and names in ASCII; neither is asked for
    here. Raises TocsinError for a name or id that is empty, not plain text or starts or ends with a blank,
    for times that do not increase by 1e-7 s, and for figures that are not finite.
    """
    if not ephemerides:
        raise TocsinError("an OEM needs an ephemeris: give one or more")
    header = [
        "CCSDS_OEM_VERS = 2.0",
        f"CREATION_DATE = {utc_from_tai(tai_from_utc(creation_utc)).removesuffix('Z')}",
        "ORIGINATOR = TOCSIN",
    ]
    return "\n".join([*header, *(line for one in ephemerides for line in _segment(one)), ""])


def _segment(ephemeris: Ephemeris) -> list[str]:
    for what, text in (("name", ephemeris.name), ("id", ephemeris.object_id)):
        if not text or not text.isprintable() or text != text.strip():
            raise TocsinError(f"object {what} {text!r}: give one line of text, without a blank at either end")
    state_km = np.concatenate([ephemeris.r_ecef, ephemeris.v_ecef], axis=1) / 1e3
    if not np.isfinite(state_km).all():
        raise TocsinError(f"{ephemeris.name}: a position or velocity is not finite; leave that sample out")
    times = [_utc(t) for t in ephemeris.t]
    if any(after <= before for before, after in pairwise(times)):
        raise TocsinError(
            f"{ephemeris.name}: times must increase by 1e-{DIGITS} s or more; leave samples out"
        )
    rows = [
        f"{t} {x:.6f} {y:.6f} {z:.6f} {vx:.9f} {vy:.9f} {vz:.9f}"
        for t, (x, y, z, vx, vy, vz) in zip(times, state_km.tolist(), strict=True)
    ]
    return [
        "",
        "META_START",
        f"OBJECT_NAME = {ephemeris.name}",
        f"OBJECT_ID = {ephemeris.object_id}",
        "CENTER_NAME = EARTH",
        "REF_FRAME = ITRF2020",
        "TIME_SYSTEM = UTC",
        f"START_TIME = {times[0]}",
        f"USEABLE_START_TIME = {_utc(ephemeris.useable_start)}",
        f"USEABLE_STOP_TIME = {_utc(ephemeris.useable_stop)}",
        f"STOP_TIME = {times[-1]}",
        "INTERPOLATION = HERMITE",
        "INTERPOLATION_DEGREE = 3",
        "META_STOP",
        *rows,
    ]


def _utc(t_tai: float) -> str:
    return utc_from_tai(float(t_tai), DIGITS).removesuffix("Z")
