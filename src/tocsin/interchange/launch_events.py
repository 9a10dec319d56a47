"""What a launch's engines did and when: the events file beside a table of telemetry."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import final

from tocsin.errors import TocsinError
from tocsin.interchange.telemetry_rows import LIMITS, json_value, plain_number

# In the order in which they happen to what flies on to orbit.
KEYS = {"cutoff_s": "meco", "restart_s": "ses1", "shutdown_s": "seco1"}
TURN = "boostback_start"
AN_EVENTS_FILE = "a JSON object of event times in seconds, such as meco and ses1"


@final
@dataclass(frozen=True, slots=True)
class LaunchEvents:
    """Times after lift-off, s, each None where it is not told.

    cutoff_s: the first stage's engine stops; restart_s and shutdown_s: the second's starts and stops;
    turn_s: the first stage turns back, so that from there on the table follows it and not the ascent.
    """

    cutoff_s: float | None = None
    restart_s: float | None = None
    shutdown_s: float | None = None
    turn_s: float | None = None


def read_launch_events(file: Path) -> LaunchEvents:
    """The times under meco, ses1, seco1 and boostback_start of a JSON object; none where there is no file.

    Raises TocsinError for a file that is no such object, a time that is none, or times out of order.
    """
    if not file.exists():
        return LaunchEvents()
    whole = json_value(file, AN_EVENTS_FILE)
    if not isinstance(whole, dict):
        raise TocsinError(f"{file}: is no JSON object; give {AN_EVENTS_FILE}")
    told = {name: _time(file, whole, key) for name, key in KEYS.items()}
    turn = _time(file, whole, TURN)
    given = [(key, t) for name, key in KEYS.items() if (t := told[name]) is not None]
    pairs = list(pairwise(given))
    if turn is not None and told["cutoff_s"] is not None:
        pairs.append((given[0], (TURN, turn)))
    for (first, before), (second, after) in pairs:
        if after <= before:
            raise TocsinError(
                f"{file}: {second}: {after:g} s does not come after {first}, {before:g} s; correct one"
            )
    return LaunchEvents(**told, turn_s=turn)


def _time(file: Path, whole: dict[str, object], key: str) -> float | None:
    value = whole.get(key)
    if value is None:
        return None
    t = plain_number(value)
    least, most, unit = LIMITS["time"]
    if t is None or not least < t <= most:
        shown = str(value)[:20]
        raise TocsinError(f"{file}: {key}: {shown!r} is no time; give {least:g} to {most:g} {unit}, or null")
    return t
