"""The tables of a file of warning settings, with what its values may be."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from tocsin.catalogue.fields import Name, Text, number
from tocsin.catalogue.filekind import FileKind, Table, refusal
from tocsin.catalogue.nottoml import not_toml


def _point(point: list[float]) -> list[float]:
    if len(point) != 2 or not (abs(point[0]) <= 90.0 and abs(point[1]) <= 180.0):
        raise refusal(f"is {point}; give [lat, lon] in degrees, lat from -90 to 90 and lon from -180 to 180")
    return point


Share = Annotated[float, number(gt=0.0, lt=1.0)]
Point = Annotated[list[Annotated[float, number()]], AfterValidator(_point)]


class ProtectedTable(Table):
    """`[[protected]]`: of countries, of a ring, or of a circle."""

    name: Name
    countries: Annotated[list[str], Field(min_length=1, max_length=1000)] | None = None
    ring: Annotated[list[Point], Field(max_length=10_000)] | None = None
    centre: Point | None = None
    radius_km: Annotated[float, number(gt=0.0, le=5000.0)] | None = None


class _Assumed(Table):
    """Where figures come from, and between which they may lie."""

    notes: dict[str, Text] = Field(default_factory=dict)
    ranges: dict[str, list[float]] = Field(default_factory=dict)


class ThresholdTable(_Assumed):
    """`[threshold]`; what is not given is as in the default."""

    possible: Share | None = None
    probable: Share | None = None
    confirmed: Share | None = None
    fall: Annotated[float, number(gt=0.0, le=1.0)] | None = None


class PriorTable(_Assumed):
    """`[prior]`; what is not given is as in the default."""

    low: Share | None = None
    high: Share | None = None
    odds: Annotated[float, number(gt=0.0)] | None = None


class WarningTable(Table):
    """A whole file of warning settings."""

    protected: Annotated[list[ProtectedTable], Field(min_length=1, max_length=1000)]
    threshold: ThresholdTable = ThresholdTable()
    prior: PriorTable = PriorTable()


WARNING_FILE = FileKind(
    tables={
        (): WarningTable,
        ("protected",): ProtectedTable,
        ("threshold",): ThresholdTable,
        ("prior",): PriorTable,
    },
    absent="give the path of a file with [[protected]] tables",
    unreadable="give a file you may read",
    too_large="a file of warning settings is far smaller",
    not_text="give a file with [[protected]] tables",
    not_toml=not_toml("the TOML of warning settings"),
    examples={
        "name": 'name = "what it is"',
        "countries": 'countries = ["RU"]',
    },
    any_value="0.5",
)
