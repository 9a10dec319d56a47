"""The impact regions of many bodies against each by itself and against bodies drawn and flown."""

import numpy as np
import pytest

from tests.estimate.scenes import BURNOUT, INV_BETA, T_BURNOUT
from tests.estimate.test_predict import ROOT, drawn, offsets, orbiting, state
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.estimate import points
from tocsin.estimate.body import Body, body_of, carried
from tocsin.estimate.falls import predict_falls
from tocsin.estimate.gaussian import Gaussian
from tocsin.estimate.landing import landing
from tocsin.estimate.points import FITTED, TRIED, WIDE, root, spread, wide_points
from tocsin.estimate.predict import orbit_share, predict_fall
from tocsin.motion.ballistic import impact, impacts, propagate

SCALES = (0.05, 0.3, 1.0, 4.0)
BODIES = [body_of(state(s), INV_BETA) for s in SCALES]


@pytest.fixture(scope="module")
def falls():
    asked = np.array([[b.t + 60.0, b.t + 500.0] for b in BODIES])
    return predict_falls(BODIES, asked)


def test_linear_ones_are_those_of_single_bodies(falls):
    assert falls.linear.tolist() == [True, True, False, False]
    for i in (0, 1):
        one, same = predict_fall(BODIES[i]), falls.region(i)
        a, b = (ecef_from_geodetic(q.lat, q.lon, 0.0) for q in (one, same))
        assert np.linalg.norm(a - b) < 3.0
        assert same.t == pytest.approx(one.t, abs=5e-3)
        assert same.sigma_t == pytest.approx(one.sigma_t, rel=5e-3)
        np.testing.assert_allclose(same.P, one.P, atol=2e-3 * np.trace(one.P))
        assert same.apogee_m == pytest.approx(one.apogee_m, abs=8.0)
        assert same.t_apogee == pytest.approx(one.t_apogee, abs=0.1)
        assert (same.landed, same.orbit, len(same.samples)) == (1.0, 0.0, WIDE)


def test_every_region_is_that_of_drawn_bodies(falls):
    for i, scale in enumerate(SCALES[1:], start=1):
        region = falls.region(i)
        status, t, r = drawn(state(scale))
        assert (status == 0).all()
        white = offsets(region, r) @ np.linalg.cholesky(np.linalg.inv(region.P))
        assert np.linalg.norm(white.mean(axis=0)) < 0.12
        spread_ = np.linalg.eigvalsh(np.cov(white.T))
        assert 0.8 < spread_[0] <= spread_[1] < 1.2
        assert abs(t.mean() - region.t) < 0.3 * region.sigma_t + 3.0
        assert region.sigma_t == pytest.approx(t.std(), rel=0.2)


def test_samples_lie_as_the_region_does(falls):
    for i in range(len(BODIES)):
        region = falls.region(i)
        off = offsets(region, ecef_from_geodetic(region.samples[:, 0], region.samples[:, 1], 0.0))
        white = off @ np.linalg.cholesky(np.linalg.inv(region.P))
        assert np.linalg.norm(white.mean(axis=0)) < 0.1
        np.testing.assert_allclose(np.cov(white.T), np.eye(2), atol=0.2)


def test_shares_of_a_hundred_points_are_as_good_as_those_of_two_hundred():
    """The shares beyond 40 lines through the region, against those of 20,000 drawn bodies.

    A hundred drawn at random would be off by 0.04, the two hundred of `predict_fall` are by 0.022.
    """
    held = state(1.0)
    _, _, r = drawn(held, n=20_000)
    few, many = predict_falls([body_of(held, INV_BETA)]).region(0), predict_fall(body_of(held, INV_BETA))
    off = offsets(few, r)
    upright = np.linalg.inv(np.linalg.cholesky(np.cov(off.T)))
    worst = []
    for region in (few, many):
        places = offsets(few, ecef_from_geodetic(region.samples[:, 0], region.samples[:, 1], 0.0))
        errors = []
        for angle in np.linspace(0.0, np.pi, 10, endpoint=False):
            way = np.array([np.cos(angle), np.sin(angle)]) @ upright
            for edge in (-1.0, 0.0, 1.0, 1.7):
                errors.append(np.mean(places @ way > edge) - np.mean(off @ way > edge))
        worst.append(np.sqrt(np.mean(np.square(errors))))
    assert worst[0] < 0.02
    assert worst[0] < worst[1] < 0.03


def test_the_laid_half_lies_where_it_would_have_flown():
    bodies = [body_of(state(s), INV_BETA) for s in (0.5, 1.0, 4.0)]
    x, P, drag = (np.array([getattr(b, name) for b in bodies]) for name in ("x", "P", "inv_beta"))
    to_ground = np.array([landing(impact(b.t, b.x, b.inv_beta)).map for b in bodies])
    status, t, r = wide_points(x, P, drag, to_ground)
    assert (status == 0).all()
    turned = np.swapaxes(np.linalg.svd(to_ground @ root(P))[2], 1, 2)
    start, each = spread(x, root(P) @ turned, drag, points.POINTS)
    for i in range(len(bodies)):
        _, when, where = impacts(0.0, start[i], each[i])
        off = np.linalg.norm(r[i] - where, axis=1)
        sigma = np.sqrt(where.var(axis=0).sum())
        assert off[: FITTED + TRIED].max() < 500.0  # the field's finer part
        assert off[FITTED + TRIED :].max() > 1000.0  # laid, not flown
        assert np.sqrt(np.mean(off**2)) < 0.03 * sigma + 1e3
        assert np.sqrt(np.mean((t[i] - when) ** 2)) < 0.25 * when.std()


