"""The bands against SciPy's own quantiles, and against how often they hold what they should."""

import math

import numpy as np
import pytest
from scipy import stats

from tocsin.study.accuracy.bands import (
    Z_WIDE,
    binomial_band,
    chi_square_band,
    mean_band,
    median_band,
    rms_band,
)


@pytest.mark.parametrize("freedom", [30, 240, 2400, 15000])
def test_chi_square(freedom):
    quantiles = stats.chi2.ppf([0.975, 0.025], freedom) / freedom
    assert chi_square_band(1.3, freedom) == pytest.approx(1.3 / quantiles, rel=1e-3)


@pytest.mark.parametrize(("held", "n"), [(0, 20), (10, 20), (90, 100), (1250, 2500)])
def test_binomial(held, n):
    wilson = stats.binomtest(held, n).proportion_ci(0.95, method="wilson")
    assert binomial_band(held / n, n) == pytest.approx((wilson.low, wilson.high), abs=1e-12)


AXES = {"one": (1.0,), "two": (1.0, 0.3), "three": (1.0, 0.5, 0.2), "three alike": (1.0, 1.0, 1.0)}


def errors(axes, shape, rng):
    """Sizes of Gaussian errors along axes of those variances, of RMS 1."""
    return np.sqrt(rng.standard_normal((*shape, len(axes))) ** 2 @ (np.array(axes) / sum(axes)))


def coverage(band, draws, true, *z):
    bands = np.array([band(row, *z) for row in draws])
    return np.mean((bands[:, 0] < true) & (true < bands[:, 1]))


@pytest.mark.parametrize("n", [20, 60, 400])
@pytest.mark.parametrize("axes", AXES)
def test_rms_bands_hold_the_truth_as_often_as_they_say(axes, n):
    rng = np.random.default_rng(0)
    assert 0.92 < coverage(rms_band, errors(AXES[axes], (3000, n), rng), 1.0) < 0.98


@pytest.mark.parametrize("axes", AXES)
def test_wide_rms_bands(axes):
    rng = np.random.default_rng(0)
    assert coverage(rms_band, errors(AXES[axes], (3000, 60), rng), 1.0, Z_WIDE) > 0.995


@pytest.mark.parametrize("n", [20, 60, 400])
def test_median_bands_hold_the_truth_as_often_as_they_say(n):
    rng = np.random.default_rng(0)
    draws = np.abs(rng.standard_normal((3000, n)))
    assert 0.92 < coverage(median_band, draws, stats.norm.ppf(0.75)) < 0.98


def test_bands_of_what_tells_nothing():
    assert median_band(np.array([1.0, 2.0])) == (0.0, np.inf)
    assert rms_band(np.array([1.0])) == (0.0, np.inf)
    assert rms_band(np.array([1.0, np.inf])) == (0.0, np.inf)
    assert rms_band(np.array([2.0, 2.0])) == (2.0, 2.0)


def test_a_mean_s_band_is_of_its_own_scatter():
    """It holds the true mean 95 times of a hundred, of values whose squares are no chi-square's."""
    rng = np.random.default_rng(5)
    draws = np.exp(0.5 * rng.standard_normal((2000, 200)))
    bands = np.array([mean_band(values) for values in draws])
    held = np.mean((bands[:, 0] < np.exp(0.125)) & (np.exp(0.125) < bands[:, 1]))
    assert 0.92 < held < 0.965
    assert mean_band(np.array([1.0])) == (0.0, math.inf)
    assert mean_band(np.array([0.0, 9.0]))[0] == 0.0
