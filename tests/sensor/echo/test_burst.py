"""The Sun's noise against its brightness temperature, the burst of May 1967, and the pattern of a beam."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.earth.time import tai_from_utc
from tocsin.errors import TocsinError
from tocsin.sensor.echo.burst import (
    BURST_1967_SFU,
    Pattern,
    antenna_temperature,
    off_axis_gain,
    quiet_flux,
    sun_direction,
    sun_loss,
)

# A large array or dish at 440 MHz: 38 dB, 2 deg, 500 K (assumed, of the kind of BMEWS).
F, GAIN, WIDTH, NOISE = 440e6, 10**3.8, np.radians(2.0), 500.0
SITES = {"Thule": (76.57, -68.30), "Clear": (64.29, -149.19), "Fylingdales": (54.36, -0.67)}


def db(ratio):
    return 10.0 * np.log10(ratio)


def cost(sun_azimuth, sun_elevation, azimuth, elevation, flux):
    return db(sun_loss(sun_azimuth, sun_elevation, azimuth, elevation, flux, F, GAIN, WIDTH, NOISE))


def test_a_black_sun_through_its_brightness_temperature():
    # A disc at T shines S = 2 k T Omega / lambda^2, and an antenna of beam 4 pi / G sees T Omega G / (4 pi).
    k, wave, disc, warm = 1.380649e-23, 299792458.0 / F, 6.8e-5, 7e5
    flux = 2.0 * k * warm * disc / wave**2 / 1e-22
    assert antenna_temperature(flux, GAIN, F) == pytest.approx(warm * disc * GAIN / (4.0 * np.pi), rel=1e-12)
    assert antenna_temperature(flux, GAIN, F, 1.0) == pytest.approx(2.0 * antenna_temperature(flux, GAIN, F))
    # The quiet Sun's flux is that of a corona of 3e5 to 1.5e6 K, at metre and decimetre waves alike.
    for f in (150e6, 435e6):
        bright = quiet_flux(f) * 1e-22 * (299792458.0 / f) ** 2 / (2.0 * k * disc)
        assert 3e5 < bright < 1.5e6


def test_the_quiet_sun_costs_next_to_nothing_but_in_the_main_beam():
    quiet = quiet_flux(F)
    assert cost(1.0, 0.5, 1.0, 0.06, quiet) < 0.1
    assert cost(1.0, 0.06 + 5.0 * WIDTH, 1.0, 0.06, quiet) < 1.5
    # Straight in the beam it does cost: it is a thousand times as warm as the receiver and fills a tenth.
    assert cost(1.0, 0.06, 1.0, 0.06, quiet) == pytest.approx(17.0, abs=1.0)


def test_the_burst_of_1967_blinds_from_the_sidelobes():
    # Any antenna: a flux of 373,000 sfu on lambda^2 / (4 pi), half of it, is 5e4 K.
    assert antenna_temperature(BURST_1967_SFU, 1.0, F) == pytest.approx(4.99e4, rel=0.01)
    assert cost(1.0, 1.2, 1.0, 0.06, BURST_1967_SFU) == pytest.approx(20.0, abs=0.2)
    assert cost(1.0, 0.06 + 2.0 * WIDTH, 1.0, 0.06, BURST_1967_SFU) > 20.0
    assert cost(1.0, 0.06, 1.0, 0.06, BURST_1967_SFU) == pytest.approx(58.0, abs=0.5)


@pytest.mark.parametrize("name", list(SITES))
def test_all_three_sites_had_the_sun_up(name):
    # The burst's hour, 18:40 to 19:40 UTC, is recalled.
    t = [tai_from_utc(f"1967-05-23T{c}:00Z") for c in ("18:40", "19:10", "19:40")]
    azimuth, elevation = sun_direction(t, *np.radians(SITES[name]))
    fence = np.radians(np.arange(0.0, 360.0, 3.0))[:, None]
    losses = cost(azimuth, elevation, fence, np.radians(3.5), BURST_1967_SFU)
    assert losses.min() > 19.9
    if name == "Fylingdales":  # the evening Sun came down into the fence
        assert np.degrees(elevation[-1]) == pytest.approx(3.1, abs=0.1)
        assert losses[:, -1].max() > 50.0


def test_a_sun_that_has_set_costs_nothing():
    assert sun_loss(1.0, -0.02, 1.0, 0.0, BURST_1967_SFU, F, GAIN, WIDTH, NOISE) == 1.0
    assert sun_loss(1.0, -0.009, 1.0, 0.0, BURST_1967_SFU, F, GAIN, WIDTH, NOISE) > 1e3
    night = sun_direction([tai_from_utc("1967-05-23T00:00:00Z")], *np.radians(SITES["Fylingdales"]))
    assert night[1][0] < 0.0


def test_where_the_sun_stands():
    # Malmstrom on 25 September 1983, as that night was reconstructed: elevation 40.0, azimuth 199.2 deg.
    azimuth, elevation = sun_direction([tai_from_utc("1983-09-25T20:15:00Z")], *np.radians([47.5, -111.2]))
    assert np.degrees(elevation[0]) == pytest.approx(40.0, abs=0.06)
    assert np.degrees(azimuth[0]) == pytest.approx(199.2, abs=0.06)


@given(st.floats(0.0, np.pi), st.floats(1.0, 5.0), st.floats(0.005, 0.1))
def test_a_beam_is_strongest_on_its_axis(angle, log_gain, width):
    gain = 10.0**log_gain
    there = float(off_axis_gain(angle, gain, width))
    assert min(1.0, gain) <= there <= gain
    assert off_axis_gain(0.5 * width, gain, width) == pytest.approx(max(0.5 * gain, 1.0))
    further = float(off_axis_gain(min(angle + 0.6 * width, np.pi), gain, width))
    assert further <= there * (1.0 + 1e-12) or angle < width


def test_the_first_sidelobe_is_where_it_was_put():
    beyond = off_axis_gain(1.8 * WIDTH, GAIN, WIDTH, Pattern(first_db=20.0, fall=2.0))
    assert beyond == pytest.approx(GAIN * 1e-2 / 1.8**2)


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: quiet_flux(3e9), "frequency"),
        (lambda: antenna_temperature(-1.0, GAIN, F), "flux"),
        (lambda: antenna_temperature(1.0, 0.0, F), "gain"),
        (lambda: antenna_temperature(1.0, GAIN, F, 1.5), "received"),
        (lambda: off_axis_gain(0.1, GAIN, 0.0), "beamwidth"),
        (lambda: sun_loss(0.0, 2.0, 0.0, 0.1, 1.0, F, GAIN, WIDTH, NOISE), "elevation of the Sun"),
        (lambda: sun_loss(0.0, 0.2, 0.0, 0.1, 1.0, F, GAIN, WIDTH, 0.0), "noise temperature"),
        (lambda: Pattern(far_gain=0.0), "far_gain"),
    ],
)
def test_what_cannot_be_is_refused(ask, says):
    with pytest.raises(TocsinError, match=says):
        ask()
