"""The bright middle of a plume: on the line of the velocity, behind the body, farther in thin air."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tocsin.errors import TocsinError
from tocsin.sensor.infrared.centroid import CENTROID, Centroid, draw_scale, offset_length, seen_point

COORDINATE = st.floats(-7e6, 7e6)
SPEED = st.floats(-8e3, 8e3)


def test_lengths_grow_from_nothing_to_two_kilometres():
    h = np.linspace(-500.0, 2e6, 4001)
    length = offset_length(h)
    assert np.all(np.diff(length[h > 0.0]) > 0.0)
    assert np.all(length[h <= 0.0] == 0.0)
    assert 0.99 * 2e3 < length[-1] < 2e3
    np.testing.assert_allclose(offset_length([0.0, 60e3, 120e3]), [0.0, 1e3, 1.6e3], rtol=1e-12)
    assert offset_length(1e3) < 1.0


@given(
    r=st.tuples(COORDINATE, COORDINATE, COORDINATE),
    v=st.tuples(SPEED, SPEED, SPEED).filter(lambda v: np.linalg.norm(v) > 1e-3),
    h=st.floats(0.0, 1e6),
    scale=st.floats(0.0, 1.0),
)
def test_the_seen_point_lies_behind_the_body_at_the_scaled_length(r, v, h, scale):
    behind = np.array(r) - seen_point(np.array([r]), np.array([v]), h, scale)[0]
    length = scale * 2e3 * h**2 / (h**2 + 60e3**2)
    assert np.linalg.norm(behind) == pytest.approx(length, rel=1e-9, abs=1e-8)
    np.testing.assert_allclose(behind, length * np.array(v) / np.linalg.norm(v), rtol=0, atol=1e-8)


def test_a_body_at_rest_is_seen_where_it_is_and_rows_stay_apart():
    r = np.array([[6.4e6, 0.0, 0.0], [6.5e6, 0.0, 0.0]])
    v = np.array([[0.0, 0.0, 0.0], [0.0, 3e3, 0.0]])
    got = seen_point(r, v, np.array([0.0, 60e3]), np.array([1.0, 0.5]))
    np.testing.assert_allclose(got, [[6.4e6, 0.0, 0.0], [6.5e6, -500.0, 0.0]])


def test_scales_are_uniform_one_a_flight():
    scales = draw_scale(np.random.default_rng(7), (2000,))
    assert stats.kstest(scales, "uniform").pvalue > 0.001
    assert draw_scale(np.random.default_rng(7)).shape == ()


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: seen_point(np.zeros((1, 3)), np.ones((1, 3)), 0.0, 1.5), "scale: 1.5"),
        (lambda: seen_point(np.zeros((1, 3)), np.full((1, 3), np.nan), 0.0, 0.5), "velocity"),
        (lambda: offset_length(np.nan), "height"),
        (lambda: Centroid(longest_m=-1.0), "longest_m = -1"),
    ],
)
def test_what_cannot_be_is_refused(call, said):
    with pytest.raises(TocsinError, match=said):
        call()
    assert CENTROID.longest_m == 2e3
