"""The range equation and its losses: powers of range, inverses, vectors, a shell of air."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.earth.constants import R_EQ
from tocsin.errors import TocsinError
from tocsin.sensor.echo.equation import (
    LOSSES,
    Losses,
    atmospheric_loss,
    beam_shape_loss,
    detection_range,
    off_boresight,
    scan_loss,
    snr,
)

REFERENCE = (10.0**1.3, 4000e3)
angle = st.floats(-np.pi, np.pi)
elevation = st.floats(-np.pi / 2, np.pi / 2)


def test_the_reference_itself_and_powers_of_range():
    assert snr(4000e3, 1.0, *REFERENCE) == pytest.approx(10.0**1.3)
    np.testing.assert_allclose(snr([2000e3, 8000e3], 1.0, *REFERENCE), 10.0**1.3 * np.array([16.0, 1 / 16]))
    assert snr(4000e3, 10.0, *REFERENCE, 2.0) == pytest.approx(5.0 * 10.0**1.3)


@given(
    st.floats(0.1, 1e4), st.floats(1e-2, 1e6), st.floats(1.0, 1e4), st.floats(1e5, 1e8), st.floats(1.0, 100.0)
)
def test_the_detection_range_has_the_asked_signal(rcs, ratio, reference, reference_range, loss):
    r = detection_range(rcs, ratio, reference, reference_range, loss)
    assert snr(np.maximum(r, 1.0), rcs, reference, reference_range, loss) == pytest.approx(ratio, rel=1e-9)


def line(azimuth, el):
    return np.array([np.cos(el) * np.sin(azimuth), np.cos(el) * np.cos(azimuth), np.sin(el)])


@given(angle, elevation, angle, st.floats(0.0, np.pi / 2))
def test_off_boresight_is_the_angle_between_two_lines(az, el, az_b, tilt):
    u, b = line(az, el), line(az_b, tilt)
    between = np.arctan2(np.linalg.norm(np.cross(u, b)), u @ b)
    # Rounding of the half-angle's sine costs digits only near the opposite direction.
    assert off_boresight(az, el, az_b, tilt) == pytest.approx(between, abs=1e-12 if between < 3.0 else 1e-7)


def test_a_small_angle_off_boresight_keeps_its_digits():
    assert off_boresight(1.0, 0.3 + 1e-9, 1.0, 0.3) == pytest.approx(1e-9, rel=1e-6)


def test_scan_loss():
    assert scan_loss(0.0) == 1.0
    assert 10 * np.log10(scan_loss(np.radians(60.0))) == pytest.approx(7.526, abs=1e-3)
    assert scan_loss(np.radians(60.0), Losses(scan_exponent=2.0)) == pytest.approx(4.0)
    np.testing.assert_array_equal(scan_loss([np.pi / 2, 2.0, np.pi]), np.inf)


def test_half_power_of_the_beam_each_way():
    width = np.radians(2.0)
    np.testing.assert_allclose(beam_shape_loss([0.0, width / 2, -width / 2], width), [1.0, 4.0, 4.0])


@given(st.floats(0.0, np.pi / 2))
def test_the_air_is_a_layer(el):
    # The way from the ground to a sphere h higher, by walking along the line and looking at the height.
    inside = 0.0
    outside = 1e6
    for _ in range(80):
        middle = 0.5 * (inside + outside)
        above = np.hypot(middle * np.cos(el), R_EQ + middle * np.sin(el)) - R_EQ
        inside, outside = (middle, outside) if above < LOSSES.absorber_m else (inside, middle)
    expected = LOSSES.zenith_db * inside / LOSSES.absorber_m
    assert 10 * np.log10(atmospheric_loss(el)) == pytest.approx(expected, rel=1e-6)


def test_losses_of_the_air_as_the_docstring_says():
    db = 10 * np.log10(atmospheric_loss(np.radians([0.0, 3.0, 90.0])))
    np.testing.assert_allclose(db, [1.38, 0.50, 0.03], atol=0.01)


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        (lambda: snr(0.0, 1.0, *REFERENCE), "range"),
        (lambda: snr([4e6, np.nan], 1.0, *REFERENCE), "range"),
        (lambda: snr(4e6, 0.05, *REFERENCE), r"cross-section .*0\.1"),
        (lambda: snr(4e6, 1.0, -1.0, 4e6), "reference snr"),
        (lambda: snr(4e6, 1.0, *REFERENCE, 0.5), "loss"),
        (lambda: detection_range(0.01, 20.0, *REFERENCE), r"cross-section .*0\.1"),
        (lambda: detection_range(1.0, 0.0, *REFERENCE), "snr"),
        (lambda: off_boresight(0.0, 2.0, 0.0, 0.0), "elevation"),
        (lambda: off_boresight(0.0, 0.0, 0.0, -0.1), "tilt"),
        (lambda: scan_loss(-0.1), "boresight"),
        (lambda: beam_shape_loss(0.0, 0.0), "beamwidth"),
        (lambda: Losses(scan_exponent=-1.0), "scan_exponent"),
    ],
)
def test_what_cannot_be_is_refused(wrong, what):
    with pytest.raises(TocsinError, match=what):
        wrong()
