"""The radar's looks against the whole stated error model, jointly, and with parts of it left out."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from tests.sensor.scenes import COAST_X, at_rest, coast, exact_two_way
from tocsin.catalogue import radars
from tocsin.motion.ballistic import propagate
from tocsin.sensor.echo.accuracy import ACCURACY
from tocsin.sensor.echo.multipath import correlation_length, multipath_sigma
from tocsin.sensor.echo.schedule import Schedule
from tocsin.sensor.errors import left_uncorrected, radar_columns
from tocsin.sensor.measurement import position_from_radar, range_azimuth_elevation
from tocsin.sensor.radar import Radar

BAND = 0.001
SITES = {r.key: r for r in radars()}
# An active ionosphere, a clock as poor as the design allows for, and a strong echo.
SITE = replace(
    SITES["PEC"],
    false_looks_per_scan=0.0,
    reference_snr_db=30.0,
    tecu=50.0,
    ionosphere_scale=0.3,
    clock_s=0.05,
    revisit_s=14.0,
)
RADAR = Radar(SITE, schedule=Schedule(volume_s=1.0))
# So fine and so well set that what is left of the troposphere does not hide behind noise and bias.
WELL_SET = replace(
    RADAR,
    site=replace(SITE, bias_angle_deg=0.005, troposphere_scale=0.15, revisit_s=5.0),
    accuracy=replace(ACCURACY, angle_floor=1 / 100),
)
T1 = 1400.0


def looks(bias, seed=0, radar=RADAR):
    """Times (n,), values and sigmas (n, 3) of the looks at the reference flight."""
    scans = [
        s for s in radar.scans((coast(),), 0.0, T1, bias, "simulated", np.random.default_rng(seed)) if len(s)
    ]
    return (
        np.array([s.t for s in scans]),
        np.array([s.values[0] for s in scans]),
        np.array([s.sigmas[0] for s in scans]),
    )


def expected(t):
    """Values (n, 3) by the estimator's equation and columns (n, 3, 6) of the lasting errors."""
    x = propagate(0.0, COAST_X, 0.0, t)
    h, jacobian = range_azimuth_elevation(x[:, :3], x[:, 3:], np.tile(RADAR.r_ecef, (len(t), 1)))
    return h, radar_columns(jacobian, x[:, 3:], *left_uncorrected(RADAR.air, h))


def residual(z, h):
    e = z - h
    e[:, 1] = (e[:, 1] + np.pi) % (2 * np.pi) - np.pi
    return e.ravel()


def image_covariance(elevation):
    """What images in the ground have in common at different elevations (n, n); the sigmas hold the rest."""
    own = multipath_sigma(elevation, np.radians(SITE.beamwidth_deg))
    far = (elevation[:, None] - elevation) / correlation_length(RADAR.beam.wavelength_m)
    together = own[:, None] * own * np.exp(-0.5 * far**2)
    return together - np.diag(own**2)


def joint(drop=None, runs=60, radar=RADAR):
    """Over runs whose fixed errors are drawn anew: the sum of e' S^-1 e with S the whole stated error model.

    drop: a column left out of S; the sum is then that of the errors along it, (c' S^-1 e)^2 / c' S^-1 c.
    """
    total, n = 0.0, 0
    for seed in range(runs):
        t, z, sigma = looks(radar.draw_bias(np.random.default_rng([seed, 5])), seed, radar)
        h, columns = expected(t)
        e = residual(z, h)
        c = columns.reshape(-1, 6) * radar.bias_sigma
        S = np.diag(sigma.ravel() ** 2)
        S[2::3, 2::3] += image_covariance(h[:, 2])
        for k in set(range(6)) - {drop}:
            S += np.outer(c[:, k], c[:, k])
        if drop is None:
            total, n = total + e @ np.linalg.solve(S, e), n + e.size
        else:
            along = np.linalg.solve(S, c[:, drop])
            total, n = total + (along @ e) ** 2 / (along @ c[:, drop]), n + 1
    return total, n


def test_looks_are_jointly_as_the_stated_error_model_says():
    total, n = joint()
    assert n > 6_000
    low, high = stats.chi2.interval(1.0 - BAND, n)
    assert low < total < high


def test_each_channel_is_as_its_sigma_says():
    chi2, n = np.zeros(3), 0
    for seed in range(40):
        t, z, sigma = looks(np.zeros(6), seed)
        e = residual(z, expected(t)[0]).reshape(-1, 3)
        chi2, n = chi2 + np.sum((e / sigma) ** 2, axis=0), n + len(t)
    low, high = stats.chi2.interval(1.0 - BAND, n)
    assert np.all((low < chi2) & (chi2 < high))


