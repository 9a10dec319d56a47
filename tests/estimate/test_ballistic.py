"""The midcourse fit: consistent and at its bound, whatever the order of the looks or the time of a prior."""

from functools import cache

import numpy as np
import pytest
from scipy import stats

from tests.estimate.scenes import BURNOUT, INV_BETA, NOISE, RADARS, SITES, T_BURNOUT, nees, radar_looks, truth
from tocsin.estimate.ballistic import Gaussian, fit_ballistic, transported
from tocsin.estimate.looks import in_order, joined
from tocsin.estimate.start import radar_start
from tocsin.motion.ballistic import propagate
from tocsin.sensor.measurement import range_azimuth_elevation

FITS = 150
BAND = 0.001
FIRST = 818.0
CASES = {
    "60 s of one radar": ((0, FIRST + 7.0 * np.arange(9)),),
    "300 s of one radar": ((0, FIRST + 7.0 * np.arange(43)),),
    "two radars": ((0, 980.0 + 7.0 * np.arange(16)), (1, 983.0 + 7.0 * np.arange(16))),
}


def draw(case, seed):
    rng = np.random.default_rng(seed)
    return in_order(joined([radar_looks(c, t, rng) for c, t in CASES[case]]))


def fitted(looks, priors=()):
    t0, x0 = radar_start(looks)
    return fit_ballistic(looks, RADARS, t0, x0, INV_BETA, priors)


@cache
def bound(case, t0):
    """The covariance (6, 6) at t0 that no estimator can beat: by central differences at the truth."""
    x0 = truth(t0)[0]
    used = sorted({c for c, _ in CASES[case]})
    information = np.diag(
        np.concatenate([np.zeros(6), *(np.array(RADARS[c].bias_sigma) ** -2.0 for c in used)])
    )
    step = np.array([20.0, 20.0, 20.0, 0.1, 0.1, 0.1])
    for c, t in CASES[case]:
        r_s = np.tile(SITES[c], (len(t), 1))

        def look(x, t=t, r_s=r_s):
            y = propagate(t0, x, INV_BETA, t)
            return range_azimuth_elevation(y[:, :3], y[:, 3:], r_s)[0]

        columns = [
            (look(x0 + step[j] * e) - look(x0 - step[j] * e)) / (2 * step[j]) for j, e in enumerate(np.eye(6))
        ]
        sigma = np.full((len(t), 3), NOISE[1])
        sigma[:, 0] = NOISE[0]
        sigma[:, 1] /= np.cos(look(x0)[:, 2])
        rows = np.zeros((len(t), 3, len(information)))
        rows[:, :, :6] = np.stack(columns, axis=2)
        rows[:, np.arange(3), 6 + 3 * used.index(c) + np.arange(3)] = 1.0
        rows /= sigma[:, :, None]
        information += np.einsum("nia,nib->ab", rows, rows)
    scale = 1.0 / np.sqrt(np.diag(information))
    return (np.linalg.inv(information * np.outer(scale, scale)) * np.outer(scale, scale))[:6, :6]


def at_bound(case, t0):
    """The bound at t0, carried there from the middle of the track, near which every fit has its epoch."""
    t = float(np.mean(CASES[case][0][1]))
    return transported(Gaussian(t, truth(t)[0], bound(case, t)), t0, INV_BETA).P


@pytest.mark.parametrize("case", CASES)
def test_consistent_and_at_the_bound(case):
    """NEES of the fit's own covariance in its chi-square band; errors against the bound within a tenth."""
    own, against, chi2, freedom = [], [], 0.0, 0
    for seed in range(FITS):
        fit = fitted(draw(case, seed))
        assert fit.status == "converged"
        error = fit.state.x - truth(fit.state.t)[0]
        own.append(nees(error, fit.state.P))
        against.append(nees(error, at_bound(case, fit.state.t)))
        chi2, freedom = chi2 + fit.chi2, freedom + fit.freedom
    low, high = stats.chi2.interval(1.0 - BAND, 6 * FITS)
    assert low < sum(own) < high
    # One in a thousand sums of squares lies outside; single fits beyond five sigma are as rare.
    assert max(own) < stats.chi2.isf(1e-3 / FITS, 6)
    ratio = np.sqrt(np.sum(against) / (6 * FITS))
    assert 0.9 < ratio < 1.1
    # With the lasting errors' own cost: without it up to three degrees a radar would be missing.
    low, high = stats.chi2.interval(1.0 - BAND, freedom)
    assert low < chi2 < high


def test_the_order_of_the_looks_does_not_matter():
    looks = draw("two radars", 3)
    mixed = looks.where(np.random.default_rng(1).permutation(len(looks)))
    t0, x0 = radar_start(looks)
    a = fit_ballistic(looks, RADARS, t0, x0, INV_BETA, ())
    b = fit_ballistic(mixed, RADARS, t0, x0, INV_BETA, ())
    sigma = np.sqrt(np.diag(a.state.P))
    assert np.max(np.abs(a.state.x - b.state.x) / sigma) < 1e-4
    np.testing.assert_allclose(a.state.P, b.state.P, rtol=1e-4)


