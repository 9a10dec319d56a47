"""The information reduction factor: its limits, and the mean square of the score that it stands for."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from tocsin.errors import TocsinError
from tocsin.study.tracker.reduction import GATE, information_reduction

PROBABILITY, DENSITY = st.floats(0.2, 1.0), st.floats(-6.0, -1.5)


def score_square(detection, clutter, n, rng, runs=40_000):
    """Mean of |d ln p / dx|^2 / n over scans that are drawn, and its own sigma.

    The looks of a scan are a Poisson process with one more point: p is proportional to
    (1 - Pd Pg) lambda + Pd sum phi(z_i - x), of which this is the derivative's square, over p's.
    """
    volume = math.pi ** (n / 2) / math.gamma(n / 2 + 1) * GATE**n
    many = rng.poisson(clutter * volume, runs)
    u = rng.standard_normal((runs, many.max() + 1, n))
    radius = GATE * rng.random((runs, u.shape[1], 1)) ** (1.0 / n)
    z = u / np.linalg.norm(u, axis=2, keepdims=True) * radius
    there = np.arange(u.shape[1]) < many[:, None]
    z[:, -1] = rng.standard_normal((runs, n))
    there[:, -1] = (rng.random(runs) < detection) & (np.linalg.norm(z[:, -1], axis=1) < GATE)
    phi = np.where(there, (2.0 * np.pi) ** (-n / 2) * np.exp(-0.5 * np.sum(z**2, axis=2)), 0.0)
    none = (1.0 - detection * stats.chi2.cdf(GATE**2, n)) * clutter
    score = detection * np.einsum("ki,kin->kn", phi, z) / (none + detection * phi.sum(axis=1))[:, None]
    square = np.sum(score**2, axis=1) / n
    return square.mean(), square.std() / math.sqrt(runs)


@pytest.mark.parametrize("n", [1, 2, 3])
@pytest.mark.parametrize("detection", [0.7, 0.95, 1.0])
def test_without_false_looks_it_is_the_chance_of_a_look(n, detection):
    """Niu, Willett and Bar-Shalom 2001: q -> Pd as lambda V -> 0."""
    assert information_reduction(detection, 0.0, n) == pytest.approx(detection, rel=2e-4)
    assert information_reduction(detection, 1e-9, n) == pytest.approx(detection, rel=2e-4)


@pytest.mark.parametrize(
    ("detection", "clutter", "n"),
    [(0.7, 0.1, 1), (0.95, 0.02, 2), (0.7, 0.05, 2), (0.8, 0.002, 3), (1.0, 0.01, 3)],
)
def test_it_is_the_mean_square_of_the_score(detection, clutter, n):
    mean, sigma = score_square(detection, clutter, n, np.random.default_rng(3))
    assert abs(information_reduction(detection, clutter, n) - mean) < 4.0 * sigma
    assert sigma < 0.01 * mean


def test_it_is_an_integral_by_another_rule():
    """A line, at most one false look beside the own one: q_1 and q_2 by adaptive integration."""
    detection, clutter = 0.8, 1e-3
    inside = stats.chi2.cdf(GATE**2, 1)
    volume, own = 2.0 * GATE, detection * inside
    poisson = stats.poisson(clutter * volume).pmf
    total = 0.0
    for m in (1, 2):
        p = own * poisson(m - 1) + (1.0 - own) * poisson(m)
        eps = own * poisson(m - 1) / p

        def square(*z, m=m, eps=eps):
            part = [stats.norm.pdf(v) / inside for v in z]
            density = (1.0 - eps) / volume**m + eps / (m * volume ** (m - 1)) * sum(part)
            slope = eps / (m * volume ** (m - 1)) * sum(v * f for v, f in zip(z, part, strict=True))
            return slope**2 / density

        grid, w = np.polynomial.legendre.leggauss(400)
        if m == 1:
            total += p * integrate.quad(square, -GATE, GATE, epsrel=1e-9)[0]
        else:
            a, b = np.meshgrid(GATE * grid, GATE * grid)
            total += p * float(GATE**2 * (w @ square(a, b) @ w))
    assert information_reduction(detection, clutter, 1) == pytest.approx(total, rel=1e-4)


@settings(max_examples=20, deadline=None)
@given(PROBABILITY, PROBABILITY, DENSITY, DENSITY, st.integers(1, 3))
def test_more_looks_tell_more_and_more_false_ones_less(a, b, dense, thin, n):
    few, many = sorted((a, b))
    low, high = sorted((10.0**thin, 10.0**dense))
    q = information_reduction(few, high, n)
    assert 0.0 < q <= few
    assert q <= information_reduction(many, high, n) + 1e-9
    assert q <= information_reduction(few, low, n) + 1e-9


@pytest.mark.parametrize(("detection", "clutter", "n"), [(1.1, 0.0, 2), (0.5, -1.0, 2), (0.5, 0.1, 0)])
def test_what_is_no_scan_is_told(detection, clutter, n):
    with pytest.raises(TocsinError, match="information reduction"):
        information_reduction(detection, clutter, n)