def test_points_have_their_bodys_covariance():
    P = np.array([b.P for b in BODIES])
    P[:, 6, 3] = P[:, 3, 6] = 0.5 * np.sqrt(P[:, 3, 3] * P[:, 6, 6])
    L = root(P)
    scale = np.sqrt(np.diagonal(P, axis1=1, axis2=2))
    each = scale[:, :, None] * scale[:, None, :]
    np.testing.assert_allclose(L @ np.swapaxes(L, 1, 2) / each, P / each, atol=1e-9)
    x, drag = spread(np.zeros((4, 6)), L, np.ones(4), points.POINTS)
    d = np.concatenate([x, -np.log(drag)[..., None]], axis=2)
    np.testing.assert_allclose(np.swapaxes(d, 1, 2) @ d / WIDE / each, P / each, atol=1e-9)


def test_a_quadratic_that_does_not_fit_is_not_used(monkeypatch):
    monkeypatch.setattr(points, "APART_M", 1.0)
    monkeypatch.setattr(points, "APART", 1e-6)
    b = BODIES[2]
    _, _, r = wide_points(b.x[None], b.P[None], np.array([b.inv_beta]), np.zeros((1, 3, 7)))
    start, each = spread(b.x[None], root(b.P[None]), np.array([b.inv_beta]), points.POINTS)
    _, _, where = impacts(0.0, start[0], each[0])
    assert np.linalg.norm(r[0] - where, axis=1).max() < 300.0


def test_what_stays_in_orbit_is_counted():
    held = Gaussian(0.0, orbiting(fraction=0.986), np.diag([1e3, 1e3, 1e3, 60.0, 60.0, 60.0]) ** 2)
    far = Gaussian(0.0, orbiting(), ROOT @ ROOT.T)
    some = body_of(held, INV_BETA)
    falls = predict_falls([some, body_of(far, INV_BETA), BODIES[0]])
    status, _, _ = drawn(held, n=2000)
    assert falls.landed[0] == pytest.approx(np.mean(status == 0), abs=4.0 * np.sqrt(0.25 / WIDE))
    assert falls.orbit[0] == pytest.approx(np.mean(status == 1), abs=4.0 * np.sqrt(0.25 / WIDE))
    assert falls.orbit[0] == pytest.approx(orbit_share(some), abs=0.05)
    assert np.isfinite(falls.samples[0, :, 0]).sum() == round(WIDE * falls.landed[0])
    assert falls.known.tolist() == [True, False, True]
    assert falls.region(1) is None
    assert falls.orbit[1] == 1.0
    assert len(falls.region(0).samples) == round(WIDE * falls.landed[0])


def test_states_that_were_asked_for_have_the_covariance_carried_there(falls):
    for i, body in enumerate(BODIES):
        for k, after in enumerate((60.0, 500.0)):
            one = carried(body, body.t + after)
            np.testing.assert_allclose(falls.asked_x[i, k], one.x, atol=5.0)
            d = np.sqrt(np.diag(one.P))
            np.testing.assert_allclose(
                falls.asked_P[i, k] / np.outer(d, d), one.P / np.outer(d, d), atol=2e-3
            )


def test_each_from_its_own_time():
    other = Body(T_BURNOUT + 777.0, BODIES[0].x, BODIES[0].P, INV_BETA)
    falls = predict_falls([BODIES[0], other])
    assert falls.t[1] - falls.t[0] == pytest.approx(777.0)
    assert falls.ephemeris[1, 0, 0] - falls.ephemeris[0, 0, 0] == pytest.approx(777.0)
    assert falls.t_apogee[1] - falls.t_apogee[0] == pytest.approx(777.0)
    assert falls.lat[1] == falls.lat[0]


def test_on_its_last_minute():
    end = impact(T_BURNOUT, BURNOUT, INV_BETA)
    t = end.t - 30.0
    late = Body(t, propagate(T_BURNOUT, BURNOUT, INV_BETA, [t])[0], 1e-2 * BODIES[0].P, INV_BETA)
    falls = predict_falls([late])
    one = predict_fall(late)
    a, b = (ecef_from_geodetic(q.lat, q.lon, 0.0) for q in (one, falls.region(0)))
    assert np.linalg.norm(a - b) < 1.0
    assert falls.apogee_m[0] == pytest.approx(end.apogee_m, abs=50.0)


def test_nothing_of_nothing_and_nothing_of_nonsense():
    assert len(predict_falls([])) == 0
    broken = Body(0.0, np.full(6, np.nan), BODIES[0].P, INV_BETA)
    unknown = Body(T_BURNOUT, BURNOUT, np.full((7, 7), np.inf), INV_BETA)
    falls = predict_falls([broken, unknown])
    assert not falls.known.any()


def test_a_state_known_along_one_line_stops_no_batch():
    """Its covariance is singular to the last bit; ln beta's is kept."""
    line = np.array([1e6, 2e6, 4e6, 16.0, 32.0, 64.0])
    P = np.zeros((2, 7, 7))
    P[0, :6, :6] = np.outer(line, line)
    P[1, :6, :6] = np.diag(line**2)
    P[:, 6, 6] = 0.36
    scale = np.sqrt(np.diagonal(P, axis1=1, axis2=2))
    with pytest.raises(np.linalg.LinAlgError):
        np.linalg.solve(P[:1, :6, :6] / np.outer(line, line), np.ones((1, 6, 1)))
    L = root(P) / scale[:, :, None]
    np.testing.assert_allclose(
        L @ np.swapaxes(L, 1, 2), P / scale[:, :, None] / scale[:, None, :], rtol=0.0, atol=1e-9
    )
