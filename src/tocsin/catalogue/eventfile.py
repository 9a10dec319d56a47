"""Reads an event: a built-in one by name, or a user's own TOML file."""

import re
import tomllib
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from tocsin.catalogue.aiming import aim_problems
from tocsin.catalogue.complaints import Problem
from tocsin.catalogue.event import Claim, Event, NetworkChoice, Published
from tocsin.catalogue.figures import DATA
from tocsin.catalogue.filekind import FileKind
from tocsin.catalogue.nearest import unknown
from tocsin.catalogue.network import MAX_ELEMENT_AGE_DAYS, nearest_elements, network_of
from tocsin.catalogue.plan import FlightPlan
from tocsin.catalogue.satellite import satellites
from tocsin.catalogue.schema import (
    DEFAULT_START_UTC,
    TABLES,
    EventTable,
    Flight,
    NetworkTable,
    PublishedTable,
    Utc,
)
from tocsin.catalogue.strict import read_table
from tocsin.earth.time import tai_from_utc
from tocsin.errors import TocsinError

_EVENTS = DATA / "events"
_PLACE = "{ lat_deg = 40.0, lon_deg = 170.0 }"


def _not_toml(text: str, reason: Exception) -> tuple[int | None, str]:
    """The parser's complaint with its line; a value beyond its limits has no line to give."""
    if not isinstance(reason, tomllib.TOMLDecodeError):
        return None, "not an event's TOML: a number too long or a list too deep; shorten it"
    what, _, place = str(reason).rpartition(" (at ")
    found = re.match(r"line (\d+)", place)
    line = int(found[1]) if found else max(len(text.splitlines()), 1)
    return line, f"not TOML: {what[:1].lower()}{what[1:]}; mend this line"


_KIND = FileKind(
    tables=TABLES,
    absent="give the path of an event's TOML file",
    unreadable="give a file you may read",
    too_large="an event's TOML file is far smaller",
    not_text="give an event's TOML file",
    not_toml=_not_toml,
    examples={
        "name": 'name = "my event"',
        "vehicle": 'vehicle = "icbm-liquid"',
        "launch": f"launch = {_PLACE}",
        "impact": "impact = { lat_deg = 40.0, lon_deg = -150.0 }",
        "loft": "loft = 1.0",
        "source": 'source = "where the figures come from"',
        "who": 'who = "who said so"',
    },
    shapes={"launch": _PLACE, "impact": _PLACE},
    any_value="0.0",
)


def event_names() -> tuple[str, ...]:
    """The names of the built-in events."""
    return tuple(sorted(file.stem for file in _EVENTS.glob("*.toml")))


def event(name: str) -> Event:
    """The built-in event called `name`; TocsinError with the nearest name when there is none."""
    if name not in event_names():
        raise TocsinError(unknown("event", name, event_names()))
    return read_event(_EVENTS / f"{name}.toml")


def read_event(path: Path) -> Event:
    """The event of a TOML file, checked; its `key` is the file's name without `.toml`.

    Raises TocsinError with every mistake found, each as `path:line: key: what, what to do`. A date that
    no element set is within 60 days of is a mistake, unless the file asks for no satellites.
    """
    return _event(path.stem, read_table(path, EventTable, _KIND, _further))


def _further(raw: dict[str, Any], found: list[Problem]) -> list[Problem]:
    return [*aim_problems(raw), *_network_problems(raw, found)]


def _network_problems(raw: dict[str, Any], found: list[Problem]) -> list[Problem]:
    """Problems of the network on its date, once the keys that say so are sound themselves."""
    if any(where[:1] in (("network",), ("start_utc",)) for where, _ in found):
        return []
    start_utc: str = TypeAdapter(Utc).validate_python(raw.get("start_utc", DEFAULT_START_UTC))
    choice = _choice(NetworkTable.model_validate(raw.get("network", {})), start_utc)
    try:
        seen = network_of(choice)
    except TocsinError as error:
        split = (problem.split(": ", 1) for problem in error.problems)
        return [(("network", key), what) for key, what in split]
    if choice.satellites is None and not seen.satellites:
        date_key = ("network", "date_utc") if "date_utc" in raw.get("network", {}) else ("start_utc",)
        return [(date_key, _no_elements(seen.date_utc, seen.t_tai))]
    return []


def _no_elements(date_utc: str, t_tai: float) -> str:
    nearest, _ = min((nearest_elements(s, t_tai) for s in satellites()), key=lambda found: found[1])
    return (
        f"no element set is within {MAX_ELEMENT_AGE_DAYS:.0f} days of {date_utc}, the nearest is of "
        f"{nearest.epoch_utc}; set network.date_utc near that, or network.satellites = [] to do without"
    )


def _event(key: str, table: EventTable) -> Event:
    notes = tuple(table.notes)
    if "start_utc" not in table.model_fields_set:
        notes = (*notes, f"start_utc is not given; taken as {DEFAULT_START_UTC}")
    return Event(
        key=key,
        title=table.name,
        start_utc=table.start_utc,
        start_t_tai=tai_from_utc(table.start_utc),
        flights=tuple(_flight(f) for f in table.flight),
        network=_choice(table.network, table.start_utc),
        published=None if table.published is None else _published(table.published),
        notes=notes,
    )


def _choice(table: NetworkTable, start_utc: str) -> NetworkChoice:
    return NetworkChoice(
        date_utc=table.date_utc or start_utc,
        satellites=None if table.satellites is None else tuple(table.satellites),
        radars=None if table.radars is None else tuple(table.radars),
        hypothetical=table.hypothetical,
    )


def _flight(table: Flight) -> FlightPlan:
    return FlightPlan(
        vehicle=table.vehicle,
        launch_lat_deg=table.launch.lat_deg,
        launch_lon_deg=table.launch.lon_deg,
        impact_lat_deg=None if table.impact is None else table.impact.lat_deg,
        impact_lon_deg=None if table.impact is None else table.impact.lon_deg,
        bearing_deg=table.bearing_deg,
        apogee_km=table.apogee_km,
        range_km=table.range_km,
        loft=table.loft,
        launch_s=table.launch_s,
    )


def _published(table: PublishedTable) -> Published:
    claims = tuple(Claim(**claim.model_dump()) for claim in table.claim)
    return Published(**{**table.model_dump(exclude={"claim"}), "claims": claims})
