"""CPF: predicted orbits of laser-ranged satellites, Earth-fixed positions tabulated in time."""

from pathlib import Path

import numpy as np
from erfa import ufunc

from tocsin.earth.time import DAY, JD_EPOCH
from tocsin.errors import TocsinError
from tocsin.interchange.ephemeris import Ephemeris
from tocsin.interchange.tabulated import tabulated
from tocsin.interchange.textfile import number, shown, text_lines

WHAT = "predictions in the Consolidated Prediction Format (CPF 1 or 2)"
MJD = 2400000.5
_BESIDE = ("H", "00", "20", "30", "40", "50", "60", "70")


def read_cpf(path: Path) -> Ephemeris:
    """The ephemeris of a CPF file: the instantaneous positions (records 10, direction 0), Earth-fixed, m.

    Times in UTC, as modified Julian date and second of the day. Velocities are the derivative of Lagrange's
    polynomial (`tabulated`). Raises TocsinError, `path:line: what, what to do`: another frame than the
    body-fixed (0), positions of transmission or reception, anything that is no record. Source: ILRS,
    Consolidated Laser Ranging Prediction Format, versions 1.01 (2006) and 2.00 (2018).
    """
    lines = text_lines(path, WHAT)
    heads = {text[:2].upper(): (i, text.split()) for i, text in enumerate(lines, start=1) if text[:1] in "Hh"}
    if "H1" not in heads or "H2" not in heads or heads["H1"][1][1:2] != ["CPF"]:
        raise TocsinError(f"{path}:1: no H1 CPF and H2 records; give {WHAT}")
    first, last = heads["H1"][1], heads["H2"][1]
    version = first[2] if len(first) > 2 else ""
    # The name follows the day's sequence number, which is two numbers in version 2.
    at = {"1": 9, "2": 10}.get(version)
    if at is None:
        raise TocsinError(f"{path}:{heads['H1'][0]}: CPF version {shown(version)} is unknown; give 1 or 2")
    if len(first) <= at or len(last) < 20:
        raise TocsinError(f"{path}:{heads['H2'][0]}: H1 or H2 lacks fields; get the whole file")
    if last[19] != "0":
        raise TocsinError(
            f"{path}:{heads['H2'][0]}: reference frame {shown(last[19])} is inertial; give positions in the "
            "true body-fixed frame, 0"
        )
    rows = []
    for line, text in enumerate(lines, start=1):
        kind = text[:2].upper()
        if kind == "99":
            break
        if kind == "10":
            rows.append(_position(path, line, text.split()))
        elif text.strip() and not kind.startswith(_BESIDE):
            raise TocsinError(f"{path}:{line}: '{shown(text, 20)}' is no record of CPF; remove or correct it")
    if not rows:
        raise TocsinError(f"{path}:{len(lines)}: holds no position (record 10); get the whole file")
    t, r, line_of = (np.array(column) for column in zip(*rows, strict=True))
    return tabulated(first[at], last[1], str(path), t, r, line_of)


def _position(path: Path, line: int, parts: list[str]) -> tuple[float, list[float], int]:
    """Time (TAI s) and place (m) of a record 10: direction, MJD, second of the day, leap flag, x, y, z."""
    figures = [number(part) for part in parts[1:8]]
    if len(figures) < 7 or None in figures:
        raise TocsinError(f"{path}:{line}: not a record 10; give direction, MJD, second, leap flag, x, y, z")
    direction, mjd, second, _, *r = (f for f in figures if f is not None)
    if direction != 0.0:
        raise TocsinError(
            f"{path}:{line}: direction {direction:g} is a position of transmission or reception; give "
            "instantaneous ones, 0"
        )
    if not (mjd == int(mjd) and 15_020 < mjd < 90_000 and 0.0 <= second < DAY + 1.0):
        raise TocsinError(f"{path}:{line}: {mjd:g} {second:g} is no day and second of it; correct it")
    jd1, jd2, _ = ufunc.utctai(MJD + mjd, second / DAY)
    return float((jd1 - JD_EPOCH) * DAY + jd2 * DAY), r, line
