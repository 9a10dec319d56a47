"""The TOML file of a raid, read strictly: notional flights between open areas, and who looks at them."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from tocsin.catalogue.complaints import Problem
from tocsin.catalogue.fields import FlightVehicle, LatDeg, LonDeg, Name, Utc, number
from tocsin.catalogue.filekind import FileKind, Table, refusal
from tocsin.catalogue.known import RadarKey, SatelliteKey
from tocsin.catalogue.nearest import unknown
from tocsin.catalogue.strict import read_table

LEAST_WIDTH_DEG = 5.0  # of a launch or aim region: an area, never a place
SHARES = 1e-6


def _rising(values: list[float]) -> list[float]:
    if values[0] > values[1]:
        raise refusal(f"is {values}; give the smaller first")
    return values


def _wide(values: list[float]) -> list[float]:
    if values[1] - values[0] < LEAST_WIDTH_DEG:
        raise refusal(
            f"is {values}; regions are areas, at least {LEAST_WIDTH_DEG:g} deg wide, south or west first"
        )
    return values


def _pair(of: Any, check: Any = _rising) -> Any:
    return Annotated[list[of], Field(min_length=2, max_length=2), AfterValidator(check)]


class RadarTable(Table):
    """`[[network.radar]]`: one that looks, and what is added to the catalogue's signal of it."""

    key: RadarKey
    signal_db: Annotated[float, number(ge=-30.0, le=30.0)]


class NetworkTable(Table):
    """`[network]`: who looks; the false looks of each in place of the catalogue's."""

    satellites: list[SatelliteKey]
    radar: list[RadarTable]
    false_looks_per_scan: Annotated[float, number(ge=0.0, le=1e4)]
    false_looks_per_frame: Annotated[float, number(ge=0.0, le=1e4)]


class GroupTable(Table):
    """`[group]`: the share of flights that fly as groups of `size`, all pairs so far apart at both ends."""

    share: Annotated[float, number(ge=0.0, le=1.0)]
    size: Annotated[int, Field(ge=2, le=8)]
    apart_km: _pair(Annotated[float, number(gt=0.0, le=100.0)])  # type: ignore[valid-type]


class RegionTable(Table):
    """`[[region]]`: an open area in the oceans or a desert."""

    key: Name
    lat_deg: _pair(LatDeg, _wide)  # type: ignore[valid-type]
    lon_deg: _pair(LonDeg, _wide)  # type: ignore[valid-type]


class SalvoTable(Table):
    """`[[salvo]]`: a share of the flights, of one class, from one region to another."""

    vehicle: FlightVehicle
    launch: Name
    aim: Name
    share: Annotated[float, number(gt=0.0, le=1.0)]
    range_km: _pair(Annotated[float, number(gt=0.0, le=20_000.0)])  # type: ignore[valid-type]
    loft: _pair(Annotated[float, number(ge=0.5, le=5.0)])  # type: ignore[valid-type]


class RaidTable(Table):
    """A whole raid file."""

    name: Name
    start_utc: Utc
    seed: Annotated[int, Field(ge=0)]
    flights: Annotated[int, Field(ge=1, le=10_000)]
    launch_window_s: Annotated[float, number(ge=0.0, le=86_400.0)]
    duration_s: Annotated[float, number(gt=0.0, le=86_400.0)]
    network: NetworkTable
    group: GroupTable
    region: Annotated[list[RegionTable], Field(min_length=1, max_length=100)]
    salvo: Annotated[list[SalvoTable], Field(min_length=1, max_length=100)]


def _not_toml(text: str, reason: Exception) -> tuple[int | None, str]:
    return None, f"not TOML: {reason}; mend it"


_KIND = FileKind(
    tables={
        (): RaidTable,
        ("network",): NetworkTable,
        ("network", "radar"): RadarTable,
        ("group",): GroupTable,
        ("region",): RegionTable,
        ("salvo",): SalvoTable,
    },
    absent="give the file of a raid, such as benchmarks/raid-1000.toml",
    unreadable="give a TOML file that you may read",
    too_large="this is not the file meant",
    not_text="give a TOML file",
    not_toml=_not_toml,
    any_value="...",
)


def read_raid(path: Path) -> RaidTable:
    """The raid of a TOML file; TocsinError with every mistake in it, each with its line."""
    return read_table(path, RaidTable, _KIND, _further)


def _further(raw: dict[str, Any], found: list[Problem]) -> list[Problem]:
    if found:
        return []
    keys = tuple(r["key"] for r in raw["region"])
    problems: list[Problem] = [
        (("salvo", i, end), unknown("region", salvo[end], keys))
        for i, salvo in enumerate(raw["salvo"])
        for end in ("launch", "aim")
        if salvo[end] not in keys
    ]
    total = sum(s["share"] for s in raw["salvo"])
    if not math.isclose(total, 1.0, abs_tol=SHARES):
        problems.append((("salvo", 0, "share"), f"the shares of the salvos sum to {total:g}; make it 1"))
    return problems
