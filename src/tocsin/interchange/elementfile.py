"""Mean elements of many objects from a CSV file, one object a line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.time import DAY, tai_from_utc
from tocsin.errors import TocsinError, first_of
from tocsin.interchange.textfile import number, shown, text_lines

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

# Name, least and greatest value, as SGP4 can take them.
_FIGURES = {
    "norad": (0.0, 339_999.0),
    "epoch_year": (1957.0, 2100.0),
    "epoch_day": (1.0, 367.0),
    "mean_motion_rev_day": (1e-3, 18.0),
    "eccentricity": (0.0, 0.9999999),
    "inclination_deg": (0.0, 180.0),
    "raan_deg": (0.0, 360.0),
    "argp_deg": (0.0, 360.0),
    "mean_anomaly_deg": (0.0, 360.0),
    "bstar": (-1.0, 1.0),
}
COLUMNS = ("norad", "name", *list(_FIGURES)[1:])
_WHOLE = ("norad", "epoch_year")


@final
@dataclass(frozen=True, slots=True)
class ElementRows:
    """SGP4's mean elements (n,), TEME of date, of named objects: epoch in TAI s, the rest as in the file."""

    names: tuple[str, ...]
    norad: Ints
    epoch_t_tai: Array
    mean_motion_rev_day: Array
    eccentricity: Array
    inclination_deg: Array
    raan_deg: Array
    argp_deg: Array
    mean_anomaly_deg: Array
    bstar: Array


def read_element_file(path: Path) -> ElementRows:
    """The objects of a CSV file whose first line is COLUMNS, in any order.

    epoch_year and epoch_day are UTC as in a two-line set, the day from 1 with its fraction. Blank lines and
    lines that start with # are passed over. Raises TocsinError, `path:line: what, what to do`, with the first
    mistakes: a column that is missing, strange or twice, a line of another length, a figure that is none or
    that SGP4 cannot take, an object number given twice.
    """
    lines = text_lines(path, "a table of element sets, comma-separated")
    rows = [(i, text) for i, text in enumerate(lines, start=1) if text.strip() and text.lstrip()[0] != "#"]
    if not rows:
        raise TocsinError(f"{path}:1: is empty; give a line of column names and one for each object")
    header = [name.strip() for name in rows[0][1].split(",")]
    if sorted(header) != sorted(COLUMNS):
        raise TocsinError(
            f"{path}:{rows[0][0]}: its columns are {shown(', '.join(header), 90)}; give {','.join(COLUMNS)}"
        )
    problems: list[str] = []
    kept = [r for r in (_row(f"{path}:{i}", text, header, problems) for i, text in rows[1:]) if r is not None]
    problems += _twice(path, rows[1:], header) if not problems else []
    if problems:
        raise TocsinError(first_of(problems))
    table = np.array([figures for _, figures in kept], dtype=np.float64).reshape(-1, len(_FIGURES)).T
    return ElementRows(
        tuple(name for name, _ in kept),
        table[0].astype(np.int64),
        _midnights(table[1], table[2]) + (table[2] % 1.0) * DAY,
        *table[3:],
    )


def _row(place: str, text: str, header: list[str], problems: list[str]) -> tuple[str, list[float]] | None:
    cells = [cell.strip() for cell in text.split(",")]
    if len(cells) != len(header):
        problems.append(
            f"{place}: has {len(cells)} figures, not {len(header)}; give one for each column (a name may "
            f"hold no comma)"
        )
        return None
    by_name = dict(zip(header, cells, strict=True))
    figures = [_figure(place, name, by_name[name], problems) for name in _FIGURES]
    return by_name["name"], figures


def _figure(place: str, name: str, text: str, problems: list[str]) -> float:
    value, (least, most) = number(text), _FIGURES[name]
    if value is None:
        problems.append(f"{place}: {name} is '{shown(text)}'; give a finite number")
    elif not least <= value <= most or (name in _WHOLE and value % 1.0):
        whole = "a whole number of " if name in _WHOLE else ""
        problems.append(f"{place}: {name} is {value:g}; give {whole}{least:g} to {most:g}")
    return np.nan if value is None else value


def _twice(path: Path, rows: list[tuple[int, str]], header: list[str]) -> list[str]:
    """Objects that two lines tell of: which is right nobody can say."""
    first: dict[str, int] = {}
    problems = []
    for i, text in rows:
        norad = text.split(",")[header.index("norad")].strip()
        if norad in first and float(norad):
            problems.append(f"{path}:{i}: norad {norad} is also in line {first[norad]}; give one of the two")
        first.setdefault(norad, i)
    return problems


def _midnights(year: Array, day: Array) -> Array:
    """TAI s (n,) at 0 h UTC of days (n,) of years (n,), leap seconds and all."""
    keys, which = np.unique(np.stack([year, np.floor(day)]), axis=1, return_inverse=True)
    begins = [
        tai_from_utc(date.fromordinal(date(int(y), 1, 1).toordinal() + int(d) - 1).isoformat())
        for y, d in keys.T
    ]
    return np.array(begins, dtype=np.float64)[which.reshape(-1)]
