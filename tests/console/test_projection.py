"""The map's projection, against geodesics on the ellipsoid and its own inverse."""

import math

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import given
from hypothesis import strategies as st

from tocsin.console.picture.projection import View, fitted

LATS, LONS = st.floats(-89.0, 89.0), st.floats(-180.0, 180.0)


@given(LATS, LONS, LATS, LONS)
def test_distance_and_azimuth_from_the_centre_are_true(
    lat0: float, lon0: float, lat: float, lon: float
) -> None:
    """Karney's inverse on the ellipsoid, from which a sphere may differ by some 0.6 %."""
    x, y = View(lat0, lon0, 1.0, 1.0).project(lat, lon)
    true = Geodesic.WGS84.Inverse(lat0, lon0, lat, lon)
    if 1.0 < true["s12"] / 1e3 < 15_000.0:
        assert math.hypot(x, y) == pytest.approx(true["s12"] / 1e3, rel=0.006)
        turn = math.degrees(math.atan2(x, y)) - true["azi1"]
        assert abs((turn + 180.0) % 360.0 - 180.0) < 1.0


@given(LATS, LONS, st.floats(-9_000.0, 9_000.0), st.floats(-9_000.0, 9_000.0))
def test_place_undoes_project(lat0: float, lon0: float, x: float, y: float) -> None:
    view = View(lat0, lon0, 1.0, 1.0)
    assert view.project(*view.place(x, y)) == pytest.approx([x, y], abs=1e-5)


def test_a_fitted_map_holds_its_points_even_across_the_antimeridian_and_the_pole() -> None:
    lat, lon = np.array([66.0, 71.0, 80.0]), np.array([170.0, -170.0, 0.0])
    view = fitted(lat, lon, 1.1, 100.0, 0.1)
    assert view.holds(view.project(lat, lon)).all()
    assert not view.holds(view.project(lat, lon), 0.85).all()
    assert view.half_width_km == pytest.approx(1.1 * view.half_height_km)


def test_one_point_gives_a_map_of_the_least_size() -> None:
    view = fitted([10.0], [20.0], 1.5, 300.0, 0.2)
    assert (view.half_width_km, view.half_height_km) == (450.0, 300.0)
    assert (view.lat_deg, view.lon_deg) == pytest.approx((10.0, 20.0))


def test_points_all_around_are_put_on_the_whole_world() -> None:
    lon = np.linspace(-180.0, 179.0, 60)
    view = fitted(51.6 * np.sin(np.radians(lon)), lon, 2.0, 300.0, 0.2)
    assert view.flat
    assert view.holds(view.project([-90.0, 90.0, 0.0, 0.0], [0.0, 0.0, -180.0, 180.0])).all()
    equator = view.project(0.0, 90.0)
    assert equator == pytest.approx([2.0 * math.pi * 6371.0088 / 4.0, 0.0])


@given(LATS, LONS)
def test_place_undoes_project_on_the_whole_world(lat: float, lon: float) -> None:
    view = View(0.0, 0.0, 20_000.0, 10_000.0, flat=True)
    assert view.place(*view.project(lat, lon)) == pytest.approx(
        (lat, (lon + 180.0) % 360.0 - 180.0), abs=1e-9
    )


def test_the_edges_of_the_borders_stay_at_their_edge() -> None:
    view = View(0.0, 0.0, 20_000.0, 10_000.0, flat=True)
    west, east, beyond = view.project([10.0, 10.0, 10.0], [-180.0, 180.0, 190.0])[:, 0]
    assert west == -east
    assert beyond == pytest.approx(west + math.radians(10.0) * 6371.0088)


@pytest.mark.parametrize("flat", [True, False])
def test_a_path_is_cut_where_it_leaves_the_map(flat: bool) -> None:
    view = View(0.0, 0.0, 20_000.0, 10_000.0, flat=flat)
    lon = np.arange(95.0, 266.0, 10.0)
    line = view.line(np.zeros_like(lon), (lon + 180.0) % 360.0 - 180.0)
    assert len(line) == len(lon) + 1
    assert np.flatnonzero(np.isnan(line[:, 0])).tolist() == [9]
    kept = line[~np.isnan(line[:, 0])]
    assert kept == pytest.approx(view.project(np.zeros_like(lon), (lon + 180.0) % 360.0 - 180.0))
