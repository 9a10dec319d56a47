"""Sigmas of looks against the figures asked for, and the shape of a steered beam against its own geometry."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import TocsinError
from tocsin.sensor.echo.accuracy import (
    Accuracy,
    angle_covariance,
    angle_sigma,
    range_rate_sigma,
    range_sigma,
)

REFERENCE = 10.0**1.3
NOISE_ONLY = Accuracy(angle_floor=0.0, range_floor=0.0)


@pytest.mark.parametrize(
    ("bandwidth", "beamwidth_deg", "metres", "degrees"), [(316e3, 2.0, 75.0, 0.2), (790e3, 0.70, 30.0, 0.07)]
)
def test_figures_at_13_db(bandwidth, beamwidth_deg, metres, degrees):
    assert range_sigma(REFERENCE, bandwidth) == pytest.approx(metres, rel=0.015)
    assert np.degrees(angle_sigma(REFERENCE, np.radians(beamwidth_deg))) == pytest.approx(degrees, rel=0.015)


def test_noise_falls_as_the_root_of_the_signal():
    assert range_sigma(50.0, 1e6, NOISE_ONLY) == pytest.approx(14.9896229)
    assert angle_sigma(50.0, 0.032, NOISE_ONLY) == pytest.approx(0.002)
    assert range_rate_sigma(50.0, 0.7, 7e-3) == pytest.approx(5.0)
    for sigma in (
        lambda s: range_sigma(s, 1e6, NOISE_ONLY),
        lambda s: angle_sigma(s, 0.03, NOISE_ONLY),
        lambda s: range_rate_sigma(s, 0.7, 7e-3),
    ):
        assert sigma(4.0) / sigma(400.0) == pytest.approx(10.0)


def test_the_floors_are_left_of_a_signal_without_end():
    assert angle_sigma(1e12, np.radians(2.0)) == pytest.approx(np.radians(2.0) / 50, rel=1e-6)
    assert range_sigma(1e12, 1e6) == pytest.approx(149.896229 / 50, rel=1e-6)
    assert angle_sigma(1e12, 0.1, Accuracy(angle_floor=0.05)) == pytest.approx(0.005, rel=1e-6)


def axes(azimuth, tilt):
    """Across the face, up the face, and its boresight, in east, north, up."""
    across = np.array([np.cos(azimuth), -np.sin(azimuth), 0.0])
    out = np.array([np.cos(tilt) * np.sin(azimuth), np.cos(tilt) * np.cos(azimuth), np.sin(tilt)])
    return across, np.cross(across, out), out


@given(st.floats(-1.0, 1.0), st.floats(-0.2, 1.4), st.floats(-3.0, 3.0), st.floats(0.0, 1.0))
def test_a_steered_beam_is_round_in_the_cosines_of_the_face(turn, el, az_b, tilt):
    across, up, out = axes(az_b, tilt)
    az = az_b + turn
    d = np.array([np.cos(el) * np.sin(az), np.cos(el) * np.cos(az), np.sin(el)])
    if d @ out < 0.1:
        return

    def angles(uv):
        ahead = np.sqrt(1.0 - uv @ uv)
        e, n, u = uv[0] * across + uv[1] * up + ahead * out
        return np.array([np.arctan2(e, n), np.arctan2(u, np.hypot(e, n))])

    uv, step = np.array([d @ across, d @ up]), 1e-6
    slope = []
    for axis in np.eye(2):
        change = angles(uv + step * axis) - angles(uv - step * axis)
        change[0] = (change[0] + np.pi) % (2 * np.pi) - np.pi
        slope.append(change / (2 * step))
    J = np.array(slope).T
    expected = 0.003**2 * J @ J.T
    ours = angle_covariance(0.003, az, el, az_b, tilt)
    np.testing.assert_allclose(ours, expected, rtol=1e-5, atol=1e-5 * np.abs(expected).max())


def test_widening_in_the_plane_of_the_scan_only():
    c = angle_covariance(0.01, np.radians([0.0, 60.0]), 0.0, 0.0, 0.0)
    np.testing.assert_allclose(c[0], 1e-4 * np.eye(2), atol=1e-18)
    np.testing.assert_allclose(c[1], 1e-4 * np.diag([4.0, 1.0]), atol=1e-18)
    assert angle_covariance(np.full((5, 3), 0.01), 0.1, 0.1, 0.0, 0.3).shape == (5, 3, 2, 2)


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        (lambda: range_sigma(0.0, 1e6), "snr"),
        (lambda: range_sigma(-3.0, 1e6), "snr"),
        (lambda: range_sigma(1.0, 0.0), "bandwidth"),
        (lambda: angle_sigma(1.0, np.nan), "beamwidth"),
        (lambda: range_rate_sigma(1.0, 0.7, 0.0), "coherent time"),
        (lambda: angle_covariance(0.01, np.pi, 0.0, 0.0, 0.1), "off boresight"),
        (lambda: Accuracy(monopulse_slope=0.0), "monopulse_slope"),
    ],
)
def test_what_cannot_be_is_refused(wrong, what):
    with pytest.raises(TocsinError, match=what):
        wrong()
