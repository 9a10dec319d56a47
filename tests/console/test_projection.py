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
