"""What a correction leaves: statistics of the draws, and the linear residual against air that was traced."""

import numpy as np
import pytest
from scipy.stats import chi2, norm

from tocsin.errors import TocsinError
from tocsin.sensor.echo.ionosphere import Ionosphere
from tocsin.sensor.echo.refraction import refraction_of, refraction_table
from tocsin.sensor.echo.troposphere import Troposphere
from tocsin.sensor.echo.uncorrected import AirScales, Uncorrected, draw_scales, residual

DRAWS = 4000


def test_the_draws_have_the_stated_sigmas():
    rng = np.random.default_rng(4)
    drawn = [draw_scales(rng) for _ in range(DRAWS)]
    scales = np.array([[d.troposphere, d.ionosphere] for d in drawn])
    assert np.all(scales > -1.0)
    v = np.log1p(np.array([0.10, 0.25]) ** 2)
    # ln(1 + scale) is normal: its mean and its variance within 99.9 %.
    z = (np.log1p(scales) + 0.5 * v) / np.sqrt(v)
    assert np.all(np.abs(z.mean(axis=0)) < norm.ppf(0.9995) / np.sqrt(DRAWS))
    low, high = chi2.ppf([0.0005, 0.9995], DRAWS)
    assert np.all((z**2).sum(axis=0) > low)
    assert np.all((z**2).sum(axis=0) < high)
    assert np.abs(np.corrcoef(z.T)[0, 1]) < norm.ppf(0.9995) / np.sqrt(DRAWS)
    # And so the scale itself has mean 0 and the stated sigma: 6 % is four of its own sigmas.
    assert scales.mean(axis=0) == pytest.approx(0.0, abs=4 * 0.25 / np.sqrt(DRAWS))
    assert scales.std(axis=0) == pytest.approx([0.10, 0.25], rel=0.06)


def test_no_error_where_none_is_stated():
    none = draw_scales(np.random.default_rng(1), Uncorrected(troposphere=0.0, ionosphere=0.0))
    assert none == AirScales(0.0, 0.0)


@pytest.mark.parametrize(("air", "plasma"), [(0.15, 0.0), (-0.15, 0.0), (0.0, 0.5), (0.0, -0.5)])
def test_the_residual_is_what_other_air_adds(air, plasma):
    el, height = np.meshgrid(np.radians([2.0, 5.0, 20.0, 60.0]), [2e5, 5e5, 1e6, 3e6])
    model = refraction_of(refraction_table(155e6, ionosphere=Ionosphere(tecu=50.0)), el, height)
    other = refraction_table(155e6, Troposphere(315.0 * (1.0 + air)), Ionosphere(tecu=50.0 * (1.0 + plasma)))
    true = refraction_of(other, el, height)
    excess, error = residual(model, AirScales(air, plasma))
    assert true.range_m - model.range_m == pytest.approx(excess, rel=0.08)
    assert true.elevation - model.elevation == pytest.approx(error, rel=0.08)


def test_a_kilometre_in_vhf_is_left_by_half_an_ionosphere():
    # 50 % of 2.4-2.5 km: what a radar without a correction at 155 MHz is wrong by at low elevation.
    table = refraction_table(155e6, ionosphere=Ionosphere(tecu=50.0))
    excess, _ = residual(refraction_of(table, np.radians(3.0), 1e6), AirScales(0.0, 0.5))
    assert excess == pytest.approx(1.24e3, rel=0.03)


def test_a_negative_sigma_is_refused():
    with pytest.raises(TocsinError, match="ionosphere"):
        Uncorrected(ionosphere=-0.1)
