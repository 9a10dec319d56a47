"""The telescope: what it may see, the noise and the fixed error of its lines, false looks on the disc."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from tests.sensor.climb import (
    BAND,
    BURNOUT_S,
    CLEAN,
    CLIMB,
    ELEMENTS,
    FAINT,
    LAUNCH,
    QUIET,
    SATELLITE,
    STEADY,
    T0,
    scans_of,
)
from tests.sensor.climb import BRIGHT as HOT
from tests.sensor.scenes import at_rest, retarded
from tocsin.earth.bodies import sun_ecef
from tocsin.earth.constants import R_EQ
from tocsin.earth.ellipsoid import ecef_from_geodetic, geodetic_from_ecef
from tocsin.motion.orbit import satellite_states
from tocsin.sensor.infrared.cover import CloudCover, even_cover
from tocsin.sensor.infrared.detector import DETECTOR, detection_probability
from tocsin.sensor.infrared.sunfield import SunLimits
from tocsin.sensor.light import Seen
from tocsin.sensor.measurement import focal_angles, line_of_sight
from tocsin.sensor.telescope import Telescope


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
    sigmas = np.concatenate([s.sigmas for s in scans])
    assert np.all((sigmas >= DETECTOR.floor_rad) & (sigmas[:, :1] == sigmas))


def test_the_fixed_error_is_one_for_the_run():
    bias = np.array([31e-6, -17e-6, 0.0])
    for with_bias, without in zip(scans_of(QUIET, 7, bias), scans_of(QUIET, 7), strict=True):
        if len(without):
            np.testing.assert_allclose(with_bias.values - without.values, bias[None, :2], rtol=0, atol=1e-11)


def test_fixed_errors_are_drawn_anew_from_their_prior():
    priors = np.array([20e-6, 20e-6, SATELLITE.clock_s])
    drawn = np.array([CLEAN.draw_bias(np.random.default_rng(seed)) for seed in range(500)]) / priors
    low, high = stats.chi2.interval(1.0 - BAND, drawn.size)
    assert low < np.sum(drawn**2) < high
    assert len(np.unique(drawn)) == drawn.size
    np.testing.assert_array_equal(CLEAN.bias_sigma, priors)


def test_looks_are_had_as_often_as_signal_and_threshold_say():
    """A faint body, of two to eight times the noise: counted against the sum of each frame's probability."""
    r = ecef_from_geodetic(*LAUNCH, 60e3)
    faint = replace(at_rest(r, T0 - 1.0, T0 + 200.0), power=np.full(2, FAINT))
    scans = scans_of(CLEAN, 3, paths=(faint,) * 600)
    k = len(scans)
    light = Seen(
        np.zeros(k, dtype=np.int64), np.arange(k), np.zeros(k), np.tile(r, (k, 1)), np.zeros((k, 3)),
        np.full(k, FAINT),
    )  # fmt: skip
    amplitude = CLEAN.amplitude(
        light, np.array([s.r_ecef for s in scans]), np.tile(sun_ecef([T0])[0], (k, 1))
    )
    p = detection_probability(amplitude)
    assert 600 * k > 1e5
    assert 0.02 < p.mean() < 0.98
    found, spread = sum(len(s) for s in scans), np.sqrt(600 * np.sum(p * (1 - p)))
    assert abs(found - 600 * p.sum()) < stats.norm.isf(BAND / 2) * spread


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


@pytest.mark.parametrize(
    ("elevation_deg", "seen"), [(80.0, True), (5.0, True), (-1.0, True), (-10.0, False), (-80.0, False)]
)
def test_the_earth_must_not_be_between(elevation_deg, seen):
    """From 50 km up a line of sight may dip by some degrees and graze the limb against dark space."""
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
    hot = at_rest(ecef_from_geodetic(*LAUNCH, 60e3), T0 - 1.0, T0 + 30.0, power=HOT)
    assert sum(len(s) for s in scans_of(CLEAN, paths=(cold,), length=20.0)) == 0
    assert sum(len(s) for s in scans_of(CLEAN, paths=(hot,), length=20.0)) == 20


def test_line_of_sight_of_a_look_at_the_light_time_corrected_place():
    """The sensor's own angles are what the estimator's equation expects of the same body."""
    for s in scans_of(QUIET)[40:110:10]:
        at = np.array([s.t])
        r, h = CLIMB.position(at), 1e-3
        v = (CLIMB.position(at + h) - CLIMB.position(at - h)) / (2 * h)
        model = focal_angles(r, v, s.r_ecef[None])[0]
        # Thrust bends the path within the light time by a tau2 / 2: 0.2 m, 6 nanoradians.
        np.testing.assert_allclose(s.values, model, rtol=0, atol=2e-8)


def test_light_time_left_out_is_seen():
    for s in scans_of(QUIET)[60:110:10]:
        at = np.array([s.t])
        still = focal_angles(CLIMB.position(at), np.zeros((1, 3)), s.r_ecef[None])[0]
        assert np.max(np.abs(s.values - still)) > 1e-6


def test_a_clock_that_is_fast_stamps_the_past():
    late = scans_of(QUIET, bias=(0.0, 0.0, 0.25))
    early = Telescope(QUIET.satellite, ELEMENTS, -0.25, QUIET.detector, STEADY)
    for a, b in zip(late[50:100], scans_of(early)[50:100], strict=True):
        assert a.t == pytest.approx(b.t + 0.25, abs=1e-6)
        np.testing.assert_allclose(a.values, b.values, rtol=0, atol=1e-9)


def test_with_the_sun_beside_the_earth_a_frame_is_blind_and_says_so():
    """A field so wide that the Sun is in it; hidden behind the Earth it does no harm."""
    wide = replace(CLEAN, sun_limits=SunLimits(exclusion=np.pi - 1e-6, near=np.pi))
    scans = scans_of(wide, length=50.0)
    assert {(s.blind, len(s)) for s in scans} == {(True, 0)}
    assert {s.blind for s in scans_of(CLEAN, length=50.0)} == {False}
    assert any(len(s) for s in scans_of(CLEAN, length=50.0))


def test_below_a_cloud_s_top_nothing_is_seen_and_the_top_is_that_of_its_own_place():
    """The body climbs in one cell: covered up to 30 km it hides the body so far, whatever the others."""
    tops = np.zeros((90, 180))
    tops[64, 62] = 30e3  # 38 to 40 deg N, 124 to 126 deg E
    for cover, height in ((CloudCover(tops), 30e3), (CloudCover(30e3 - tops), 0.0), (even_cover(20e3), 20e3)):
        scans = scans_of(replace(CLEAN, clouds=cover))
        seen = np.array([s.t for s in scans if len(s)])
        r_s = np.array([s.r_ecef for s in scans if len(s)])
        emitted, _ = retarded(CLIMB, seen, r_s)
        lowest = geodetic_from_ecef(CLIMB.position(emitted))[2].min()
        # A frame passes in less than 1.5 km of climb; in clear sky the air alone hides it, up to some 6 km.
        assert height <= lowest < (8e3 if height == 0.0 else height + 1.5e3)
