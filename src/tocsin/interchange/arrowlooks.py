"""Looks in an Arrow IPC or Parquet file: one stated schema, in and out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import TocsinError
from tocsin.interchange.looktable import LookTable, refuse_unsound
from tocsin.interchange.textfile import shown

if TYPE_CHECKING:
    from arro3.core import Table

Array = NDArray[np.float64]

WHAT = "looks as Arrow IPC (.arrow) or Parquet (.parquet)"
# Each column and its type; the last three may be left out, and hold nulls.
COLUMNS = {
    "sensor": "utf8",
    "t_tai": "float64",
    "values": "fixed_size_list<float64>[3]",
    "sigmas": "fixed_size_list<float64>[3]",
    "range_rate_m_s": "float64",
    "range_rate_sigma_m_s": "float64",
    "body": "utf8",
}
OPTIONAL = ("range_rate_m_s", "range_rate_sigma_m_s", "body")
MAX_ROWS = 5_000_000


def is_arrow(path: Path) -> bool:
    """Whether a file's name says that it is Arrow or Parquet."""
    return path.suffix.lower() in (".arrow", ".feather", ".parquet")


def read_arrow(path: Path) -> LookTable:
    """The looks of a file whose columns are COLUMNS: t_tai TAI s of reception; m, rad, rad; m/s.

    Raises TocsinError where the file is none, a column is missing, unknown or of another type, and with
    each row that has a null or is no look, as `path: row k: ...`, counted from 1.
    """
    _core()
    table = _table(path)
    names = table.column_names
    problems = [f"{path}: {key}: is missing; add it as {kind}" for key, kind in COLUMNS.items()
                if key not in names and key not in OPTIONAL]  # fmt: skip
    problems += [
        f"{path}: {shown(name)}: the column has no use; remove it, or name it as one of {', '.join(COLUMNS)}"
        for name in names
        if name not in COLUMNS
    ]
    problems += [
        f"{path}: {name}: is of another type; give {COLUMNS[name]}"
        for name in names
        if name in COLUMNS and not _fits(table[name].type, COLUMNS[name])
    ]
    if not problems and not 0 < table.num_rows <= MAX_ROWS:
        problems.append(f"{path}: holds {table.num_rows} rows; give 1 to {MAX_ROWS:,}")
    if problems:
        raise TocsinError(problems)
    n = table.num_rows
    found = LookTable(
        sensor=_words(table, "sensor", path),
        body=_words(table, "body", path) if "body" in names else ("",) * n,
        t=_numbers(table, "t_tai", n),
        values=_triples(table, "values"),
        sigmas=_triples(table, "sigmas"),
        rate=_numbers(table, "range_rate_m_s", n),
        rate_sigma=_numbers(table, "range_rate_sigma_m_s", n),
        place=tuple(f"{path}: row {i}" for i in range(1, n + 1)),
    )
    return refuse_unsound(found)


def write_arrow(table: LookTable, path: Path) -> None:
    """Write looks, as Parquet where the file's name ends so and else as Arrow IPC."""
    core = _core()
    from arro3.io import write_ipc, write_parquet

    floats = core.DataType.float64()
    columns = {
        "sensor": core.Array(list(table.sensor), type=core.DataType.utf8()),
        "t_tai": core.Array.from_numpy(table.t),
        "values": core.fixed_size_list_array(core.Array.from_numpy(table.values.ravel()), 3),
        "sigmas": core.fixed_size_list_array(core.Array.from_numpy(table.sigmas.ravel()), 3),
        "range_rate_m_s": core.Array(_nulls(table.rate), type=floats),
        "range_rate_sigma_m_s": core.Array(_nulls(table.rate_sigma), type=floats),
        "body": core.Array([name or None for name in table.body], type=core.DataType.utf8()),
    }
    write = write_parquet if path.suffix.lower() == ".parquet" else write_ipc
    write(core.Table.from_pydict(columns), str(path))


def _nulls(values: Array) -> list[float | None]:
    return [None if np.isnan(v) else v for v in values.tolist()]


def _core() -> Any:
    try:
        from arro3 import core
    except ImportError:
        raise TocsinError(
            "looks in Arrow or Parquet need the package arro3-io, which is not installed: "
            "install tocsin[arrow], or give the looks as a TDM"
        ) from None
    return core


def _table(path: Path) -> Table:
    from arro3.io import read_ipc, read_parquet

    parquet = path.suffix.lower() == ".parquet"
    ends = (b"PAR1", b"PAR1") if parquet else (b"ARROW1", b"ARROW1")
    try:
        data = path.read_bytes()
    except OSError as reason:
        raise TocsinError(f"{path}: cannot be read ({reason.strerror}); give {WHAT}") from None
    # The length of the footer stands before the last mark; a wrong one makes the reader itself stumble.
    size = int.from_bytes(data[-len(ends[1]) - 4 : -len(ends[1])], "little")
    whole = data.startswith(ends[0]) and data.endswith(ends[1]) and 0 < size < len(data)
    try:
        if whole:
            return (read_parquet if parquet else read_ipc)(str(path)).read_all()
        why = "its first and last bytes are not those of such a file"
    except BaseException as reason:
        # What arro3 raises where it cannot go on is no Exception.
        if not isinstance(reason, Exception) and type(reason).__name__ != "PanicException":
            raise
        why = shown(str(reason).splitlines()[0] if str(reason) else "damaged", 80)
    raise TocsinError(f"{path}: is not {WHAT}, or not all of it: {why}; get the whole file")


def _fits(kind: Any, wanted: str) -> bool:
    from arro3.core import DataType

    if wanted == "utf8":
        return kind in (DataType.utf8(), DataType.large_utf8())
    if wanted == "float64":
        return bool(kind == DataType.float64())
    return bool(
        DataType.is_fixed_size_list(kind) and kind.list_size == 3 and kind.value_type == DataType.float64()
    )


def _numbers(table: Table, name: str, n: int) -> Array:
    """A column (n,), NaN where it is null, or where there is none."""
    if name not in table.column_names:
        return np.full(n, np.nan)
    column = table[name].combine_chunks()
    if column.null_count:
        return np.array([np.nan if v is None else v for v in column.to_pylist()], dtype=np.float64)
    return np.array(column.to_numpy(), dtype=np.float64)


def _triples(table: Table, name: str) -> Array:
    """A column of triples (n, 3), NaN where one or a part of it is null."""
    rows: list[Any] = list(table[name].combine_chunks().to_pylist())
    return np.array([[np.nan if v is None else v for v in row or (None,) * 3] for row in rows])


def _words(table: Table, name: str, path: Path) -> tuple[str, ...]:
    words: list[Any] = list(table[name].combine_chunks().to_pylist())
    if name == "sensor" and None in words:
        raise TocsinError(f"{path}: row {words.index(None) + 1}: sensor: is null; give its name")
    return tuple(word or "" for word in words)
