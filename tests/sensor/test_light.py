"""Light time against bodies whose motion in axes that do not turn is known exactly."""

import numpy as np

from tests.sensor.scenes import at_rest, retarded, turned
from tocsin.earth.constants import C_LIGHT, OMEGA
from tocsin.motion.path import Path
from tocsin.sensor.light import bodies_of, seen_from

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


def test_many_bodies_at_once_are_as_each_alone():
    paths = (moving(np.array([5.0e3, -2.0e3, 4.0e3])), at_rest(AT, 10.0, 20.0), moving(np.zeros(3)))
    t = np.linspace(1.0, 59.0, 30)
    r_s = np.tile([-1.0e7, 3.0e7, 2.5e7], (len(t), 1)) + t[:, None] * np.array([1e3, 2e3, 0.0])
    seen = seen_from(bodies_of(paths), t, r_s)
    for i, path in enumerate(paths):
        te, r = retarded(path, t, r_s)
        mine = seen.where(seen.body == i)
        np.testing.assert_array_equal(mine.frame, np.flatnonzero(np.isfinite(te)))
        np.testing.assert_array_equal(mine.t, te[mine.frame])
        np.testing.assert_array_equal(mine.r, r[mine.frame])
    assert np.all(np.diff(seen.body) >= 0)


def test_the_velocity_is_that_of_the_body_when_the_light_left():
    velocity = np.array([5.0e3, -2.0e3, 4.0e3])
    path = moving(velocity)
    t = np.linspace(2.0, 58.0, 15)
    seen = seen_from(bodies_of((path,)), t, np.tile([-1.0e7, 3.0e7, 2.5e7], (len(t), 1)))
    v = turned(velocity - np.cross(SPIN, turned(path.position(seen.t), -OMEGA * seen.t)), OMEGA * t)
    np.testing.assert_allclose(seen.v, v, rtol=0, atol=1e-3)


def test_limits_leave_out_what_is_too_far_or_too_low():
    up = AT / np.linalg.norm(AT)
    low = np.cross(up, [0.0, 0.0, 1.0])
    high, far, beside = (
        at_rest(AT * 1.2, 0.0, 20.0),
        at_rest(AT * 1.4, 0.0, 20.0),
        at_rest(AT + 1e6 * low, 0.0, 20.0),
    )
    t, r_s = np.array([5.0, 10.0]), np.tile(AT, (2, 1))
    seen = seen_from(bodies_of((high, far, beside)), t, r_s, limits=(0.3 * np.linalg.norm(AT), 0.1))
    assert set(seen.body) == {0}


def test_only_what_shines_when_the_light_leaves_it():
    t = np.arange(0.0, 21.0)
    r = np.tile(AT, (21, 1))
    power = np.where((t >= 5.0) & (t < 12.0), 100.0 + t, 0.0)
    path = Path("lamp", t, r, np.zeros((21, 3)), power, 1.0)
    far = np.tile(AT + np.array([3.0e7, 0.0, 0.0]), (41, 1))  # a tenth of a second of light away
    when = np.arange(0.0, 20.5, 0.5)
    seen = seen_from(bodies_of((path,)), when, far, glowing=True)
    assert (when[seen.frame].min(), when[seen.frame].max()) == (5.5, 12.0)
    early = seen.t < 11.0
    np.testing.assert_allclose(seen.intensity[early], 100.0 + seen.t[early], rtol=1e-9)


def test_no_bodies_and_no_frames():
    assert len(seen_from(bodies_of(()), np.array([1.0]), AT[None]).t) == 0
    assert len(seen_from(bodies_of((at_rest(AT, 0.0, 1.0),)), np.empty(0), np.empty((0, 3))).t) == 0