def test_the_epoch_of_the_search_does_not_matter():
    looks = draw("300 s of one radar", 4)
    here = fitted(looks)
    early = fit_ballistic(looks, RADARS, T_BURNOUT, BURNOUT, INV_BETA, ())
    moved = transported(early.state, here.state.t, INV_BETA)
    sigma = np.sqrt(np.diag(here.state.P))
    assert np.max(np.abs(moved.x - here.state.x) / sigma) < 0.02
    np.testing.assert_allclose(np.sqrt(np.diag(moved.P)), sigma, rtol=0.02)


def test_a_prior_is_information_at_its_own_time():
    looks = draw("60 s of one radar", 5)
    P = np.diag([2e3, 2e3, 2e3, 20.0, 20.0, 20.0]) ** 2
    off = np.array([1e3, -2e3, 1e3, 10.0, 5.0, -15.0])
    prior = Gaussian(T_BURNOUT, BURNOUT + off, P)
    at_burnout = fitted(looks, (prior,))
    moved = fitted(looks, (transported(prior, at_burnout.state.t, INV_BETA),))
    sigma = np.sqrt(np.diag(at_burnout.state.P))
    assert np.max(np.abs(moved.state.x - at_burnout.state.x) / sigma) < 0.1
    # Information adds, up to where it is worked out: with the prior, without it, and the prior moved there.
    alone = fitted(looks)
    there = transported(prior, alone.state.t, INV_BETA).P
    both = np.linalg.inv(np.linalg.inv(alone.state.P) + np.linalg.inv(there))
    np.testing.assert_allclose(np.sqrt(np.diag(at_burnout.state.P)), np.sqrt(np.diag(both)), rtol=0.05)
    assert at_burnout.freedom == alone.freedom + 6


def test_an_azimuth_through_north():
    """The same flight seen from a place that it passes due north of."""
    x = truth(np.array([900.0]))[0]
    lat, lon = np.arcsin(x[2] / np.linalg.norm(x[:3])), np.arctan2(x[1], x[0])
    south = (
        np.array([np.cos(lat - 0.2) * np.cos(lon), np.cos(lat - 0.2) * np.sin(lon), np.sin(lat - 0.2)])
        * 6.37e6
    )
    t = 840.0 + 7.0 * np.arange(18)
    rng = np.random.default_rng(6)
    looks = radar_looks(0, t, rng)
    r_s = np.tile(south, (len(t), 1))
    y = truth(t)
    h, _ = range_azimuth_elevation(y[:, :3], y[:, 3:], r_s)
    z = h + rng.standard_normal(h.shape) * looks.sigma
    z[:, 1] %= 2.0 * np.pi
    assert z[:, 1].min() < 1.0
    assert z[:, 1].max() > 5.0
    fit = fitted(type(looks)(t, looks.channel, z, looks.sigma, r_s))
    assert fit.status == "converged"
    assert nees(fit.state.x - truth(fit.state.t)[0], fit.state.P) < stats.chi2.isf(BAND, 6)


def test_one_look_is_not_a_fit():
    looks = draw("60 s of one radar", 7).where(np.array([0]))
    fit = fit_ballistic(looks, RADARS, float(looks.t[0]), truth(looks.t[0])[0], INV_BETA, ())
    assert fit.status != "converged"
    assert np.all(np.isinf(fit.state.P[np.diag_indices(6)]))


def test_looks_of_two_bodies_are_not_one_arc():
    """Half of the looks displaced by 30 km: the misfit is beyond all chance."""
    looks = draw("300 s of one radar", 8)
    z = looks.z.copy()
    z[20:, 0] += 30e3
    fit = fitted(type(looks)(looks.t, looks.channel, z, looks.sigma, looks.r_sensor))
    assert fit.status != "converged" or stats.chi2.sf(fit.chi2, fit.freedom) < 1e-6


def test_transported_there_and_back():
    P = np.diag([100.0, 200.0, 300.0, 1.0, 2.0, 3.0]) ** 2
    here = Gaussian(T_BURNOUT, BURNOUT, P)
    there = transported(here, T_BURNOUT + 900.0, INV_BETA)
    np.testing.assert_allclose(there.x, truth(T_BURNOUT + 900.0)[0], atol=1e-3)
    assert np.trace(there.P[:3, :3]) > np.trace(P[:3, :3])
    back = transported(there, T_BURNOUT, INV_BETA)
    np.testing.assert_allclose(back.x, BURNOUT, atol=1e-3)
    np.testing.assert_allclose(back.P, P, atol=1e-3 * np.sqrt(np.outer(np.diag(P), np.diag(P))).max())
