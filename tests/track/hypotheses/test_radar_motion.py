"""Free flight in a radar's own coordinates: against the integrator, its covariance against differences."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.estimate.scenes import place
from tocsin.earth.frames import enu_from_ecef
from tocsin.motion.ballistic import propagate
from tocsin.track.hypotheses.radar_motion import (
    AZIMUTH,
    inward,
    outward,
    seen_from,
)
from tocsin.track.hypotheses.radar_motion import place as placed
from tocsin.track.hypotheses.radar_ways import ACCELERATION, LASTING_S, predict_radar

LAT, LON = 60.0, 30.0
SITE = place(LAT, LON)
ENU = np.ascontiguousarray(enu_from_ecef(math.radians(LAT), math.radians(LON)))

ranges = st.floats(2e5, 5e6)
angles = st.tuples(st.floats(-3.1, 3.1), st.floats(0.03, 1.2))
speeds = st.tuples(*[st.floats(-7e3, 7e3)] * 3)


def state(r, angle, speed):
    return np.array([r, *angle, *speed])


def earth_fixed(x):
    y, u = np.empty(6), np.empty((3, 3))
    placed(x, SITE, ENU, u, y)
    return y


def own(y):
    x, u = np.empty(6), np.empty((3, 3))
    seen_from(y, SITE, ENU, u, x)
    return x


def moved(x, P, dt, w=(1.0, 0.0)):
    xs, Ps, ws = np.array([[x, x]]), np.array([[P, P]]), np.array([w])
    predict_radar(xs, Ps, ws, np.array([dt]), SITE, ENU, np.empty((40, 6)))
    return xs[0], Ps[0], ws[0]


@given(ranges, angles, speeds)
def test_there_and_back(r, angle, speed):
    x = state(r, angle, speed)
    np.testing.assert_allclose(own(earth_fixed(x)), x, rtol=1e-9, atol=1e-6)


@given(ranges, angles, speeds)
def test_slopes_outward_and_inward_are_differences_and_inverses(r, angle, speed):
    x = state(r, angle, speed)
    y, u = np.empty(6), np.empty((3, 3))
    placed(x, SITE, ENU, u, y)
    J, K = np.empty((6, 6)), np.empty((6, 6))
    outward(x, u, J)
    inward(x, u, K)
    np.testing.assert_allclose(K @ J, np.eye(6), atol=1e-6)
    h = np.array([1.0, 1e-6, 1e-6, 1e-2, 1e-2, 1e-2])
    for j in range(6):
        step = np.eye(6)[j] * h[j]
        slope = (earth_fixed(x + step) - earth_fixed(x - step)) / (2.0 * h[j])
        np.testing.assert_allclose(J[:, j], slope, rtol=1e-5, atol=1e-5 * np.abs(slope).max() + 1e-8)


@given(ranges, angles, speeds, st.floats(1.0, 20.0))
def test_free_flight_is_the_integrators(r, angle, speed, dt):
    """To a metre and a centimetre a second: the integrator has gravity to degree four."""
    x = state(r, angle, speed)
    y = earth_fixed(x)
    if np.linalg.norm(y[:3]) < 6.39e6:
        return
    got, _, _ = moved(x, np.diag([1.0, 1e-12, 1e-12, 1e-4, 1e-4, 1e-4]), dt)
    true = propagate(0.0, y, 0.0, np.array([dt]))[0]
    back = earth_fixed(got[0])
    assert np.linalg.norm(back[:3] - true[:3]) < 1.0
    assert np.linalg.norm(back[3:] - true[3:]) < 0.05


def test_covariance_is_that_of_samples():
    """Of a state known after two looks: the samples' mean and covariance, with what bends into the range."""
    rng = np.random.default_rng(1)
    x = np.array([2.0e6, 0.4, 0.3, -1500.0, 2500.0, 1500.0])
    sigma = np.array([100.0, 0.004, 0.004, 30.0, 1500.0, 1500.0])
    dt = 7.0
    got, P, _ = moved(x, np.diag(sigma**2), dt)
    samples = x + sigma * rng.standard_normal((40_000, 6))
    after = np.array([own(propagate(0.0, earth_fixed(s), 0.0, np.array([dt]))[0]) for s in samples[:4000]])
    mean, cov = after.mean(axis=0), np.cov(after.T)
    root = np.sqrt(np.diag(cov))
    np.testing.assert_allclose((got[0] - mean) / root, 0.0, atol=0.08)
    np.testing.assert_allclose(np.sqrt(np.diag(P[0])) / root, 1.0, atol=0.06)
    np.testing.assert_allclose(P[0] / np.outer(root, root), cov / np.outer(root, root), atol=0.08)


def test_a_push_widens_what_is_expected():
    x = np.array([1.0e6, 0.4, 0.3, -1500.0, 2500.0, 1500.0])
    _, P, w = moved(x, np.diag([1.0, 1e-10, 1e-10, 1.0, 1.0, 1.0]), 5.0)
    assert math.sqrt(P[1][3, 3]) == pytest.approx(ACCELERATION[1] * 5.0, rel=0.02)
    assert math.sqrt(P[1][0, 0]) == pytest.approx(ACCELERATION[1] * 12.5, rel=0.02)
    # Hardly any turns over in five seconds.
    assert w[1] == pytest.approx(1.0 - math.exp(-5.0 / LASTING_S[0]))


def test_mixing_keeps_the_mean_and_covariance_of_the_whole():
    rng = np.random.default_rng(3)
    A = rng.standard_normal((2, 6, 6)) * np.array([10.0, 1e-5, 1e-5, 1.0, 1.0, 1.0])
    P = A.transpose(0, 2, 1) @ A
    x = np.array([1.0e6, math.pi - 1e-4, 0.3, -1500.0, 2500.0, 1500.0]) + np.array(
        [np.zeros(6), [50.0, 2e-4, 1e-5, 5.0, -3.0, 2.0]]
    )
    w = np.array([0.7, 0.3])
    dt = 1e-9  # mixing alone would need none; so short that nothing moves and nothing changes over
    xs, Ps, ws = x[None].copy(), P[None].copy(), w[None].copy()
    predict_radar(xs, Ps, ws, np.array([dt]), SITE, ENU, np.empty((40, 6)))

    def whole(x, P, w):
        d = x - x[0]
        d[:, AZIMUTH] = (d[:, AZIMUTH] + math.pi) % (2.0 * math.pi) - math.pi
        mean = w @ d
        return x[0] + mean, sum(
            wi * (Pi + np.outer(di - mean, di - mean)) for wi, Pi, di in zip(w, P, d, strict=True)
        )

    before, after = whole(x, P, w), whole(xs[0], Ps[0], ws[0])
    np.testing.assert_allclose(np.sin(after[0][AZIMUTH]), np.sin(before[0][AZIMUTH]), atol=1e-8)
    np.testing.assert_allclose(after[1], before[1], rtol=1e-5, atol=1e-12)
