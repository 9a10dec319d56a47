"""The absolute radar equation against figures of a radar tool's public documentation."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.earth.constants import C_LIGHT
from tocsin.errors import TocsinError
from tocsin.sensor.echo.power import PowerBudget, absolute_range, absolute_snr

# MathWorks, documentation of radareqpow, its second example: the peak power for 10 dB from 0.5 m2 at 50 km.
EXAMPLE = PowerBudget(
    average_power_w=2.2809e6,
    dwell_s=1e-6,
    transmit_gain=1e3,
    receive_gain=1e3,
    wavelength_m=C_LIGHT / 10e9,
    noise_temperature_k=300.0,
    loss=10.0**0.3,
)


def test_a_published_example():
    assert absolute_snr(EXAMPLE, 50e3, 0.5) == pytest.approx(10.0, rel=1e-4)
    # Only the product of power and time counts.
    slow = dataclasses.replace(EXAMPLE, average_power_w=2.2809e3, dwell_s=1e-3)
    assert absolute_snr(slow, 50e3, 0.5) == pytest.approx(10.0, rel=1e-4)


@given(st.floats(1e-2, 1e5), st.floats(0.1, 1e3))
def test_the_range_has_the_asked_signal(snr, rcs):
    assert absolute_snr(EXAMPLE, absolute_range(EXAMPLE, snr, rcs), rcs) == pytest.approx(snr, rel=1e-9)


def test_what_cannot_be_is_refused():
    with pytest.raises(TocsinError) as refused:
        dataclasses.replace(EXAMPLE, dwell_s=0.0, noise_temperature_k=float("nan"))
    assert [p.split(" ")[0] for p in refused.value.problems] == [
        "PowerBudget.dwell_s",
        "PowerBudget.noise_temperature_k",
    ]
    with pytest.raises(TocsinError, match="gain"):
        dataclasses.replace(EXAMPLE, loss=0.5)
    with pytest.raises(TocsinError, match="cross-section"):
        absolute_snr(EXAMPLE, 50e3, 0.01)
    with pytest.raises(TocsinError, match="snr"):
        absolute_range(EXAMPLE, 0.0, 1.0)
