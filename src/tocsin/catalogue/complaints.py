"""Turns what is wrong in an event file into lines for the person who wrote it."""

from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from tocsin.catalogue.keylines import Path
from tocsin.catalogue.nearest import suggestion
from tocsin.catalogue.schema import TABLES

Problem = tuple[Path, str]

_EXAMPLES = {
    "name": 'name = "my event"',
    "flight": "a [[flight]] table",
    "vehicle": 'vehicle = "icbm-liquid"',
    "launch": "launch = { lat_deg = 40.0, lon_deg = 170.0 }",
    "impact": "impact = { lat_deg = 40.0, lon_deg = -150.0 }",
    "loft": "loft = 1.0",
    "source": 'source = "where the figures come from"',
    "who": 'who = "who said so"',
}
_AIM = ("bearing_deg", "apogee_km", "range_km"), ("impact", "loft")
_AIM_RULE = "give either bearing_deg, apogee_km and range_km, or impact and loft"


def schema_problems(error: ValidationError) -> list[Problem]:
    """Every problem that pydantic found, in words."""
    return [(tuple(detail["loc"]), _words(detail)) for detail in error.errors(include_url=False)]


def aim_problems(raw: dict[str, Any]) -> list[Problem]:
    """Flights that have both ways of aiming, neither, or half of one."""
    flights = raw.get("flight")
    if not isinstance(flights, list):
        return []
    found: list[Problem] = []
    for number, flight in enumerate(flights):
        if isinstance(flight, dict):
            found += [(("flight", number, *path), what) for path, what in _one_aim(flight)]
    return found


def key_text(path: Path) -> str:
    """A path as a person writes it: ("flight", 0, "launch") is `flight 1, launch`."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f" {part + 1}, "
        else:
            text += part if not text or text.endswith(", ") else f".{part}"
    return text.removesuffix(", ")


def _one_aim(flight: dict[str, Any]) -> list[Problem]:
    given = [[key for key in way if key in flight] for way in _AIM]
    if given[0] and given[1]:
        return [((), f"has {', '.join(given[0])} and {', '.join(given[1])}; {_AIM_RULE}, not both")]
    if not given[0] and not given[1]:
        return [((), f"does not say where to; {_AIM_RULE}")]
    way = _AIM[0] if given[0] else _AIM[1]
    return [((key,), f"is missing; {_AIM_RULE}") for key in way if key not in flight]


def _words(detail: ErrorDetails) -> str:
    kind, value, limits = detail["type"], detail["input"], detail.get("ctx", {})
    path = tuple(part for part in detail["loc"] if isinstance(part, str))
    match kind:
        case "missing":
            example = _EXAMPLES.get(path[-1], f"{path[-1]} = 0.0")
            return f"is missing; add {example}"
        case "extra_forbidden":
            return f"no such key; {suggestion(path[-1], tuple(TABLES[path[:-1]].model_fields))}"
        case "tocsin":
            return str(limits["what"])
        case "finite_number":
            return f"is {_shown(value)}; give a finite number"
        case "greater_than" | "greater_than_equal" | "less_than_equal":
            return f"is {_shown(value)}; {_limit(kind, limits)}"
        case "too_short":
            return f"is empty; add {_EXAMPLES.get(path[-1], 'one')}"
        case "too_long":
            return f"has {limits['actual_length']} entries; give at most {limits['max_length']}"
        case "string_too_short":
            return "is empty; write something"
        case "string_too_long":
            return f"is longer than {limits['max_length']} characters; shorten it"
    wanted = {
        "float_type": "a number, such as 12.5",
        "string_type": 'text in quotes, such as "abc"',
        "bool_type": "true or false",
        "list_type": "a list in brackets",
        "model_type": "a table, such as { lat_deg = 40.0, lon_deg = 170.0 }"
        if path[-1:] in (("launch",), ("impact",))
        else "a table",
    }
    return f"is {_shown(value)}; give {wanted.get(kind, detail['msg'])}"


def _limit(kind: str, limits: dict[str, Any]) -> str:
    if kind == "greater_than":
        return f"it must be more than {limits['gt']:g}"
    if kind == "greater_than_equal":
        return f"it must be at least {limits['ge']:g}"
    return f"it must be at most {limits['le']:g}"


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "..."
