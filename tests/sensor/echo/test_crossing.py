"""Bodies that rise through a fence, drawn one by one."""

import numpy as np
import pytest
from scipy.stats import binom

from tocsin.errors import TocsinError
from tocsin.sensor.echo.crossing import catch_probability, crossing_time

DRAWS = 100_000


@pytest.mark.parametrize(("crossing", "revisit", "p"), [(1.0, 2.5, 0.9), (6.1, 2.5, 0.5), (12.0, 5.0, 0.3)])
def test_share_caught(crossing, revisit, p):
    rng = np.random.default_rng(int(10 * crossing))
    first = rng.uniform(0.0, revisit, DRAWS)
    looks = first[:, None] + revisit * np.arange(10)
    seen = (looks < crossing) & (rng.random(looks.shape) < p)
    low, high = binom.interval(0.999, DRAWS, catch_probability(crossing, revisit, p))
    assert low <= int(seen.any(axis=1).sum()) <= high


def test_limits():
    assert catch_probability(0.0, 2.5, 0.9) == 0.0
    assert catch_probability(1.0, 2.5, 1.0) == pytest.approx(0.4)
    np.testing.assert_allclose(catch_probability([2.5, 2.6, 99.0], 2.5, 1.0), 1.0)
    assert catch_probability(5.0, 2.5, 0.5) == pytest.approx(0.75)


def test_time_in_the_fence():
    # 2 deg at 1,000 km are 34.9 km: 11.6 s at 3 km/s.
    assert crossing_time(3000.0, 1000e3, np.radians(2.0), 0.0) == pytest.approx(11.636, abs=1e-3)
    assert crossing_time(3000.0, 1000e3, np.radians(2.0), np.radians(60.0)) == pytest.approx(23.271, abs=1e-3)


def test_what_cannot_be_is_refused():
    for wrong in (
        lambda: crossing_time(0.0, 1e6, 0.03, 0.0),
        lambda: crossing_time(1e3, 1e6, 0.03, 1.57),
        lambda: catch_probability(1.0, 0.0, 0.5),
        lambda: catch_probability(1.0, 2.5, 1.1),
    ):
        with pytest.raises(TocsinError, match="give"):
            wrong()
