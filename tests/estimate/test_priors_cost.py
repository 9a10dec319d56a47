"""Lasting errors beyond their priors speak against a fit: a wrong station or bias is no chance."""

import numpy as np

from tests.estimate.scenes import INV_BETA, RADARS, radar_looks, truth
from tocsin.estimate.arcfit import fit_arc
from tocsin.estimate.ballistic import fit_ballistic
from tocsin.estimate.chi2 import chi2_tail
from tocsin.estimate.looks import in_order, joined
from tocsin.estimate.start import radar_start

SPANS = (980.0 + 7.0 * np.arange(30), 983.0 + 7.0 * np.arange(30))


def fitted(looks):
    t0, x0 = radar_start(looks)
    return fit_ballistic(looks, RADARS, t0, x0, INV_BETA, ())


def both(seed, bias=(None, None)):
    rng = np.random.default_rng(seed)
    return in_order(joined([radar_looks(c, SPANS[c], rng, bias[c]) for c in (0, 1)]))


def test_an_azimuth_twenty_sigma_of_its_prior_off_is_not_explained():
    """Whose looks alone are no rarer than 1e-8, so that by them each of these would have converged."""
    for seed in range(5):
        fit = fitted(both(seed, ((0.0, 20.0 * RADARS[0].bias_sigma[1], 0.0), None)))
        assert fit.status == "manoeuvring"
        far = np.abs(fit.bias) / np.concatenate([c.bias_sigma for c in fit.channels])
        assert far.max() > 4.0
        looks_only = float(np.sum(fit.residuals**2))
        assert chi2_tail(looks_only, fit.freedom) > 1e-8


def test_a_range_twenty_sigma_of_its_prior_off_is_no_arc_of_that_station():
    """Of one radar, whose range error drowns in the looks' misfit: it is asked by itself."""
    prior = np.array(RADARS[0].bias_sigma)
    for seed in range(5):
        rng = np.random.default_rng(seed)
        t = 980.0 + 7.0 * np.arange(100)
        far = radar_looks(0, t, rng, (20.0 * prior[0], 0.0, 0.0))
        assert fit_arc(far, RADARS, INV_BETA).verdict == "contradictory"
        near = radar_looks(0, t, rng, (prior[0], -prior[1], prior[2]))
        assert fit_arc(near, RADARS, INV_BETA).verdict == "converged"


def test_a_bias_of_one_sigma_is_nothing():
    for seed in range(5):
        fit = fitted(both(seed, ((150.0, 0.0, 0.0), None)))
        assert fit.status == "converged"
        assert chi2_tail(fit.chi2, fit.freedom) > 1e-3


def test_chi_square_is_that_of_looks_priors_and_lasting_errors():
    fit = fitted(both(7))
    priors = np.concatenate([c.bias_sigma for c in fit.channels])
    parts = np.sum(fit.residuals**2) + np.sum((fit.bias / priors) ** 2)
    assert abs(fit.chi2 - parts) < 1e-3 * parts
    assert fit.freedom == 3 * 60 - 6


def test_an_outlier_is_told_at_its_full_size():
    """The weight that it was left is told beside; chi-square is that of the weighted looks."""
    looks = both(3)
    looks.z[20, 0] += 12.0 * looks.sigma[20, 0]
    fit = fitted(looks)
    assert fit.status == "converged"
    assert fit.weights[20, 0] < 0.1
    assert np.median(fit.weights) > 0.97
    assert 10.0 < fit.residuals[20, 0] < 14.0
    assert np.sum(fit.residuals**2) - fit.chi2 > 80.0
    t = np.array([fit.state.t])
    e = fit.state.x - truth(t)[0]
    assert e @ np.linalg.solve(fit.state.P, e) < 27.9  # chi-square of 6 degrees, 99.99 %
