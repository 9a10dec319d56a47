"""The rows of a table of telemetry, each with where it stands: JSON columns, or a CSV."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeAlias

from tocsin.errors import TocsinError
from tocsin.interchange.textfile import number, text_lines

Row: TypeAlias = tuple[str, float, float, float]
"""Where it stands, with its file; time s, speed m/s, height m."""

LIMITS = {"time": (0.0, 3600.0, "s"), "speed": (0.0, 2e4, "m/s"), "height": (-1.0, 1e4, "km")}
JSON_KEYS = {"time": "time", "speed": "velocity", "height": "altitude"}
CSV_NAMES = {"time": "time_s", "speed": "speed_m_s", "height": "height_km"}
A_TABLE = "analysed telemetry as JSON, or a CSV of time_s,speed_m_s,height_km"


def json_rows(file: Path) -> list[Row]:
    """The rows of a JSON object with the lists time (s), velocity (m/s) and altitude (km).

    Raises TocsinError for anything else, lists of unequal length, and a number that is none of its kind.
    """
    whole = json_value(file, A_TABLE)
    columns = {}
    for kind, key in JSON_KEYS.items():
        column = whole.get(key) if isinstance(whole, dict) else None
        if not isinstance(column, list):
            raise TocsinError(f"{file}: {key}: there is no list of that name; give {A_TABLE}")
        columns[kind] = column
    if len({len(column) for column in columns.values()}) > 1:
        told = ", ".join(f"{JSON_KEYS[kind]} {len(column)}" for kind, column in columns.items())
        raise TocsinError(f"{file}: lists of unequal length: {told}; give one value of each for each sample")
    figures = {
        kind: [_figure(f"{file}: {JSON_KEYS[kind]}[{i}]", kind, v) for i, v in enumerate(column)]
        for kind, column in columns.items()
    }
    return [
        (f"{file}: time[{i}]", t, speed, km * 1e3)
        for i, (t, speed, km) in enumerate(zip(*figures.values(), strict=True))
    ]


def csv_rows(file: Path) -> list[Row]:
    """The rows of a CSV whose first line names the columns time_s, speed_m_s and height_km, in any order.

    Blank lines are passed over. Raises TocsinError for anything else and a number that is none of its kind.
    """
    lines = [
        (k, [cell.strip() for cell in line.split(",")])
        for k, line in enumerate(text_lines(file, A_TABLE), start=1)
        if line.strip()
    ]
    if not lines:
        raise TocsinError(f"{file}: is empty; give {A_TABLE}")
    head, names = lines[0]
    if sorted(names) != sorted(CSV_NAMES.values()):
        raise TocsinError(
            f"{file}:{head}: does not name the columns {','.join(CSV_NAMES.values())}; give {A_TABLE}"
        )
    rows = []
    for k, cells in lines[1:]:
        where = f"{file}:{k}"
        if len(cells) != len(names):
            raise TocsinError(f"{where}: {len(cells)} values; give {len(names)}: {','.join(names)}")
        row = dict(zip(names, cells, strict=True))
        t, speed, km = (
            _figure(f"{where}: {name}", kind, number(row[name]), row[name])
            for kind, name in CSV_NAMES.items()
        )
        rows.append((where, t, speed, km * 1e3))
    return rows


def json_value(file: Path, what: str) -> object:
    """What a JSON file holds. Raises TocsinError where it cannot be read or is no JSON."""
    try:
        value: object = json.loads("\n".join(text_lines(file, what)))
    except (ValueError, RecursionError) as reason:
        raise TocsinError(f"{file}: is not JSON ({reason}); give {what}") from None
    return value


def plain_number(value: object) -> float | None:
    """A JSON number as a float; None for anything else, and for one too large to be a float."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value)
    except OverflowError:
        return None


def _figure(place: str, kind: str, value: object, told: object = None) -> float:
    least, most, unit = LIMITS[kind]
    figure = plain_number(value)
    if figure is None or not least <= figure <= most:
        shown = str(value if told is None else told)[:20]
        raise TocsinError(f"{place}: {shown!r} is no {kind}; give {least:g} to {most:g} {unit}")
    return figure
