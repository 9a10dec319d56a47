"""A sensor's parameters in plain figures, each with its unit, plausible range and source."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from tocsin.catalogue import Elements, RadarSite, Satellite
from tocsin.catalogue.assumed import assumptions
from tocsin.catalogue.known import built_in
from tocsin.cli.radarfacts import radar_facts
from tocsin.cli.whichsensor import ChosenSensor
from tocsin.sensor.echo.aurora import AURORA
from tocsin.sensor.echo.burst import PATTERN
from tocsin.sensor.echo.doppler import Doppler
from tocsin.sensor.echo.meteor_trails import METEOR_TRAILS
from tocsin.sensor.moonecho import MoonEcho
from tocsin.sensor.radar import Radar
from tocsin.sensor.telescope import Telescope

# What a name ends in, and its unit; names that are quantities of their own stand whole.
UNITS = (
    ("surface_refractivity", "N-units"),
    ("tecu", "TECU"),
    ("capacity", "objects"),
    ("_per_scan", "a scan"),
    ("_per_frame", "a frame"),
    ("_rev_day2", "rev/day2"),
    ("_rev_day", "rev/day"),
    ("bstar", "1/Earth radius"),
    ("_deg", "deg"),
    ("_rad", "rad"),
    ("_m2", "m2"),
    ("_km", "km"),
    ("_hz", "Hz"),
    ("_db", "dB"),
    ("_m_s", "m/s"),
    ("_m", "m"),
    ("_s", "s"),
    ("_k", "K"),
)
NOT_FIGURES = frozenset({"key", "name", "source", "notes", "ranges", "elements", "epoch_t_tai", "states"})
# What a radar does only if asked to, with the figures that are then assumed.
OPTIONS = {
    "range rate": Doppler(),
    "the Sun's sidelobes": PATTERN,
    "the Moon": MoonEcho(),
    "meteor trails": METEOR_TRAILS,
    "aurora": AURORA,
}
RECORD, NONE_GIVEN = "the published record", "none given"


def sensor_figures(chosen: ChosenSensor) -> dict[str, Any]:
    """What the catalogue and the sensor's parameter sets say of it."""
    sensor, row = chosen.sensor, chosen.row
    radar = isinstance(row, RadarSite)
    groups = _of_row("array" if radar else "satellite", row)
    if isinstance(sensor, Telescope):
        groups += _of_states(sensor.satellite) + _of_elements(sensor.elements)
    for f in fields(sensor):
        value = getattr(sensor, f.name)
        if is_dataclass(value) and not isinstance(value, type):
            groups += _of_assumptions(f.name, value)
    facts: tuple[str, ...] = ()
    if isinstance(sensor, Radar):
        facts = radar_facts(sensor)
        for name, option in OPTIONS.items():
            groups += _of_assumptions(f"{name}, if asked for", option)
    return {
        "sensor": row.key,
        "name": row.name,
        "kind": "radar" if radar else "telescope",
        "hypothetical": row.hypothetical,
        "own": not built_in(row.key),
        "date_utc": chosen.date_utc,
        "parameters": groups,
        "notes": [*chosen.notes, *facts],
    }


def unit_of(name: str) -> str:
    """The unit that a field's name ends in; empty for a bare number or a word."""
    return next((unit for end, unit in UNITS if name.endswith(end)), "")


def standing(source: str) -> str:
    """Whether a figure is hypothetical, assumed (all of it or a part), or stated by its source."""
    if source.casefold().startswith("hypothetical"):
        return "hypothetical"
    return "assumed" if "assumed" in source.casefold() else "stated"


def source_of(row: Any, name: str) -> str:
    """Where one figure of a radar or satellite comes from: its note, else the row's source."""
    if name in row.notes:
        return str(row.notes[name])
    return NONE_GIVEN if getattr(row, name) is None else str(row.source)


def _figure(
    group: str, name: str, value: Any, source: str, span: tuple[float, float] | None = None, unit: str = ""
) -> dict[str, Any]:
    low, high = (None, None) if span is None else span
    return {
        "group": group,
        "name": name,
        "value": value,
        "unit": unit,
        "low": low,
        "high": high,
        "standing": standing(source),
        "source": source,
    }


def _of_row(group: str, row: Any) -> list[dict[str, Any]]:
    out = []
    for f in fields(row):
        if f.name in NOT_FIGURES:
            continue
        span = row.ranges.get(f.name)
        out.append(
            _figure(
                group,
                f.name,
                getattr(row, f.name),
                source_of(row, f.name),
                None if span is None else (float(span[0]), float(span[1])),
                unit_of(f.name),
            )
        )
    return out


def _of_states(satellite: Satellite) -> list[dict[str, Any]]:
    return [_figure("states", f"from {s.from_utc[:10]}", s.state, s.note) for s in satellite.states]


def _of_elements(elements: Elements) -> list[dict[str, Any]]:
    names = [f.name for f in fields(elements) if f.name not in NOT_FIGURES and f.name != "norad"]
    return [
        _figure("elements", name, getattr(elements, name), elements.source, unit=unit_of(name))
        for name in names
    ]


def _of_assumptions(group: str, parameters: Any) -> list[dict[str, Any]]:
    return [_figure(group, a.name, a.value, a.note, (a.low, a.high), a.unit) for a in assumptions(parameters)]
