"""A radar calibrated from 20 passes: how well, whether its sigmas are true, and what spoils them."""

import math

import numpy as np
import pytest

from tests.estimate.passes import CHANNEL, RADAR, a_pass, looks_at, published, states
from tests.estimate.scenes import nees
from tocsin.estimate.calibrate import ELEMENT_SETS, calibrate, orbit_axes
from tocsin.estimate.looks import Looks, joined

PASSES, RUNS = 20, 24
DEG = 180.0 / math.pi


def campaign(seed, from_elements):
    """Fixed errors drawn from their priors, looks of 20 passes, the states taken as known, and arcs."""
    rng = np.random.default_rng(seed)
    error = RADAR.draw_bias(rng)
    looks, known, arcs = [], [], []
    for i in range(PASSES):
        satellite, t = a_pass(rng)
        looks.append(looks_at(states(satellite, t), t, error, rng))
        off = (ELEMENT_SETS.radial_m, ELEMENT_SETS.along_m, ELEMENT_SETS.across_m)
        known.append(states(published(satellite, rng, *off) if from_elements else satellite, t))
        arcs += [i] * len(t)
    return error, joined(looks), np.concatenate(known), np.array(arcs)


@pytest.fixture(scope="module")
def precise():
    return [(campaign(seed, False), seed) for seed in range(RUNS)]


@pytest.fixture(scope="module")
def of_elements():
    return [campaign(seed, True) for seed in range(RUNS)]


def band(mean_nees):
    """Chi-square of 6 x 24 degrees over them lies within 0.65 and 1.45 in 99.9 of 100 cases."""
    return 0.65 < mean_nees / 6.0 < 1.45


def test_precise_paths_give_range_to_15_m_and_angles_to_a_hundredth_of_a_degree(precise):
    sizes, errors = [], []
    for (error, looks, x, arc), _ in precise:
        found = calibrate(looks, CHANNEL, x, arc)
        assert found.status == "converged"
        sigma = np.sqrt(np.diag(found.P))
        assert sigma[0] < 15.0
        assert max(sigma[1:3]) * DEG < 0.01
        sizes.append(nees(found.errors - error, found.P))
        errors.append(found.errors - error)
    rms = np.sqrt(np.mean(np.square(errors), axis=0))
    assert rms[0] < 15.0
    assert max(rms[1:3]) * DEG < 0.01
    assert band(np.mean(sizes)), np.mean(sizes)


def test_element_sets_with_an_error_state_keep_the_sigma_true(of_elements):
    sizes, wide = [], []
    for error, looks, x, arc in of_elements:
        found = calibrate(looks, CHANNEL, x, arc, ELEMENT_SETS)
        assert found.status == "converged"
        assert found.path.shape == (PASSES, 6)
        sizes.append(nees(found.errors - error, found.P))
        wide.append(math.sqrt(found.P[0, 0]))
    assert band(np.mean(sizes)), np.mean(sizes)
    assert 15.0 < np.mean(wide) < 200.0


def test_without_the_error_state_it_says_so_and_would_lie(of_elements, precise):
    """The covariance that it would have claimed is that of precise paths, which hold the same geometry."""
    sizes = []
    for (error, looks, x, arc), ((_, exact, truth, arcs), _) in zip(of_elements, precise, strict=True):
        found = calibrate(looks, CHANNEL, x, arc)
        assert found.status == "contradictory"
        assert np.isinf(found.P).all()
        claimed = calibrate(exact, CHANNEL, truth, arcs).P
        sizes.append(nees(found.errors - error, claimed))
    assert np.mean(sizes) / 6.0 > 5.0


def test_more_passes_know_more(precise):
    (_, looks, x, arc), _ = precise[0]
    few = arc < 5
    some = calibrate(looks.where(few), CHANNEL, x[few], arc[few])
    every = calibrate(looks, CHANNEL, x, arc)
    assert np.all(np.diag(every.P) < np.diag(some.P))
    assert np.all(np.diag(some.P) < np.square(CHANNEL.bias_sigma))


@pytest.mark.parametrize("sigma", [0.0, -1.0, np.nan, np.inf])
def test_noise_that_is_none_is_an_explicit_result(precise, sigma):
    (_, looks, x, arc), _ = precise[0]
    bad = looks.sigma.copy()
    bad[3, 0] = sigma
    found = calibrate(Looks(looks.t, looks.channel, looks.z, bad, looks.r_sensor), CHANNEL, x, arc)
    assert found.status == "unobservable"
    assert np.isinf(found.P).all()


def test_no_look_and_one_look(precise):
    (_, looks, x, arc), _ = precise[0]
    none = np.array([], dtype=np.int64)
    assert calibrate(looks.where(none), CHANNEL, x[none], arc[none]).status == "unobservable"
    one = np.array([0])
    found = calibrate(looks.where(one), CHANNEL, x[one], arc[one])
    assert found.status == "unchecked"
    assert np.all(np.diag(found.P) <= np.square(CHANNEL.bias_sigma) * (1 + 1e-12))


def test_a_look_off_by_100_sigma_is_a_contradiction(precise):
    (_, looks, x, arc), _ = precise[0]
    z = looks.z.copy()
    z[100, 0] += 100.0 * looks.sigma[100, 0]
    found = calibrate(Looks(looks.t, looks.channel, z, looks.sigma, looks.r_sensor), CHANNEL, x, arc)
    assert found.status == "contradictory"
    assert np.unravel_index(np.abs(found.residuals).argmax(), found.residuals.shape) == (100, 0)


def test_the_axes_are_those_of_the_orbit():
    """On a circle the second is the inertial velocity's direction; the rate is speed over radius."""
    omega, r = 7.292115e-5, 7.0e6
    speed = math.sqrt(3.986004418e14 / r)
    x = np.array([[r, 0.0, 0.0, 0.0, speed * 0.6 - omega * r, speed * 0.8]])
    axes, rate = orbit_axes(x)
    np.testing.assert_allclose(axes[0], [[1, 0, 0], [0, 0.6, 0.8], [0, -0.8, 0.6]], atol=1e-9)
    assert rate[0] == pytest.approx(speed / r, rel=1e-9)
