"""Lagrange's interpolation of tabulated orbits, held against the orbits themselves."""

import numpy as np
import pytest

from tests.interchange.orbits import GPS, LAGEOS, LOW, flown, tabled
from tocsin.interchange.lagrange import POINTS, lagrange


def test_a_polynomial_of_degree_nine_is_met():
    t = np.sort(np.random.default_rng(1).uniform(0.0, 10.0, 14))
    c = np.random.default_rng(2).normal(size=(10, 3))
    at = np.linspace(t[0], t[-1], 41)
    r, v = lagrange(t, np.polynomial.polynomial.polyval(t, c).T, at)
    slope = np.polynomial.polynomial.polyder(c)
    np.testing.assert_allclose(r, np.polynomial.polynomial.polyval(at, c).T, rtol=1e-7, atol=1e-2)
    np.testing.assert_allclose(v, np.polynomial.polynomial.polyval(at, slope).T, rtol=1e-6, atol=1e-1)


@pytest.mark.parametrize(("orbit", "metres"), [(LOW, 1e-4), (LAGEOS, 1e-3), (GPS, 1e-2)])
def test_orbits_between_their_samples(orbit, metres):
    """In the middle it is far below a metre; in the outermost intervals it may be a thousand times that."""
    t, x = tabled(orbit, 40)
    inner = np.linspace(t[POINTS // 2], t[-1 - POINTS // 2], 501)
    r, v = lagrange(t, x[:, :3], inner)
    truth = flown(orbit, inner)
    assert np.linalg.norm(r - truth[:, :3], axis=1).max() < metres
    assert np.linalg.norm(v - truth[:, 3:], axis=1).max() < metres / 10.0
    outer = np.linspace(t[0], t[1], 51)
    worst = np.linalg.norm(lagrange(t, x[:, :3], outer)[0] - flown(orbit, outer)[:, :3], axis=1).max()
    assert worst < 1e3 * metres


def test_fewer_points_leave_more():
    t, x = tabled(GPS, 40)
    at = np.linspace(t[10], t[20], 101)
    truth = flown(GPS, at)[:, :3]
    error = [np.linalg.norm(lagrange(t, x[:, :3], at, n)[0] - truth, axis=1).max() for n in (4, 6, 8, 10)]
    assert error[0] > 10.0 * error[1] > 100.0 * error[2] > 1e3 * error[3]


def test_the_samples_themselves_are_met():
    t, x = tabled(LOW, 20)
    r, v = lagrange(t, x[:, :3], t)
    np.testing.assert_allclose(r, x[:, :3], rtol=0, atol=1e-6)
    np.testing.assert_allclose(v[5:-5], x[5:-5, 3:], rtol=0, atol=1e-5)
