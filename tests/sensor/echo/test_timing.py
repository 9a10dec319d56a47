"""Times of an echo against closed forms, and against exact light paths of a coasting body."""

import numpy as np
import pytest

from tests.sensor.scenes import COAST_X, exact_two_way, turned
from tocsin.earth.constants import C_LIGHT, OMEGA
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.errors import TocsinError
from tocsin.motion.ballistic import propagate
from tocsin.sensor.echo.timing import echo_times, turning_range

# Both in axes that do not turn: a body at 8 km/s, a site that the Earth carries along.
BODY, BODY_V = np.array([4.0e6, 2.0e6, 1.0e6]), np.array([-7.0e3, 3.0e3, -2.4495e3])
SITE, SITE_V = np.array([1.0e5, -3.0e5, 0.0]), np.array([300.0, 200.0, 0.0])


def between(t_body, t_site):
    d = BODY + BODY_V * t_body[:, None] - SITE - SITE_V * t_site[:, None]
    return np.linalg.norm(d, axis=1)


def first_root(d, v):
    """tau > 0 with |d + v tau| = c tau, for rows of d."""
    a, b, c = v @ v - C_LIGHT**2, 2.0 * (d @ v), np.sum(d * d, axis=1)
    return (-b - np.sqrt(b * b - 4.0 * a * c)) / (2.0 * a)


def test_straight_lines_have_a_closed_form():
    assert np.linalg.norm(BODY_V) == pytest.approx(8000.0, rel=1e-3)
    t = np.linspace(-400.0, 400.0, 41)
    echo = echo_times(t, between)
    back = first_root(BODY + BODY_V * t[:, None] - SITE - SITE_V * t[:, None], -BODY_V)
    bounce = t - back
    out = first_root(BODY + BODY_V * bounce[:, None] - SITE - SITE_V * bounce[:, None], SITE_V)
    np.testing.assert_allclose(echo.back_s, back, rtol=0, atol=1e-12)
    np.testing.assert_allclose(echo.out_s, out, rtol=0, atol=1e-12)
    np.testing.assert_allclose(echo.bounce, t - back, rtol=0, atol=1e-9)
    np.testing.assert_allclose(echo.transmit, t - back - out, rtol=0, atol=1e-9)
    np.testing.assert_allclose(echo.range_m, 0.5 * C_LIGHT * (back + out), rtol=0, atol=1e-3)
    # The way out and the way back differ by far more than that: the three times are told apart.
    assert np.abs(back - out).max() > 1e-8


def test_times_counted_from_2000_cost_no_range():
    epoch = 8.1e8
    t = np.linspace(0.0, 100.0, 11)
    near = echo_times(t, between)
    far = echo_times(epoch + t, lambda a, b: between(a - epoch, b - epoch))
    np.testing.assert_allclose(far.range_m, near.range_m, rtol=0, atol=2e-3)


def test_a_coasting_body_over_the_turning_earth():
    t = np.arange(60.0, 1500.0, 97.0)
    r_site = ecef_from_geodetic(np.radians(68.1), np.radians(33.9), 0.0)
    path = turning_range(lambda when: propagate(0.0, COAST_X, 0.0, when)[:, :3], r_site)
    ranges, _ = exact_two_way(t, r_site)
    echo = echo_times(t, path)
    np.testing.assert_allclose(echo.range_m, ranges, rtol=0, atol=1e-3)
    # Each way by itself, in axes that do not turn: the Earth carries the site 9 m, or 30 ns, to or fro.
    body = turned(propagate(0.0, COAST_X, 0.0, echo.bounce)[:, :3], -OMEGA * echo.bounce)
    for when, took in ((echo.receive, echo.back_s), (echo.transmit, echo.out_s)):
        way = np.linalg.norm(body - turned(np.tile(r_site, (len(t), 1)), -OMEGA * when), axis=1)
        np.testing.assert_allclose(took, way / C_LIGHT, rtol=0, atol=1e-11)
    assert np.all(np.diff([echo.transmit, echo.bounce, echo.receive], axis=0) > 0.0)
    # Bounced when received would be wrong by 100 m or so, sent when bounced likewise.
    assert np.abs(path(t, t) - ranges).max() > 50.0


def test_no_echo_from_outside_the_path():
    def known(t_body, t_site):
        return np.where(t_body > 0.0, between(t_body, t_site), np.nan)

    with pytest.raises(TocsinError, match=r"received at -5\.0"):
        echo_times(np.array([3.0, -5.0, 7.0]), known)
