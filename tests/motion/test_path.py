"""Interpolation along a path, against arcs known exactly."""

import numpy as np
import pytest

from tests.motion.arcs import BURNOUT
from tocsin.motion.ballistic import propagate
from tocsin.motion.path import Path


def path_of(t, r, v, power=None):
    return Path("p", t, r, v, np.zeros(len(t)) if power is None else np.asarray(power, float), 1.0)


def circle(t, radius=7e6, rate=1e-3):
    c, s, zero = np.cos(rate * t), np.sin(rate * t), 0.0 * t
    return radius * np.stack([c, s, zero], axis=1), radius * rate * np.stack([-s, c, zero], axis=1)


@pytest.mark.parametrize("step", [10.0, 40.0])
def test_the_error_is_the_stated_one(step):
    """At most h^4 / 384 times the fourth derivative, and reached half way between samples."""
    t = np.arange(0.0, 401.0, step)
    path = path_of(t, *circle(t))
    fine = np.linspace(0.0, 400.0, 4001)
    error = np.linalg.norm(path.position(fine) - circle(fine)[0], axis=1)
    bound = step**4 / 384.0 * 7e6 * 1e-3**4
    assert 0.95 * bound < error.max() < 1.01 * bound + 1e-8


def test_free_flight_sampled_each_second_is_within_a_millimetre():
    t = np.arange(0.0, 1500.0)
    x = propagate(0.0, BURNOUT, 0.0, t)
    between = t[:-1] + 0.5
    error = path_of(t, x[:, :3], x[:, 3:]).position(between) - propagate(0.0, BURNOUT, 0.0, between)[:, :3]
    assert np.abs(error).max() < 1e-3


def test_a_cubic_is_exact_whatever_the_spacing():
    t = np.array([0.0, 0.3, 1.0, 5.0, 5.5, 20.0])
    c = np.array([[1.0, -2.0, 3.0], [4.0, 5.0, -6.0], [0.3, 0.2, -0.1], [0.01, -0.02, 0.03]])

    def r(s):
        return (s[:, None] ** np.arange(4)) @ c

    v = (t[:, None] ** np.arange(3)) @ (c[1:] * np.array([[1.0], [2.0], [3.0]]))
    s = np.linspace(0.0, 20.0, 81)
    np.testing.assert_allclose(path_of(t, r(t), v).position(s), r(s), rtol=0, atol=1e-9)


def test_outside_there_is_nothing():
    t = np.array([10.0, 11.0, 12.0])
    path = path_of(t, *circle(t), power=[1.0, 1.0, 1.0])
    inside = np.isfinite(path.position(np.array([9.999, 10.0, 12.0, 12.001]))).all(axis=1)
    assert inside.tolist() == [False, True, True, False]
    assert path.burning(np.array([9.999, 10.0, 12.0, 12.001])).tolist() == [False, True, True, False]


def test_the_shape_of_the_question_is_kept():
    t = np.arange(5.0)
    path = path_of(t, *circle(t), power=[1, 1, 0, 0, 1])
    times = np.array([[0.5, 1.5, 2.5], [3.0, 3.9, 4.0]])
    assert path.position(times).shape == (2, 3, 3)
    np.testing.assert_array_equal(path.position(times)[1, 1], path.position(np.array([3.9]))[0])
    assert path.burning(times).tolist() == [[True, True, False], [False, False, True]]
