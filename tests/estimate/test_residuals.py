"""Residuals of a mix of sensors: which row is whose, and their slopes."""

import numpy as np
import pytest

from tests.estimate.scenes import RADARS, SATELLITES, SITES, TELESCOPES, truth
from tocsin.estimate.looks import Looks, compact, in_order, joined, no_looks
from tocsin.estimate.residuals import bias_columns, bias_prior, residuals, rows
from tocsin.sensor.measurement import focal_angles, position_from_radar, range_azimuth_elevation

CHANNELS = (RADARS[0], TELESCOPES[0], RADARS[1], TELESCOPES[1])
PLACES = np.array([SITES[0], SATELLITES[0], SITES[1], SATELLITES[1]])


def mixed(seed=0, n=24):
    """Looks without noise of four sensors in turn, each with the fixed error of its channel."""
    rng = np.random.default_rng(seed)
    t = 900.0 + 5.0 * np.arange(n)
    x = truth(t)
    channel = rng.integers(0, 4, n)
    bias = rng.normal(0.0, np.concatenate([c.bias_sigma for c in CHANNELS]))
    z, sigma = np.zeros((n, 3)), np.ones((n, 3))
    for i in range(n):
        c = CHANNELS[channel[i]]
        equation = focal_angles if c.telescope else range_azimuth_elevation
        h = equation(x[i : i + 1, :3], x[i : i + 1, 3:], PLACES[channel[i]][None])[0][0]
        z[i, : len(h)] = h + bias[bias_columns(CHANNELS)[channel[i]]]
        sigma[i, : len(h)] = (50e-6, 50e-6) if c.telescope else (75.0, 3e-3, 3e-3)
    return Looks(t, channel, z, sigma, PLACES[channel]), x, bias


def test_nothing_is_left_at_the_truth():
    looks, x, bias = mixed()
    e, _, _ = residuals(looks, CHANNELS, x, bias)
    assert len(e) == len(rows(looks, CHANNELS))
    assert np.abs(e).max() < 1e-6


def test_each_row_is_of_its_look():
    looks, x, bias = mixed()
    which = rows(looks, CHANNELS)
    counts = np.bincount(which, minlength=len(looks))
    assert counts.tolist() == [2 if CHANNELS[c].telescope else 3 for c in looks.channel]
    for i in (0, 7, 23):
        moved = x.copy()
        moved[i, :3] += 1e3
        e, _, _ = residuals(looks, CHANNELS, moved, bias)
        assert set(which[np.abs(e) > 1e-3]) == {i}


def test_the_slopes_are_those_of_the_residuals():
    looks, x, bias = mixed()
    _, dx, db = residuals(looks, CHANNELS, x, bias)
    which = rows(looks, CHANNELS)
    for j in range(3):
        step = 50.0 * (np.arange(6) == j)
        slope = (
            residuals(looks, CHANNELS, x + step, bias)[0] - residuals(looks, CHANNELS, x - step, bias)[0]
        ) / 100.0
        # The light time's own slope is left out: some parts in 100,000 of the row.
        assert np.all(np.abs(slope - dx[:, j]) < 1e-4 * np.linalg.norm(dx, axis=1))
    assert not dx[:, 3:].any()
    rng = np.random.default_rng(1)
    push = rng.normal(0.0, np.concatenate([c.bias_sigma for c in CHANNELS]))
    change = residuals(looks, CHANNELS, x, bias + push)[0] - residuals(looks, CHANNELS, x, bias)[0]
    np.testing.assert_allclose(db @ push, change, atol=1e-6)
    assert len(which) == len(change)


def test_azimuths_either_side_of_north_are_near():
    """A body a milliradian east of north, seen as far west of it: two milliradians off, not a whole turn."""
    true = np.array([[2e6, 1e-3, 0.4]])
    x = np.zeros((1, 6))
    x[0, :3] = position_from_radar(true, SITES[:1])[0]
    z = true * [[1.0, -1.0, 1.0]] % (2.0 * np.pi * np.array([[1e9, 1.0, 1.0]]))
    looks = Looks(np.zeros(1), np.zeros(1, np.int64), z, np.ones((1, 3)), SITES[:1])
    e, _, _ = residuals(looks, RADARS[:1], x, np.zeros(3))
    np.testing.assert_allclose(e, [0.0, 2e-3, 0.0], atol=1e-6)


def test_fixed_errors_stand_one_after_the_other():
    assert [(s.start, s.stop) for s in bias_columns(CHANNELS)] == [(0, 3), (3, 5), (5, 8), (8, 10)]
    prior = bias_prior(CHANNELS)
    assert prior[0] == pytest.approx(150.0**-2)
    assert prior[3] == pytest.approx(20e-6**-2)
    assert len(prior) == 10


def test_idle_channels_are_left_out():
    looks, _, _ = mixed()
    some = looks.where(looks.channel >= 2)
    few, channels = compact(some, CHANNELS)
    assert channels == CHANNELS[2:]
    np.testing.assert_array_equal(few.channel, some.channel - 2)
    np.testing.assert_array_equal(few.z, some.z)


def test_tables_joined_and_in_order():
    looks, _, _ = mixed()
    halves = [looks.where(looks.t > 960.0), no_looks(), looks.where(looks.t <= 960.0)]
    again = in_order(joined(halves))
    for name in ("t", "channel", "z", "sigma", "r_sensor"):
        np.testing.assert_array_equal(getattr(again, name), getattr(looks, name))
    tied = joined([looks.where(np.array([3])), looks.where(np.array([3]))])
    tied = Looks(tied.t, np.array([3, 1]), tied.z, tied.sigma, tied.r_sensor)
    assert in_order(tied).channel.tolist() == [1, 3]


def test_looks_of_one_kind():
    looks, _, _ = mixed()
    assert set(looks.of(CHANNELS, True).channel) == {1, 3}
    assert set(looks.of(CHANNELS, False).channel) == {0, 2}
    assert len(looks.of(CHANNELS, True)) + len(looks.of(CHANNELS, False)) == len(looks)
    e, dx, db = residuals(no_looks(), CHANNELS, np.empty((0, 6)), np.zeros(10))
    assert (e.shape, dx.shape, db.shape) == ((0,), (0, 6), (0, 10))
    assert len(rows(no_looks(), CHANNELS)) == 0
