"""GeoJSON that keeps to RFC 7946: rings counter-clockwise, cut at the antimeridian, on the right ground."""

import json
import math
from typing import Any

import pytest
import shapely
from geographiclib.geodesic import Geodesic
from hypothesis import example, given
from hypothesis import strategies as st

from tocsin.interchange.geojson import collection, feature, path, point, region
from tocsin.interchange.outline import outline

LATS, LONS = st.floats(-90.0, 90.0), st.floats(-180.0, 180.0)
SIZES, AZIMUTHS = st.floats(0.0, 3000.0), st.floats(0.0, 180.0)


def polygons(geometry: dict[str, Any]) -> list[Any]:
    """The polygons of a geometry, whether one or several."""
    return [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]


@example(lat=0.0, lon=180.0, a=0.0, b=770.0, azimuth=6.103515625e-05)
@given(LATS, LONS, SIZES, SIZES, AZIMUTHS)
def test_every_region_is_valid_and_its_rings_run_counter_clockwise(
    lat: float, lon: float, a: float, b: float, azimuth: float
) -> None:
    # Thinner than a metre it has no inside, and the sense of its ring is down to rounding.
    drawn = region(lat, lon, max(a, b, 0.001), max(min(a, b), 0.001), azimuth)
    assert drawn["type"] in ("Polygon", "MultiPolygon")
    for part in polygons(drawn):
        assert part[0][0] == part[0][-1]
        assert len(part[0]) >= 4
        assert shapely.LinearRing(part[0]).is_ccw
        assert all(-180.0 <= x <= 180.0 and -90.0 <= y <= 90.0 for x, y in part[0])


@given(st.floats(-60.0, 60.0), LONS, st.floats(20.0, 800.0), st.floats(20.0, 800.0), AZIMUTHS)
def test_a_region_holds_its_centre_and_has_the_area_of_its_ellipse(
    lat: float, lon: float, a: float, b: float, azimuth: float
) -> None:
    """Area by Karney's geodesic polygons, against pi a b less the sphere's curvature."""
    drawn = region(lat, lon, max(a, b), min(a, b), azimuth)
    area = 0.0
    for part in polygons(drawn):
        ring = Geodesic.WGS84.Polygon()
        for x, y in part[0][:-1]:
            ring.AddPoint(y, x)
        area += ring.Compute(False, True)[2]
    assert area / 1e6 == pytest.approx(math.pi * a * b, rel=0.012)
    assert shapely.distance(shapely.geometry.shape(drawn), shapely.Point(lon, lat)) < 1e-6


def test_a_region_across_the_antimeridian_is_cut_there() -> None:
    drawn = region(66.0, 179.0, 600.0, 100.0, 80.0)
    assert drawn["type"] == "MultiPolygon"
    west, east = sorted(
        (shapely.Polygon(part[0]).bounds for part in drawn["coordinates"]), key=lambda b: b[0]
    )
    assert (west[0], east[2]) == (-180.0, 180.0)
    assert west[2] < -160.0
    assert east[0] > 160.0


@pytest.mark.parametrize("pole", [90.0, -90.0])
def test_a_region_round_a_pole_is_closed_along_it(pole: float) -> None:
    drawn = region(math.copysign(89.0, pole), 20.0, 600.0, 200.0, 80.0)
    shape = shapely.geometry.shape(drawn)
    assert shape.is_valid
    assert shapely.contains_xy(shape, [20.0, -160.0, 100.0], [pole * 0.9999] * 3).all()
    assert shape.bounds[0::2] == (-180.0, 180.0)


def test_the_outline_lies_at_the_axes_along_their_azimuths() -> None:
    """The first point ends the major axis; Karney's inverse gives distance and azimuth (sphere: 0.5 %)."""
    lon, lat = outline(50.0, 10.0, 500.0, 100.0, 30.0)[0]
    back = Geodesic.WGS84.Inverse(50.0, 10.0, lat, lon)
    assert back["s12"] / 1e3 == pytest.approx(500.0, rel=0.005)
    assert back["azi1"] == pytest.approx(30.0, abs=0.2)


def test_a_path_over_the_antimeridian_is_cut_into_two_lines_that_meet_there() -> None:
    drawn = path([60.0, 70.0, 75.0], [170.0, 178.0, -170.0])
    assert drawn["type"] == "MultiLineString"
    before, after = drawn["coordinates"]
    assert before[-1][0] == 180.0
    assert after[0][0] == -180.0
    assert before[-1][1] == after[0][1]


def test_a_path_that_stays_on_one_side_is_one_line() -> None:
    assert path([0.0, 1.0], [10.0, 20.0]) == {
        "type": "LineString",
        "coordinates": [[10.0, 0.0], [20.0, 1.0]],
    }


def test_one_point_is_no_path() -> None:
    with pytest.raises(ValueError, match="two points or more, not 1"):
        path([1.0], [2.0])


def test_a_collection_is_plain_json() -> None:
    made = collection([feature(point(10.0, 190.0), {"what": "impact", "t_s": None})])
    assert json.loads(json.dumps(made)) == {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [-170.0, 10.0]},
                "properties": {"what": "impact", "t_s": None},
            }
        ],
    }
