"""Regions where gas is flared: areas about round centres."""

from dataclasses import dataclass
from functools import cache
from typing import final

from tocsin.catalogue.figures import load_table


@final
@dataclass(frozen=True, slots=True)
class FlareArea:
    """One flaring basin: centre to 1 deg and radius (deg), and the mean number of large flares in it."""

    name: str
    lat_deg: float
    lon_deg: float
    radius_deg: float
    flares: float
    source: str
    notes: str


@cache
def flare_areas() -> tuple[FlareArea, ...]:
    """Every flaring basin of the catalogue; what is assumed of them is in `notes`."""
    table = load_table("flares.toml")
    return tuple(FlareArea(**row, source=table["source"], notes=table["notes"]) for row in table["area"])
