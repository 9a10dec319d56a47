"""The bands against SciPy's own quantiles, and against how often they hold what they should."""

import numpy as np
import pytest
from scipy import stats

from tocsin.study.accuracy.bands import binomial_band, chi_square_band, resampled_band


@pytest.mark.parametrize("freedom", [30, 240, 2400, 15000])
def test_chi_square(freedom):
    quantiles = stats.chi2.ppf([0.975, 0.025], freedom) / freedom
    assert chi_square_band(1.3, freedom) == pytest.approx(1.3 / quantiles, rel=1e-3)


@pytest.mark.parametrize(("held", "n"), [(0, 20), (10, 20), (90, 100), (1250, 2500)])
def test_binomial(held, n):
    wilson = stats.binomtest(held, n).proportion_ci(0.95, method="wilson")
    assert binomial_band(held / n, n) == pytest.approx((wilson.low, wilson.high), abs=1e-12)


@pytest.mark.parametrize(("what", "true"), [("rms", 1.0), ("median", stats.norm.ppf(0.75))])
def test_resampled_bands_hold_the_truth_as_often_as_they_say(what, true):
    """Of 300 bands 95 % should hold it: 99.9 % of the counts lie within the binomial band."""
    rng = np.random.default_rng(0)
    bands = [resampled_band(np.abs(rng.standard_normal(200)), what, rng) for _ in range(300)]
    held = sum(low < true < high for low, high in bands)
    low, high = stats.binom.interval(0.999, 300, 0.95)
    assert low <= held <= high
