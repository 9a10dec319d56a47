"""A border layer of the user's own: read and cut, and every mistake told at once."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from tocsin.catalogue import borders, read_borders
from tocsin.catalogue.cutting import parts_of
from tocsin.catalogue.overlaps import overlaps
from tocsin.catalogue.rings import area_km2
from tocsin.errors import TocsinError

DOC = Path(__file__).resolve().parents[2] / "docs" / "borders.md"


def box(west: float, south: float, east: float, north: float) -> list[list[float]]:
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(iso: Any, *rings: Any, name: Any = "Somewhere") -> dict[str, Any]:
    """A country of one polygon: outline and holes."""
    shape = {"type": "Polygon", "coordinates": list(rings)}
    return {"type": "Feature", "properties": {"iso": iso, "name": name}, "geometry": shape}


def written(tmp_path: Path, *features: Any) -> Path:
    file = tmp_path / "mine.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}), encoding="utf-8")
    return file


def refused(file: Path) -> list[str]:
    """What is told, without the path."""
    with pytest.raises(TocsinError) as told:
        read_borders(file)
    assert all(p.startswith(f"{file}:") for p in told.value.problems)
    return [p.removeprefix(f"{file}:").strip() for p in told.value.problems]


def test_a_layer_is_read_and_cut_and_keeps_its_ground(tmp_path: Path) -> None:
    """A wavy coast of 2,000 vertices and an island with a lake: parts of at most 64, the same area."""
    turn = np.linspace(0.0, 2.0 * np.pi, 2000, endpoint=False)
    coast = np.stack([30.0 + (8.0 + np.cos(40 * turn)) * np.cos(turn), 40.0 + 8.0 * np.sin(turn)], axis=1)
    many = {
        "type": "Feature",
        "properties": {"iso": "AA", "name": "Westland"},
        "geometry": {"type": "MultiPolygon", "coordinates": [[coast.tolist()], [box(50, 40, 51, 41)]]},
    }
    lake = feature("BB", [[x, y, 120.0] for x, y in box(60, 0, 70, 10)], box(64, 4, 66, 6), name="Eastland")
    told = read_borders(written(tmp_path, many, lake))
    assert set(zip(told.names, told.iso, strict=True)) == {("Westland", "AA"), ("Eastland", "BB")}
    assert told.source == "given by the user: mine.geojson"
    assert shapely.get_num_coordinates(told.geometry).max() <= 64
    held = area_km2(told.geometry)
    whole = area_km2(np.array([shapely.Polygon(coast), shapely.box(50, 40, 51, 41)])).sum()
    assert held[np.array(told.iso) == "AA"].sum() == pytest.approx(whole, rel=1e-4)
    lake_km2 = area_km2(np.array([shapely.box(60, 0, 70, 10) - shapely.box(64, 4, 66, 6)])).item()
    assert held[np.array(told.iso) == "BB"].sum() == pytest.approx(lake_km2, rel=1e-9)


def test_the_built_in_layer_would_be_taken() -> None:
    known = borders()
    _, owner = np.unique(np.array(known.iso), return_inverse=True)
    assert overlaps(known.geometry, owner) == ()
    again = parts_of(shapely.union_all(known.geometry[np.array(known.iso) == "CN"]))
    assert max(shapely.get_num_coordinates(again)) <= 64


def test_the_example_of_the_documentation_is_sound(tmp_path: Path) -> None:
    text = DOC.read_text(encoding="utf-8").split("```json\n")[1].split("```")[0]
    (tmp_path / "mine.geojson").write_text(text, encoding="utf-8")
    told = read_borders(tmp_path / "mine.geojson")
    assert told.iso == ("AA", "BB")
    assert told.names == ("Westland", "Eastland")


GOOD = box(0, 0, 1, 1)
WRONG = {
    "a line": (
        feature("AA", [[0, 0], [1, 1], [2, 2], [0, 0]]),
        "feature 1 (AA): has all its points on one line",
    ),
    "a bow": (
        feature("AA", [[0, 0], [9, 9], [0, 9], [9, 0]]),
        "feature 1 (AA): crosses or touches itself near",
    ),
    "over 180 deg": (feature("AA", box(170, 0, -170, 9)), "feature 1 (AA): crosses 180 deg near lat 0.0"),
    "round the pole": (
        feature("AA", [[0, -80], [-120, -80], [120, -80]]),
        "feature 1 (AA): goes round the south pole",
    ),
    "beyond the map": (
        feature("AA", box(170, 0, 190, 9)),
        "feature 1 (AA): is no list of [lon, lat] with lon",
    ),
    "latitude first": (
        feature("AA", [[60, 100], [61, 100], [61, 101]]),
        "feature 1 (AA): is no list of [lon, lat]",
    ),
    "not a number": (
        feature("AA", [[0, 0], [float("nan"), 1], [1, 1]]),
        "feature 1 (AA): is no list of [lon, lat]",
    ),
    "a number in words": (
        feature("AA", [[0, 0], ["1", 1], [1, 1]]),
        "feature 1 (AA): is no list of [lon, lat]",
    ),
    "a true one": (feature("AA", [[0, 0], [True, 1], [1, 1]]), "feature 1 (AA): is no list of [lon, lat]"),
    "too great a number": (feature("AA", [[0, 0], [10**400, 1], [1, 1]]), "feature 1 (AA): is no list of"),
    "a ring too shallow": (feature("AA", [0, 0]), "feature 1 (AA): is no list of [lon, lat]"),
    "no ring": (feature("AA"), "feature 1 (AA): is a 'Polygon', or empty; give a GeoJSON Feature"),
    "a hole outside": (feature("AA", GOOD, box(5, 5, 6, 6)), "feature 1 (AA): has holes that cross"),
    "a hole without area": (
        feature("AA", GOOD, [[0.5, 0.5], [0.6, 0.6]]),
        "feature 1 (AA), hole 1: has 2 points and so no area",
    ),
    "no code": (feature(None, GOOD), "feature 1: iso is missing; give 1 to 32 letters"),
    "an odd code": (feature("A B", GOOD), "feature 1: iso is 'A B'; give 1 to 32 letters, digits"),
    "a code that is taken": (feature("Orbit", GOOD), "feature 1: iso is 'Orbit'; give 1 to 32 letters"),
    "no name": (feature("AA", GOOD, name=""), "feature 1: name is ''; give 1 to 100 printable"),
    "a name of two lines": (feature("AA", GOOD, name="a\nb"), "feature 1: name is 'a\\nb'; give 1 to"),
    "a point": (
        {"type": "Feature", "properties": {"iso": "AA", "name": "a"}, "geometry": {"type": "Point"}},
        "feature 1 (AA): is a 'Point', or empty",
    ),
    "no geometry": (
        {"type": "Feature", "properties": {}, "geometry": None},
        "feature 1: has no properties or no",
    ),
    "no feature": (3, "feature 1: has no properties or no geometry"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_is_told(tmp_path: Path, name: str) -> None:
    given, words = WRONG[name]
    (told,) = refused(written(tmp_path, given))
    assert told.startswith(words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"{", "1: not JSON: expecting property name"),
        (b'{"a": 1,\n"b": }', "2: not JSON: expecting value"),
        (b"\xff\xfe", "not text in UTF-8"),
        (b"[" * 100_000, "not text in UTF-8, or too deep"),
        (b"[]", "is no FeatureCollection; give a GeoJSON"),
        (b'{"type": "Feature", "features": []}', "is no FeatureCollection"),
        (b'{"type": "FeatureCollection", "features": []}', "holds no country; give a GeoJSON"),
    ],
)
def test_what_is_no_geojson(tmp_path: Path, text: bytes, words: str) -> None:
    (tmp_path / "mine.geojson").write_bytes(text)
    (told,) = refused(tmp_path / "mine.geojson")
    assert told.startswith(words)


def test_no_such_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "missing.geojson")[0].startswith("no such file; give a GeoJSON")
    assert refused(tmp_path)[0].startswith("is not a file; give a GeoJSON")


def test_ground_of_two_codes_is_told_but_not_of_one_nor_a_strip_of_rounding(tmp_path: Path) -> None:
    """5 deg of a meridian are 556 km: 1e-5 deg of overlap along them is 0.6 km2."""
    strip = feature("BB", box(10.0 - 1e-5, 0, 20, 5))
    assert read_borders(written(tmp_path, feature("AA", box(0, 0, 10, 10)), strip)).iso == ("AA", "BB")
    told = refused(written(tmp_path, feature("AA", box(0, 0, 10, 10)), feature("BB", box(9.999, 0, 20, 10))))
    assert len(told) == 1
    assert told[0].startswith("AA and BB overlap by 123 km2 near lat ")
    same = written(tmp_path, feature("AA", box(0, 0, 10, 10)), feature("AA", box(9, 0, 20, 10)))
    assert set(read_borders(same).iso) == {"AA"}


def test_all_at_once(tmp_path: Path) -> None:
    """The ground that two hold: R^2 times 5 deg times sin(10 deg) - sin(5 deg)."""
    wrong = [given for given, _ in WRONG.values()]
    told = refused(
        written(tmp_path, *wrong, feature("BB", box(0, 0, 10, 10)), feature("CC", box(5, 5, 20, 20)))
    )
    assert len(told) == len(WRONG) + 1
    assert [int(p.split()[1].rstrip(":,")) for p in told[:-1]] == list(range(1, len(WRONG) + 1))
    assert told[-1].startswith("BB and CC overlap by 306,367 km2")
