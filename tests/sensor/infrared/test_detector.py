"""Detection: probabilities against draws and SciPy, false alarms, the noise of the line of sight."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

from tocsin.errors import TocsinError
from tocsin.motion.plume import plume_intensity
from tocsin.sensor.infrared.detector import (
    DETECTOR,
    Detector,
    amplitude_ratio,
    detection_probability,
    draw_amplitude,
    draw_false_amplitude,
    false_alarm_probability,
    false_alarms_per_frame,
    irradiance,
    line_noise,
    power_ratio,
    threshold_for,
)
from tocsin.sensor.infrared.normal import normal_tail, scaled_erfc

BAND = 0.001
DRAWS = 100_000


def test_the_normal_tail_and_the_scaled_error_function():
    x = np.linspace(-8.0, 37.0, 2001)
    np.testing.assert_allclose(normal_tail(x), stats.norm.sf(x), rtol=1e-11)
    y = np.concatenate([np.linspace(0.0, 60.0, 6001), [1e4]])
    np.testing.assert_allclose(scaled_erfc(y), special.erfcx(y), rtol=1e-13)


@pytest.mark.parametrize("amplitude", [2.0, 4.0, 5.3, 6.0, 8.0])
def test_detections_are_binomial_with_the_stated_probability(amplitude):
    probability = float(detection_probability(amplitude))
    assert probability == pytest.approx(stats.norm.cdf(amplitude - 5.3), rel=1e-10)
    read = draw_amplitude(np.full(DRAWS, amplitude), np.random.default_rng([2, int(10 * amplitude)]))
    least, most = stats.binom.interval(1.0 - BAND, DRAWS, probability)
    assert least <= np.sum(read > DETECTOR.threshold) <= most


def test_what_is_read_is_the_signal_with_unit_noise():
    read = draw_amplitude(np.full(DRAWS, 7.0), np.random.default_rng(3)) - 7.0
    assert stats.kstest(read, "norm").pvalue > BAND


@pytest.mark.parametrize("probability", [1e-2, 1e-3])
def test_false_alarms_are_binomial_at_the_threshold_of_their_probability(probability):
    threshold = threshold_for(probability)
    noise = draw_amplitude(np.zeros(DRAWS), np.random.default_rng([4, int(1 / probability)]))
    least, most = stats.binom.interval(1.0 - BAND, DRAWS, probability)
    assert least <= np.sum(noise > threshold) <= most


@pytest.mark.parametrize("probability", [0.5, 1e-2, 1e-3, 1e-6, 1e-12])
def test_thresholds_against_the_formula(probability):
    threshold = threshold_for(probability)
    assert threshold == pytest.approx(stats.norm.isf(probability), abs=1e-9)
    if threshold:
        detector = Detector(threshold=threshold, pixels=2e5)
        assert false_alarm_probability(detector) == pytest.approx(probability, rel=1e-9)
        assert false_alarms_per_frame(detector) == pytest.approx(2e5 * probability, rel=1e-9)


def test_false_amplitudes_are_noise_above_the_threshold():
    drawn = draw_false_amplitude(4000, np.random.default_rng(6))
    assert drawn.min() > DETECTOR.threshold
    above = stats.norm.sf(DETECTOR.threshold)
    assert stats.kstest(drawn, lambda x: 1.0 - stats.norm.sf(x) / above).pvalue > BAND
    assert draw_false_amplitude(0, np.random.default_rng(6)).shape == (0,)


def test_the_defaults_give_what_they_are_said_to():
    booster = irradiance(plume_intensity(680e3, 45e3, False), 1.0, 4e7)
    assert booster == pytest.approx(2.55e-10)
    ratios = amplitude_ratio(booster, [1.0, 1.1, 1.68])
    np.testing.assert_allclose(ratios, [127.5, 116.0, 76.0], atol=0.5)
    np.testing.assert_allclose(power_ratio(ratios), ratios**2, rtol=1e-15)
    upper = amplitude_ratio(irradiance(plume_intensity(115e3, 300e3, False), 1.0, 4e7))
    assert power_ratio(upper) == pytest.approx(465.0, abs=5.0)
    assert detection_probability(upper) > 0.999
    assert false_alarms_per_frame() == pytest.approx(0.017, abs=0.001)


@given(
    intensity=st.floats(1.0, 1e7),
    share=st.floats(1e-6, 1.0),
    distance=st.floats(1e5, 1e8),
    k=st.floats(1.1, 9.0),
)
def test_inverse_square_of_the_range_and_linear_in_the_rest(intensity, share, distance, k):
    e = irradiance(intensity, share, distance)
    np.testing.assert_allclose(irradiance(intensity, share, k * distance) * k**2, e, rtol=1e-12)
    np.testing.assert_allclose(e, intensity * share / distance**2, rtol=1e-12)
    np.testing.assert_allclose(amplitude_ratio(e, k) * k, e / 2e-12, rtol=1e-12)
    assert irradiance(0.0, share, distance) == irradiance(intensity, 0.0, distance) == 0.0


def test_noise_of_the_line_stands_at_the_reference_and_never_falls_below_the_floor():
    assert line_noise(10.0) == pytest.approx(50e-6, rel=1e-12)
    assert line_noise(20.0) == pytest.approx(np.hypot(30e-6, DETECTOR.blur_rad / 20.0), rel=1e-12)
    assert line_noise(1e9) == pytest.approx(30e-6, rel=1e-6)
    np.testing.assert_array_equal(np.isinf(line_noise([0.0, 1e-3, 5.0])), [True, False, False])
    no_floor = Detector(floor_rad=0.0)
    assert no_floor.blur_rad == pytest.approx(500e-6)
    np.testing.assert_allclose(line_noise([5.0, 50.0], no_floor), [100e-6, 10e-6], rtol=1e-12)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: irradiance(-1.0, 1.0, 1e7), "intensity"),
        (lambda: irradiance(1.0, 1.1, 1e7), "transmission: 1.1"),
        (lambda: irradiance(1.0, 1.0, 0.0), "range"),
        (lambda: amplitude_ratio(1e-10, 0.5), "background factor"),
        (lambda: detection_probability([1.0, -0.1]), "amplitude ratio: -0.1"),
        (lambda: draw_amplitude(np.nan, np.random.default_rng(0)), "amplitude ratio"),
        (lambda: line_noise(-1.0), "amplitude ratio"),
        (lambda: threshold_for(0.0), "no false-alarm probability"),
        (lambda: threshold_for(0.7), "no false-alarm probability"),
        (lambda: Detector(floor_rad=60e-6), "floor_rad = 6e-05 is above"),
    ],
)
def test_what_cannot_be_is_refused(call, said):
    with pytest.raises(TocsinError, match=said):
        call()
