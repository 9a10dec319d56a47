"""Reads an event: a built-in one by name, or a user's own TOML file."""

import re
import tomllib
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from tocsin.catalogue.complaints import Problem, aim_problems, key_text, schema_problems
from tocsin.catalogue.event import Claim, Event, FlightPlan, NetworkChoice, Published
from tocsin.catalogue.figures import DATA
from tocsin.catalogue.keylines import key_lines, line_of
from tocsin.catalogue.nearest import unknown
from tocsin.catalogue.network import MAX_ELEMENT_AGE_DAYS, nearest_elements, network_of
from tocsin.catalogue.satellite import satellites
from tocsin.catalogue.schema import (
    DEFAULT_START_UTC,
    EventTable,
    Flight,
    NetworkTable,
    PublishedTable,
    Utc,
)
from tocsin.earth.time import tai_from_utc
from tocsin.errors import TocsinError

MAX_BYTES = 1_000_000
_EVENTS = DATA / "events"


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
    text = _read_text(path)
    try:
        raw = tomllib.loads(text)
    except (ValueError, RecursionError) as reason:
        raise TocsinError(_not_toml(path, text, reason)) from None
    problems = aim_problems(raw)
    table = None
    try:
        table = EventTable.model_validate(raw)
    except ValidationError as error:
        problems += schema_problems(error)
    problems += _network_problems(raw, problems)
    if problems or table is None:
        lines = key_lines(text)
        placed = sorted((line_of(where, lines), key_text(where), what) for where, what in problems)
        raise TocsinError(f"{path}:{line}: {key}: {what}" for line, key, what in placed)
    return _event(path.stem, table)


def _read_text(path: Path) -> str:
    try:
        if not path.is_file():
            missing = "is not a file" if path.exists() else "no such file"
            raise TocsinError(f"{path}: {missing}; give the path of an event's TOML file")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as reason:
        why = getattr(reason, "strerror", None) or reason
        raise TocsinError(f"{path}: cannot be read ({why}); give a file you may read") from None
    if len(data) > MAX_BYTES:
        raise TocsinError(f"{path}: is larger than {MAX_BYTES} bytes; an event's TOML file is far smaller")
    try:
        return data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as reason:
        line = data.count(b"\n", 0, reason.start) + 1
        raise TocsinError(f"{path}:{line}: not text in UTF-8; give an event's TOML file") from None


def _not_toml(path: Path, text: str, reason: Exception) -> str:
    """The parser's complaint with its line; a value beyond its limits has no line to give."""
    if not isinstance(reason, tomllib.TOMLDecodeError):
        return f"{path}: not an event's TOML: a number too long or a list too deep; shorten it"
    what, _, place = str(reason).rpartition(" (at ")
    found = re.match(r"line (\d+)", place)
    line = int(found[1]) if found else max(len(text.splitlines()), 1)
    return f"{path}:{line}: not TOML: {what[:1].lower()}{what[1:]}; mend this line"


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
