"""The impact region against bodies drawn from the same Gaussian and flown to the ground one by one."""

import numpy as np
import pytest
from scipy import stats

from tests.estimate.scenes import BURNOUT, INV_BETA, T_BURNOUT
from tocsin.earth.constants import MU, OMEGA
from tocsin.earth.ellipsoid import ecef_from_geodetic, geodetic_from_ecef
from tocsin.earth.frames import enu_from_ecef
from tocsin.estimate.ballistic import Gaussian
from tocsin.estimate.body import ASSUMED_SIGMA_LN_BETA, body_of
from tocsin.estimate.points import normal_points
from tocsin.estimate.predict import apogee_of, orbit_share, predict_impact
from tocsin.motion.ballistic import impact, impacts, propagate

DRAWS = 8_000
# Errors as the boost fit leaves them: some along the motion, one axis tied to another.
ROOT = np.diag([800.0, 800.0, 800.0, 30.0, 30.0, 30.0])
ROOT[3, 0], ROOT[5, 4] = 15.0, -12.0


def state(scale):
    return Gaussian(T_BURNOUT, BURNOUT, scale**2 * ROOT @ ROOT.T)


def drawn(held, inv_beta=INV_BETA, n=DRAWS):
    """Status, time and place of bodies drawn from a Gaussian state, with a drag known to 0.6 in ln beta."""
    rng = np.random.default_rng(7)
    x = rng.multivariate_normal(held.x, held.P, n, method="cholesky")
    return impacts(held.t, x, inv_beta * np.exp(ASSUMED_SIGMA_LN_BETA * rng.standard_normal(n)))


def offsets(region, r):
    """East and north (n, 2) m of places from the region's middle."""
    centre = ecef_from_geodetic(region.lat, region.lon, 0.0)
    return (r - centre) @ enu_from_ecef(region.lat, region.lon)[:2].T


@pytest.mark.parametrize(("scale", "linear"), [(0.1, True), (0.35, True), (1.0, False), (4.0, False)])
def test_mean_and_covariance(scale, linear):
    held = state(scale)
    region = predict_impact(held, INV_BETA)
    status, t, r = drawn(held)
    assert region.linear is linear
    assert (status == 0).all()
    off = offsets(region, r)
    sigma = np.linalg.cholesky(np.linalg.inv(region.P))
    white = off @ sigma  # of covariance one, if the region's is right
    assert np.linalg.norm(white.mean(axis=0)) < 0.1
    spread = np.linalg.eigvalsh(np.cov(white.T))
    assert 0.85 < spread[0] <= spread[1] < 1.15
    # The regions hold what they say: half and nine tenths, within three hundredths.
    d2 = np.sum(white**2, axis=1)
    for share in (0.5, 0.9):
        assert np.mean(d2 < -2.0 * np.log(1.0 - share)) == pytest.approx(share, abs=0.03)
    assert abs(t.mean() - region.t) < 0.3 * region.sigma_t + 3.0
    if scale > 0.2:  # below, the drag's skew is most of it
        assert region.sigma_t == pytest.approx(t.std(), rel=0.2)
    assert (region.landed, region.orbit) == (1.0, 0.0)


def test_samples_lie_as_the_region_does():
    for scale in (0.1, 1.0):
        region = predict_impact(state(scale), INV_BETA)
        off = offsets(region, ecef_from_geodetic(region.samples[:, 0], region.samples[:, 1], 0.0))
        white = off @ np.linalg.cholesky(np.linalg.inv(region.P))
        assert len(region.samples) == 200
        assert np.linalg.norm(white.mean(axis=0)) < 0.1
        np.testing.assert_allclose(np.cov(white.T), np.eye(2), atol=0.15)


def test_a_state_known_for_certain_falls_where_it_falls():
    end = impact(T_BURNOUT, BURNOUT, 0.0)
    region = predict_impact(Gaussian(T_BURNOUT, BURNOUT, 1e-6 * np.eye(6)), 0.0)
    lat, lon, _ = geodetic_from_ecef(end.x[:3])
    assert (region.lat, region.lon, region.t) == (lat, lon, end.t)
    assert region.apogee_m == end.apogee_m
    assert region.t_apogee == end.t_apogee
    # In vacuum, as the project's reference `bounds.md` prints it for J2; the field's rest moves it 170 m.
    assert np.degrees([region.lat, region.lon]) == pytest.approx([55.42118, 36.71358], abs=2e-3)
    assert region.t == pytest.approx(1776.77, abs=0.05)
    assert region.sigma_t < 1e-2


