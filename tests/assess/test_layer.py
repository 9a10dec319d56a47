"""Layers drawn by hand: straight borders, coasts at any latitude, 180 deg, poles; and other arithmetic."""

from statistics import NormalDist

import numpy as np
import pytest
import shapely

from tocsin.assess.layer import Layer
from tocsin.assess.raster import ABSENT, NOBODY
from tocsin.assess.territory import NEAR_KM, Territories
from tocsin.catalogue import Borders, borders

KM_DEG = 6371.0072 * np.pi / 180.0
NEAR = NEAR_KM / KM_DEG


def owner_at(layer: Layer, lat_deg: float, lon_deg: float) -> int:
    return int(layer.owners(np.radians([[lat_deg, lon_deg]]))[0])


def boxes(*corners: tuple[float, float, float, float]) -> Layer:
    """One owner for each box west, south, east, north."""
    return Layer(np.array([shapely.box(*c) for c in corners]), np.arange(len(corners)), NEAR)


@pytest.mark.parametrize("away_sigma", [-2.0, -0.5, 0.0, 0.3, 1.0])
@pytest.mark.parametrize("lat_deg", [0.0, 60.0])
def test_a_region_across_a_straight_border_is_shared_as_the_gaussian_is(lat_deg, away_sigma):
    """West of the line lies Phi(d / sigma), within four times its sampling error."""
    layer = boxes((0.0, -10.0, 30.0, 80.0), (30.0, -10.0, 60.0, 80.0))
    n, sigma_km = 20_000, 40.0
    rng = np.random.default_rng(11)
    lat = lat_deg + rng.normal(0.0, 5.0 / KM_DEG, n)
    east = rng.normal(-away_sigma * sigma_km, sigma_km, n)
    lon = 30.0 + east / (KM_DEG * np.cos(np.radians(lat)))
    owner = layer.owners(np.radians(np.stack([lat, lon], axis=1)))
    expected = NormalDist().cdf(away_sigma)
    assert np.mean(owner == 0) == pytest.approx(expected, abs=4.0 * np.sqrt(expected * (1 - expected) / n))
    assert np.mean(owner == 0) + np.mean(owner == 1) == 1.0


@pytest.mark.parametrize("lat_deg", [0.0, 45.0, -60.0, 78.0, 84.0])
def test_five_kilometres_are_as_long_at_any_latitude(lat_deg):
    layer = boxes((10.0, lat_deg - 1.0, 20.0, lat_deg + 1.0))
    for km, owner in ((4.9, 0), (5.1, NOBODY)):
        east = km / (KM_DEG * np.cos(np.radians(lat_deg)))
        assert owner_at(layer, lat_deg, 20.0 + east) == owner
        assert owner_at(layer, lat_deg, 10.0 - east) == owner
        assert owner_at(layer, lat_deg + 1.0 + km / KM_DEG, 15.0) == owner
        assert owner_at(layer, lat_deg - 1.0 - km / KM_DEG, 15.0) == owner


def test_a_coast_is_near_across_180_deg():
    layer = boxes((-180.0, -5.0, -170.0, 5.0), (170.0, 40.0, 180.0, 50.0))
    assert owner_at(layer, 0.0, 180.0 - 4.9 / KM_DEG) == 0
    assert owner_at(layer, 0.0, 180.0 - 5.1 / KM_DEG) == NOBODY
    wide = KM_DEG * np.cos(np.radians(45.0))
    assert owner_at(layer, 45.0, -180.0 + 4.9 / wide) == 1
    assert owner_at(layer, 45.0, -180.0 + 5.1 / wide) == NOBODY


def test_a_cap_on_each_pole():
    round_it = np.linspace(-180.0, 180.0, 9)
    caps = [
        shapely.Polygon([*((lon, s * 89.0) for lon in round_it), (180.0, s * 90.0), (-180.0, s * 90.0)])
        for s in (1, -1)
    ]
    layer = Layer(np.array(caps), np.arange(2), NEAR)
    for lon in (-180.0, -77.7, 0.0, 13.0, 180.0):
        for owner, s in enumerate((1, -1)):
            assert owner_at(layer, s * 90.0, lon) == owner
            assert owner_at(layer, s * 89.5, lon) == owner
            assert owner_at(layer, s * (89.0 - 4.9 / KM_DEG), lon) == owner
            assert owner_at(layer, s * (89.0 - 5.1 / KM_DEG), lon) == NOBODY


