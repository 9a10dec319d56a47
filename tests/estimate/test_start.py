"""A first state from radar looks alone: near enough to begin from."""

import numpy as np
import pytest

from tests.estimate.scenes import radar_looks, truth
from tocsin.estimate.start import radar_start


@pytest.mark.parametrize(("n", "metres", "speed"), [(2, 60e3, 8e3), (5, 30e3, 2e3), (20, 30e3, 300.0)])
def test_near_the_truth(n, metres, speed):
    for seed in range(10):
        looks = radar_looks(0, 818.0 + 7.0 * np.arange(n), np.random.default_rng(seed))
        t0, x = radar_start(looks)
        off = x - truth(t0)[0]
        assert looks.t[0] <= t0 <= looks.t[-1]
        assert np.linalg.norm(off[:3]) < metres
        assert np.linalg.norm(off[3:]) < speed
