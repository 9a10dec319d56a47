"""Times of an echo against exact light paths of a coasting body."""

import numpy as np

from tests.sensor.scenes import COAST_X, coast, exact_two_way, turned
from tocsin.earth.constants import C_LIGHT, OMEGA
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.motion.ballistic import propagate
from tocsin.sensor.echo.timing import echo_times
from tocsin.sensor.light import bodies_of, seen_from

T = np.arange(60.0, 1500.0, 97.0)
SITE = ecef_from_geodetic(np.radians(68.1), np.radians(33.9), 0.0)


def echoes():
    seen = seen_from(bodies_of((coast(),)), T, np.tile(SITE, (len(T), 1)))
    assert len(seen.t) == len(T)
    return seen, echo_times(T, seen.r, SITE)


def test_half_of_the_way_there_and_back():
    ranges, _ = exact_two_way(T, SITE)
    seen, echo = echoes()
    np.testing.assert_allclose(echo.range_m, ranges, rtol=0, atol=1e-3)
    # The way back alone is metres off, for the Earth carries the site to or fro.
    assert np.abs(np.linalg.norm(seen.r - SITE, axis=1) - ranges).max() > 1.0


def test_each_way_by_itself_in_axes_that_do_not_turn():
    seen, echo = echoes()
    np.testing.assert_allclose(echo.bounce, seen.t, rtol=0, atol=1e-9)
    body = turned(propagate(0.0, COAST_X, 0.0, echo.bounce)[:, :3], -OMEGA * echo.bounce)
    for when, took in ((echo.receive, echo.back_s), (echo.transmit, echo.out_s)):
        way = np.linalg.norm(body - turned(np.tile(SITE, (len(T), 1)), -OMEGA * when), axis=1)
        np.testing.assert_allclose(took, way / C_LIGHT, rtol=0, atol=3e-12)
    assert np.all(np.diff([echo.transmit, echo.bounce, echo.receive], axis=0) > 0.0)
    # The ways differ by far more than that: the three times are told apart.
    assert np.abs(echo.out_s - echo.back_s).max() > 5e-9


def test_times_counted_from_2000_cost_no_range():
    seen, echo = echoes()
    np.testing.assert_array_equal(echo_times(8.1e8 + T, seen.r, SITE).range_m, echo.range_m)
