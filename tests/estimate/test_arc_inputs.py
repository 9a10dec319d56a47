"""The fit with looks that are late, few, along one line, impossible or contradictory: always an answer."""

from dataclasses import replace

import numpy as np
import pytest

from tests.estimate.scenes import DEG, INV_BETA, RADARS, SITES, TELESCOPES, radar_looks, truth
from tocsin.estimate.ballistic import Drag, Gaussian, fit_ballistic, kicked, solve_arc, transported
from tocsin.estimate.gaussian import whitener
from tocsin.estimate.looks import Channel, Looks, joined
from tocsin.estimate.problem import problem
from tocsin.estimate.residuals import residuals
from tocsin.estimate.start import radar_start
from tocsin.motion.ballistic import propagate_stm
from tocsin.sensor.echo.air import Air
from tocsin.sensor.measurement import focal_angles, range_azimuth_elevation

DRAG = Drag(INV_BETA)
FULL = tuple(
    replace(
        c,
        bias_sigma=(*c.bias_sigma, 0.05, 0.1, 0.5),
        air=Air(155e6, 315.0, 20.0),
    )
    for c in RADARS
)


def two_radars(seed=0):
    rng = np.random.default_rng(seed)
    return joined(
        [radar_looks(0, 818.0 + 7.0 * np.arange(43), rng), radar_looks(1, 985.0 + 7.0 * np.arange(19), rng)]
    )


def answer(looks, x0, given=()):
    return fit_ballistic(looks, RADARS, 900.0, x0, DRAG, given)


def sigmas(a, b):
    """The largest difference of two fits' states in standard deviations of each number."""
    return float(np.max(np.abs(a.state.x - b.state.x) / np.sqrt(np.diag(a.state.P))))


def test_late_and_disordered_looks_give_the_answer_of_those_in_order():
    """Re-solved warm with every look, the last third of which come late: within 1e-6 sigma."""
    looks = two_radars()
    order = np.random.default_rng(1).permutation(len(looks))
    wanted = answer(looks, truth(900.0)[0] + 100.0)
    assert sigmas(wanted, answer(looks.where(order), truth(900.0)[0])) < 1e-6
    early = np.arange(len(looks)) % 3 != 2
    before = answer(looks.where(early), truth(900.0)[0])
    again = solve_arc(problem(looks, RADARS), 900.0, before.state.x, DRAG, before.bias)
    assert again.rounds <= 4
    assert sigmas(wanted, again) < 1e-6


def test_the_epoch_does_not_matter():
    looks = two_radars(2)
    early, late = (fit_ballistic(looks, RADARS, t, truth(t)[0], DRAG, ()) for t in (820.0, 1110.0))
    moved = transported(early.state, 1110.0, INV_BETA)
    assert np.max(np.abs(moved.x - late.state.x) / np.sqrt(np.diag(late.state.P))) < 1e-4
    np.testing.assert_allclose(np.diag(moved.P), np.diag(late.state.P), rtol=1e-4)


def test_it_is_the_least_squares_of_the_same_residuals():
    """Against normal equations of `residuals` at the solution, clock and refraction among the errors."""
    looks = two_radars(3)
    fit = fit_ballistic(looks, FULL, 900.0, truth(900.0)[0], DRAG, ())
    assert fit.status == "converged"
    x, phi = propagate_stm(900.0, fit.state.x, INV_BETA, looks.t)
    e, dx, db = residuals(looks, FULL, x, fit.bias)
    rows = np.concatenate([np.repeat(np.flatnonzero(looks.channel == c), 3) for c in (0, 1)])
    j = np.concatenate([np.einsum("mi,mij->mj", dx, phi[rows, :, :6]), db], axis=1)
    prior = np.concatenate([np.zeros(6), *(np.array(c.bias_sigma) ** -2.0 for c in FULL)])
    information = j.T @ j + np.diag(prior)
    gradient = j.T @ e + prior * np.concatenate([np.zeros(6), fit.bias])
    scale = np.sqrt(np.diag(information))
    P = np.linalg.inv(information / np.outer(scale, scale)) / np.outer(scale, scale)
    # What is left of a step: the fit takes the refraction where the arc of a moment before had the looks.
    assert np.max(np.abs(P @ gradient) / np.sqrt(np.diag(P))) < 1e-3
    np.testing.assert_allclose(np.sqrt(np.diag(P)[:6]), np.sqrt(np.diag(fit.state.P)), rtol=2e-3)
    np.testing.assert_allclose(np.diag(P)[6:], np.diag(fit.joint)[:-7], rtol=5e-3)
    priors = float(prior[6:] @ fit.bias**2)
    assert float(e @ e) + priors == pytest.approx(fit.chi2, rel=1e-4)