def test_the_nearer_coast_of_two_and_the_ground_itself_before_any_coast():
    """A strait 6 km wide; and a border, across which the neighbour is near but not the owner."""
    strait = boxes((0.0, 0.0, 1.0, 1.0), (1.0 + 6.0 / KM_DEG, 0.0, 2.0, 1.0))
    assert owner_at(strait, 0.5, 1.0 + 2.0 / KM_DEG) == 0
    assert owner_at(strait, 0.5, 1.0 + 4.0 / KM_DEG) == 1
    border = boxes((0.0, 0.0, 1.0, 1.0), (1.0, 0.0, 2.0, 1.0))
    assert owner_at(border, 0.5, 1.0 - 0.01 / KM_DEG) == 0
    assert owner_at(border, 0.5, 1.0 + 0.01 / KM_DEG) == 1


def test_a_hole_is_not_inside_and_no_point_is_absent():
    ring = shapely.box(0.0, 0.0, 10.0, 10.0) - shapely.box(4.0, 4.0, 6.0, 6.0)
    layer = Layer(np.array([ring]), np.zeros(1, np.int64), NEAR)
    assert owner_at(layer, 5.0, 5.0) == NOBODY
    assert owner_at(layer, 4.0 + 4.9 / KM_DEG, 5.0) == 0
    assert owner_at(layer, 2.0, 5.0) == 0
    assert owner_at(layer, np.nan, 5.0) == ABSENT
    empty = Layer(np.array([], dtype=object), np.zeros(0, np.int64), NEAR)
    assert owner_at(empty, 5.0, 5.0) == NOBODY


def test_points_by_coasts_and_borders_as_a_map_about_each_of_them_tells():
    """Another way: every part near a point drawn again about that point, azimuthal and equidistant on the
    sphere (Snyder 1987, 25-4), and measured there."""
    known = borders()
    rng = np.random.default_rng(20)
    at = rng.choice(shapely.get_coordinates(known.geometry), 1500)
    lat = np.clip(at[:, 1] + rng.normal(0.0, 4.0, 1500) / KM_DEG, -90.0, 90.0)
    lon = at[:, 0] + rng.normal(0.0, 4.0, 1500) / (KM_DEG * np.maximum(np.cos(np.radians(lat)), 1e-3))
    lon = (lon + 180.0) % 360.0 - 180.0
    told = Territories(known).owners(np.radians(np.stack([lat, lon], axis=1)))
    tree = shapely.STRtree(known.geometry)
    missed = 0
    for y, x, owner in zip(lat, lon, told, strict=True):
        wide = min(0.06 / max(np.cos(np.radians(min(abs(y) + 0.06, 90.0))), 1e-9), 360.0)
        shapes = shapely.MultiPolygon(
            [shapely.box(x + turn - wide, y - 0.06, x + turn + wide, y + 0.06) for turn in (-360, 0, 360)]
        )
        near = tree.query(shapes, predicate="intersects")
        away = {}
        for part in near:
            drawn = shapely.transform(known.geometry[part], lambda xy, y=y, x=x: about(y, x, xy))
            km = 0.0 if known.geometry[part].covers(shapely.Point(x, y)) else origin_to(drawn)
            away[known.iso[part]] = min(km, away.get(known.iso[part], np.inf))
        least = min(away.values(), default=np.inf)
        expected = {c for c, km in away.items() if km <= least + 0.02} if least <= NEAR_KM else {"none"}
        if abs(least - NEAR_KM) > 0.02:
            missed += owner not in expected
    assert missed == 0


def about(lat_deg, lon_deg, xy):
    """Lon, lat deg (n, 2) on the azimuthal equidistant map about a point, km."""
    lon, lat = np.radians(xy[:, 0] - lon_deg), np.radians(xy[:, 1])
    lat0 = np.radians(lat_deg)
    cos_c = np.sin(lat0) * np.sin(lat) + np.cos(lat0) * np.cos(lat) * np.cos(lon)
    c = np.arccos(np.clip(cos_c, -1.0, 1.0))
    k = 6371.0072 / np.sinc(c / np.pi)
    east = k * np.cos(lat) * np.sin(lon)
    north = k * (np.cos(lat0) * np.sin(lat) - np.sin(lat0) * np.cos(lat) * np.cos(lon))
    return np.stack([east, north], axis=1)


def origin_to(shape):
    return float(min(r.distance(shapely.Point(0.0, 0.0)) for r in (shape.exterior, *shape.interiors)))


def test_whose_parts_they_are_follows_the_codes():
    """Two parts of one code are one territory; the codes of a layer need not be of two letters."""
    layer = Borders(
        ("West", "West, an island", "East"),
        ("W-1", "W-1", "E"),
        np.array([shapely.box(0, 0, 1, 1), shapely.box(5, 5, 6, 6), shapely.box(1, 0, 2, 1)]),
        "by hand",
    )
    asked = np.radians([[0.5, 0.5], [5.5, 5.5], [0.5, 1.5], [3.0, 3.0]])
    assert Territories(layer).owners(asked) == ["W-1", "W-1", "E", "none"]
