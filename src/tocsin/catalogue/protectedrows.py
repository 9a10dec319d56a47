"""What cannot be of protected areas: unknown countries, rings that are none, ground protected twice."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from shapely.geometry import Polygon

from tocsin.catalogue.borders import Borders
from tocsin.catalogue.complaints import Problem
from tocsin.catalogue.nearest import nearest
from tocsin.catalogue.overlaps import Overlap, overlaps
from tocsin.catalogue.protected import circle
from tocsin.catalogue.rings import RADIUS_KM, ring_problems

_FORMS = "countries, ring, or centre with radius_km"
_SHOWN = 8


class _Area(NamedTuple):
    """A sound area of row `number`: drawn at the key `at`."""

    number: int
    at: str
    name: str
    polygon: Polygon


def protected_problems(rows: Any, wrong: set[tuple[Any, ...]], layer: Borders | None) -> list[Problem]:
    """Problems of `[[protected]]` rows as they were written, but of those in `wrong`, told already."""
    found: list[Problem] = []
    areas: list[_Area] = []
    names: dict[str, int] = {}
    countries: dict[str, int] = {}
    for number, row in enumerate(rows if isinstance(rows, list) else ()):
        at = ("protected", number)
        if at in wrong:
            continue
        name = str(row["name"])
        if name.casefold() in names:
            told = f"is {name!r}, as protected {names[name.casefold()] + 1}'s; give each its own"
            found.append(((*at, "name"), told))
        names.setdefault(name.casefold(), number)
        forms = [key for key in ("countries", "ring", "centre") if key in row]
        if len(forms) != 1 or ("radius_km" in row) != (forms == ["centre"]):
            found.append((at, _form_words(row, forms)))
        elif forms == ["countries"]:
            told_of = [(code, _country(code, number, countries, layer)) for code in row["countries"]]
            found += [((*at, "countries"), what) for _, what in told_of if what is not None]
        else:
            key, ring, what = _drawn(row)
            found += [((*at, key), words) for words in what]
            if not what:
                areas.append(_Area(number, key, name, Polygon(ring)))
    return [*found, *_shared(areas), *([] if layer is None else _in_countries(areas, countries, layer))]


def _form_words(row: dict[str, Any], forms: list[str]) -> str:
    if not forms and "radius_km" not in row:
        return f"holds no area; add {_FORMS}"
    if len(forms) < 2 and "countries" not in forms and "ring" not in forms:
        missing = "centre" if "radius_km" in row else "radius_km"
        example = "centre = [60.0, 30.0]" if missing == "centre" else "radius_km = 100.0"
        return f"is a circle without {missing}; add {example}"
    given = [key for key in ("countries", "ring", "centre", "radius_km") if key in row]
    return f"has {' and '.join(given)}; give one of {_FORMS}, and the other a table of its own"


def _drawn(row: dict[str, Any]) -> tuple[str, NDArray[np.float64], tuple[str, ...]]:
    """The key, the ring (n, 2) lon, lat deg, and what is wrong with it."""
    if "ring" in row:
        ring = np.array(row["ring"], dtype=np.float64).reshape(-1, 2)[:, ::-1]
        return "ring", ring, ring_problems(ring)
    (lat, lon), km = row["centre"], row["radius_km"]
    if abs(lat) + np.degrees(km / RADIUS_KM) > 90.0:
        pole = "north" if lat > 0.0 else "south"
        return "centre", np.zeros((0, 2)), (f"makes a circle over the {pole} pole; give it as rings",)
    ring = circle(lat, lon, km)[:, ::-1]
    if np.abs(ring[:, 0]).max() > 180.0:
        return "centre", ring, ("makes a circle across 180 deg; give it as two rings that end there",)
    return "centre", ring, ring_problems(ring)


def _country(code: str, number: int, countries: dict[str, int], layer: Borders | None) -> str | None:
    """What is wrong with one code, which is noted as row `number`'s."""
    if code in countries:
        return f"{code!r} is protected {countries[code] + 1}'s already; name each country once"
    countries[code] = number
    if layer is None or code in layer.iso:
        return None
    of_name = dict(zip(layer.names, layer.iso, strict=True))
    codes = tuple(dict.fromkeys(layer.iso))
    near = nearest(code, (*codes, *of_name))
    if near is not None:
        return f"no country {code!r} in the border layer; did you mean {of_name.get(near, near)!r}?"
    more = ", ..." if len(codes) > _SHOWN else ""
    return f"no country {code!r} in the border layer; it has {', '.join(sorted(codes)[:_SHOWN])}{more}"


def _shared(areas: list[_Area]) -> list[Problem]:
    """Areas that overlap, told at the later of the two."""
    polygons = np.array([a.polygon for a in areas], dtype=object)
    return [
        (
            ("protected", areas[o.second].number, areas[o.second].at),
            f"overlaps protected {areas[o.first].number + 1}, {areas[o.first].name!r}, {_extent(o)}",
        )
        for o in overlaps(polygons, np.arange(len(areas)))
    ]


def _in_countries(areas: list[_Area], countries: dict[str, int], layer: Borders) -> list[Problem]:
    """Areas that lie partly in a country that is protected as well."""
    codes = [code for code in countries if code in layer.iso]
    if not areas or not codes:
        return []
    iso = np.array(layer.iso)
    chosen = np.isin(iso, codes)
    number = {code: len(areas) + k for k, code in enumerate(codes)}
    parts = np.concatenate([np.array([a.polygon for a in areas], dtype=object), layer.geometry[chosen]])
    owner = np.concatenate([np.arange(len(areas)), [number[code] for code in iso[chosen]]])
    told: list[Problem] = []
    for o in overlaps(parts, owner):
        if o.first < len(areas) <= o.second:
            area, code = areas[o.first], codes[o.second - len(areas)]
            words = f"overlaps {code!r} of protected {countries[code] + 1}, {_extent(o)}"
            told.append((("protected", area.number, area.at), words))
    return told


def _extent(o: Overlap) -> str:
    return (
        f"by {o.km2:,.0f} km2 near lat {o.lat_deg:.2f}, lon {o.lon_deg:.2f}; leave that ground to one of them"
    )
