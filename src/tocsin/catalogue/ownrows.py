"""The tables of a user's radar or satellite: each figure of the catalogue's own kind, with its limits."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin, get_type_hints

from pydantic import AfterValidator, Field, create_model

from tocsin.catalogue.fields import LatDeg, LonDeg, Name, Text, Utc, number
from tocsin.catalogue.filekind import Table, refusal
from tocsin.catalogue.flighttables import ElementsTable
from tocsin.catalogue.radar import RadarSite

KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}")
KEY_WORDS = "give 1 to 32 letters, digits, - and _, of ASCII, that begin with a letter or a digit"
REQUIRED = ("key", "name", "centre", "band", "lat_deg", "lon_deg", "az_start_deg", "az_end_deg")


def _key(text: str) -> str:
    if not KEY.fullmatch(text):
        raise refusal(f"is {text[:40]!r}; {KEY_WORDS}")
    return text


def _printable(text: str) -> str:
    if not text.isprintable() or not text.strip():
        raise refusal("holds what cannot be printed, or nothing; write it in one line")
    return text


Key = Annotated[str, AfterValidator(_key)]
_LINE = AfterValidator(_printable)
# Limits that a field's name does not show: least and greatest value.
_LIMITS: dict[str, Any] = {
    "lat_deg": LatDeg,
    "lon_deg": LonDeg,
    "height_m": Annotated[float, number(ge=-500.0, le=9000.0)],
    "range_min_km": Annotated[float, number(ge=0.0)],
    "reference_snr_db": Annotated[float, number(ge=-20.0, le=100.0)],
    "false_alarm_probability": Annotated[float, number(gt=0.0, lt=1.0)],
    "key": Key,
    "name": Annotated[Name, _LINE],
}


def _type_of(name: str, kind: Any) -> Any:
    """The type of one field of the catalogue's dataclass with what its name and unit allow."""
    if name in _LIMITS:
        return _LIMITS[name]
    if kind is str:
        return Annotated[Text, _LINE]
    if kind is int:
        return Annotated[int, Field(ge=1)]
    if kind is float:
        if name.startswith("az_"):
            return Annotated[float, number(ge=0.0, le=360.0)]
        if name.endswith("_deg"):
            return Annotated[float, number(ge=0.0, le=90.0)]
        if name.endswith(("_km", "_hz", "_k")) or name in ("revisit_s", "pulse_s"):
            return Annotated[float, number(gt=0.0)]
        return Annotated[float, number(ge=0.0)]
    if name.endswith("_utc"):
        return Utc | None
    if get_origin(kind) is dict:
        value = (
            Text if get_args(kind)[1] is str else Annotated[list[float], Field(min_length=2, max_length=2)]
        )
        return dict[str, value]  # type: ignore[valid-type]
    return kind


def _radar_table() -> type[Table]:
    hints = get_type_hints(RadarSite)
    fields: dict[str, Any] = {}
    for field in dataclasses.fields(RadarSite):
        kind = _type_of(field.name, hints[field.name])
        fields[field.name] = (kind, ...) if field.name in REQUIRED else (kind | None, None)
    return create_model("RadarTable", __base__=Table, **fields)


if TYPE_CHECKING:

    class RadarTable(Table):
        """`[[radar]]` of a user's own: the fields of `RadarSite`, of which few are needed."""

else:
    RadarTable = _radar_table()


class OwnSatellite(Table):
    """`[[satellite]]` of a user's own."""

    key: Key
    name: Annotated[Name, _LINE]
    norad: Annotated[int, Field(ge=0, le=339_999)]
    source: Annotated[Text, _LINE]
    elements: Annotated[list[ElementsTable], Field(min_length=1, max_length=10_000)]


class OwnTable(Table):
    """A whole file: radars, or one satellite."""

    radar: Annotated[list[RadarTable], Field(default_factory=list, max_length=100)]
    satellite: Annotated[list[OwnSatellite], Field(default_factory=list, max_length=100)]
