"""Reads a user's own radars and satellites from TOML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path
from typing import Any, final

from tocsin.catalogue.complaints import Problem
from tocsin.catalogue.filekind import FileKind
from tocsin.catalogue.flighttables import ElementsTable
from tocsin.catalogue.nottoml import not_toml
from tocsin.catalogue.ownrows import OwnSatellite, OwnTable, RadarTable
from tocsin.catalogue.radar import RadarSite, radar_of
from tocsin.catalogue.satellite import Elements, Satellite, satellite_of
from tocsin.catalogue.sectors import array_problems
from tocsin.catalogue.strict import read_table
from tocsin.earth.time import tai_from_utc

BY_USER = "added by the user: "
"""How the source of what a user added begins."""

_EXAMPLES = {
    "key": 'key = "MINE"',
    "name": 'name = "what it is"',
    "centre": 'centre = "russia"',
    "band": 'band = "VHF"',
    "source": 'source = "where the figures come from"',
    "norad": "norad = 54223",
}
OWN_FILE = FileKind(
    tables={
        (): OwnTable,
        ("radar",): RadarTable,
        ("satellite",): OwnSatellite,
        ("satellite", "elements"): ElementsTable,
    },
    absent="give the path of a file with [[radar]] tables",
    unreadable="give a file you may read",
    too_large="a radar's file is far smaller",
    not_text="give a file with [[radar]] tables",
    not_toml=not_toml("a radar's TOML"),
    examples=_EXAMPLES,
    any_value="0.0",
)


@final
@dataclass(frozen=True, slots=True)
class OwnRows:
    """The tables of one file: as rows, and as the radars and satellites they make."""

    rows: tuple[dict[str, Any], ...]
    radars: tuple[RadarSite, ...]
    satellites: tuple[Satellite, ...]


def read_own(path: Path) -> OwnRows:
    """A file of the user's own catalogue, which says its sources itself.

    Raises TocsinError with every mistake, each as `path:line: key: what, what to do`.
    """
    return _read(path, None, lambda _: None, kept=True)


def read_radars(path: Path, source: str | None, taken: Callable[[str], str | None]) -> OwnRows:
    """The radars of a user's TOML file; source: where the figures come from, for rows that do not say.

    taken: says where a key is in use already, None where it is free. Raises TocsinError as `read_own`; a row
    without a source, where none is given, is a mistake.
    """
    return _read(path, source, taken, kept=False)


def satellite_row(row: dict[str, Any]) -> Satellite:
    """A user's satellite of its row: key, name, norad, source, and elements, a list of rows."""
    sets = [Elements(epoch_t_tai=tai_from_utc(e["epoch_utc"]), **e) for e in row["elements"]]
    always = "1960-01-01T00:00:00Z"
    return satellite_of(
        {
            "key": row["key"],
            "name": row["name"],
            "norad": row["norad"],
            "owner": "not given",
            "launch_utc": always,
            "state": [
                {"from_utc": always, "state": "working", "note": "assumed: always, for no date is given"}
            ],
            "source": BY_USER + row["source"],
            "notes": {
                "type": "assumed: a telescope like Tundra's",
                "launch_utc": "not given; stands before all dates",
                "owner": "not given",
            },
        },
        sets,
    )


def _read(path: Path, source: str | None, taken: Callable[[str], str | None], kept: bool) -> OwnRows:
    table = read_table(path, OwnTable, OWN_FILE, partial(_further, source, taken, kept))
    rows = [_given(row.model_dump(exclude_unset=True), source) for row in table.radar]
    satellites = [row.model_dump() for row in table.satellite]
    return OwnRows(
        (*rows, *satellites),
        tuple(_radar(row) for row in rows),
        tuple(satellite_row(row) for row in satellites),
    )


def _given(row: dict[str, Any], source: str | None) -> dict[str, Any]:
    return {**({} if source is None else {"source": source}), **row}


def _radar(row: dict[str, Any]) -> RadarSite:
    ranges = {name: (pair[0], pair[1]) for name, pair in row.get("ranges", {}).items()}
    usual = {"country": "not given", "type": "not given"}
    notes = {name: "not given" for name in usual if name not in row}
    whole = {**usual, **row, "source": BY_USER + row["source"], "ranges": ranges}
    return radar_of({**whole, "notes": {**notes, **row.get("notes", {})}})


def _further(
    source: str | None,
    taken: Callable[[str], str | None],
    kept: bool,
    raw: dict[str, Any],
    found: list[Problem],
) -> list[Problem]:
    rows = raw.get("radar")
    told = {where for where, _ in found}
    problems = [problem for problem in array_problems(rows, taken) if problem[0] not in told]
    if "satellite" in raw and not kept:
        problems.append((("satellite",), "does not belong here; give a satellite as a TLE or an OMM"))
    if not rows and not raw.get("satellite"):
        problems.append((("radar",), "is missing; add a [[radar]] table"))
    known = {f.name for f in fields(RadarSite)}
    for number, row in enumerate(rows if isinstance(rows, list) else ()):
        if not isinstance(row, dict):
            continue
        if source is None and "source" not in row:
            what = 'is missing; give --source TEXT, or add source = "where the figures come from"'
            problems.append((("radar", number, "source"), what))
        for about in ("notes", "ranges"):
            given = row.get(about)
            problems += [
                (("radar", number, about, name), "is of no figure of a radar; remove it")
                for name in (given if isinstance(given, dict) else ())
                if name not in known
            ]
    return problems
