"""State and drag carried together, and the impact of what is known of both."""

import numpy as np
import pytest

from tests.estimate.scenes import BURNOUT, INV_BETA, T_BURNOUT
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.earth.frames import enu_from_ecef
from tocsin.errors import TocsinError
from tocsin.estimate.ballistic import Drag, Gaussian, transported
from tocsin.estimate.body import ASSUMED_SIGMA_LN_BETA, Body, body_of, carried
from tocsin.estimate.body_bound import body_bound
from tocsin.estimate.bound import body_impact_bound, impact_bound
from tocsin.estimate.looks import no_looks
from tocsin.estimate.predict import predict_fall, predict_impact
from tocsin.motion.ballistic import impact, impacts

SIGMA = np.array([800.0, 800.0, 800.0, 30.0, 30.0, 30.0, 0.12])
HELD = Gaussian(T_BURNOUT, BURNOUT, np.diag(SIGMA[:6] ** 2))


def tied(scale):
    """A body whose drag goes with its speed, at a share of these sigmas."""
    root = np.diag(SIGMA)
    root[6, 3], root[6, 4] = 0.08, -0.05
    P = root @ root.T
    P[:6] *= scale
    P[:, :6] *= scale
    return Body(T_BURNOUT, BURNOUT, P, INV_BETA)


def test_what_is_known_of_nothing_is_the_wide_prior():
    body = body_of(HELD, INV_BETA)
    assert body.sigma_ln_beta == ASSUMED_SIGMA_LN_BETA
    assert body_of(HELD, 0.0).sigma_ln_beta == 0.0
    np.testing.assert_array_equal(body.state.P, HELD.P)
    assert np.all(body.P[6, :6] == 0.0)


def test_carried_above_the_air_only_the_state_moves():
    t = T_BURNOUT + 900.0
    body, state = carried(body_of(HELD, INV_BETA), t), transported(HELD, t, INV_BETA)
    np.testing.assert_allclose(body.x, state.x)
    np.testing.assert_allclose(body.state.P, state.P, rtol=1e-4)
    assert body.sigma_ln_beta == pytest.approx(ASSUMED_SIGMA_LN_BETA)


def test_carried_through_the_air_and_asked_there_the_impact_is_the_same():
    body = tied(0.01)
    end = impact(body.t, body.x, body.inv_beta)
    low = carried(body, end.t - 12.0)
    here, there = predict_fall(body), predict_fall(low)
    assert there.t == pytest.approx(here.t, abs=1e-3)
    assert there.sigma_t == pytest.approx(here.sigma_t, rel=1e-3)
    np.testing.assert_allclose(there.P, here.P, rtol=1e-2, atol=1e-3 * np.trace(here.P))
    # Down there the covariance of state and drag is no longer nothing: it was used.
    assert np.max(np.abs(low.P[6, :6]) / np.sqrt(np.diag(low.P)[:6] * low.P[6, 6])) > 0.5


@pytest.mark.parametrize("scale", [0.1, 2.0])
def test_the_region_is_that_of_drawn_bodies(scale):
    """Linear and flown: place and time of bodies drawn from state and drag together."""
    body = tied(scale)
    region = predict_fall(body)
    assert region.linear is (scale < 1.0)
    rng = np.random.default_rng(3)
    d = rng.multivariate_normal(np.zeros(7), body.P, 4000, method="cholesky")
    status, t, r = impacts(body.t, body.x + d[:, :6], body.inv_beta * np.exp(-d[:, 6]))
    assert np.all(status == 0)
    middle = ecef_from_geodetic(region.lat, region.lon, 0.0)
    off = (r - middle) @ enu_from_ecef(region.lat, region.lon)[:2].T
    white = off @ np.linalg.cholesky(np.linalg.inv(region.P))
    spread = np.linalg.eigvalsh(np.cov(white.T))
    assert 0.8 < spread[0] <= spread[1] < 1.2
    assert region.sigma_t == pytest.approx(t.std(), rel=0.1)


def test_a_better_known_drag_leaves_less_of_the_time_open():
    wide = predict_impact(Gaussian(T_BURNOUT, BURNOUT, 1e-4 * HELD.P), INV_BETA)
    held = body_of(Gaussian(T_BURNOUT, BURNOUT, 1e-4 * HELD.P), INV_BETA, 0.06)
    narrow = predict_fall(held)
    assert narrow.t == wide.t
    assert narrow.sigma_t < 0.3 * wide.sigma_t


def test_without_looks_the_bound_is_what_was_known():
    body = body_bound(no_looks(), (), HELD, Drag(INV_BETA, float(SIGMA[6])))
    np.testing.assert_allclose(body.P, np.diag(SIGMA**2), rtol=1e-6)
    known = body_of(HELD, INV_BETA, 1e-6)
    a, b = body_impact_bound(known), impact_bound(HELD, INV_BETA)
    assert (a.cep_m, a.sigma_t) == pytest.approx((b.cep_m, b.sigma_t), rel=1e-6)


def test_what_stays_up_has_no_impact():
    x = np.array([7.2e6, 0.0, 0.0, 0.0, 7.0e3, 1.0e3])
    with pytest.raises(TocsinError, match="does not come down"):
        body_impact_bound(body_of(Gaussian(0.0, x, HELD.P), INV_BETA))