def test_a_telescope_and_a_radar_make_one_fit():
    """A body that still glows, seen from one side by a telescope: the two bound it better than either."""
    rng = np.random.default_rng(4)
    t = 818.0 + np.arange(0.0, 60.0, 2.0)
    x = truth(t)
    place = np.tile(np.array([-2.2e7, 1.2e7, 3.4e7]), (len(t), 1))
    h, _ = focal_angles(x[:, :3], x[:, 3:], place)
    z = np.column_stack([h + 50e-6 * rng.standard_normal(h.shape), np.zeros(len(t))])
    seen = Looks(t, np.full(len(t), 2), z, np.full(z.shape, 50e-6), place)
    channels = (*RADARS, TELESCOPES[0])
    radar = radar_looks(0, 818.0 + 7.0 * np.arange(9), rng)
    both = fit_ballistic(joined([radar, seen]), channels, 840.0, truth(840.0)[0], DRAG, ())
    alone = fit_ballistic(radar, channels, 840.0, truth(840.0)[0], DRAG, ())
    assert both.status == alone.status == "converged"
    off = both.state.x - truth(840.0)[0]
    assert off @ np.linalg.solve(both.state.P, off) < 22.5  # 99.9 % of chi-square with six degrees
    assert np.trace(both.state.P[:3, :3]) < 0.3 * np.trace(alone.state.P[:3, :3])


def test_drag_is_solved_for_where_the_looks_tell_it():
    """Looks of a fall from 120 km to 30 km tell ln beta, with its error; in space it stays as it was."""
    t_low = 1700.0 + np.arange(70.0)
    beta = 3000.0
    start = truth(1690.0)[0]
    x = propagate_stm(1690.0, start, 1.0 / beta, t_low)[0]
    near = x[40, :3] * (6.378e6 / np.linalg.norm(x[40, :3])) + np.array([0.0, 80e3, 0.0])
    rng = np.random.default_rng(5)
    place = np.tile(near, (len(t_low), 1))
    h, _ = range_azimuth_elevation(x[:, :3], x[:, 3:], place)
    sigma = np.tile([30.0, 0.07 * DEG, 0.07 * DEG], (len(h), 1))
    looks = Looks(t_low, np.zeros(len(h), np.int64), h + sigma * rng.standard_normal(h.shape), sigma, place)
    channel = (Channel("UHF", False, (20.0, 0.02 * DEG, 0.02 * DEG), "UHF", (55.0, 37.0)),)
    wide = Drag(1.0 / 9000.0, 0.6)
    fit = fit_ballistic(looks, channel, 1690.0, start, wide, ())
    assert fit.status == "converged"
    assert fit.sigma_ln_beta < 0.1
    assert abs(fit.ln_beta - np.log(beta / 9000.0)) < 4.0 * fit.sigma_ln_beta
    above = fit_ballistic(
        radar_looks(0, 818.0 + 7.0 * np.arange(9), rng), RADARS, 840.0, truth(840.0)[0], wide, ()
    )
    assert above.sigma_ln_beta == pytest.approx(0.6, rel=1e-3)


def test_a_kick_widens_the_prior_and_leaving_it_out_is_seen_to_fail():
    """30 m/s after burnout: with the term the errors are as told, without it far beyond."""
    t_b, sigma = 300.0, 30.0
    square = {True: [], False: []}
    P = np.diag([500.0] * 3 + [5.0] * 3) ** 2
    for seed in range(60):
        rng = np.random.default_rng(seed)
        truth_b = truth(t_b)[0]
        known = Gaussian(t_b, truth_b + rng.multivariate_normal(np.zeros(6), P), P)
        kick = np.concatenate([np.zeros(3), sigma * rng.standard_normal(3)])
        t = 818.0 + 7.0 * np.arange(9)
        x = propagate_stm(t_b, truth_b + kick, INV_BETA, t)[0]
        looks = shifted(radar_looks(0, t, rng), truth(t), x)
        for told in square:
            prior = kicked(known, sigma) if told else known
            fit = fit_ballistic(looks, RADARS, t_b, truth_b, DRAG, (prior,))
            off = fit.state.x - truth_b - kick
            square[told].append(off @ np.linalg.solve(fit.state.P, off) / 6)
    assert 0.75 < np.mean(square[True]) < 1.3  # chi-square of 360 degrees at 99.9 %
    assert np.mean(square[False]) > 3.0


