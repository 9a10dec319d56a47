"""False looks from sunlit cloud: their mean by drawing cells one by one, and Poisson's statistics."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, chi2, ks_2samp, poisson

from tocsin.errors import TocsinError
from tocsin.sensor.infrared.cloud_looks import (
    CLOUD_LOOKS,
    CloudLooks,
    draw_brightness,
    draw_false_looks,
    false_looks,
)

CELL = CLOUD_LOOKS.cell**2


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("index", "noise"), [(10.0, 1.0), (4.0, 1.0), (10.0, 2.0), (40.0, 3.0)])
def test_the_mean_is_that_of_cells_drawn_one_by_one(index, noise, seed):
    # Each of 2e5 cells: clouded, brighter than the threshold above the noise, and flickering.
    rng, n, own = np.random.default_rng(seed), 200_000, CloudLooks(flicker=0.5, cover=0.5)
    bright = index * np.exp(own.patchiness * rng.standard_normal(n)) > own.threshold * noise
    count = np.sum(bright & (rng.random(n) < own.cover) & (rng.random(n) < own.flicker))
    mean = float(false_looks(index, own.cell**2, noise, own))
    assert binom.ppf(0.0005, n, mean) <= count <= binom.ppf(0.9995, n, mean)


def test_at_the_threshold_half_of_the_clouded_cells_are_too_bright():
    mean = false_looks(CLOUD_LOOKS.threshold, 7.0 * CELL)
    assert mean == pytest.approx(7.0 * 0.5 * CLOUD_LOOKS.cover * CLOUD_LOOKS.flicker, rel=1e-12)


@given(st.floats(1e-300, 1e3), st.floats(1.0, 1e3), st.floats(0.0, 1e-2))
def test_brighter_and_quieter_gives_more(index, noise, size):
    here = false_looks(index, size, noise)
    assert 0.0 <= here <= false_looks(1.1 * index, size, noise)
    assert here <= false_looks(index, size)
    assert false_looks(index, 2.0 * size, noise) == pytest.approx(2.0 * here, rel=1e-12)


def test_none_in_the_dark_nor_when_blind():
    assert np.all(false_looks([0.0, 1e-320, 50.0], 1e-3, [1.0, 1.0, np.inf]) == 0.0)


@pytest.mark.parametrize("seed", range(5))
def test_looks_are_drawn_as_poisson_says(seed):
    mean, frames = np.array([0.05, 0.0, 0.3, 0.15]), 20_000
    frame, patch = draw_false_looks(mean, frames, np.random.default_rng(seed))
    assert np.all(np.diff(frame) >= 0)
    each = np.bincount(patch, minlength=4)
    assert each[1] == 0
    for k in (0, 2, 3):
        low, high = poisson.ppf([0.00025, 0.99975], mean[k] * frames)
        assert low <= each[k] <= high
    counts = np.bincount(frame, minlength=frames)
    dispersion = np.sum((counts - counts.mean()) ** 2) / counts.mean()
    low, high = chi2.ppf([0.0005, 0.9995], frames - 1)
    assert low < dispersion < high


@pytest.mark.parametrize(("index", "noise"), [(10.0, 1.0), (3.0, 1.0), (30.0, 2.0)])
def test_brightness_is_that_of_cells_that_passed(index, noise):
    """Against cells drawn one by one, of which those above the threshold are kept: Kolmogorov-Smirnov."""
    rng, own = np.random.default_rng(1), CLOUD_LOOKS
    cells = index * np.exp(own.patchiness * rng.standard_normal(400_000)) / (own.threshold * noise)
    drawn = draw_brightness(np.full(3000, index), np.full(3000, noise), np.random.default_rng(2))
    assert drawn.min() >= 1.0
    assert ks_2samp(drawn, cells[cells > 1.0]).pvalue > 0.001


def test_the_faintest_patch_gives_looks_just_over_the_threshold():
    drawn = draw_brightness(np.full(200, 0.02), np.ones(200), np.random.default_rng(3))
    assert np.all((drawn >= 1.0) & (drawn < 2.0))


def test_nothing_is_drawn_from_nothing():
    for mean, frames in ((np.zeros(3), 5), (np.zeros(0), 5), (np.ones(3), 0)):
        frame, patch = draw_false_looks(mean, frames, np.random.default_rng(0))
        assert len(frame) == len(patch) == 0


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: false_looks(-1.0, 1e-3), "index: -1 is not possible"),
        (lambda: false_looks(1.0, -1e-3), "solid angle"),
        (lambda: false_looks(1.0, 1e-3, 0.5), "noise: below 1"),
        (lambda: false_looks(1.0, 1e-3, np.nan), "noise: below 1 or no number"),
        (lambda: draw_false_looks([0.1], -1, np.random.default_rng(0)), "frames: -1"),
        (lambda: draw_false_looks([-0.1], 1, np.random.default_rng(0)), "mean of false looks"),
        (lambda: CloudLooks(cover=1.5), "CloudLooks.cover = 1.5 is no share"),
        (lambda: CloudLooks(threshold=0.0), "CloudLooks.threshold = 0 is impossible"),
    ],
)
def test_impossible_figures_are_refused(call, words):
    with pytest.raises(TocsinError, match=words):
        call()
