"""Noise with tails: when it is believed, what its values weigh, and that another motion is no tail."""

import numpy as np
import pytest

from tests.estimate.scenes import RADARS, nees, radar_looks, truth
from tocsin.estimate.ballistic import fit_ballistic
from tocsin.estimate.start import radar_start
from tocsin.estimate.tails import SCALE, has_tails, in_a_row, weight, wide
from tocsin.motion.ballistic import propagate

T = 830.0 + 7.0 * np.arange(40)


def fitted(looks):
    t0, x0 = radar_start(looks)
    return fit_ballistic(looks, RADARS[:1], t0, x0, 1.0 / 9000.0, ())


def test_gaussian_residuals_are_seldom_believed_to_have_tails():
    rng = np.random.default_rng(0)
    assert np.mean([has_tails(rng.standard_normal((40, 3))) for _ in range(2000)]) < 0.05


def test_values_far_out_weigh_little_and_all_else_what_it_did():
    assert weight(np.array([0.0, 1.0])) == pytest.approx(1.0, abs=0.02)
    assert weight(np.array([8.0])) == pytest.approx(SCALE**-2.0, rel=1e-3)
    assert np.all(np.diff(wide(np.linspace(0.0, 30.0, 200))) >= 0.0)


def test_wild_values_neither_break_an_arc_nor_make_it_too_sure():
    values = []
    for seed in range(60):
        rng = np.random.default_rng(seed)
        looks = radar_looks(0, T, rng)
        hit = rng.random((len(T), 3)) < 0.05
        looks.z[hit] += (looks.sigma * 6.0 * rng.choice([-1.0, 1.0], (len(T), 3)))[hit]
        fit = fitted(looks)
        assert fit.status == "converged"
        values.append(nees(fit.state.x - truth(fit.state.t)[0], fit.state.P) / 6.0)
    assert 0.75 < np.mean(values) < 1.35


def test_another_motion_is_no_tail():
    """The first three of forty looks lie on an arc that was left with 300 m/s."""
    e = np.zeros((40, 3))
    e[:3, 1] = 9.0, 6.0, 5.0
    assert in_a_row(e, np.zeros(40, dtype=np.int64))
    e[1, 1] = -6.0
    assert not in_a_row(e, np.zeros(40, dtype=np.int64))
    looks = radar_looks(0, T, np.random.default_rng(1))
    x = truth(T[3])[0]
    x[3:] += 300.0 / np.sqrt(3.0)
    moved = propagate(float(T[3]), x, 1.0 / 9000.0, T[3:])
    off = np.zeros_like(looks.z)
    far = [np.linalg.norm(s[:, :3] - looks.r_sensor[3:], axis=1) for s in (moved, truth(T[3:]))]
    off[3:, 0] = far[0] - far[1]
    looks.z[:] += off
    assert fitted(looks).status == "manoeuvring"
