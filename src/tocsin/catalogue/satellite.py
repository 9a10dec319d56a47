"""The early-warning satellites and their element sets."""

import csv
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from tocsin.catalogue.figures import DATA, load_table, with_defaults
from tocsin.catalogue.incident import Incident, cosmos_1382
from tocsin.catalogue.states import State, states_of
from tocsin.earth.constants import MU
from tocsin.earth.time import DAY, tai_from_utc


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
    """One satellite, its states by date, and what is assumed of its telescope.

    Looks come every `frame_s` once the plume is above `cloud_height_m`, while the satellite is above
    `min_altitude_m`; `clock_s` is the 1-sigma error of its clock. A telescope with a `limb_depth_deg` has in
    its field what lies so far inside the limb and, above it, up to `limb_top_km`; one without has the whole
    disc. No such figure is published. A `hypothetical` one never flew. A figure without a note in `notes`
    comes from `source`; `ranges` are the spans of what is assumed.
    """

    key: str
    name: str
    norad: int
    type: Literal["Tundra", "Oko"]
    launch_utc: str
    states: tuple[State, ...]
    owner: str
    hypothetical: bool
    elements: tuple[Elements, ...]
    frame_s: float
    clock_s: float
    cloud_height_m: float
    min_altitude_m: float
    false_looks_per_frame: float
    limb_depth_deg: float | None
    limb_top_km: float | None
    source: str
    notes: dict[str, str]
    ranges: dict[str, tuple[float, float]]


@cache
def satellites() -> tuple[Satellite, ...]:
    """Every satellite of the built-in catalogue with its element sets in order of epoch."""
    by_norad: dict[int, list[Elements]] = {}
    for line in csv.DictReader((DATA / "elements.csv").read_text(encoding="utf-8").splitlines()):
        elements = _elements(line)
        by_norad.setdefault(elements.norad, []).append(elements)
    known = cosmos_1382()
    by_norad[known.norad] = [reconstructed(known)]
    rows = load_table("satellites.toml")["satellite"]
    return tuple(satellite_of(row, by_norad[row["norad"]]) for row in rows)


def satellite_of(row: dict[str, Any], sets: Iterable[Elements]) -> Satellite:
    """A satellite of a row's figures and element sets; what it does not give is as assumed of all."""
    whole = {"limb_depth_deg": None, "limb_top_km": None, **with_defaults(row, _defaults())}
    states = states_of(whole.pop("state"))
    elements = tuple(sorted(sets, key=lambda e: e.epoch_t_tai))
    return Satellite(**whole, states=states, elements=elements)


def reconstructed(incident: Incident) -> Elements:
    """The element set of an incident's orbit, for which none is published.

    Kepler's equation gives the mean anomaly, M = E - e sin E with tan(E / 2) = sqrt((1 - e) / (1 + e))
    tan(nu / 2), and his third law the mean motion; the osculating figures stand for SGP4's mean ones, and
    there is no drag.
    """
    e, half = incident.eccentricity, math.radians(0.5 * incident.true_anomaly_deg)
    eccentric = 2.0 * math.atan2(math.sqrt(1.0 - e) * math.sin(half), math.sqrt(1.0 + e) * math.cos(half))
    motion = math.sqrt(MU / (incident.a_km * 1e3) ** 3)
    return Elements(
        epoch_t_tai=incident.epoch_t,
        epoch_utc=incident.epoch_utc,
        mean_motion_rev_day=motion * DAY / (2.0 * math.pi),
        eccentricity=e,
        inclination_deg=incident.inclination_deg,
        raan_deg=incident.raan_deg,
        argp_deg=incident.argp_deg,
        mean_anomaly_deg=math.degrees(eccentric - e * math.sin(eccentric)) % 360.0,
        bstar=0.0,
        ndot_rev_day2=0.0,
        norad=incident.norad,
        source=f"{incident.source.partition(';')[0]}; the place on it assumed",
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
