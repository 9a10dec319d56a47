"""Two lines that meet, and the profile-free boost fit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tocsin.estimate.kinematic import fit_kinematic, triangulate

from tests.estimate.scenes import KICK, LAUNCH, TELESCOPES, nees, telescope_looks, template
from tocsin.motion.thrust import ascend

FITS = 40
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


def burning(t_end, seed, eyes=(0, 1)):
    """Looks at the notional ascent behind the reference bounds up to t_end, and its state then."""
    t = np.arange(40.0, t_end + 0.5)
    x = ascend(template().rocket, LAUNCH, np.radians(12.262), KICK, 187.0, t, 0.25)
    return telescope_looks(x, t, np.random.default_rng(seed), eyes), x[-1]


# Within a stage, just after a staging, and near burnout, where the acceleration grows fastest.
@pytest.mark.parametrize("t_end", [66.0, 105.0, 125.0, 160.0, 186.0])
def test_its_covariance_is_honest(t_end):
    """The cubic is a model and the jerk's prior an assumption: mean NEES / 6 between 0.5 and 1.5."""
    values, position, speed = [], [], []
    for seed in range(FITS):
        looks, x = burning(t_end, seed)
        found = fit_kinematic(looks, TELESCOPES, x[:3] + np.array([4e3, -3e3, 5e3]))
        assert found is not None
        assert found.t == looks.t[-1]
        values.append(nees(found.x - x, found.P) / 6.0)
        position.append(np.sum((found.x - x)[:3] ** 2))
        speed.append(np.sum((found.x - x)[3:] ** 2))
    assert 0.5 < np.mean(values) < 1.5
    # The reference bounds give 1.6 km and 187 m/s for the kinematic model, in stereo, at 50 microradians.
    assert np.sqrt(np.mean(position)) < 3.2e3
    assert np.sqrt(np.mean(speed)) < 400.0


def test_one_telescope_does_not_tell_the_range():
    looks, x = burning(120.0, 0, eyes=(0,))
    assert fit_kinematic(looks, TELESCOPES, x[:3]) is None


def test_too_few_looks():
    looks, x = burning(120.0, 0)
    assert fit_kinematic(looks.where(looks.t > 117.0), TELESCOPES, x[:3]) is None


def test_only_the_last_forty_seconds_count():
    looks, x = burning(150.0, 1)
    whole = fit_kinematic(looks, TELESCOPES, x[:3])
    late = fit_kinematic(looks.where(looks.t > looks.t[-1] - 40.0), TELESCOPES, x[:3])
    np.testing.assert_array_equal(whole.x, late.x)
