"""Reads an event: a built-in one by name, or a user's own TOML file."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from tocsin.catalogue.aiming import aim_problems
from tocsin.catalogue.complaints import Problem
from tocsin.catalogue.event import Claim, Event, Heard, Lowest, NetworkChoice, Published
from tocsin.catalogue.eventadvice import EVENT_FILE
from tocsin.catalogue.fields import Utc
from tocsin.catalogue.figures import DATA
from tocsin.catalogue.files import file_problems
from tocsin.catalogue.nature import BrightCloud, NatureChoice, RadioBurst
from tocsin.catalogue.nearest import unknown
from tocsin.catalogue.network import MAX_ELEMENT_AGE_DAYS, nearest_elements, network_of
from tocsin.catalogue.orbits import orbit_problems
from tocsin.catalogue.plan import KINDS
from tocsin.catalogue.planning import assumed_notes, plans_of
from tocsin.catalogue.satellite import satellites
from tocsin.catalogue.schema import DEFAULT_START_UTC, EventTable, NatureTable, NetworkTable, PublishedTable
from tocsin.catalogue.strict import read_table
from tocsin.earth.orientation import orientation_note
from tocsin.earth.time import DAY, tai_from_utc
from tocsin.errors import TocsinError

_EVENTS = DATA / "events"
_ALONE = ("radio_burst", "bright_cloud")  # what of nature may be all that there is in an event


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
    return _event(path, read_table(path, EventTable, EVENT_FILE, partial(_further, path.parent)))


def _further(folder: Path, raw: dict[str, Any], found: list[Problem]) -> list[Problem]:
    start_utc = _start(raw, found)
    return [
        *_nothing_flies(raw),
        *aim_problems(raw),
        *orbit_problems(raw, None if start_utc is None else tai_from_utc(start_utc)),
        *file_problems(raw, folder),
        *(_network_problems(raw, found, start_utc) if start_utc is not None else ()),
    ]


def _start(raw: dict[str, Any], found: list[Problem]) -> str | None:
    """The event's start, if it is sound."""
    if any(where[:1] == ("start_utc",) for where, _ in found):
        return None
    start_utc: str = TypeAdapter(Utc).validate_python(raw.get("start_utc", DEFAULT_START_UTC))
    return start_utc


def _nothing_flies(raw: dict[str, Any]) -> list[Problem]:
    """No body, and nothing of nature's that an event could be about; or no time for which to watch that."""
    if any(raw.get(kind) for kind in KINDS):
        return []
    nature = raw.get("nature")
    if isinstance(nature, dict) and (nature.get("moon") == "heard" or any(nature.get(k) for k in _ALONE)):
        wanted = "is missing: nothing flies, so say how long it is watched; add duration_s = 3600.0"
        return [] if "duration_s" in raw else [(("duration_s",), wanted)]
    others = ", ".join(f"[[{kind}]]" for kind in tuple(KINDS)[1:])
    return [(("flight",), f"is missing; add a [[flight]] table, or one of {others}")]


def _network_problems(raw: dict[str, Any], found: list[Problem], start_utc: str) -> list[Problem]:
    """Problems of the network on its date, once the keys that say so are sound themselves."""
    if any(where[:1] == ("network",) for where, _ in found):
        return []
    choice = _choice(NetworkTable.model_validate(raw.get("network", {})), start_utc)
    try:
        seen = network_of(choice)
    except TocsinError as error:
        split = (problem.split(": ", 1) for problem in error.problems)
        return [(("network", key), what) for key, what in split]
    if choice.satellites is None and not seen.satellites:
        if not choice.doubtful and network_of(replace(choice, doubtful=True)).satellites:
            return [(("network", "doubtful"), _all_in_doubt(seen.date_utc))]
        date_key = ("network", "date_utc") if "date_utc" in raw.get("network", {}) else ("start_utc",)
        return [(date_key, _no_elements(seen.date_utc, seen.t_tai))]
    return []


def _all_in_doubt(date_utc: str) -> str:
    return (
        f"leaves no satellite on {date_utc}, where those with an element set near are in doubt; set it true, "
        "or network.satellites = [] to do without"
    )


def _no_elements(date_utc: str, t_tai: float) -> str:
    nearest, _ = min((nearest_elements(s, t_tai) for s in satellites()), key=lambda found: found[1])
    return (
        f"no element set is within {MAX_ELEMENT_AGE_DAYS:.0f} days of {date_utc}, the nearest is of "
        f"{nearest.epoch_utc}; set network.date_utc near that, or network.satellites = [] to do without"
    )


def _event(path: Path, table: EventTable) -> Event:
    notes = (*table.notes, *assumed_notes(table))
    start = tai_from_utc(table.start_utc)
    turning = orientation_note(start, start + DAY)
    if "start_utc" not in table.model_fields_set:
        notes = (*notes, f"start_utc is not given; taken as {DEFAULT_START_UTC}")
    return Event(
        key=path.stem,
        title=table.name,
        start_utc=table.start_utc,
        start_t_tai=start,
        flights=plans_of(table, path.parent),
        network=_choice(table.network, table.start_utc),
        published=None if table.published is None else _published(table.published),
        notes=(*notes, *([] if turning is None else [turning])),
        nature=_nature(table.nature),
        duration_s=table.duration_s,
        protected=None if table.protected is None else tuple(table.protected),
    )


def _choice(table: NetworkTable, start_utc: str) -> NetworkChoice:
    return NetworkChoice(
        date_utc=table.date_utc or start_utc,
        satellites=None if table.satellites is None else tuple(table.satellites),
        radars=None if table.radars is None else tuple(table.radars),
        hypothetical=table.hypothetical,
        doubtful=table.doubtful,
        lowest=tuple(Lowest(**row.model_dump()) for row in table.lowest),
        heard=tuple(Heard(**row.model_dump()) for row in table.heard),
    )


def _nature(table: NatureTable) -> NatureChoice:
    bursts = tuple(RadioBurst(**burst.model_dump()) for burst in table.radio_burst)
    clouds = tuple(BrightCloud(**cloud.model_dump()) for cloud in table.bright_cloud)
    others = table.model_dump(exclude={"radio_burst", "bright_cloud"})
    return NatureChoice(**others, radio_bursts=bursts, bright_clouds=clouds)


def _published(table: PublishedTable) -> Published:
    claims = tuple(Claim(**claim.model_dump()) for claim in table.claim)
    return Published(**{**table.model_dump(exclude={"claim"}), "claims": claims})
