"""The borders file: known places, published areas, and the traps of rings across 180 deg and the pole."""

import numpy as np
import pytest
import shapely

from tocsin.catalogue import borders

PARTS = borders()
TREE = shapely.STRtree(PARTS.geometry)


def countries_at(lat_deg: float, lon_deg: float) -> set[str]:
    return {PARTS.iso[i] for i in TREE.query(shapely.Point(lon_deg, lat_deg), predicate="intersects")}


@pytest.mark.parametrize(
    ("lat_deg", "lon_deg", "iso"),
    [
        (55.75, 37.6, "RU"),
        (39.9, 116.4, "CN"),
        (39.05, 125.75, "KP"),
        (38.9, -77.05, "US"),
        (64.8, -147.7, "US"),
        (-15.8, -47.9, "BR"),
        (-29.5, 28.3, "LS"),
        (42.65, 21.15, "XK"),
        (35.25, 33.65, "XC"),
        (9.55, 44.05, "XS"),
    ],
)
def test_places_well_inside_a_country(lat_deg: float, lon_deg: float, iso: str) -> None:
    assert countries_at(lat_deg, lon_deg) == {iso}


@pytest.mark.parametrize(
    ("lat_deg", "lon_deg", "iso"),
    [
        (66.5, -175.0, "RU"),
        (66.5, 179.0, "RU"),
        (66.5, 180.0, "RU"),
        (66.5, -180.0, "RU"),
        (71.2, -179.5, "RU"),
        (71.2, 179.5, "RU"),
        (-90.0, 0.0, "AQ"),
        (-89.9, 0.0, "AQ"),
        (-85.0, -175.0, "AQ"),
        (-89.9999, 123.0, "AQ"),
        (-88.0, 180.0, "AQ"),
        (-75.0, 0.0, "AQ"),
    ],
)
def test_chukotka_wrangel_and_the_south_pole(lat_deg: float, lon_deg: float, iso: str) -> None:
    assert countries_at(lat_deg, lon_deg) == {iso}


@pytest.mark.parametrize(
    ("lat_deg", "lon_deg"),
    [(90.0, 0.0), (0.0, -150.0), (45.0, 166.0), (67.0, 0.0), (-60.0, 180.0), (0.0, 179.0)],
)
def test_open_sea_is_no_country(lat_deg: float, lon_deg: float) -> None:
    assert countries_at(lat_deg, lon_deg) == set()


@pytest.mark.parametrize(
    ("lat_deg", "lon_deg", "iso"),
    [
        (45.0, 34.1, "RU"),
        (25.0, 121.5, "TW"),
        (27.6, 91.9, "IN"),
        (35.2, 79.5, "CN"),
        (33.0, 35.75, "IL"),
        (27.0, -13.0, "MA"),
        (45.0, 147.8, "RU"),
        (48.0, 37.8, "UA"),
    ],
)
def test_disputed_ground_is_as_the_documentation_says(lat_deg: float, lon_deg: float, iso: str) -> None:
    """Natural Earth draws lines of control; these are the cases that docs/borders.md names."""
    assert countries_at(lat_deg, lon_deg) == {iso}


def test_no_random_point_is_in_two_countries() -> None:
    rng = np.random.default_rng(20250715)
    points = shapely.points(rng.uniform(-180.0, 180.0, 200_000), rng.uniform(-90.0, 90.0, 200_000))
    found, part = TREE.query(points, predicate="intersects")
    owner = np.unique(np.array(PARTS.names), return_inverse=True)[1][part]
    pairs = np.unique(np.column_stack([found, owner]), axis=0)
    assert len(np.unique(pairs[:, 0])) == len(pairs)


@pytest.mark.parametrize(
    ("iso", "million_km2"),
    [
        ("RU", 17.098),
        ("CN", 9.597),
        ("BR", 8.516),
        ("AU", 7.692),
        ("KZ", 2.725),
        ("FR", 0.640),
        ("KP", 0.1205),
    ],
)
def test_areas_are_the_published_ones(iso: str, million_km2: float) -> None:
    """Areas as any almanac gives them, rounded: within 3 %, inland waters and coasts being drawn coarsely."""
    area = 0.0
    for shape in PARTS.geometry[np.array(PARTS.iso) == iso]:
        for ring in (shape.exterior, *shape.interiors):
            lon, lat = np.radians(shapely.get_coordinates(ring)).T
            sign = 1.0 if ring is shape.exterior or ring.equals(shape.exterior) else -1.0
            strip = np.diff(lon) * (2.0 + np.sin(lat[:-1]) + np.sin(lat[1:])) / 2.0
            area += sign * abs(strip.sum()) * 6371.0**2
    assert area / 1e6 == pytest.approx(million_km2, rel=0.03)


def test_parts_are_small_valid_and_inside_the_map() -> None:
    assert len(PARTS.names) == len(PARTS.iso) == len(PARTS.geometry) > 4000
    assert shapely.is_valid(PARTS.geometry).all()
    assert (shapely.get_type_id(PARTS.geometry) == shapely.GeometryType.POLYGON).all()
    assert shapely.get_num_coordinates(PARTS.geometry).max() <= 64
    assert shapely.total_bounds(PARTS.geometry)[:3].tolist() == [-180.0, -90.0, 180.0]
    assert shapely.total_bounds(PARTS.geometry)[3] < 84.0


def test_codes_and_source() -> None:
    assert len(set(PARTS.names)) == 241
    assert all(len(code) == 2 and code.isupper() for code in PARTS.iso)
    invented = {name: code for name, code in zip(PARTS.names, PARTS.iso, strict=True) if code[0] == "X"}
    assert invented == {"Kosovo": "XK", "N. Cyprus": "XC", "Somaliland": "XS", "Siachen Glacier": "XG"}
    assert PARTS.source.startswith("Natural Earth 4.1.0, 1:50m")
