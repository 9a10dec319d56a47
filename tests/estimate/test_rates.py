"""Range rates as a fourth value of a radar's looks: their rows, what they are worth, and what breaks them."""

import math
from dataclasses import replace

import numpy as np
import pytest

from tests.estimate.passes import CHANNEL, RADAR
from tests.estimate.scenes import DEG, INV_BETA, RADARS, SITES, nees, radar_looks, truth
from tocsin.estimate.arcfit import fit_arc
from tocsin.estimate.ballistic import Drag, fit_ballistic
from tocsin.estimate.bound import midcourse_bound
from tocsin.estimate.condense import condense, looks_of
from tocsin.estimate.looks import Looks, in_order, joined, with_rates, without_rates
from tocsin.estimate.manoeuvre import push_in
from tocsin.estimate.residuals import bias_prior, expected, residuals, rows
from tocsin.estimate.start import radar_start
from tocsin.motion.ballistic import propagate_stm
from tocsin.sensor.rangerate import range_rate

RUNS = 80
FINE, USUAL = 0.5, 5.0
MINUTE, LONG = 818.0 + 7.0 * np.arange(9), 818.0 + 7.0 * np.arange(43)
AIRY = (CHANNEL,)


def rated(seed, t=MINUTE, sigma=FINE, channel=RADARS[0], place=SITES[0], noise=(75.0, 0.2 * DEG), rate=None):
    """Looks with range rates, lasting errors drawn anew; the body's own, or what `rate` makes of states."""
    rng = np.random.default_rng(seed)
    x, site = truth(t), np.tile(place, (len(t), 1))
    h, _, lasting = expected(channel, x[:, :3], x[:, 3:], site, True)
    if rate is not None:
        h[:, 3] = rate(x, site)
    spread = np.tile([noise[0], noise[1], noise[1], sigma], (len(t), 1))
    z = h + lasting @ rng.normal(0.0, channel.bias_sigma) + spread * rng.standard_normal(h.shape)
    z[:, 1] %= 2.0 * math.pi
    return Looks(t, np.zeros(len(t), np.int64), z, spread, site)


def fitted(looks, channels=RADARS):
    return fit_ballistic(looks, channels, *radar_start(looks), INV_BETA, ())


@pytest.mark.parametrize(("sigma", "t"), [(USUAL, MINUTE), (FINE, LONG)], ids=["a minute", "five"])
def test_nees_and_covariance_are_those_of_the_bound(sigma, t):
    """Chi-square of 480 degrees over them lies within 0.80 and 1.23 in 99.9 of 100 cases.

    Of 0.5 m/s after one minute NEES/n is 2.8: the bend of the path is then known so well that its second
    order counts; from two minutes on it is 1.0.
    """
    sizes, chi2 = [], []
    for seed in range(RUNS):
        looks = rated(seed, t, sigma)
        fit = fitted(looks)
        assert fit.status == "converged"
        assert fit.freedom == 4 * len(looks) - 6
        x = truth(fit.state.t)[0]
        sizes.append(nees(fit.state.x - x, fit.state.P))
        chi2.append(fit.chi2)
    assert 0.80 < np.mean(sizes) / 6.0 < 1.23
    assert np.mean(chi2) == pytest.approx(fit.freedom, rel=0.08)
    bound = midcourse_bound(looks, RADARS, (fit.state.t, x), INV_BETA).P
    at_truth = fit_ballistic(exactly(looks), RADARS, fit.state.t, x, INV_BETA, ())
    np.testing.assert_allclose(np.diag(at_truth.state.P), np.diag(bound), rtol=1e-3)


def exactly(looks):
    """The same looks without any error."""
    y = truth(looks.t)
    return replace(looks, z=expected(RADARS[0], y[:, :3], y[:, 3:], looks.r_sensor, True)[0])


def turned_round(x, site):
    return -range_rate(x[:, :3], x[:, 3:], site)[0]


