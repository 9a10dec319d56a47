"""What must be true of an event's element sets: one for each object, sound, and of its time."""

from typing import Any

from pydantic import ValidationError

from tocsin.catalogue.complaints import Problem
from tocsin.catalogue.flighttables import ElementsTable
from tocsin.catalogue.network import MAX_ELEMENT_AGE_DAYS
from tocsin.catalogue.satellite import Elements
from tocsin.catalogue.tle import elements_of_tle
from tocsin.earth.time import DAY, tai_from_utc
from tocsin.errors import TocsinError

_ONE = "give tle, the two lines of an element set, or elements, its figures"


def elements_of(tle: list[str] | None, elements: ElementsTable | None) -> Elements:
    """The elements of a sound table; TocsinError for lines that are not."""
    if tle is not None:
        return elements_of_tle(tle[0], tle[1])
    assert elements is not None
    return Elements(epoch_t_tai=tai_from_utc(elements.epoch_utc), **elements.model_dump())


def orbit_problems(raw: dict[str, Any], start_t: float | None) -> list[Problem]:
    """Satellites and re-entries with no element set, two, a wrong one, or one far from the time it is for.

    start_t: the event's start, TAI s, if it is known.
    """
    found: list[Problem] = []
    for kind in ("satellite", "reentry"):
        rows = raw.get(kind)
        for number, row in enumerate(rows if isinstance(rows, list) else ()):
            if isinstance(row, dict):
                found += [((kind, number, *path), what) for path, what in _one(row, start_t)]
    return found


def _one(row: dict[str, Any], start_t: float | None) -> list[Problem]:
    given = [key for key in ("tle", "elements") if key in row]
    if len(given) != 1:
        return [((), f"has tle and elements; {_ONE}, not both" if given else f"has no element set; {_ONE}")]
    try:
        elements = _read(row)
    except TocsinError as error:
        return [(("tle",), what) for what in error.problems]
    begins = row.get("start_s", 0.0)
    if elements is None or start_t is None or not isinstance(begins, int | float) or not 0 <= begins <= DAY:
        return []
    days = (elements.epoch_t_tai - start_t - begins) / DAY
    if abs(days) <= MAX_ELEMENT_AGE_DAYS:
        return []
    when = "after" if days > 0.0 else "before"
    return [
        (
            (given[0],),
            f"is of {elements.epoch_utc}, {abs(days):,.0f} days {when} the time it is for; "
            f"give one within {MAX_ELEMENT_AGE_DAYS:.0f} days of it, or set start_utc",
        )
    ]


def _read(row: dict[str, Any]) -> Elements | None:
    """The row's elements; None where the types, of which others tell, are not even right."""
    lines = row.get("tle")
    if lines is not None:
        sound = isinstance(lines, list) and len(lines) == 2 and all(isinstance(line, str) for line in lines)
        return elements_of(lines, None) if sound else None
    try:
        return elements_of(None, ElementsTable.model_validate(row["elements"]))
    except ValidationError:
        return None
