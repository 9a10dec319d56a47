"""Lengths of geodesics against published ones, against Karney's own package, and at their hardest pairs."""

import math

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import example, given
from hypothesis import strategies as st

from tocsin.earth import geodesic
from tocsin.earth.constants import R_EQ
from tocsin.earth.geodesic import distances

LAT = st.floats(-90.0, 90.0)
LON = st.floats(-540.0, 540.0)
TINY = st.sampled_from([0.0, 1e-12, -1e-9, 1e-6, -1e-4, 1e-3, 0.01, -0.1, 0.5])
WITHIN_M = 5e-8  # a dozen spacings of half the Earth's girth


def length(*points_deg: float) -> float:
    return float(distances(*np.radians(points_deg))[0])


def karney(*points_deg: float) -> float:
    return float(Geodesic.WGS84.Inverse(*points_deg)["s12"])


@pytest.mark.parametrize(
    ("points_deg", "metres"),
    [
        # The worked example of GeographicLib's Python documentation.
        ((-41.32, 174.81, 40.96, -5.50), 19959679.267),
        # Nearly antipodal: the example of Karney, Journal of Geodesy 87 (2013), and pairs that Vincenty's
        # iteration settles on slowly and not at all.
        ((-30.0, 0.0, 29.9, 179.8), 19989832.828),
        ((0.0, 0.0, 0.5, 179.5), 19936288.579),
        ((0.0, 0.0, 0.5, 179.7), 19944127.421),
        # The quarter of a meridian, and twice that: from pole to pole, and across the Earth over a pole.
        ((0.0, 50.0, 90.0, -170.0), 10001965.729),
        ((-90.0, 12.0, 90.0, 77.0), 20003931.459),
        ((0.0, -30.0, 0.0, 150.0), 20003931.459),
        ((-90.0, 12.0, -90.0, 77.0), 0.0),
    ],
)
def test_published_lengths(points_deg, metres):
    assert length(*points_deg) == pytest.approx(metres, abs=1e-3)


@given(LAT, LON, LAT, LON)
def test_any_pair(lat1, lon1, lat2, lon2):
    assert length(lat1, lon1, lat2, lon2) == pytest.approx(karney(lat1, lon1, lat2, lon2), abs=WITHIN_M)


@given(LAT, LON, TINY, TINY)
@example(0.0, 0.0, 0.0, 0.5)
@example(90.0, 0.0, -1e-9, 1e-6)
@example(1e-9, 0.0, 1e-12, -0.5)
def test_pairs_that_are_nearly_antipodal_or_nearly_one_point(lat, lon, north, east):
    for lat2, lon2 in ((-lat + north, lon + 180.0 + east), (lat + north, lon + east)):
        points = lat, lon, min(max(lat2, -90.0), 90.0), lon2
        assert length(*points) == pytest.approx(karney(*points), abs=WITHIN_M)


@given(TINY, TINY, st.floats(0.0, 180.0))
@example(0.0, 0.0, 179.5)
@example(1e-12, 1e-12, 179.5)
def test_pairs_near_the_equator(lat1, lat2, lon):
    """Along it as far as it is the shortest way, (1 - f) of half a turn; then off it."""
    assert length(lat1, 0.0, lat2, lon) == pytest.approx(karney(lat1, 0.0, lat2, lon), abs=WITHIN_M)
    if lat1 == lat2 == 0.0 and lon < 179.3:
        assert length(lat1, 0.0, lat2, lon) == pytest.approx(R_EQ * math.radians(lon), abs=WITHIN_M)


@given(LAT, LON, LAT, LON)
def test_it_is_as_far_back_and_the_same_in_a_mirror(lat1, lon1, lat2, lon2):
    there = length(lat1, lon1, lat2, lon2)
    for same in ((lat2, lon2, lat1, lon1), (-lat1, lon1, -lat2, lon2), (lat1, -lon1, lat2, -lon2)):
        assert length(*same) == pytest.approx(there, abs=WITHIN_M)


def test_what_is_no_point_is_nowhere_and_spoils_no_other():
    lat = np.array([0.1, np.nan, 0.1, 0.1])
    found = distances(lat, [0.0, 0.0, np.inf, 0.0], np.zeros(4), np.ones(4))
    assert np.isfinite(found).tolist() == [True, False, False, True]
    assert distances([], [], [], []).shape == (0,)


def test_each_kernel_is_compiled_once():
    distances([0, 1], [0, 1], np.zeros(4)[::2], (0.1, 0.2))
    distances(0.1, np.float32(0.2), 1, 2.0)
    compiled = {name: len(k.signatures) for name, k in vars(geodesic).items() if hasattr(k, "signatures")}
    assert set(compiled) >= {"way", "shortest"}
    assert max(compiled.values()) == 1
