"""The early-warning satellites and their published element sets."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from tocsin.catalogue.figures import DATA, load_table, with_defaults
from tocsin.earth.time import tai_from_utc


@dataclass(frozen=True, slots=True)
class Elements:
    """One two-line element set in its own terms (TEME of date, SGP4 mean elements).

    `ndot_rev_day2` is as printed in the set, half the derivative of the mean motion.
    """

    epoch_t_tai: float
    epoch_utc: str
    mean_motion_rev_day: float
    eccentricity: float
    inclination_deg: float
    raan_deg: float
    argp_deg: float
    mean_anomaly_deg: float
    bstar: float
    ndot_rev_day2: float
    norad: int
    source: str


@dataclass(frozen=True, slots=True)
class Satellite:
    """One satellite, its service dates, and what is assumed of its telescope.

    Looks come every `frame_s` once the plume is above `cloud_height_m`, while the satellite is above
    `min_altitude_m`; `clock_s` is the 1-sigma error of its clock. No such figure is published for these
    satellites. A figure without a note in `notes` comes from the published record; `ranges` are the spans of
    what is assumed.
    """

    key: str
    name: str
    norad: int
    launch_utc: str
    in_service_from_utc: str
    in_service_until_utc: str | None
    duty: str
    owner: str
    elements: tuple[Elements, ...]
    frame_s: float
    clock_s: float
    cloud_height_m: float
    min_altitude_m: float
    false_looks_per_frame: float
    notes: dict[str, str]
    ranges: dict[str, tuple[float, float]]


@cache
def satellites() -> tuple[Satellite, ...]:
    """Every satellite of the built-in catalogue with its element sets in order of epoch."""
    by_norad: dict[int, list[Elements]] = {}
    for line in csv.DictReader((DATA / "elements.csv").read_text(encoding="utf-8").splitlines()):
        elements = _elements(line)
        by_norad.setdefault(elements.norad, []).append(elements)
    rows = load_table("satellites.toml")["satellite"]
    return tuple(satellite_of(row, by_norad[row["norad"]]) for row in rows)


def satellite_of(row: dict[str, Any], sets: Iterable[Elements]) -> Satellite:
    """A satellite of a row's figures and element sets; what it does not give is as assumed of all."""
    elements = tuple(sorted(sets, key=lambda e: e.epoch_t_tai))
    return Satellite(
        **{"in_service_until_utc": None, **with_defaults(row, _defaults()), "elements": elements}
    )


@cache
def _defaults() -> dict[str, Any]:
    defaults: dict[str, Any] = load_table("satellites.toml")["defaults"]
    return defaults


def _elements(line: dict[str, str]) -> Elements:
    epoch_utc, source, norad = line.pop("epoch_utc"), line.pop("source"), int(line.pop("norad"))
    figures = {name: float(text) for name, text in line.items()}
    return Elements(
        epoch_t_tai=tai_from_utc(epoch_utc), epoch_utc=epoch_utc, norad=norad, source=source, **figures
    )
