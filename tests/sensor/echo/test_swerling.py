"""Detection against scipy's non-central chi-square, integrals over the cross-section, and 1e5 draws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import binom, kstest, ncx2

from tocsin.errors import TocsinError
from tocsin.sensor.echo.swerling import (
    detection_probability,
    draw_false_power,
    draw_power,
    mean_snr_of,
    threshold,
)

DRAWS = 100_000
RATIOS = (0.3, 2.0, 8.0, 20.0, 100.0)


def in_band(count, p, n=DRAWS):
    low, high = binom.interval(0.999, n, p)
    return low <= count <= high


@pytest.mark.parametrize("p_fa", [0.5, 1e-2, 1e-6, 1e-9, 1e-12])
def test_steady_echo_is_the_noncentral_chi_square(p_fa):
    snr = np.concatenate([[0.0], np.geomspace(1e-3, 1e4, 300)])
    theirs = ncx2.sf(-2.0 * np.log(p_fa), 2, np.maximum(2.0 * snr, 1e-14))
    ours = detection_probability(snr, p_fa, 0)
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-12)
    np.testing.assert_allclose(ours, theirs, rtol=1e-9)


def test_a_miss_of_a_strong_steady_echo_keeps_its_digits():
    snr = np.array([30.0, 40.0, 50.0])
    # Above 1 - 1e-10 only the difference from 1 tells; it is lost to rounding below 1e-16.
    missed = 1.0 - detection_probability(snr, 1e-6, 0)
    np.testing.assert_allclose(missed, ncx2.cdf(-2.0 * np.log(1e-6), 2, 2.0 * snr), rtol=0, atol=4e-16)


def over_cross_section(snr, p_fa, density):
    """The steady detection probability averaged over signal = snr * x with the density of x."""
    t = -2.0 * np.log(p_fa)
    value, _ = quad(
        lambda x: density(x) * ncx2.sf(t, 2, 2.0 * snr * x), 0.0, 60.0, epsabs=1e-12, epsrel=1e-11, limit=400
    )
    return value


@pytest.mark.parametrize("p_fa", [1e-2, 1e-6])
@pytest.mark.parametrize("snr", [0.5, 5.0, 20.0, 200.0])
def test_fluctuating_echoes_are_the_steady_one_averaged(snr, p_fa):
    one = over_cross_section(snr, p_fa, lambda x: np.exp(-x))
    three = over_cross_section(snr, p_fa, lambda x: 4.0 * x * np.exp(-2.0 * x))
    assert detection_probability(snr, p_fa, 1) == pytest.approx(one, abs=1e-9)
    assert detection_probability(snr, p_fa, 3) == pytest.approx(three, abs=1e-9)


@pytest.mark.parametrize("case", [0, 1, 3])
@pytest.mark.parametrize("snr", RATIOS)
def test_share_of_draws_detected(snr, case):
    rng = np.random.default_rng([case, int(10 * snr)])
    power = draw_power(np.full(DRAWS, snr), case, rng)
    for p_fa in (1e-2, 1e-6):
        found = int(np.sum(power > threshold(p_fa)))
        assert in_band(found, float(detection_probability(snr, p_fa, case)))


@pytest.mark.parametrize("p_fa", [1e-2, 1e-3])
def test_false_alarms_of_drawn_noise(p_fa):
    power = draw_power(np.zeros(DRAWS), 0, np.random.default_rng(7))
    assert in_band(int(np.sum(power > threshold(p_fa))), p_fa)


def test_false_alarms_too_rare_to_draw():
    assert threshold(1e-6) == pytest.approx(13.815510557964274)
    assert np.exp(-threshold(1e-6)) == pytest.approx(1e-6, rel=1e-12)
    for case in (0, 1, 3):
        assert detection_probability(0.0, 1e-6, case) == pytest.approx(1e-6, rel=1e-12)


@given(st.floats(0.0, 1e4), st.floats(1.0, 1.5), st.floats(-12.0, -0.5), st.sampled_from([0, 1, 3]))
def test_more_signal_or_a_lower_threshold_is_never_worse(snr, more, log_p_fa, case):
    p_fa = 10.0**log_p_fa
    p = detection_probability(snr, p_fa, case)
    assert p_fa * (1 - 1e-9) <= p <= 1.0
    assert detection_probability(snr * more, p_fa, case) >= p - 1e-15
    assert detection_probability(snr, min(p_fa * more, 1.0), case) >= p - 1e-15


def test_draws_have_the_mean_and_spread_of_their_case():
    rng = np.random.default_rng(5)
    snr = 10.0
    variance = {0: 2 * snr + 1, 1: (1 + snr) ** 2, 3: 2 * snr + 1 + snr**2 / 2}
    for case, expected in variance.items():
        power = draw_power(np.full(DRAWS, snr), case, rng)
        assert abs(power.mean() - 1.0 - snr) < 3.29 * np.sqrt(expected / DRAWS)
        fourth = np.mean((power - power.mean()) ** 4)
        assert abs(power.var() - expected) < 3.29 * np.sqrt((fourth - expected**2) / DRAWS)


def test_shapes_and_mixed_cases():
    snr = np.full((4, 3), 1e6)
    case = np.array([0, 1, 3])
    power = draw_power(snr, case, np.random.default_rng(1))
    assert power.shape == (4, 3)
    assert np.ptp(power[:, 0]) < 2e-2 * 1e6 < np.ptp(power[:, 1])
    p = detection_probability(20.0, 1e-6, case)
    each = [float(detection_probability(20.0, 1e-6, c)) for c in case]
    np.testing.assert_array_equal(p, each)
    assert detection_probability(np.zeros((0,)), 1e-6, 0).shape == (0,)


def test_false_powers_lie_above_the_threshold_as_noise_does():
    power = draw_false_power(1e-6, 20_000, np.random.default_rng(11))
    assert kstest(power - threshold(1e-6), "expon").pvalue > 1e-3


def test_the_signal_that_a_power_speaks_for():
    np.testing.assert_array_equal(mean_snr_of([0.2, 1.5, 21.0]), [1.0, 1.0, 20.0])
    np.testing.assert_array_equal(mean_snr_of([0.2, 1.5, 21.0], 0.3), [0.3, 0.5, 20.0])


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: detection_probability(-1.0, 1e-6, 0),
        lambda: detection_probability(np.nan, 1e-6, 0),
        lambda: detection_probability(1.0, 0.0, 0),
        lambda: detection_probability(1.0, 1.5, 0),
        lambda: detection_probability(1.0, 1e-6, 2),
        lambda: draw_power(-1.0, 1, np.random.default_rng(0)),
        lambda: draw_power(1.0, 5, np.random.default_rng(0)),
        lambda: mean_snr_of(-0.1),
        lambda: mean_snr_of(3.0, 0.0),
    ],
)
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(TocsinError, match="give"):
        wrong()
