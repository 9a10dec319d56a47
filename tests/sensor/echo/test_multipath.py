"""The size of the image's error, and its correlation over elevation in 4,000 drawn passes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2, norm

from tocsin.errors import TocsinError
from tocsin.sensor.echo.multipath import (
    GROUND,
    Ground,
    correlation_length,
    draw_multipath,
    multipath_sigma,
)

WIDTH = np.radians(2.0)
PASSES = 4000


def test_size_at_the_horizon_and_high_up():
    rough = Ground(reflection=0.5, sidelobe_ratio=200.0)
    horizon, half, high = multipath_sigma([0.0, WIDTH / 2, 5 * WIDTH], WIDTH, rough)
    assert horizon == pytest.approx(0.5 * WIDTH * np.sqrt(1.005 / 8))
    assert half == pytest.approx(0.5 * WIDTH * np.sqrt((1 / 16 + 0.005) / 8))
    assert high == pytest.approx(0.5 * WIDTH / 40)
    assert multipath_sigma(0.0, WIDTH, Ground(reflection=0.0)) == 0.0


@given(st.floats(0.0, 1.0), st.floats(0.0, 0.5), st.floats(1e-3, 0.1))
def test_never_grows_with_elevation(elevation, more, width):
    assert multipath_sigma(elevation + more, width) <= multipath_sigma(elevation, width)


def test_it_grows_below_one_beamwidth():
    x = np.linspace(0.0, 3.0, 31)
    ratio = multipath_sigma(x * WIDTH, WIDTH) / multipath_sigma(1.0, WIDTH)
    assert np.all(ratio[x >= 1.0] < 1.01)
    assert np.all(ratio[x <= 0.6] > 2.0)


def test_correlation_lengths_of_both_bands():
    assert np.degrees(correlation_length(299.792458 / 155)) == pytest.approx(0.588, abs=1e-3)
    assert np.degrees(correlation_length(299.792458 / 435)) == pytest.approx(0.209, abs=1e-3)
    # Lobes lambda / 2h apart.
    assert 2 * np.pi * correlation_length(2.0, Ground(height_m=20.0)) == pytest.approx(0.05)


def test_drawn_passes_have_the_stated_variance_and_correlation():
    length = 0.005
    el = 0.05 + length * np.array([0.0, 0.5, 1.0, 2.0, 6.0])
    z = draw_multipath(PASSES, length, np.random.default_rng(3)).unit_error(el)
    low, high = chi2.ppf([0.0005, 0.9995], PASSES)
    for k in range(len(el)):
        assert low < np.sum(z[:, k] ** 2) < high
        assert abs(z[:, k].mean()) * np.sqrt(PASSES) < norm.ppf(0.9995)
    expected = np.exp(-0.5 * ((el - el[0]) / length) ** 2)
    found = z.T @ z[:, 0] / PASSES
    # The variance of a mean product of normals, and a little for lobes being finite in number.
    band = 1.05 * norm.ppf(0.9995) * np.sqrt((1.0 + expected**2) / PASSES)
    assert np.all(np.abs(found - expected) < band)


def test_one_pass_has_one_error_at_one_elevation():
    drawn = draw_multipath(3, 0.01, np.random.default_rng(8))
    el = np.linspace(0.0, 0.2, 50)
    whole = drawn.unit_error(el)
    np.testing.assert_array_equal(drawn.unit_error(el[::-1]), whole[:, ::-1])
    np.testing.assert_array_equal(drawn.unit_error(np.tile(el[7], (3, 1)))[:, 0], whole[:, 7])
    own = np.array([el[3:5], el[8:10], el[20:22]])
    np.testing.assert_array_equal(drawn.unit_error(own)[1], whole[1, 8:10])
    # Within a tenth of the length it hardly changes, so looks a second apart share it.
    near = drawn.unit_error(np.array([0.1, 0.1005]))
    assert np.abs(np.diff(near, axis=1)).max() < 0.25


def test_what_cannot_be_is_refused():
    drawn = draw_multipath(1, 0.01, np.random.default_rng(0))
    for wrong in (
        lambda: multipath_sigma(-0.01, WIDTH),
        lambda: multipath_sigma(0.1, 0.0),
        lambda: correlation_length(0.0),
        lambda: draw_multipath(1, -0.01, np.random.default_rng(0)),
        lambda: drawn.unit_error(np.array([np.nan])),
        lambda: Ground(height_m=0.0),
    ):
        with pytest.raises(TocsinError, match="give"):
            wrong()
    assert GROUND.reflection > 0.0
