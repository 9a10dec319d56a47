"""What cannot be of an array: a sector without width, limits the wrong way round, a name that is taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tocsin.catalogue.complaints import Problem
from tocsin.catalogue.radar import radar_defaults

_PAIRS = (("el_min_deg", "el_max_deg"), ("range_min_km", "range_max_km"))


def array_problems(rows: Any, taken: Callable[[str], str | None]) -> list[Problem]:
    """Problems of `[[radar]]` rows as they were written, beyond the types of their values.

    taken: says where a key is in use already, None where it is free.
    """
    found: list[Problem] = []
    first: dict[str, int] = {}
    for number, row in enumerate(rows if isinstance(rows, list) else ()):
        if not isinstance(row, dict):
            continue
        at = ("radar", number)
        found += [((*at, *where), what) for where, what in _row_problems(row)]
        key = row.get("key")
        if not isinstance(key, str):
            continue
        if key.casefold() in first:
            found.append(
                ((*at, "key"), f"is {key!r}, as radar {first[key.casefold()] + 1}'s; give each array its own")
            )
        elif where := taken(key):
            found.append(((*at, "key"), f"is {key!r}, {where}; give it another"))
        first.setdefault(key.casefold(), number)
    return found


def _row_problems(row: dict[str, Any]) -> list[Problem]:
    found: list[Problem] = []
    start, end = (_number(row, name) for name in ("az_start_deg", "az_end_deg"))
    if start is not None and end is not None and (end - start) % 360.0 == 0.0 and (start, end) != (0, 360):
        found.append(
            (
                ("az_end_deg",),
                f"is {end:g}, az_start_deg too: a sector without width; for all round give 0 and 360",
            )
        )
    band = row.get("band")
    assumed = radar_defaults(band) if band in ("VHF", "UHF") else {}
    for low, high in _PAIRS:
        least, most = (_number(row, name, assumed) for name in (low, high))
        if least is None or most is None or least < most:
            continue
        given = high if high in row and low not in row else low
        other, value = (low, least) if given == high else (high, most)
        by = "" if other in row else ", which is assumed unless given"
        found.append(
            (
                (given,),
                f"is {most if given == high else least:g}; it must be {'more' if given == high else 'less'} "
                f"than {other}, {value:g}{by}",
            )
        )
    return found


def _number(row: dict[str, Any], name: str, assumed: dict[str, Any] | None = None) -> float | None:
    """A number of the row, or what is assumed in its place; None where there is none."""
    value = row.get(name, (assumed or {}).get(name))
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