def without_light_time(x, site):
    d = x[:, :3] - site
    return np.sum(d * x[:, 3:], axis=1) / np.linalg.norm(d, axis=1)


@pytest.mark.parametrize(("rate", "sigma"), [(turned_round, FINE), (without_light_time, 0.01)])
def test_a_wrong_equation_is_seen(rate, sigma):
    """Light time is 0.1 m/s, which hides in the velocity of all but a radar that is good in range too."""
    for seed in range(5):
        good = {"t": LONG, "sigma": sigma, "noise": (1.0, 0.2 * DEG)}
        assert fitted(rated(seed, **good)).status == "converged"
        assert fitted(rated(seed, **good, rate=rate)).status in ("manoeuvring", "diverged")


def test_the_rows_are_the_slopes_of_the_rate():
    looks = rated(0)
    x, bias = truth(MINUTE), np.zeros(3)
    e, dx, _ = residuals(looks, RADARS[:1], x, bias)
    assert len(e) == len(rows(looks, RADARS[:1])) == 4 * len(looks)
    rate = slice(3, None, 4)
    for j, step in enumerate([50.0] * 3 + [0.5] * 3):
        ahead, behind = (residuals(looks, RADARS[:1], x + s * step * np.eye(6)[j], bias)[0] for s in (1, -1))
        slope = (ahead - behind)[rate] / (2.0 * step)
        size = np.abs(dx[rate, j // 3 * 3 : j // 3 * 3 + 3]).max(axis=1)
        assert np.all(np.abs(slope - dx[rate, j]) <= 2e-4 * size)


def test_the_kernel_s_rows_are_those_of_the_residuals():
    """The triangles hold J'J of the same rows, clock and air among them, beside a radar without rates."""
    rng = np.random.default_rng(2)
    seen = rated(2, channel=CHANNEL, place=RADAR.r_ecef)
    other = replace(radar_looks(1, 1000.0 + 7.0 * np.arange(20), rng), channel=np.full(20, 1))
    looks, channels = in_order(joined([seen, other])), (CHANNEL, RADARS[1])
    fit = fit_ballistic(looks, channels, 818.0, truth([818.0])[0], INV_BETA, ())
    x, phi = propagate_stm(818.0, fit.state.x, INV_BETA, looks.t)
    e, dx, c = residuals(looks, channels, x, fit.bias)
    J = np.concatenate([c, np.einsum("mi,mij->mj", dx, phi[rows(looks, channels)][:, :, :6])], axis=1)
    q = len(fit.bias)
    information = J.T @ J
    information[:q, :q] += np.diag(bias_prior(channels))
    scale = 1.0 / np.sqrt(np.diag(information))
    P = np.linalg.inv(information * np.outer(scale, scale)) * np.outer(scale, scale)
    size = np.sqrt(np.diag(P))
    found = fit.joint[: q + 6, : q + 6]
    np.testing.assert_allclose(found / np.outer(size, size), P / np.outer(size, size), atol=2e-3)
    priors = float(np.sum(bias_prior(channels) * fit.bias**2))
    assert float(e @ e) + priors == pytest.approx(fit.chi2, rel=1e-3)
    assert not fit.residuals[~looks.rated, 3].any()
    assert fit.freedom == 3 * len(looks) + len(seen) - 6


def test_clock_and_air_are_in_the_rate_s_rows():
    """Chi-square of 480 degrees over them lies within 0.80 and 1.23 in 99.9 of 100 cases."""
    sizes = []
    for seed in range(RUNS):
        looks = rated(seed, LONG, FINE, CHANNEL, RADAR.r_ecef)
        fit = fitted(looks, AIRY)
        assert fit.status == "converged"
        sizes.append(nees(fit.state.x - truth([fit.state.t])[0], fit.state.P))
    assert 0.80 < np.mean(sizes) / 6.0 < 1.23


def test_looks_without_rates_are_fitted_as_before_bit_for_bit():
    """Also where they stand in a table in which another radar's looks have rates that are no numbers."""
    plain = radar_looks(0, 818.0 + 7.0 * np.arange(43), np.random.default_rng(4))
    n = len(plain)
    nothing = np.full(n, np.nan)
    assert with_rates(plain, nothing, nothing) is plain
    wide = joined([plain, with_rates(plain.where(slice(0, 1)), np.ones(1), np.ones(1))]).where(np.arange(n))
    assert wide.z.shape == (n, 4)
    assert not wide.rated.any()
    one, other = fitted(plain), fitted(wide)
    for name in ("chi2", "freedom", "bias", "information", "lasting"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
    np.testing.assert_array_equal(one.state.P, other.state.P)
    np.testing.assert_array_equal(one.residuals, other.residuals[:, :3])


def test_an_arc_says_nothing_of_rates_that_are_not_there():
    # Of a minute the looks leave more open than a covariance can say.
    looks = rated(1, LONG)
    sigma = looks.sigma.copy()
    sigma[3, 3] = np.inf
    found = fit_arc(replace(looks, sigma=sigma), RADARS[:1], INV_BETA)
    assert found.verdict == "converged"
    assert found.freedom == 4 * len(looks) - 7
    assert np.isnan([found.residuals[3, 3], found.whitened[3, 3]]).all()
    assert np.isfinite(np.delete(found.whitened, 3, 0)).all()
    for bad in (0.0, np.nan, -1.0):
        sigma[3, 3] = bad
        assert fit_arc(replace(looks, sigma=sigma), RADARS[:1], INV_BETA).verdict == "unobservable"


def test_a_push_is_found_sooner_with_rates():
    """1 m/s2 for 21 s: 20 m/s in the rate, and 200 m in places of which a look tells 75 m at best."""
    before, since, push = LONG <= 950.0, 950.0, np.array([0.0, 0.0, 1.0])

    def told(seed, push, rates):
        x, gone = truth(LONG), np.maximum(LONG - since, 0.0)[:, None]
        x = x + np.concatenate([0.5 * gone**2 * push, gone * push], axis=1)
        looks = rated(seed, LONG)
        then = expected(RADARS[0], *np.split(truth(LONG), 2, axis=1), looks.r_sensor, True)[0]
        now = expected(RADARS[0], *np.split(x, 2, axis=1), looks.r_sensor, True)[0]
        looks = replace(looks, z=looks.z + now - then)
        looks = looks if rates else without_rates(looks)
        newest = looks.where(~before).where(np.arange(3))
        return push_in(fitted(looks.where(before)), newest, RADARS, since, Drag(INV_BETA))

    for seed in range(5):
        found = told(seed, push, True)
        assert found.found
        assert not told(seed, push, False).found
        assert not told(seed, 0.0 * push, True).found
        # Across the line of sight little is known of it, rates or not: along the best known axis it is true.
        size, axis = np.linalg.eigh(found.P)
        assert abs(axis[:, 0] @ (found.acceleration - push)) < 4.0 * math.sqrt(size[0])


def test_condensed_windows_keep_rates_that_all_their_looks_have():
    looks = rated(6, LONG)
    fit = fitted(looks)
    few = looks_of(condense(looks, fit, Drag(INV_BETA)))
    assert few.rated.all()
    other = fit_ballistic(few, RADARS, fit.state.t, fit.state.x, INV_BETA, ())
    off = other.state.x - fit.state.x
    assert math.sqrt(nees(off, fit.state.P)) < 0.2
    np.testing.assert_allclose(np.diag(other.state.P) / np.diag(fit.state.P), 1.0, atol=0.02)
    sigma = looks.sigma.copy()
    sigma[0, 3] = np.inf
    some = looks_of(condense(replace(looks, sigma=sigma), fit, Drag(INV_BETA)))
    assert (~some.rated).sum() == 2
    assert np.isinf(some.sigma[~some.rated, 3]).all()
