"""Reads a border layer of the user's own: GeoJSON, checked, and cut as the built-in one is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from shapely.geometry import Polygon

from tocsin.catalogue.borders import Borders
from tocsin.catalogue.cutting import parts_of
from tocsin.catalogue.overlaps import overlaps
from tocsin.catalogue.ownrows import KEY, KEY_WORDS
from tocsin.catalogue.rings import LEAST_DEG2, ring_problems
from tocsin.errors import TocsinError
from tocsin.reading import given_bytes

MAX_BYTES = 200_000_000
# What P(territory) calls the ground of nobody, and what stays up.
RESERVED = ("none", "orbit")
_FORM = 'give a GeoJSON FeatureCollection of Polygons and MultiPolygons with the properties "iso" and "name"'


class _Country(NamedTuple):
    """One feature: where it stands in the file, its code and name, and its polygons that are sound."""

    where: str
    iso: str
    name: str
    polygons: list[Polygon]


def read_borders(path: Path) -> Borders:
    """The border layer of a GeoJSON file: Polygons and MultiPolygons with `iso` and `name`, cut into parts.

    Raises TocsinError with every mistake found: what is no GeoJSON, a ring
    without area, across 180 deg, round a pole or through itself, and ground that two codes hold.
    """
    problems: list[str] = []
    countries = [
        c for k, feature in enumerate(_features(path)) if (c := _country(k, feature, problems)) is not None
    ]
    names: list[str] = []
    iso: list[str] = []
    parts: list[Polygon] = []
    for country in countries:
        for polygon in country.polygons:
            made = parts_of(polygon)
            parts += made
            names += [country.name] * len(made)
            iso += [country.iso] * len(made)
    geometry = np.array(parts, dtype=object)
    problems += _twice(geometry, iso)
    if not problems and not parts:
        problems = [f"holds no country; {_FORM}"]
    if problems:
        raise TocsinError(f"{path}: {problem}" for problem in problems)
    return Borders(tuple(names), tuple(iso), geometry, f"given by the user: {path.name}")


def _features(path: Path) -> list[Any]:
    data = given_bytes(
        path, MAX_BYTES, _FORM, "give a file you may read", f"{MAX_BYTES:,} bytes; give coarser lines"
    )
    try:
        whole = json.loads(data.decode("utf-8-sig"))
    except json.JSONDecodeError as reason:
        raise TocsinError(f"{path}:{reason.lineno}: not JSON: {reason.msg.lower()}; {_FORM}") from None
    except (ValueError, RecursionError):
        raise TocsinError(f"{path}: not text in UTF-8, or too deep; {_FORM}") from None
    features = whole.get("features") if isinstance(whole, dict) else None
    if not isinstance(features, list) or whole.get("type") != "FeatureCollection":
        raise TocsinError(f"{path}: is no FeatureCollection; {_FORM}")
    return features


def _country(number: int, feature: Any, problems: list[str]) -> _Country | None:
    """One feature, None where it cannot be read; what is wrong is added to the problems."""
    where = f"feature {number + 1}"
    about = feature.get("properties") if isinstance(feature, dict) else None
    shape = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(about, dict) or not isinstance(shape, dict):
        problems.append(f"{where}: has no properties or no geometry; {_FORM}")
        return None
    iso, name = about.get("iso"), about.get("name")
    sound = True
    if not isinstance(name, str) or not name.strip() or not name.isprintable() or len(name) > 100:
        problems.append(f'{where}: name is {_shown(name)}; give 1 to 100 printable characters, as "name"')
        sound = False
    if not isinstance(iso, str) or not KEY.fullmatch(iso) or iso.casefold() in RESERVED:
        problems.append(f'{where}: iso is {_shown(iso)}; {KEY_WORDS}, as "iso", and not none or orbit')
        sound = False
    else:
        where = f"{where} ({iso})"
    polygons = _polygons(where, shape, problems)
    return _Country(where, str(iso), str(name), polygons) if sound else None


def _polygons(where: str, shape: dict[str, Any], problems: list[str]) -> list[Polygon]:
    given, kind = shape.get("coordinates"), shape.get("type")
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(given, list) or not given:
        problems.append(f"{where}: is a {_shown(kind)}, or empty; {_FORM}")
        return []
    many = given if kind == "MultiPolygon" else [given]
    found = []
    for number, rings in enumerate(many):
        at = f"{where}, polygon {number + 1}" if len(many) > 1 else where
        polygon = _polygon(at, rings, problems)
        if polygon is not None:
            found.append(polygon)
    return found


def _polygon(where: str, rings: Any, problems: list[str]) -> Polygon | None:
    read = []
    sound = isinstance(rings, list) and bool(rings)
    if not sound:
        problems.append(f"{where}: has no rings; give lists of [lon, lat]")
    for number, given in enumerate(rings if isinstance(rings, list) else ()):
        at = f"{where}, hole {number}" if number else where
        ring = _ring(given)
        if ring is None:
            what: tuple[str, ...] = (
                "is no list of [lon, lat] with lon from -180 to 180 and lat from -90 to 90, in degrees",
            )
        else:
            what = ring_problems(ring)
            read.append(ring)
        problems += [f"{at}: {words}" for words in what]
        sound = sound and not what
    if not sound:
        return None
    polygon = Polygon(read[0], read[1:])
    if not polygon.is_valid or polygon.area < LEAST_DEG2:
        problems.append(f"{where}: has holes that cross each other or its outline; mend or leave them out")
        return None
    return polygon


def _ring(given: Any) -> NDArray[np.float64] | None:
    """A ring (n, 2) lon, lat deg, heights left out; None if it is none."""
    if not isinstance(given, list) or not all(_is_point(p) for p in given):
        return None
    return np.array([p[:2] for p in given], dtype=np.float64).reshape(-1, 2)


def _is_point(given: Any) -> bool:
    if not isinstance(given, list) or not 2 <= len(given) <= 4:
        return False
    numbers = all(isinstance(v, int | float) and not isinstance(v, bool) for v in given[:2])
    return numbers and abs(given[0]) <= 180.0 and abs(given[1]) <= 90.0


def _twice(geometry: NDArray[np.object_], iso: list[str]) -> list[str]:
    """Ground that two codes hold."""
    codes, owner = np.unique(np.array(iso), return_inverse=True)
    return [
        f"{codes[o.first]} and {codes[o.second]} overlap by {o.km2:,.0f} km2 near lat {o.lat_deg:.2f}, "
        f"lon {o.lon_deg:.2f}; give that ground to one of them"
        for o in overlaps(geometry, owner)
    ]


def _shown(value: Any) -> str:
    text = "missing" if value is None else repr(value)
    return text if len(text) <= 40 else text[:37] + "..."
