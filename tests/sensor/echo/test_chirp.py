"""Range-Doppler coupling against a chirp that is sent, bounced off a moving body and compressed."""

import numpy as np
import pytest

from tocsin.earth.constants import C_LIGHT
from tocsin.errors import TocsinError
from tocsin.sensor.echo.chirp import corrected_range, coupling_shift, coupling_time, residual_sigma

CARRIER, PULSE, BAND = 435e6, 1e-3, 400e3


def compressed_range(true_m, rate, slope):
    """Range m of the peak of a matched filter; true_m at the time at which the pulse's middle bounces."""
    fs = 4e6
    delay = 2.0 * true_m / C_LIGHT
    t = np.arange(0.0, 3.0 * PULSE, 1.0 / fs)
    replica = np.exp(1j * np.pi * slope * (t[t < PULSE] - PULSE / 2) ** 2)
    # The echo is a stretched copy: what arrives at t was sent at s(t).
    stretch = (C_LIGHT - rate) / (C_LIGHT + rate)
    s = PULSE / 2 + (t - PULSE / 2 - delay) * stretch
    sent = np.where((s >= 0.0) & (s < PULSE), np.exp(1j * np.pi * slope * (s - PULSE / 2) ** 2), 0.0)
    echo = sent * np.exp(2j * np.pi * CARRIER * (s - t))
    n = len(t) + len(replica)
    peak = np.abs(np.fft.ifft(np.fft.fft(echo, n) * np.conj(np.fft.fft(replica, n))))
    k = int(np.argmax(peak[: len(t)]))
    a, b, c = peak[k - 1], peak[k], peak[k + 1]
    return 0.5 * C_LIGHT * (k + 0.5 * (a - c) / (a - 2 * b + c)) / fs


@pytest.mark.parametrize("sweep", ["up", "down"])
@pytest.mark.parametrize("rate", [-7000.0, -1500.0, 0.0, 4000.0])
def test_the_compressed_pulse_lies_where_the_formula_says(sweep, rate):
    slope = BAND / PULSE if sweep == "up" else -BAND / PULSE
    true = 100e3
    ahead = coupling_time(CARRIER, PULSE, BAND, sweep)
    found = compressed_range(true, rate, slope)
    shift = coupling_shift(rate, ahead)
    # The cell is 375 m; the largest shift is 7.6 km.
    assert found - true == pytest.approx(shift, abs=4.0)
    assert corrected_range(found, rate, ahead) == pytest.approx(true, abs=4.0)
    if rate < 0.0:
        assert (found < true) == (sweep == "up")


def test_size_for_a_warning_radar():
    ahead = coupling_time(435e6, 8e-3, 2e6, "up")
    assert ahead == pytest.approx(1.74)
    assert coupling_time(435e6, 8e-3, 2e6, "down") == -ahead
    assert coupling_shift(-7000.0, ahead) == pytest.approx(-12180.0)
    assert residual_sigma(5.0, -ahead) == pytest.approx(8.7)


def test_what_is_left_of_a_correction():
    rng = np.random.default_rng(2)
    ahead = coupling_time(435e6, 8e-3, 790e3, "up")
    estimated = -6000.0 + 3.0 * rng.standard_normal(20_000)
    left = corrected_range(2e6 + coupling_shift(-6000.0, ahead), estimated, ahead) - 2e6
    assert abs(left.std() / residual_sigma(3.0, ahead) - 1.0) < 3.29 / np.sqrt(2 * 20_000)


def test_what_cannot_be_is_refused():
    for wrong in (
        lambda: coupling_time(435e6, 8e-3, 0.0, "up"),
        lambda: coupling_time(435e6, 8e-3, 2e6, "sideways"),
        lambda: coupling_shift(np.nan, 1.0),
        lambda: residual_sigma(-1.0, 1.0),
    ):
        with pytest.raises(TocsinError, match="give"):
            wrong()
