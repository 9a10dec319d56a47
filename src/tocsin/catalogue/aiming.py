"""Which keys of a flight go together to say where it is aimed."""

from typing import Any

from tocsin.catalogue.complaints import Problem

_AIM = ("bearing_deg", "apogee_km", "range_km"), ("impact", "loft")
_AIM_RULE = "give either bearing_deg, apogee_km and range_km, or impact and loft"


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


def _one_aim(flight: dict[str, Any]) -> list[Problem]:
    given = [[key for key in way if key in flight] for way in _AIM]
    if given[0] and given[1]:
        return [((), f"has {', '.join(given[0])} and {', '.join(given[1])}; {_AIM_RULE}, not both")]
    if not given[0] and not given[1]:
        return [((), f"does not say where to; {_AIM_RULE}")]
    way = _AIM[0] if given[0] else _AIM[1]
    return [((key,), f"is missing; {_AIM_RULE}") for key in way if key not in flight]
