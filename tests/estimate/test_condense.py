"""Looks made few in the sensor's own coordinates say what all of them say; in Cartesian ones they do not."""

from dataclasses import replace

import numpy as np
import pytest

from tests.estimate.scenes import INV_BETA, RADARS, SITES, radar_looks
from tocsin.estimate.ballistic import Drag, Gaussian, fit_ballistic
from tocsin.estimate.condense import condense, looks_of
from tocsin.estimate.looks import in_order, joined
from tocsin.estimate.start import radar_start
from tocsin.sensor.measurement import position_from_radar

RUNS = 100
DRAG = Drag(INV_BETA)
TIMES = 818.0 + 7.0 * np.arange(43)


def fitted(looks, channels, start, priors=()):
    return fit_ballistic(looks, channels, *start, DRAG, priors)


def apart(fit, other):
    """How far two states lie from one another, in standard deviations of the one."""
    off = other.state.x - fit.state.x
    return float(np.sqrt(off @ np.linalg.solve(fit.state.P, off)))


def test_after_300_s_the_answer_is_within_a_tenth_of_a_sigma():
    off, kept = [], []
    for seed in range(RUNS):
        looks = radar_looks(0, TIMES, np.random.default_rng(seed))
        start = radar_start(looks)
        fit = fitted(looks, RADARS, start)
        few = looks_of(condense(looks, fit, DRAG))
        other = fitted(few, RADARS, start)
        off.append(apart(fit, other))
        kept.append(np.diag(other.state.P) / np.diag(fit.state.P))
    assert len(few) == 10
    assert np.quantile(off, 0.9) <= 0.1
    np.testing.assert_allclose(kept, 1.0, atol=5e-3)


def cartesian(looks, window_s=60.0):
    """Position and velocity by straight regression of the looks' places, window by window, as Gaussians."""
    r = position_from_radar(looks.z, looks.r_sensor)
    step = np.array([1.0, 1e-6, 1e-6])
    slopes = [
        (position_from_radar(looks.z + step[j] * e, looks.r_sensor) - r) / step[j]
        for j, e in enumerate(np.eye(3))
    ]
    root = np.stack(slopes, axis=2) * looks.sigma[:, None, :]
    P = root @ root.transpose(0, 2, 1)
    found = []
    window = np.floor((looks.t - looks.t[0]) / window_s)
    for k in np.unique(window):
        mine = window == k
        t = float(looks.t[mine].mean())
        s = looks.t[mine] - t
        # Gravity bends the line between: it is known well enough at the looks' own places.
        fall = -3.986004418e14 * r[mine] / np.linalg.norm(r[mine], axis=1)[:, None] ** 3
        information, d = np.zeros((6, 6)), np.zeros(6)
        for i, (place, cov) in enumerate(zip(r[mine], P[mine], strict=True)):
            h = np.concatenate([np.eye(3), s[i] * np.eye(3)], axis=1)
            w = np.linalg.inv(cov)
            information += h.T @ w @ h
            d += h.T @ w @ (place - 0.5 * fall[i] * s[i] ** 2)
        P_window = np.linalg.inv(information)
        found.append(Gaussian(t, P_window @ d, P_window))
    return tuple(found)


def test_a_cartesian_fold_fails_this():
    """The radar's fixed errors are left out, to be fair to it: it has no place for them."""
    exact = tuple(replace(c, bias_sigma=()) for c in RADARS)
    polar, folded = [], []
    for seed in range(RUNS):
        looks = radar_looks(0, TIMES, np.random.default_rng(seed), bias=(0.0, 0.0, 0.0))
        start = radar_start(looks)
        fit = fitted(looks, exact, start)
        polar.append(apart(fit, fitted(looks_of(condense(looks, fit, DRAG)), exact, start)))
        folded.append(apart(fit, fitted(looks.where(slice(0, 0)), exact, start, cartesian(looks))))
    assert np.quantile(polar, 0.9) <= 0.1
    assert np.median(folded) > 0.3


def test_value_and_rate_are_those_of_the_line():
    """Beside a body whose range grows steadily: two radars, each with its own windows, and a look alone."""
    rng = np.random.default_rng(3)
    one, two = radar_looks(0, TIMES[:18], rng), radar_looks(1, 985.0 + 7.0 * np.arange(8), rng)
    looks = in_order(joined([one, two]))
    fit = fitted(looks, RADARS, radar_start(looks))
    blocks = condense(looks, fit, DRAG, 63.0)
    assert sum(b.count for b in blocks) == len(looks)
    for b in blocks:
        mine = looks.where((looks.channel == b.channel) & (np.abs(looks.t - b.t) < 35.0))
        assert b.r_sensor == pytest.approx(np.tile(SITES[b.channel], (len(b.values), 1)))
        line = np.polyfit(mine.t - b.t, mine.z[:, 0], 2)
        assert b.rate[0] == pytest.approx(line[1], abs=4.0 * np.sqrt(b.covariance[0, 1, 1]))
        assert b.covariance[0, 0, 0] == pytest.approx(mine.sigma[0, 0] ** 2 / b.count, rel=1e-3)
        assert abs(b.covariance[0, 0, 1]) < 0.1 * np.sqrt(b.covariance[0, 0, 0] * b.covariance[0, 1, 1])
    (alone,) = condense(looks.where([0]), fit, DRAG)
    assert (alone.count, len(alone.values)) == (1, 1)
    assert np.isnan(alone.rate).all()
    assert np.array_equal(looks_of((alone,)).z, looks.z[:1])
