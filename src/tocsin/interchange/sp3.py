"""SP3-c and SP3-d: precise orbits of satellites, Earth-fixed positions tabulated in time."""

from pathlib import Path

import numpy as np

from tocsin.errors import TocsinError
from tocsin.interchange.ephemeris import Ephemeris
from tocsin.interchange.epoch import tai_from_epoch
from tocsin.interchange.tabulated import tabulated
from tocsin.interchange.textfile import number, shown, text_lines

WHAT = "precise orbits in SP3-c or SP3-d"
# The file's name of a time system, and that of ours that has its seconds (to well under a microsecond).
SYSTEMS = {"GPS": "GPS", "GAL": "GPS", "QZS": "GPS", "IRN": "GPS", "TAI": "TAI", "UTC": "UTC", "GLO": "UTC"}
_BESIDE = ("V", "EP", "EV", "%", "+", "/*", "##")

_Rows = list[tuple[float, list[float], int]]


def read_sp3(path: Path) -> tuple[Ephemeris, ...]:
    """The ephemeris of each satellite of an SP3 file, in the order of their first positions.

    Positions in km of the file's ITRF realisation, taken as the ITRS; one that is bad or absent (0 0 0) is
    left out; clocks, velocities and accuracies are left. Velocities are the derivative of Lagrange's
    polynomial (`tabulated`). Raises TocsinError, `path:line: what, what to do`. Source: Hilla, The Extended
    Standard Product 3 Orbit Format (SP3-c, 2010; SP3-d, 2016).
    """
    lines = text_lines(path, WHAT)
    if len(lines[0]) < 3 or lines[0][:2] not in ("#c", "#d"):
        raise TocsinError(f"{path}:1: begins with '{shown(lines[0], 20)}', not #c or #d; give {WHAT}")
    system = _system(path, lines)
    t = None
    found: dict[str, _Rows] = {}
    for line, text in enumerate(lines[1:], start=2):
        if text.startswith("*"):
            t = _epoch(path, line, text, system)
        elif text.startswith("P"):
            if t is None:
                raise TocsinError(f"{path}:{line}: a position before any epoch; get the whole file")
            km = [number(text[at : at + 14].strip()) for at in (4, 18, 32)]
            if None in km:
                raise TocsinError(
                    f"{path}:{line}: x, y, z: not three numbers in columns 5 to 46; correct them"
                )
            r = [1e3 * x for x in km if x is not None]
            if any(r):
                found.setdefault(text[1:4].strip(), []).append((t, r, line))
        elif text.strip() == "EOF":
            break
        elif text.strip() and not text.startswith(_BESIDE):
            raise TocsinError(f"{path}:{line}: '{shown(text, 20)}' is no record of SP3; remove or correct it")
    else:
        raise TocsinError(f"{path}:{len(lines)}: the file ends without EOF; get the whole file")
    if not found:
        raise TocsinError(f"{path}:{len(lines)}: holds no position; give {WHAT}")
    return tuple(
        tabulated(name, name, str(path), *(np.array(column) for column in zip(*rows, strict=True)))
        for name, rows in found.items()
    )


def _system(path: Path, lines: list[str]) -> str:
    """The time system, from the first of the %c lines, columns 10 to 12."""
    at = next((i for i, text in enumerate(lines) if text.startswith("%c")), None)
    if at is None:
        raise TocsinError(
            f"{path}:1: no line begins with %c, which names the time system; get the whole file"
        )
    name = lines[at][9:12].strip()
    if name not in SYSTEMS:
        raise TocsinError(
            f"{path}:{at + 1}: time system '{shown(name)}' is foreign; give one of {', '.join(SYSTEMS)}"
        )
    return SYSTEMS[name]


def _epoch(path: Path, line: int, text: str, system: str) -> float:
    parts = text[1:].split()
    try:
        year, month, day, hour, minute = (int(part) for part in parts[:5])
        second = float(parts[5])
        iso = f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:{second:011.8f}"
        return tai_from_epoch(iso, system)
    except (ValueError, IndexError, OverflowError):
        raise TocsinError(f"{path}:{line}: not an epoch; give * year month day hour minute second") from None
    except TocsinError as error:
        raise TocsinError(f"{path}:{line}: {error}") from None
