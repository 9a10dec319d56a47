"""The predicted trajectory with its error, and the apogee's."""

import numpy as np
import pytest

from tests.estimate.scenes import BURNOUT, INV_BETA, T_BURNOUT
from tests.estimate.test_predict import orbiting
from tocsin.assess.trajectory import (
    apogee_sigma,
    speed_and_height,
    speeds_and_heights,
    trajectories,
    trajectory,
)
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.estimate.ballistic import Gaussian
from tocsin.estimate.body import body_of
from tocsin.estimate.falls import predict_falls
from tocsin.motion.ballistic import impact, propagate

ROOT = np.diag([800.0, 800.0, 800.0, 30.0, 30.0, 30.0])
HELD = Gaussian(T_BURNOUT, BURNOUT, ROOT @ ROOT)
BODY = body_of(HELD, INV_BETA)


@pytest.fixture(scope="module")
def drawn():
    return np.random.default_rng(5).multivariate_normal(HELD.x, HELD.P, 300)


def test_samples_from_the_state_to_the_impact():
    end = impact(T_BURNOUT, BURNOUT, INV_BETA)
    told = trajectory(BODY, end.t)
    assert len(told) == 25
    assert (told[0].t, told[-1].t) == (T_BURNOUT, end.t)
    x = propagate(T_BURNOUT, BURNOUT, INV_BETA, [s.t for s in told])
    lat, lon, h = geodetic_from_ecef(x[:, :3])
    np.testing.assert_allclose([s.lat_deg for s in told], np.degrees(lat), atol=1e-9)
    np.testing.assert_allclose([s.lon_deg for s in told], np.degrees(lon), atol=1e-9)
    np.testing.assert_allclose([s.height_km for s in told], h / 1e3, atol=1e-6)
    np.testing.assert_allclose([s.speed_m_s for s in told], np.linalg.norm(x[:, 3:], axis=1))
    assert abs(told[-1].height_km) < 0.01


def test_its_error_is_that_of_drawn_bodies(drawn):
    told = trajectory(BODY, T_BURNOUT + 1500.0)
    for k in (0, 8, 16, 24):
        r = np.array([propagate(HELD.t, x, INV_BETA, [told[k].t])[0, :3] for x in drawn])
        spread = np.sqrt(np.trace(np.cov(r.T)) / 3.0) / 1e3
        assert told[k].sigma_km == pytest.approx(spread, rel=0.12)


def test_the_apogees_error_is_that_of_drawn_bodies(drawn):
    top = impact(T_BURNOUT, BURNOUT, INV_BETA).t_apogee
    heights = [impact(HELD.t, x, INV_BETA).apogee_m / 1e3 for x in drawn]
    assert apogee_sigma(BODY, top) == pytest.approx(np.std(heights), rel=0.12)


def test_speed_and_height_now():
    x = propagate(T_BURNOUT, BURNOUT, INV_BETA, [T_BURNOUT + 300.0])[0]
    speed, height = speed_and_height(BODY, T_BURNOUT + 300.0, True)
    assert speed == pytest.approx(np.linalg.norm(x[3:]))
    assert height == pytest.approx(float(geodetic_from_ecef(x[:3])[2]) / 1e3)
    # While the engine burns, the state of the last look stands.
    speed, height = speed_and_height(BODY, T_BURNOUT + 300.0, False)
    assert speed == pytest.approx(np.linalg.norm(BURNOUT[3:]))
    assert height == pytest.approx(217.69, abs=0.01)  # as the project's reference `bounds.md` prints it
    assert speed_and_height(None, 0.0, True) == (None, None)
    assert speed_and_height(BODY, T_BURNOUT + 2500.0, True) == (None, None)


def test_the_ephemerides_of_a_picture_are_those_of_each():
    """Of three bodies: one that lands, one in orbit, and one of which the middle stays up and some land."""
    some = Gaussian(0.0, orbiting(fraction=0.987), np.diag([1e3, 1e3, 1e3, 60.0, 60.0, 60.0]) ** 2)
    bodies = [BODY, body_of(Gaussian(0.0, orbiting(), ROOT @ ROOT), INV_BETA), body_of(some, INV_BETA)]
    falls = predict_falls(bodies)
    told = trajectories(falls, bodies)
    assert told[1] == ()
    assert np.isnan(falls.ephemeris[2]).all()
    assert told[2] == trajectory(bodies[2], falls.t[2])
    one = trajectory(BODY, falls.ephemeris[0, -1, 0])
    assert len(told[0]) == len(one) == 25
    for a, b in zip(told[0], one, strict=True):
        assert a.t == pytest.approx(b.t, abs=1e-6)
        assert a.lat_deg == pytest.approx(b.lat_deg, abs=5e-4)
        assert a.lon_deg == pytest.approx(b.lon_deg, abs=5e-4)
        assert a.height_km == pytest.approx(b.height_km, abs=0.05)
        assert a.speed_m_s == pytest.approx(b.speed_m_s, abs=20.0)
        assert a.sigma_km == pytest.approx(b.sigma_km, rel=0.01)


def test_speeds_and_heights_are_those_of_each():
    t = T_BURNOUT + np.array([0.0, 300.0, 2500.0])
    x = propagate(T_BURNOUT, BURNOUT, INV_BETA, t)
    told = speeds_and_heights(np.vstack([x, np.full(6, np.nan)]))
    assert told[0] == pytest.approx(speed_and_height(BODY, t[0], True))
    assert told[1] == pytest.approx(speed_and_height(BODY, t[1], True))
    assert told[2:] == [(None, None), (None, None)]
