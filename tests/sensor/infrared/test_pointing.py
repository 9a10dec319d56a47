"""Pointing errors: draws against their covariance, jointly, and each part of it seen when left out."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from tocsin.errors import TocsinError
from tocsin.sensor.infrared.pointing import POINTING, covariance, draw

BAND = 0.001
RUNS = 400
# Frames 1 s apart, gaps, a doubled time, and hours.
T = np.concatenate([np.arange(8.0), [7.0, 20.0, 60.0, 61.0, 600.0, 4000.0, 12000.0]])
NOISE = np.linspace(3e-6, 60e-6, len(T))


def drawn(pointing, seed=0, noise=NOISE):
    """Draws (2 RUNS, n): both axes of every run."""
    runs = [draw(T, pointing, np.random.default_rng([seed, i]), noise) for i in range(RUNS)]
    return np.concatenate([np.stack(runs)[..., 0], np.stack(runs)[..., 1]])


def joint(x, K):
    """The sum of x' K^-1 x over the draws."""
    return float(np.sum(np.linalg.solve(np.linalg.cholesky(K), x.T) ** 2))


@pytest.mark.parametrize(
    "pointing", [POINTING, replace(POINTING, bias_rad=0.0), replace(POINTING, jitter_s=2.0)]
)
def test_draws_are_jointly_as_the_covariance_says(pointing):
    x = drawn(pointing)
    white = np.linalg.solve(np.linalg.cholesky(covariance(T, pointing, NOISE)), x.T)
    low, high = stats.chi2.interval(1.0 - BAND, white.size)
    assert low < np.sum(white**2) < high
    # Whitened, no two times have anything in common: normal products of unit variance.
    pairs = np.triu_indices(len(T), 1)
    products = (white @ white.T)[pairs] / np.sqrt(white.shape[1])
    low, high = stats.chi2.interval(1.0 - BAND, len(products))
    assert low < np.sum(products**2) < high
    assert stats.kstest(white.ravel(), "norm").pvalue > BAND


@pytest.mark.parametrize("part", ["bias_rad", "drift_rad", "jitter_rad"])
def test_a_part_left_out_of_the_covariance_is_missed(part):
    K = covariance(T, replace(POINTING, **{part: 0.0}), np.full(len(T), 5e-6))
    _, high = stats.chi2.interval(1.0 - BAND, 2 * RUNS * len(T))
    assert joint(drawn(POINTING, 1, 5e-6), K) > high


@pytest.mark.parametrize(
    ("other_part", "time", "other"),
    [("jitter_rad", "drift_s", 1200.0), ("drift_rad", "jitter_s", 2.5), ("drift_rad", "jitter_s", 10.0)],
)
def test_a_wrong_correlation_time_is_seen(other_part, time, other):
    alone = replace(POINTING, bias_rad=0.0, **{other_part: 0.0})
    x = drawn(alone, 2, 1e-6)
    low, high = stats.chi2.interval(1.0 - BAND, x.size)
    assert low < joint(x, covariance(T, alone, 1e-6)) < high
    assert not low < joint(x, covariance(T, replace(alone, **{time: other}), 1e-6)) < high


def test_the_two_axes_have_nothing_in_common():
    x = drawn(POINTING, 3)
    products = x[:RUNS, 0] * x[RUNS:, 0] / covariance(T, POINTING, NOISE)[0, 0]
    assert abs(products.sum()) < stats.norm.isf(BAND / 2) * np.sqrt(RUNS)


def test_the_covariance_entry_by_entry():
    K = covariance([5.0, 1.0, 5.0], POINTING, [1e-6, 2e-6, 3e-6])
    for i, j, apart, white in [(0, 1, 4.0, 0.0), (0, 2, 0.0, 0.0), (1, 1, 0.0, 2e-6), (2, 2, 0.0, 3e-6)]:
        expected = 4e-10 + 2.5e-11 * (np.exp(-apart / 3600.0) + np.exp(-apart / 5.0)) + white**2
        assert K[i, j] == pytest.approx(expected, rel=1e-12)
    np.testing.assert_array_equal(K, K.T)


def test_looks_of_one_time_share_all_but_their_noise():
    x = draw([3.0, 3.0, 3.0], POINTING, np.random.default_rng(0))
    np.testing.assert_array_equal(x, np.tile(x[0], (3, 1)))
    assert draw([], POINTING, np.random.default_rng(0)).shape == (0, 2)


def test_without_bias_drift_and_jitter_nothing_is_left():
    still = replace(POINTING, bias_rad=0.0, drift_rad=0.0, jitter_rad=0.0)
    np.testing.assert_array_equal(draw(T, still, np.random.default_rng(0)), 0.0)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: draw([1.0, 0.0], POINTING, np.random.default_rng(0)), "do not ascend"),
        (lambda: draw([np.nan], POINTING, np.random.default_rng(0)), "time"),
        (lambda: covariance([0.0], POINTING, -1e-6), "noise"),
        (lambda: replace(POINTING, jitter_s=0.0), "jitter_s = 0"),
    ],
)
def test_what_cannot_be_is_refused(call, said):
    with pytest.raises(TocsinError, match=said):
        call()
