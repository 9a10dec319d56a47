"""Range rate: its equation against exact light paths, the air's part against rays, the looks against both."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from scipy import stats
from scipy.integrate import quad
from scipy.optimize import brentq

from tests.sensor.scenes import COAST_X, coast, exact_two_way
from tests.sensor.test_radar_errors import RADAR, SITE, T1
from tocsin.earth.constants import C_LIGHT
from tocsin.motion.ballistic import propagate
from tocsin.sensor.beam import Beam
from tocsin.sensor.echo.air import Air
from tocsin.sensor.echo.doppler import Doppler
from tocsin.sensor.echo.ionosphere import Ionosphere, plasma_refractivity
from tocsin.sensor.echo.phase import phase_rates
from tocsin.sensor.echo.ray import EARTH_RADIUS
from tocsin.sensor.echo.troposphere import Troposphere, air_refractivity
from tocsin.sensor.light import bodies_of, seen_from
from tocsin.sensor.rangerate import bounced_rate, range_rate, rate_columns

BAND = 0.001
HOME = RADAR.r_ecef
# So long a look that light time, an active ionosphere and a poor clock stand out of the noise.
FINE = replace(RADAR, doppler=Doppler(coherent_s=0.5, floor=0.01))


def state(t):
    x = propagate(0.0, COAST_X, 0.0, t)
    return x[:, :3], x[:, 3:]


def home(n):
    return np.tile(HOME, (n, 1))


def test_the_equation_is_the_rate_of_the_exact_two_way_path():
    t = np.arange(100.0, 1500.0, 37.0)

    def slope(h):
        return (exact_two_way(t + h, HOME)[0] - exact_two_way(t - h, HOME)[0]) / (2.0 * h)

    exact = (4.0 * slope(0.25) - slope(0.5)) / 3.0
    rate, _ = range_rate(*state(t), home(len(t)))
    np.testing.assert_allclose(rate, exact, rtol=0, atol=1e-3)
    seen = seen_from(bodies_of((coast(),)), t, home(len(t)))
    np.testing.assert_allclose(bounced_rate(seen.r, seen.v, HOME), exact, rtol=0, atol=2e-5)
    r, v = state(t)
    u = (r - HOME) / np.linalg.norm(r - HOME, axis=1, keepdims=True)
    # Bounced when received would be wrong by twenty times as much.
    assert np.abs(np.sum(u * v, axis=1) - exact).max() > 0.12


def test_the_jacobian_is_the_slope_of_the_equation():
    t = np.array([200.0, 700.0, 1300.0])
    x = np.concatenate(state(t), axis=1)
    _, jacobian = range_rate(x[:, :3], x[:, 3:], home(3))
    for k, step in enumerate([10.0] * 3 + [0.1] * 3):
        up, down = x.copy(), x.copy()
        up[:, k] += step
        down[:, k] -= step
        slope = (
            range_rate(up[:, :3], up[:, 3:], home(3))[0] - range_rate(down[:, :3], down[:, 3:], home(3))[0]
        ) / (2 * step)
        np.testing.assert_allclose(
            jacobian[:, k], slope, rtol=0, atol=2e-4 * np.abs(jacobian[:, k // 3 * 3 : k // 3 * 3 + 3]).max()
        )


def test_the_clock_s_column_is_the_rate_s_own_rate():
    t = np.array([200.0, 700.0, 1300.0])
    r, v = state(t)
    c = rate_columns(r, v, home(3), None)
    slope = (range_rate(*state(t + 1.0), home(3))[0] - range_rate(*state(t - 1.0), home(3))[0]) / 2.0
    # The Earth's flattening, which the column leaves out, is 0.015 m/s2.
    np.testing.assert_allclose(c[:, 3], -slope, rtol=0, atol=0.02)
    np.testing.assert_array_equal(c[:, [0, 1, 2, 4, 5]], 0.0)


def phase_path(elevation, range_m, air, tecu):
    """Phase path less the straight line, by quadrature of the ray that ends at a geometric look: independent
    of the tables, and of the eikonal equation."""
    lower, upper = Troposphere(air.surface_refractivity), Ionosphere(tecu=tecu)
    end = np.sqrt(EARTH_RADIUS**2 + range_m**2 + 2 * EARTH_RADIUS * range_m * np.sin(elevation))
    turn = np.arctan2(range_m * np.cos(elevation), EARTH_RADIUS + range_m * np.sin(elevation))

    def n(r):
        h = r - EARTH_RADIUS
        return (
            1.0 + float(air_refractivity(h, lower)) - float(plasma_refractivity(h, air.frequency_hz, upper))
        )

    edges = EARTH_RADIUS + np.array([0.0, 5e3, 20e3, 60e3, 200e3, 300e3, 350e3, 450e3, 700e3, 3e6])
    edges = np.append(edges[edges < end], end)

    def whole(f):
        return sum(quad(f, a, b, epsabs=1e-12, epsrel=1e-13, limit=200)[0] for a, b in pairwise(edges))

    def off(apparent):
        a = n(EARTH_RADIUS) * EARTH_RADIUS * np.cos(apparent)
        return whole(lambda r: a / (r * np.sqrt((n(r) * r) ** 2 - a * a))) - turn

    seen = brentq(off, elevation, elevation + 0.02, xtol=1e-13)
    a = n(EARTH_RADIUS) * EARTH_RADIUS * np.cos(seen)
    return whole(lambda r: n(r) ** 2 * r / np.sqrt((n(r) * r) ** 2 - a * a)) - range_m


@pytest.mark.parametrize(
    ("el_deg", "range_km"), [(3.0, 2200.0), (6.0, 1800.0), (20.0, 900.0), (10.0, 3500.0)]
)
def test_the_air_s_part_is_the_rate_of_the_phase_path(el_deg, range_km):
    air = Air(155e6, 315.0, 50.0)
    up, out = 4000.0, -5000.0
    # A body in the plane of the site's vertical: its own vertical turns as it moves.
    turn0 = np.arctan2(
        range_km * 1e3 * np.cos(np.radians(el_deg)),
        EARTH_RADIUS + range_km * 1e3 * np.sin(np.radians(el_deg)),
    )
    r0 = np.sqrt(
        EARTH_RADIUS**2
        + (range_km * 1e3) ** 2
        + 2 * EARTH_RADIUS * range_km * 1e3 * np.sin(np.radians(el_deg))
    )

    def look(t):
        r, turn = r0 + up * t, turn0 + out * t / r0
        ground, rise = r * np.sin(turn), r * np.cos(turn) - EARTH_RADIUS
        return np.arctan2(rise, ground), np.hypot(ground, rise)

    h = 1.0
    told = phase_rates(
        air, np.array([range_km * 1e3]), np.radians([el_deg]), np.array([up]), np.array([out])
    )[0]
    bare = [phase_path(*look(t), air, 0.0) for t in (h, -h)]
    both = [phase_path(*look(t), air, 50.0) for t in (h, -h)]
    lower = (bare[0] - bare[1]) / (2 * h)
    assert told[0] == pytest.approx(lower, rel=4e-3, abs=1e-3)
    assert told[1] == pytest.approx((both[0] - both[1]) / (2 * h) - lower, abs=0.02)
    assert abs(told[1]) > 0.3


def looks(bias, seed, radar=FINE):
    scans = [s for s in radar.scans((coast(),), 0.0, T1, bias, "x", np.random.default_rng(seed)) if len(s)]
    return (np.array([getattr(s, n)[0] for s in scans]) for n in ("t_look", "rate", "rate_sigma"))


def joint(runs, radar=FINE, wrong=lambda t, rate: 0.0, drop=None, seed=7):
    """Over runs whose fixed errors are drawn anew: the sum of e' S^-1 e, or of the errors along a column
    that is left out of S, and how many they are."""
    total, n = 0.0, 0
    for k in range(runs):
        t, z, sigma = looks(radar.draw_bias(np.random.default_rng([k, seed])), k, radar)
        r, v = state(t)
        h, _ = range_rate(r, v, home(len(t)))
        c = rate_columns(r, v, home(len(t)), radar.beam.between) * radar.bias_sigma
        e = z - h - wrong(t, h)
        S = np.diag(sigma**2)
        for column in set(range(6)) - {drop}:
            S += np.outer(c[:, column], c[:, column])
        if drop is None:
            total, n = total + e @ np.linalg.solve(S, e), n + len(e)
        else:
            along = np.linalg.solve(S, c[:, drop])
            total, n = total + (along @ e) ** 2 / (along @ c[:, drop]), n + 1
    return total, n


def test_range_rates_are_as_the_stated_error_model_says():
    total, n = joint(60)
    assert n > 2000
    low, high = stats.chi2.interval(1.0 - BAND, n)
    assert low < total < high


# Clock, troposphere, ionosphere. The first two are small: a look of three seconds without a floor tells them.
@pytest.mark.parametrize("left_out", [3, 4, 5])
def test_each_lasting_error_left_out_is_seen(left_out):
    sharp = replace(FINE, doppler=Doppler(coherent_s=3.0, floor=0.0))
    total, n = joint(25, sharp, drop=left_out)
    assert total > stats.chi2.isf(1e-6, n)


def test_light_time_left_out_is_seen():
    def without(t, told):
        r, v = state(t)
        u = (r - HOME) / np.linalg.norm(r - HOME, axis=1, keepdims=True)
        return np.sum(u * v, axis=1) - told

    total, n = joint(10, replace(FINE, site=replace(SITE, ionosphere_scale=0.0, clock_s=0.0)), without)
    assert total > stats.chi2.isf(1e-6, n)


def test_the_noise_is_that_of_the_wavelength_and_the_time():
    doppler = Doppler(coherent_s=0.01, floor=0.02)
    wave = Beam(SITE).wavelength_m
    assert wave == pytest.approx(C_LIGHT / SITE.frequency_hz)
    cell = wave / 0.02
    assert doppler.sigma(np.array([20.0]), wave) == pytest.approx(cell * np.sqrt(1 / 40 + 0.02**2))
