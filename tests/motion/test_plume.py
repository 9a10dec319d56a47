"""Plumes: the published course with height, its order of magnitude, and the light curve of an ascent."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.interpolate import CubicHermiteSpline

from tocsin.errors import TocsinError
from tocsin.motion.plume import PLUME, Plume, height_course, intensity_at, plume_intensity

HEIGHTS = np.linspace(-1e3, 300e3, 30_101)


@pytest.mark.parametrize("plume", [PLUME, Plume(ground=0.5, trough=0.03, trough_m=88e3, vacuum=0.4)])
def test_the_course_is_the_cubic_of_its_logarithm_level_at_every_knot(plume):
    knots = [0.0, plume.brightest_m, plume.trough_m, plume.vacuum_m]
    cubic = CubicHermiteSpline(knots, np.log([plume.ground, 1.0, plume.trough, plume.vacuum]), np.zeros(4))
    expected = np.exp(cubic(np.clip(HEIGHTS, 0.0, plume.vacuum_m)))
    np.testing.assert_allclose(height_course(HEIGHTS, plume), expected, rtol=1e-12)


@given(trough=st.floats(0.03, 0.6), trough_m=st.floats(70e3, 90e3), vacuum=st.floats(0.65, 2.0))
def test_it_rises_dims_into_the_published_trough_and_comes_back(trough, trough_m, vacuum):
    plume = Plume(trough=trough, trough_m=trough_m, vacuum=vacuum)
    course = height_course(HEIGHTS, plume)
    slope = np.diff(course)
    middle = 0.5 * (HEIGHTS[1:] + HEIGHTS[:-1])
    assert np.all(slope[(middle > 0.0) & (middle < plume.brightest_m)] > 0.0)
    assert np.all(slope[(middle > plume.brightest_m) & (middle < trough_m - 10.0)] < 0.0)
    assert np.all(slope[(middle > trough_m + 10.0) & (middle < plume.vacuum_m)] > 0.0)
    air = plume.brightest_m < HEIGHTS
    dimmest = HEIGHTS[air][np.argmin(course[air])]
    assert 70e3 <= dimmest <= 90e3
    assert course.min() == pytest.approx(min(trough, plume.ground), rel=1e-3)


def test_all_of_the_published_trough_is_dim_by_default():
    inside = height_course(np.linspace(70e3, 90e3, 201))
    assert inside.max() < 0.3
    np.testing.assert_allclose(height_course([45e3, 80e3, 120e3]), [1.0, 0.2, 1.0])


def test_a_large_booster_has_the_order_of_magnitude_of_the_open_literature():
    assert 1e5 <= plume_intensity(680e3, 45e3, False) <= 1e6
    assert 1e5 <= plume_intensity(518e3, 45e3, True) <= 1e6
    # Under 1 % of the jet's power, half of the thrust times 2,600 m/s.
    assert 4 * np.pi * plume_intensity(680e3, 45e3, False) < 0.01 * 0.5 * 680e3 * 2600.0


def test_intensity_is_the_class_times_thrust_times_course():
    thrust = np.array([0.0, 1e5, 2e5])[:, None]
    h = np.array([0.0, 45e3, 80e3, 200e3])
    solid = np.array([True, False, True, False])
    expected = np.where(solid, 1.0, 0.6) * thrust * np.array([0.2, 1.0, 0.2, 1.0])
    np.testing.assert_allclose(plume_intensity(thrust, h, solid), expected, rtol=1e-12)
    brighter = replace(PLUME, solid=4.0)
    np.testing.assert_allclose(
        plume_intensity(1e5, h, True, brighter), 4e5 * np.array([0.2, 1.0, 0.2, 1.0]), rtol=1e-12
    )


def test_the_light_curve_holds_the_thrust_and_draws_the_height_between_samples():
    ts = np.array([10.0, 12.0, 15.0, 20.0, 21.0])
    thrust = np.array([4e5, 4e5, 1e5, 0.0, 5e4])
    h = np.array([0.0, 5e3, 30e3, 80e3, 90e3])
    solid = np.array([False, False, True, True, False])
    t = np.array([9.99, 10.0, 11.0, 14.999, 15.0, 18.0, 20.5, 21.0, 21.01])
    expected = []
    for at in t:
        if at < ts[0] or at > ts[-1]:
            expected.append(0.0)
            continue
        i = max(k for k in range(5) if ts[k] <= at)
        share = (at - ts[i]) / (ts[i + 1] - ts[i]) if i < 4 else 0.0
        height = h[i] + share * (h[min(i + 1, 4)] - h[i])
        expected.append(float((1.0 if solid[i] else 0.6) * thrust[i] * height_course(height)))
    np.testing.assert_allclose(intensity_at(t, ts, thrust, h, solid), expected, rtol=1e-12)
    assert intensity_at(20.5, ts, thrust, h) == 0.0
    np.testing.assert_array_equal(intensity_at(ts, ts, thrust, h, True), plume_intensity(thrust, h, True))


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: plume_intensity(-1.0, 0.0), "thrust_n is below 0"),
        (lambda: plume_intensity([1.0, np.nan], 0.0), "thrust_n"),
        (lambda: plume_intensity(1.0, np.inf), "height_m is not a number"),
        (lambda: intensity_at(0.0, [0.0, 0.0], [1.0, 1.0], [0.0, 0.0]), "t_sample does not ascend"),
        (lambda: intensity_at(0.0, [], [], []), "t_sample"),
        (lambda: Plume(trough_m=130e3), "not in ascending order"),
        (lambda: Plume(trough=1.2), "trough = 1.2 is not below 1"),
        (lambda: Plume(vacuum=0.1), "vacuum = 0.1"),
        (lambda: Plume(ground=1.5), "ground = 1.5 is above 1"),
    ],
)
def test_what_cannot_be_is_refused(call, said):
    with pytest.raises(TocsinError, match=said):
        call()
