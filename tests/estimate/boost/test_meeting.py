"""Two lines that meet, the path of many, and where the first of them meets the clouds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.estimate.scenes import SATELLITES, TELESCOPES, Ascent
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.estimate.boost.meeting import meeting, triangulate
from tocsin.estimate.boost.sighting import sightings
from tocsin.estimate.looks import Looks
from tocsin.sensor.measurement import line_of_sight

coordinate = st.floats(-4e7, 4e7)
point = st.tuples(coordinate, coordinate, coordinate)


def lines_to(r, a, b):
    origin = np.array([a, b])
    d = r - origin
    return origin, d / np.linalg.norm(d, axis=1, keepdims=True)


def apart(r, a, b):
    """Whether two lines from a and b cross at r at more than some 3 deg."""
    _, d = lines_to(r, a, b)
    return np.linalg.norm(np.cross(d[0], d[1])) > 0.05


@given(point, point, point)
def test_lines_that_meet(r, a, b):
    r, a, b = np.array(r), np.array(a), np.array(b)
    if min(np.linalg.norm(r - a), np.linalg.norm(r - b)) < 1e5 or not apart(r, a, b):
        return
    found, miss = triangulate(*lines_to(r, a, b))
    assert np.linalg.norm(found - r) < 1.0
    assert miss < 1.0


@given(point, point, point, st.floats(-5e5, 5e5))
def test_lines_that_pass_by_one_another(r, a, b, gap):
    r, a, b = np.array(r), np.array(a), np.array(b)
    if min(np.linalg.norm(r - a), np.linalg.norm(r - b)) < 1e5 or not apart(r, a, b):
        return
    origin, d = lines_to(r, a, b)
    normal = np.cross(d[0], d[1])
    normal /= np.linalg.norm(normal)
    found, miss = triangulate(origin + np.array([[0.5], [-0.5]]) * gap * normal, d)
    assert np.linalg.norm(found - r) < 1.0
    assert miss == pytest.approx(abs(gap), abs=1.0)


def test_parallel_lines_have_no_point():
    with pytest.raises(np.linalg.LinAlgError):
        triangulate(
            np.array([[0.0, 0.0, 0.0], [1.0, 0.0, 0.0]]), np.array([[0.0, 0.0, 1.0], [0.0, 0.0, 1.0]])
        )


def test_the_path_where_lines_meet_is_the_flight():
    """Within some kilometres: noise, a bias of 20 microradians, and what a polynomial does at stagings."""
    for seed in range(4):
        ascent = Ascent(seed)
        seen = sightings(ascent.looks, TELESCOPES)
        path = meeting(seen)
        t = np.linspace(5.0, seen.last - 5.0, 9)
        r, v, _ = path.at(t)
        x = ascent.states(seen.t_first + t)
        assert np.max(np.linalg.norm(r - x[:, :3], axis=1)) < 8e3
        assert np.median(np.linalg.norm(v - x[:, 3:], axis=1)) < 200.0
        assert path.shows_heading(seen.last)


def test_the_path_is_its_own_derivative():
    path = meeting(sightings(Ascent(1).looks, TELESCOPES))
    t, h = np.array([20.0, 90.0]), 1e-2
    _, v, a = path.at(t)
    ahead, behind = path.at(t + h), path.at(t - h)
    np.testing.assert_allclose((ahead[0] - behind[0]) / (2 * h), v, rtol=1e-6, atol=1e-3)
    np.testing.assert_allclose((ahead[1] - behind[1]) / (2 * h), a, rtol=1e-6, atol=1e-3)


def test_one_telescope_has_no_meeting():
    assert meeting(sightings(Ascent(0, eyes=(0,)).looks, TELESCOPES)) is None


def test_where_the_first_line_meets_the_clouds():
    for seed in range(5):
        ascent = Ascent(seed)
        lat, lon = sightings(ascent.looks, TELESCOPES).place
        true = geodetic_from_ecef(ascent.states(ascent.looks.t[:1])[:, :3])
        # The plume may have risen a kilometre above the clouds by its first look, and is seen aslant.
        assert abs(lat - true[0][0]) < 2e-3
        assert abs(lon - true[1][0]) * np.cos(lat) < 2e-3
    line = line_of_sight(ascent.looks.z[:1, :2], ascent.looks.r_sensor[:1])[0]
    assert line @ -SATELLITES[0] > 0


def test_a_line_that_misses_the_earth_does_not_break():
    looks = Ascent(0).looks
    z = looks.z.copy()
    z[:, 0] += 0.3
    away = Looks(looks.t, looks.channel, z, looks.sigma, looks.r_sensor)
    assert np.all(np.isfinite(sightings(away, TELESCOPES).place))
