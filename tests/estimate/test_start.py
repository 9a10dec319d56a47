"""A first state from radar looks alone: near enough to begin from."""

import numpy as np
import pytest

from tests.estimate.scenes import radar_looks, truth
from tocsin.estimate.looks import Looks
from tocsin.estimate.start import radar_start
from tocsin.sensor.measurement import range_azimuth_elevation


@pytest.mark.parametrize(("n", "metres", "speed"), [(2, 60e3, 8e3), (5, 30e3, 2e3), (20, 30e3, 300.0)])
def test_near_the_truth(n, metres, speed):
    for seed in range(10):
        looks = radar_looks(0, 818.0 + 7.0 * np.arange(n), np.random.default_rng(seed))
        t0, x = radar_start(looks)
        off = x - truth(t0)[0]
        assert looks.t[0] <= t0 <= looks.t[-1]
        assert np.linalg.norm(off[:3]) < metres
        assert np.linalg.norm(off[3:]) < speed


def test_gravity_bends_the_line():
    """Of looks without noise over two minutes: half g t2 would put a straight line some 5 km off."""
    t = 818.0 + 7.0 * np.arange(20)
    looks = radar_looks(0, t, np.random.default_rng(0))
    x = truth(t)
    exact = range_azimuth_elevation(x[:, :3], x[:, 3:], looks.r_sensor)[0]
    t0, found = radar_start(Looks(t, looks.channel, exact, looks.sigma, looks.r_sensor))
    off = found - truth(t0)[0]
    assert np.linalg.norm(off[:3]) < 1.5e3
    assert np.linalg.norm(off[3:]) < 60.0
