"""What a radar sees of powered flight, and when free flight may be claimed."""

import numpy as np
import pytest

from tests.estimate.scenes import RADARS, radar_looks, truth
from tocsin.estimate.ballistic import Gaussian
from tocsin.estimate.looks import Looks
from tocsin.sensor.measurement import range_azimuth_elevation
from tocsin.track.powered import one_motion, powered_state, would_show_thrust


def accelerating(seed, n=5, a=25.0):
    """Looks at a body that the engine drives with 25 m/s2 along its velocity."""
    rng = np.random.default_rng(seed)
    t = 900.0 + 7.0 * np.arange(n)
    looks = radar_looks(0, t, rng, bias=np.zeros(3))
    x = truth(t)
    s = (t - t[0])[:, None]
    u = x[0, 3:] / np.linalg.norm(x[0, 3:])
    x[:, :3] += 0.5 * a * s**2 * u
    x[:, 3:] += a * s * u
    h, _ = range_azimuth_elevation(x[:, :3], x[:, 3:], looks.r_sensor)
    fixed = rng.normal(0.0, RADARS[0].bias_sigma)
    return Looks(
        t, looks.channel, h + fixed + rng.standard_normal(h.shape) * looks.sigma, looks.sigma, looks.r_sensor
    ), x


@pytest.mark.parametrize("n", [3, 5])
def test_the_truth_lies_within_the_stated_error(n):
    worst = []
    for seed in range(60):
        looks, x = accelerating(seed, n)
        state = powered_state(looks, RADARS)
        true = np.array([np.interp(state.t, looks.t, column) for column in x.T])
        d = true - state.x
        worst.append(d @ np.linalg.solve(state.P, d))
    # Meant as a bound, not a fit: hardly one in a hundred beyond what six degrees allow.
    assert np.mean(worst) < 6.0
    assert np.sort(worst)[-2] < 16.8
    assert np.mean(worst) > 0.05


def test_two_times_are_too_few():
    looks, _ = accelerating(0, 3)
    assert powered_state(looks.where(looks.t < 910.0), RADARS) is None


def test_free_flight_is_not_claimed_until_thrust_would_have_shown():
    """a T2 / 8 of 10 m/s2 against four sigma of the cross-range noise: 7 km at 2,000 km and 0.2 deg."""
    told = []
    for n in range(3, 40):
        looks = radar_looks(0, 900.0 + 7.0 * np.arange(n), np.random.default_rng(1))
        span = 7.0 * (n - 1)
        noise = np.median(looks.z[:, 0]) * looks.sigma[0, 2] * np.sqrt(3.0 / n)
        shows = 10.0 * span**2 / 8.0 >= 4.0 * noise
        assert would_show_thrust(looks) == shows
        told.append(shows)
    assert not told[0]
    assert told[-1]
    assert told == sorted(told)


def push(*change):
    return np.array(change, float)


def state(x=(7e6, 0.0, 0.0, 0.0, 3e3, 0.0), t=100.0, metres=1e3, speed=50.0):
    return Gaussian(t, np.array(x, float), np.diag([metres] * 3 + [speed] * 3) ** 2)


def test_one_motion():
    a = state()
    ahead = a.x + np.array([0.0, 3e3 * 8, 0.0, 0.0, 0.0, 0.0])
    assert one_motion(a, a)
    assert one_motion(a, state(ahead, t=108.0))
    assert not one_motion(a, state(a.x, t=108.0))  # 24 km behind where it should be
    assert not one_motion(a, state(a.x + push(30e3, 0, 0, 0, 0, 0)))
    assert not one_motion(a, state(a.x + push(0, 0, 0, 900.0, 0, 0)))
    # The engine may add 30 m/s2: 240 m/s in 8 s is no contradiction, but 24 s are too long to tell.
    assert one_motion(a, state(ahead + push(900, 0, 0, 200.0, 0, 0), t=108.0))
    assert not one_motion(a, state(a.x, t=124.0))