@pytest.mark.parametrize("left_out", range(6))
def test_each_lasting_error_left_out_of_the_model_is_seen(left_out):
    """Range, azimuth, elevation, clock, troposphere, ionosphere."""
    total, n = joint(left_out, 25, WELL_SET if left_out == 4 else RADAR)
    assert total > stats.chi2.isf(1e-6, n)


def test_light_time_left_out_is_seen():
    t, z, sigma = looks(np.zeros(6))
    x = propagate(0.0, COAST_X, 0.0, t)
    still, _ = range_azimuth_elevation(x[:, :3], np.zeros((len(t), 3)), np.tile(RADAR.r_ecef, (len(t), 1)))
    strong = residual(z, still).reshape(-1, 3)[:, 0] / sigma[:, 0]
    assert np.sum(strong**2) > stats.chi2.isf(1e-6, len(t))


def range_chi2(radar, residual_m=0.0, uncorrected=False, runs=20):
    """Over runs without fixed errors: the sum of squared range errors over the declared variance less a
    residual's, and how many they are; with the coupling's shift put back in where it is not corrected."""
    s = radar.site
    ahead = s.frequency_hz * s.pulse_s / s.bandwidth_hz
    total, n = 0.0, 0
    for seed in range(runs):
        t, z, sigma = looks(np.zeros(6), seed, radar)
        h, _ = expected(t)
        e = z[:, 0] - h[:, 0]
        if uncorrected:
            e += ahead * np.gradient(h[:, 0], t)
        total, n = total + np.sum(e**2 / (sigma[:, 0] ** 2 - residual_m**2)), n + len(t)
    return total, n


def test_the_chirp_s_coupling_left_out_is_seen():
    """A radar that corrects by a range rate good to 10 m/s: 39 m are left of 3.9 s, beside 10 m of noise."""
    radar = replace(RADAR, site=replace(SITE, coupling_rate_m_s=10.0))
    left = 10.0 * 155e6 * 8e-3 / 316e3
    assert radar.beam.coupling_m == pytest.approx(left)
    assert RADAR.beam.coupling_m == 0.0  # declared corrected, as the catalogue says
    total, n = range_chi2(radar)
    low, high = stats.chi2.interval(1.0 - BAND, n)
    assert low < total < high
    # What is left, left out of the model; and the shift itself, 20 km, not taken off.
    assert range_chi2(radar, residual_m=left)[0] > stats.chi2.isf(1e-6, n)
    assert range_chi2(radar, uncorrected=True)[0] > 1e3 * n


def test_range_is_half_of_the_exact_way_there_and_back():
    """An echo so strong that nothing else is left of the noise: the way back alone would be metres off."""
    loud = replace(SITE, reference_snr_db=120.0, revisit_s=30.0)
    clear = replace(RADAR, site=loud, accuracy=replace(ACCURACY, range_floor=0.0), refraction=False)
    t, z, sigma = looks(np.zeros(6), 1, clear)
    e = z[:, 0] - exact_two_way(t, RADAR.r_ecef)[0]
    assert np.all(sigma[:, 0] < 0.05)
    assert np.all(np.abs(e) < 5.0 * sigma[:, 0] + 1e-3)


def test_the_air_bends_the_first_look_to_an_earlier_time():
    straight = replace(RADAR, refraction=False)
    first = [
        next(s.t for s in r.scans((coast(),), 0.0, T1, np.zeros(6), "x", np.random.default_rng(1)) if len(s))
        for r in (RADAR, straight)
    ]
    assert 3.0 < first[1] - first[0] < 30.0


def group(count, apart_m, rcs=1.0):
    """Bodies at rest one behind the other, 2,000 km from the radar."""
    look = np.array([[2e6 + apart_m * k, np.radians(SITE.boresight_deg), 0.4] for k in range(count)])
    r = position_from_radar(look, np.tile(RADAR.r_ecef, (count, 1)))
    return tuple(at_rest(p, -1.0, 700.0, rcs=rcs) for p in r)


@pytest.mark.parametrize(("apart_m", "looks_each"), [(100.0, 1), (5000.0, 3)])
def test_bodies_in_one_cell_are_one_look(apart_m, looks_each):
    scans = RADAR.scans(group(3, apart_m), 0.0, 600.0, np.zeros(6), "x", np.random.default_rng(2))
    count = np.array([len(s) for s in scans])
    assert np.mean(count == looks_each) > 0.9
    assert np.max(count) <= looks_each


def test_what_there_is_no_room_for_is_told():
    few = replace(RADAR, site=replace(SITE, capacity=4))
    scans = few.scans(group(10, 5000.0), 0.0, 600.0, np.zeros(6), "x", np.random.default_rng(3))
    assert max(len(s) for s in scans) <= 4
    assert np.median([s.shed for s in scans[5:]]) == 6