def test_drag_alone_has_a_spread():
    """Of a state known for certain what is left is the drag's: some kilometre and some seconds."""
    region = predict_impact(Gaussian(T_BURNOUT, BURNOUT, 1e-6 * np.eye(6)), INV_BETA)
    assert 0.1e3 < np.sqrt(np.linalg.eigvalsh(region.P)[-1]) < 2e3
    assert 2.0 < region.sigma_t < 10.0


def orbiting(height=500e3, fraction=1.0):
    """An Earth-fixed state over the equator, at a fraction of the circular speed, inclined by 60 deg."""
    r = 6378137.0 + height
    v = fraction * np.sqrt(MU / r)
    return np.array([r, 0.0, 0.0, 0.0, v * 0.5 - OMEGA * r, v * np.sqrt(0.75)])


def test_an_orbiting_state_has_no_impact():
    region = predict_impact(Gaussian(0.0, orbiting(), ROOT @ ROOT.T), INV_BETA)
    assert region is None
    assert orbit_share(body_of(Gaussian(0.0, orbiting(), ROOT @ ROOT.T), INV_BETA)) == 1.0


def test_what_stays_in_orbit_is_counted():
    """Almost at orbital speed, give or take: the shares are those of drawn bodies, and at most one."""
    x = orbiting(fraction=0.986)
    held = Gaussian(0.0, x, np.diag([1e3, 1e3, 1e3, 60.0, 60.0, 60.0]) ** 2)
    region = predict_impact(held, INV_BETA)
    status, _, _ = drawn(held, n=2000)
    landed, orbit = np.mean(status == 0), np.mean(status == 1)
    assert 0.2 < orbit < 0.8
    for told, true in ((region.landed, landed), (region.orbit, orbit)):
        assert told == pytest.approx(true, abs=4.0 * np.sqrt(0.25 / 200))
    assert region.landed + region.orbit <= 1.0 + 1e-12
    assert len(region.samples) == round(200 * region.landed)
    assert not region.linear


def test_an_apogee_already_passed_is_told():
    end = impact(T_BURNOUT, BURNOUT, INV_BETA)
    for after in (100.0, 400.0):
        t = end.t_apogee + after
        held = Gaussian(t, propagate(T_BURNOUT, BURNOUT, INV_BETA, [t])[0], 1e-6 * np.eye(6))
        apogee_m, when = apogee_of(held, INV_BETA, impact(t, held.x, INV_BETA))
        assert apogee_m == pytest.approx(end.apogee_m, abs=20.0)
        assert when == pytest.approx(end.t_apogee, abs=1.0)


def test_the_region_lies_across_the_date_line():
    """A place near 180 deg east is no different: the middle of the samples is not half the world away."""
    turn = np.radians(180.0 - 36.5)
    c, s = np.cos(turn), np.sin(turn)
    about = np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])
    six = np.kron(np.eye(2), about)
    held = state(1.0)
    moved = Gaussian(held.t, six @ held.x, six @ held.P @ six.T)
    here, there = predict_impact(held, INV_BETA), predict_impact(moved, INV_BETA)
    assert (there.lon - here.lon - turn + np.pi) % (2 * np.pi) - np.pi == pytest.approx(0.0, abs=2e-3)
    assert there.lat == pytest.approx(here.lat, abs=2e-3)
    assert there.samples[:, 1].min() < -3.0
    assert there.samples[:, 1].max() > 3.0
    np.testing.assert_allclose(np.linalg.eigvalsh(there.P), np.linalg.eigvalsh(here.P), rtol=0.1)


@pytest.mark.parametrize("dimensions", [2, 7])
def test_normal_points(dimensions):
    z = normal_points(200, dimensions)
    np.testing.assert_allclose(z.mean(axis=0), 0.0, atol=1e-12)
    np.testing.assert_allclose(z.std(axis=0), 1.0)
    assert np.abs(np.corrcoef(z.T) - np.eye(dimensions)).max() < 0.15
    np.testing.assert_allclose((z**4).mean(axis=0), 3.0, atol=0.4)
    for axis in z.T:  # evenly spread: far nearer the normal than 200 random points (0.09 in 19 cases of 20)
        assert stats.kstest(axis, "norm").statistic < 0.03
    np.testing.assert_array_equal(z, normal_points(200, dimensions))
