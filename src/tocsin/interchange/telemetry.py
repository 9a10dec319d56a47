"""An ascent read off a webcast: time, speed and height, as JSON columns or a CSV table."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, final

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import TocsinError

Array = NDArray[np.float64]

MAX_BYTES = 10_000_000
LONGEST_GAP_S = 10.0
MOST = {"time": 1e5, "speed": 2e4, "height": 1e6}  # s, m/s, m
COLUMNS = ("time_s", "speed_m_s", "height_km")
NO_FILE = "give the JSON of analysed telemetry, or a CSV with the columns time_s, speed_m_s, height_km"


@final
@dataclass(frozen=True, slots=True, eq=False)
class Telemetry:
    """Time after lift-off t (n,) s, Earth-relative speed (n,) m/s, height (n,) m; where the engine was cut off.

    cutoff_s is the main engine's cut-off as an events file beside the table gives it, else None.
    """

    name: str
    t: Array
    speed: Array
    height: Array
    cutoff_s: float | None


def read_telemetry(path: Path) -> Telemetry:
    """The table of a JSON file (time, velocity m/s, altitude km) or of a CSV (time_s, speed_m_s, height_km).

    Beside NAME.analysed.json, NAME.events.json may hold `meco`. Raises TocsinError, as `path: where: what, what
    to do`, for anything that is no such table: unequal columns, a number that is none, time that does not
    advance, a gap of more than 10 s.
    """
    text = _text(path)
    rows = _json_rows(path, text) if path.suffix.lower() == ".json" else _csv_rows(path, text)
    where, table = zip(*rows, strict=True) if rows else ((), ())
    if len(table) < 10:
        raise TocsinError(f"{path}: {len(table)} samples are no ascent; give at least 10")
    values = np.array(table)
    for at, row, before in zip(where[1:], values[1:], values[:-1], strict=True):
        step = float(row[0] - before[0])
        if not step > 0.0:
            raise TocsinError(
                f"{path}: {at}: the time {row[0]:g} s does not come after {before[0]:g} s; sort it"
            )
        if step > LONGEST_GAP_S:
            raise TocsinError(
                f"{path}: {at}: a gap of {step:g} s before it; give a sample every 10 s or oftener"
            )
    name = path.name.removesuffix(".json").removesuffix(".csv").removesuffix(".analysed")
    return Telemetry(name, values[:, 0], values[:, 1], values[:, 2], _cutoff(path))


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as reason:
        raise TocsinError(f"{path}: cannot be read ({reason.strerror or reason}); {NO_FILE}") from None
    if len(data) > MAX_BYTES:
        raise TocsinError(f"{path}: is larger than {MAX_BYTES} bytes; {NO_FILE}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TocsinError(f"{path}: not text in UTF-8; {NO_FILE}") from None


def _number(path: Path, where: str, kind: str, value: Any) -> float:
    """The value as a number within its bounds; TocsinError if it is none."""
    try:
        number = float(value) if not isinstance(value, bool) else math.nan
    except (TypeError, ValueError):
        number = math.nan
    low = -1e3 if kind == "height" else 0.0
    if not low <= number <= MOST[kind]:
        raise TocsinError(
            f"{path}: {where}: {value!r} is no {kind}; give a number from {low:g} to {MOST[kind]:g} (SI units)"
        )
    return number


def _json_rows(path: Path, text: str) -> list[tuple[str, tuple[float, float, float]]]:
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as reason:
        raise TocsinError(f"{path}: not JSON ({reason}); {NO_FILE}") from None
    columns = {}
    for key in ("time", "velocity", "altitude"):
        column = whole.get(key) if isinstance(whole, dict) else None
        if not isinstance(column, list):
            raise TocsinError(f"{path}: {key}: there is no list of that name; {NO_FILE}")
        columns[key] = column
    lengths = {key: len(column) for key, column in columns.items()}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{key} {n}" for key, n in lengths.items())
        raise TocsinError(f"{path}: columns of unequal length ({told}); give one value of each to a sample")
    out = []
    for i, (t, v, h) in enumerate(zip(*columns.values(), strict=True)):
        km = _number(path, f"altitude[{i}]", "height", h) if not isinstance(h, int | float) else h
        row = (
            _number(path, f"time[{i}]", "time", t),
            _number(path, f"velocity[{i}]", "speed", v),
            _number(path, f"altitude[{i}]", "height", km * 1e3),
        )
        out.append((f"time[{i}]", row))
    return out


def _csv_rows(path: Path, text: str) -> list[tuple[str, tuple[float, float, float]]]:
    lines = csv.reader(text.splitlines())
    head: Iterable[str] = [cell.strip() for cell in next(lines, [])]
    if tuple(head) != COLUMNS:
        raise TocsinError(f"{path}:1: the columns are not {', '.join(COLUMNS)}; begin with that line")
    out = []
    for number, cells in enumerate(lines, start=2):
        if not cells:
            continue
        if len(cells) != len(COLUMNS):
            raise TocsinError(f"{path}:{number}: {len(cells)} values where there should be {len(COLUMNS)}")
        where = f"line {number}"
        km = _number(path, where, "height", cells[2])
        row = (_number(path, where, "time", cells[0]), _number(path, where, "speed", cells[1]))
        out.append((where, (*row, _number(path, where, "height", km * 1e3))))
    return out


def _cutoff(path: Path) -> float | None:
    """`meco` of the events file beside an analysed one, if there is such a number."""
    beside = path.with_name(path.name.replace(".analysed.json", ".events.json"))
    if beside == path or not beside.is_file():
        return None
    try:
        value = json.loads(_text(beside)).get("meco")
    except (ValueError, AttributeError):
        return None
    return (
        float(value) if isinstance(value, int | float) and not isinstance(value, bool) and value > 0 else None
    )
