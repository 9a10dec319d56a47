"""The telescope: what it may see, the noise and the fixed error of its lines, false looks on the disc."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from tests.sensor.scenes import at_rest, retarded
from tocsin.catalogue import network
from tocsin.earth.constants import R_EQ
from tocsin.earth.ellipsoid import ecef_from_geodetic, geodetic_from_ecef
from tocsin.earth.time import tai_from_utc
from tocsin.motion.orbit import satellite_states
from tocsin.motion.path import Path
from tocsin.sensor.measurement import focal_angles, line_of_sight
from tocsin.sensor.telescope import Telescope

T0 = tai_from_utc("2017-07-04T00:40:00Z")
LAUNCH = np.radians([39.87, 125.27])
SATELLITE, ELEMENTS = network("2017-07-04").satellites[0]
CLEAN = Telescope(replace(SATELLITE, false_looks_per_frame=0.0, detection_probability=1.0), ELEMENTS)
BURNOUT_S = 119.95
BAND = 0.001


def climb() -> Path:
    """Straight up at 25 m/s2 until 119.95 s, then on without an engine."""
    t = np.union1d(np.linspace(0.0, 200.0, 801), [BURNOUT_S])
    burnt = np.maximum(t - BURNOUT_S, 0.0)
    h = 12.5 * np.minimum(t, BURNOUT_S) ** 2 + 25.0 * BURNOUT_S * burnt
    v = 25.0 * np.minimum(t, BURNOUT_S)
    up = np.array(
        [np.cos(LAUNCH[0]) * np.cos(LAUNCH[1]), np.cos(LAUNCH[0]) * np.sin(LAUNCH[1]), np.sin(LAUNCH[0])]
    )
    r = ecef_from_geodetic(LAUNCH[0], LAUNCH[1], h)
    return Path("climb", T0 + t, r, v[:, None] * up, (t < BURNOUT_S - 1e-9).astype(float), 1.0)


CLIMB = climb()


def scans_of(telescope, seed=0, bias=(0.0, 0.0), paths=(CLIMB,), length=200.0):
    return telescope.scans(paths, T0, T0 + length, np.array(bias), "simulated", np.random.default_rng(seed))


def test_nothing_below_the_cloud_tops_and_all_above():
    seen = np.array([s.t for s in scans_of(CLEAN) if len(s)])
    r_s = np.array([s.r_ecef for s in scans_of(CLEAN) if len(s)])
    emitted, _ = retarded(CLIMB, seen, r_s)
    height = geodetic_from_ecef(CLIMB.position(emitted))[2]
    assert height.min() >= SATELLITE.cloud_height_m
    # 10 km is passed at 28.28 s; the light takes another 0.13 s.
    assert seen[0] == T0 + 29.0
    np.testing.assert_array_equal(np.diff(seen), 1.0)


def test_nothing_after_burnout():
    last = max(s.t for s in scans_of(CLEAN) if len(s))
    r_s = next(s.r_ecef for s in scans_of(CLEAN) if s.t == last)
    emitted, _ = retarded(CLIMB, np.array([last, last + 1.0]), np.tile(r_s, (2, 1)))
    assert emitted[0] < T0 + BURNOUT_S < emitted[1]
    # The engine is out when the last light arrives: it had left an eighth of a second before.
    assert last == T0 + 120.0
    assert last - emitted[0] == pytest.approx(0.115, abs=0.005)


def test_the_looks_are_the_lines_of_sight_with_white_noise_of_the_stated_sigma():
    scans = scans_of(CLEAN, seed=4, paths=(CLIMB,) * 30)
    chi2, n = 0.0, 0
    for s in scans:
        if len(s):
            _, r = retarded(CLIMB, np.array([s.t]), s.r_ecef[None])
            # `r` is where the light left, in the axes of reception: no velocity, and no turn to undo.
            u = line_of_sight(s.values, np.tile(s.r_ecef, (len(s), 1)))
            d = (r[0] - s.r_ecef) / np.linalg.norm(r[0] - s.r_ecef)
            chi2 += np.sum((np.linalg.norm(np.cross(u, d), axis=1) / s.sigmas[:, 0]) ** 2)
            n += 2 * len(s)
    low, high = stats.chi2.interval(1.0 - BAND, n)
    assert n > 4000
    assert low < chi2 < high
    assert {float(v) for s in scans for v in s.sigmas.ravel()} == {50e-6}


def test_the_fixed_error_is_one_for_the_run():
    quiet = Telescope(replace(SATELLITE, false_looks_per_frame=0.0, noise_rad=1e-12), ELEMENTS)
    bias = np.array([31e-6, -17e-6])
    for with_bias, without in zip(scans_of(quiet, 7, bias), scans_of(quiet, 7), strict=True):
        if len(without):
            np.testing.assert_allclose(with_bias.values - without.values, bias[None], rtol=0, atol=1e-11)


def test_fixed_errors_are_drawn_anew_from_their_prior():
    drawn = np.array([CLEAN.draw_bias(np.random.default_rng(seed)) for seed in range(500)]) / 20e-6
    low, high = stats.chi2.interval(1.0 - BAND, drawn.size)
    assert low < np.sum(drawn**2) < high
    assert len(np.unique(drawn)) == drawn.size
    np.testing.assert_array_equal(CLEAN.bias_sigma, [20e-6, 20e-6])


def test_detection_probability():
    half = Telescope(replace(SATELLITE, false_looks_per_frame=0.0, detection_probability=0.6), ELEMENTS)
    expected = sum(len(s) for s in scans_of(CLEAN, paths=(CLIMB,) * 60))
    found = sum(len(s) for s in scans_of(half, 3, paths=(CLIMB,) * 60))
    low, high = stats.binom.interval(1.0 - BAND, expected, 0.6)
    assert low < found < high


def test_false_looks_are_poisson_on_the_disc_of_the_earth():
    telescope = Telescope(replace(SATELLITE, false_looks_per_frame=0.4), ELEMENTS)
    scans = scans_of(telescope, 5, paths=(), length=5000.0)
    counts = np.array([len(s) for s in scans])
    low, high = stats.poisson.interval(1.0 - BAND, 0.4 * len(counts))
    assert low < counts.sum() < high
    low, high = stats.chi2.interval(1.0 - BAND, len(counts) - 1)
    assert low < np.sum((counts - counts.mean()) ** 2) / counts.mean() < high
    # Uniform on the disc: the square of the angle over that of the limb is uniform between 0 and 1.
    limb = np.concatenate([np.full(len(s), np.arcsin(R_EQ / np.linalg.norm(s.r_ecef))) for s in scans])
    share = np.sum(np.concatenate([s.values for s in scans]) ** 2, axis=1) / limb**2
    assert stats.kstest(share, "uniform").pvalue > BAND


@pytest.mark.parametrize(("elevation_deg", "seen"), [(5.5, True), (4.5, False), (-10.0, False), (80.0, True)])
def test_an_engine_must_stand_above_the_limb_by_5_deg(elevation_deg, seen):
    up = np.array([0.6, 0.0, 0.8])
    level = np.array([0.8, 0.0, -0.6])
    a = np.radians(elevation_deg)
    lat = np.arctan2(up[2], up[0])  # a place whose geodetic normal is `up`
    r = ecef_from_geodetic(lat, 0.0, 50e3)
    r_satellite = r + 4e7 * (np.sin(a) * up + np.cos(a) * level)
    assert CLEAN.sees(r[None], r_satellite[None]).tolist() == [seen]


def test_looks_only_from_above_the_least_altitude():
    r = ecef_from_geodetic(0.9, 0.3, 50e3)
    up = r / np.linalg.norm(r)
    assert CLEAN.sees(r[None], (R_EQ + 15.1e6) * up[None]).tolist() == [True]
    assert CLEAN.sees(r[None], (R_EQ + 14.9e6) * up[None]).tolist() == [False]


def test_frames_and_where_the_satellite_is():
    scans = scans_of(replace(CLEAN, phase_s=0.3), paths=(), length=10.0)
    np.testing.assert_allclose([s.t - T0 for s in scans], np.arange(1.3, 10.0), atol=1e-6)
    r, _ = satellite_states(ELEMENTS, np.array([s.t for s in scans]))
    np.testing.assert_array_equal([s.r_ecef for s in scans], r)
    assert {len(s) for s in scans} == {0}


def test_a_body_that_does_not_burn_is_not_seen():
    cold = at_rest(ecef_from_geodetic(*LAUNCH, 60e3), T0 - 1.0, T0 + 30.0, power=0.0)
    hot = at_rest(ecef_from_geodetic(*LAUNCH, 60e3), T0 - 1.0, T0 + 30.0, power=1.0)
    assert sum(len(s) for s in scans_of(CLEAN, paths=(cold,), length=20.0)) == 0
    assert sum(len(s) for s in scans_of(CLEAN, paths=(hot,), length=20.0)) == 20


def test_line_of_sight_of_a_look_at_the_light_time_corrected_place():
    """The sensor's own angles are what the estimator's equation expects of the same body."""
    quiet = Telescope(replace(SATELLITE, false_looks_per_frame=0.0, noise_rad=1e-12), ELEMENTS)
    for s in scans_of(quiet)[40:110:10]:
        at = np.array([s.t])
        r, h = CLIMB.position(at), 1e-3
        v = (CLIMB.position(at + h) - CLIMB.position(at - h)) / (2 * h)
        model = focal_angles(r, v, s.r_ecef[None])[0]
        # Thrust bends the path within the light time by a tau2 / 2: 0.2 m, 6 nanoradians.
        np.testing.assert_allclose(s.values, model, rtol=0, atol=2e-8)