def shifted(looks, x_old, x_new):
    """Looks of one path turned into looks of another, with the same noise."""
    old, _ = range_azimuth_elevation(x_old[:, :3], x_old[:, 3:], looks.r_sensor)
    new, _ = range_azimuth_elevation(x_new[:, :3], x_new[:, 3:], looks.r_sensor)
    z = looks.z + new - old
    z[:, 1] %= 2.0 * np.pi
    return replace(looks, z=z)


def test_one_look_is_unobservable():
    looks = radar_looks(0, np.array([900.0]), np.random.default_rng(0))
    fit = answer(looks, truth(900.0)[0])
    assert fit.status == "unobservable"
    assert np.isinf(fit.state.P).all()


def test_no_look_is_unobservable():
    assert answer(two_radars().where(slice(0, 0)), truth(900.0)[0]).status == "unobservable"


def test_looks_along_one_line_are_unobservable():
    """The lines of sight of one telescope at rest, in one plane with the path: no range."""
    t = 900.0 + np.arange(10.0)
    x = truth(t)
    place = np.tile(x[0, :3] * 5.0, (10, 1))
    h, _ = focal_angles(x[:, :3], x[:, 3:], place)
    looks = Looks(t, np.full(10, 2), np.column_stack([h, np.zeros(10)]), np.full((10, 3), 50e-6), place)
    fit = fit_ballistic(looks.where(slice(0, 2)), (*RADARS, TELESCOPES[0]), 900.0, x[0], DRAG, ())
    assert fit.status == "unobservable"


@pytest.mark.parametrize(
    "what", ["sigma nought", "sigma below nought", "sigma none", "value none", "start none"]
)
def test_impossible_numbers_diverge(what):
    looks = two_radars()
    x0 = truth(900.0)[0]
    sigma, z = looks.sigma.copy(), looks.z.copy()
    if what.startswith("sigma"):
        sigma[5, 0] = {"nought": 0.0, "below nought": -1.0, "none": np.nan}[what.removeprefix("sigma ")]
    elif what == "value none":
        z[5, 2] = np.nan
    else:
        x0[2] = np.nan
    fit = answer(replace(looks, sigma=sigma, z=z), x0)
    assert fit.status == "diverged"
    assert np.isinf(fit.state.P).all()


def test_looks_that_contradict_each_other_are_no_arc():
    """Half of them are 100 sigma away: the answer says that something did not only fall."""
    looks = two_radars()
    z = looks.z.copy()
    z[::2] += 100.0 * looks.sigma[::2]
    z[:, 1] %= 2.0 * np.pi
    assert answer(replace(looks, z=z), truth(900.0)[0]).status in ("manoeuvring", "diverged")


def test_a_start_on_the_other_side_of_the_earth_is_no_confident_answer():
    looks = two_radars()
    fit = answer(looks, -truth(900.0)[0])
    assert fit.status != "converged" or np.linalg.norm(fit.state.x[:3] - truth(900.0)[0][:3]) < 20e3


def test_radar_start_and_fit_agree_at_the_sites():
    assert len(SITES) == len(RADARS)
    t0, x0 = radar_start(two_radars())
    assert np.linalg.norm(x0[:3] - truth(t0)[0][:3]) < 50e3


def test_a_prior_that_is_no_covariance_is_refused_and_not_raised():
    """As of an arc carried through dense air, where velocities become one: of rank one, or below nought."""
    x = truth(900.0)[0]
    flat = np.outer(x, x)
    for P in (flat, -np.eye(6), np.zeros((6, 6)), np.full((6, 6), np.nan), np.full((6, 6), np.inf)):
        fit = answer(two_radars(4), x, (Gaussian(900.0, x, P),))
        assert fit.status == "diverged"
        assert not np.isfinite(fit.state.P).any()


def test_a_whitener_makes_one_of_a_covariance():
    rng = np.random.default_rng(5)
    root = np.diag([1e6] * 3 + [1e-5] * 3) @ (np.eye(6) + 0.5 * rng.standard_normal((6, 6)))
    R = whitener(root @ root.T)
    np.testing.assert_allclose(R @ root @ (R @ root).T, np.eye(6), atol=1e-9)
    assert (np.tril(R, -1) == 0.0).all()


@pytest.mark.parametrize("rank", [1, 3, 5])
def test_a_covariance_that_is_flat_but_for_rounding_has_no_whitener(rank):
    rng = np.random.default_rng(rank)
    for _ in range(500):
        root = np.diag([1e6] * 3 + [1e3] * 3) @ rng.standard_normal((6, rank))
        assert not np.isfinite(whitener(root @ root.T)).any()
