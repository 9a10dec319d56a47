"""Light time against bodies whose motion in axes that do not turn is known exactly."""

import numpy as np

from tests.sensor.scenes import at_rest, turned
from tocsin.earth.constants import C_LIGHT, OMEGA
from tocsin.motion.path import Path
from tocsin.sensor.light import retarded

T = np.arange(0.0, 60.0, 0.5)
SPIN = np.array([0.0, 0.0, OMEGA])
AT = np.array([-3.0e6, 4.5e6, 4.0e6])


def moving(velocity):
    """The Earth-fixed path of a body at AT + velocity t in axes that do not turn and are the Earth's at 0."""
    r = AT + velocity * T[:, None]
    v = velocity - np.cross(SPIN, r)
    return Path("straight", T, turned(r, OMEGA * T), turned(v, OMEGA * T), np.zeros(len(T)), 1.0)


def test_a_body_at_rest_among_the_stars_is_seen_where_it_is():
    path = moving(np.zeros(3))
    t = np.array([5.0, 20.25, 55.0])
    r_s = np.tile([1.0e7, -2.0e7, 3.0e7], (3, 1))
    te, seen = retarded(path, t, r_s)
    np.testing.assert_allclose(seen, path.position(t), rtol=0, atol=1e-5)
    np.testing.assert_allclose(te, t - np.linalg.norm(seen - r_s, axis=1) / C_LIGHT, rtol=0, atol=1e-13)


def test_a_body_in_uniform_motion():
    velocity = np.array([5.0e3, -2.0e3, 4.0e3])
    path = moving(velocity)
    t = np.linspace(2.0, 58.0, 15)
    r_s = np.tile([-1.0e7, 3.0e7, 2.5e7], (len(t), 1))
    te, seen = retarded(path, t, r_s)
    # |AT + v (t - tau) - s| = c tau is a quadratic in tau, with the sensor s in the same axes.
    d = AT + velocity * t[:, None] - turned(r_s, -OMEGA * t)
    a = velocity @ velocity - C_LIGHT**2
    b, c = -2.0 * (d @ velocity), np.sum(d * d, axis=1)
    tau = (-b - np.sqrt(b * b - 4.0 * a * c)) / (2.0 * a)
    np.testing.assert_allclose(t - te, tau, rtol=0, atol=1e-13)
    expected = turned(AT + velocity * (t - tau)[:, None], OMEGA * t)
    np.testing.assert_allclose(seen, expected, rtol=0, atol=1e-5)


def test_no_light_from_outside_the_path():
    path = at_rest(AT, 10.0, 20.0)
    r_s = np.tile(AT + np.array([3.0e7, 0.0, 0.0]), (4, 1))
    _, seen = retarded(path, np.array([9.0, 10.05, 15.0, 20.2]), r_s)
    # Light takes a tenth of a second: at 10.05 s that of the path's beginning is still under way.
    assert np.isnan(seen).all(axis=1).tolist() == [True, True, False, True]
