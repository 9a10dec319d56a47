"""The telescope's looks against the whole stated error model, jointly, and with parts of it left out."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from tests.sensor.climb import BAND, CLEAN, CLIMB, T0
from tocsin.sensor.errors import LAG_MEAN, LAG_SIGMA, lag_vector, telescope_columns
from tocsin.sensor.infrared.detector import DETECTOR
from tocsin.sensor.infrared.pointing import POINTING, covariance
from tocsin.sensor.measurement import focal_angles


def model(scans):
    """Residuals (n, 2) from the estimator's equation, with their columns (n, 2, 4), sigmas and times."""
    t = np.array([s.t for s in scans])
    r_s, z = np.array([s.r_ecef for s in scans]), np.array([s.values[0] for s in scans])
    r = CLIMB.position(t)
    v = (CLIMB.position(t + 1e-3) - CLIMB.position(t - 1e-3)) / 2e-3
    h, jacobian = focal_angles(r + LAG_MEAN * lag_vector(r, v), v, r_s)
    return z - h, telescope_columns(jacobian, r, v), np.array([s.sigmas[0] for s in scans]), t


def joint(drop=None, runs=60, pointing=POINTING, detector=DETECTOR, clock_s=0.05):
    """Over runs whose fixed errors are drawn anew: the sum of e' S^-1 e with S the whole stated error model.

    drop: a column left out of S; the sum is then that of the errors along it, (c' S^-1 e)^2 / c' S^-1 c.
    """
    telescope = replace(
        CLEAN,
        pointing=pointing,
        detector=detector,
        satellite=replace(CLEAN.satellite, clock_s=clock_s),
    )
    priors = np.array([*telescope.bias_sigma, LAG_SIGMA])
    total, n = 0.0, 0
    for seed in range(runs):
        rng = np.random.default_rng([seed, 17])
        path = replace(CLIMB, lag=float(rng.random()))
        scans = telescope.scans((path,), T0, T0 + 118.0, telescope.draw_bias(rng), "simulated", rng)
        e, columns, sigma, t = model([s for s in scans if len(s)])
        wander = covariance(t, replace(telescope.pointing, bias_rad=0.0))
        S = np.kron(wander, np.eye(2)) + np.diag(sigma.ravel() ** 2)
        c = columns.reshape(-1, 4) * priors
        for k in set(range(4)) - {drop}:
            S += np.outer(c[:, k], c[:, k])
        if drop is None:
            total, n = total + e.ravel() @ np.linalg.solve(S, e.ravel()), n + e.size
        else:
            along = np.linalg.solve(S, c[:, drop])
            total, n = total + (along @ e.ravel()) ** 2 / (along @ c[:, drop]), n + 1
    return total, n


def test_looks_are_jointly_as_the_stated_error_model_says():
    total, n = joint()
    low, high = stats.chi2.interval(1.0 - BAND, n)
    assert low < total < high


@pytest.mark.parametrize("left_out", [0, 1, 2, 3])
def test_each_lasting_error_left_out_of_the_model_is_seen(left_out):
    """East, north, clock, and the plume's lag."""
    # A clock of half a second is 40 microradians here: it takes a steadier telescope than is assumed.
    pointing = POINTING if left_out < 2 else replace(POINTING, bias_rad=1e-6, drift_rad=1e-6, jitter_rad=1e-6)
    detector = DETECTOR if left_out < 2 else replace(DETECTOR, noise_rad=2e-6, floor_rad=1e-6)
    total, n = joint(left_out, 30, pointing, detector, 0.5 if left_out == 2 else 1e-3)
    assert total > stats.chi2.isf(1e-6, n)
