"""Local tracks among false looks: nothing out of clutter, a real body soon, two bodies kept apart."""

import numpy as np
import pytest

from tests.track.scenes import coasting, radar
from tocsin.catalogue import network
from tocsin.earth.time import tai_from_utc
from tocsin.motion.path import Path
from tocsin.sensor.measurement import position_from_radar, range_azimuth_elevation
from tocsin.sensor.telescope import Telescope
from tocsin.track.follow import follow
from tocsin.track.local import no_tracks
from tocsin.track.score import SequentialTest

TEST = SequentialTest()


def fold(sensor, scans, density=None):
    """Local tracks after each scan, with the labels of its looks."""
    tracks, next_id, out = no_tracks(), 0, []
    for scan in scans:
        tracks, label = follow(
            tracks, scan, 0, sensor.detection, density or sensor.false_density, TEST, next_id
        )
        next_id = max(next_id, int(label.max(initial=-1)) + 1)
        out.append((scan, tracks, label))
    return out


def test_the_limits_of_the_sequential_test():
    # Wald: confirm at ln((1 - b) / a), drop at ln(b / (1 - a)).
    test = SequentialTest(false_confirm=1e-3, miss=0.05)
    assert test.upper == pytest.approx(np.log(0.95 / 1e-3))
    assert test.lower == pytest.approx(np.log(0.05 / 0.999))
    assert TEST.upper > test.upper


@pytest.mark.parametrize("key", ["LEK", "ARM1"])
def test_ten_thousand_frames_of_false_looks_confirm_nothing(key):
    sensor = radar(key, false_looks_per_scan=0.3)
    scans = sensor.scans((), 0.0, 10_000 * sensor.frame_s, np.zeros(6), "simulated", np.random.default_rng(1))
    assert len(scans) >= 10_000
    assert sum(len(s) for s in scans) > 2500
    assert not any(tracks.confirmed.any() for _, tracks, _ in fold(sensor, scans))


def test_ten_thousand_frames_of_a_telescopes_false_looks_confirm_nothing():
    sensor = Telescope(*network("2017-07-04").satellites[0])
    t0 = tai_from_utc("2017-07-04T00:40:00Z")
    scans = sensor.scans((), t0, t0 + 10_000.0, np.zeros(3), "simulated", np.random.default_rng(2))
    assert len(scans) >= 9_999
    assert sum(len(s) for s in scans) > 100
    assert not any(tracks.confirmed.any() for _, tracks, _ in fold(sensor, scans))


def test_a_crowd_of_false_looks_is_dropped_again():
    sensor = radar(false_looks_per_scan=20.0)
    scans = sensor.scans((), 0.0, 300 * sensor.frame_s, np.zeros(6), "simulated", np.random.default_rng(3))
    told = fold(sensor, scans)
    assert not any(tracks.confirmed.any() for _, tracks, _ in told)
    # Each lives for two frames unless another happens to fall into its gate.
    assert max(len(tracks) for _, tracks, _ in told) < 120


@pytest.mark.parametrize("seed", range(8))
def test_a_body_is_confirmed_within_eight_frames(seed):
    sensor = radar(false_looks_per_scan=1.0)
    path = coasting()
    rng = np.random.default_rng(seed)
    scans = sensor.scans((path,), 0.0, 399.0, sensor.draw_bias(rng), "simulated", rng)
    told = fold(sensor, scans)
    first = next(k for k, (_, tracks, _) in enumerate(told) if tracks.confirmed.any())
    assert first < 8
    _, tracks, _ = told[-1]
    assert tracks.confirmed.sum() == 1
    row = int(np.flatnonzero(tracks.confirmed)[0])
    assert tracks.hits[row] > 0.7 * len(scans)
    assert tracks.first_t[row] < scans[5].t
    # It says where the body is.
    r = path.position(tracks.t[row : row + 1])
    true = range_azimuth_elevation(r, np.zeros((1, 3)), sensor.r_ecef[None])[0][0]
    off = tracks.x[row, :, 0] - true
    assert np.all(
        np.abs(off) < 6.0 * np.hypot(np.sqrt(tracks.P[row, :, 0, 0]), sensor.bias_sigma[:3]) + [2e3, 0, 0]
    )


@pytest.mark.parametrize("key", ["LEK", "ARM1"])
@pytest.mark.parametrize("seed", range(5))
def test_two_bodies_50_km_apart_keep_their_names(seed, key):
    sensor = radar(
        key, lat_deg=60.3, lon_deg=30.55, az_start_deg=245.0, az_end_deg=355.0, false_looks_per_scan=1.0
    )
    paths = (coasting(), coasting(50e3))
    rng = np.random.default_rng(seed)
    bias = sensor.draw_bias(rng)
    scans = sensor.scans(paths, 0.0, 399.0, bias, "simulated", rng)
    names = [[], []]
    for scan, _, label in fold(sensor, scans):
        for k, path in enumerate(paths):
            r = path.position(np.array([scan.t]))
            true = range_azimuth_elevation(r, np.zeros((1, 3)), sensor.r_ecef[None])[0][0] + bias[:3]
            for z, sigma, name in zip(scan.values, scan.sigmas, label, strict=True):
                if np.all(np.abs(z - true) < 4.5 * sigma + [200.0, 1e-5, 1e-5]):
                    names[k].append(int(name))
    for mine, others in (names, names[::-1]):
        assert len(mine) > 50
        own = max(set(mine), key=mine.count)
        assert mine.count(own) > 0.95 * len(mine)
        assert own not in others


def test_a_body_that_crosses_north_is_one_track():
    sensor = radar(false_looks_per_scan=0.0, az_start_deg=300.0, az_end_deg=60.0)
    t = np.arange(0.0, 301.0)
    look = np.stack([np.full(301, 2e6), np.radians(-6.0 + 0.04 * t), np.full(301, 0.4)], axis=1)
    r = position_from_radar(look, np.tile(sensor.r_ecef, (301, 1)))
    path = Path("across", t, r, np.gradient(r, axis=0), np.zeros(301), 1.0)
    rng = np.random.default_rng(9)
    told = fold(sensor, sensor.scans((path,), 0.0, 299.0, np.zeros(6), "simulated", rng))
    assert {int(name) for _, _, label in told for name in label} == {0}
    azimuths = np.array([tracks.x[0, 1, 0] for _, tracks, _ in told if len(tracks)])
    assert np.all((azimuths >= 0.0) & (azimuths < 2 * np.pi))
    assert azimuths.max() > 6.2
    assert azimuths.min() < 0.1


def test_an_empty_frame_counts_against_a_track():
    sensor = radar(false_looks_per_scan=0.0)
    rng = np.random.default_rng(5)
    scans = sensor.scans((coasting(length=200.0),), 0.0, 399.0, np.zeros(6), "simulated", rng)
    told = fold(sensor, scans)
    lengths = [len(tracks) for _, tracks, _ in told]
    last = max(s.t for s in scans if len(s))
    ended = next(s.t for (s, tracks, _), n in zip(told, lengths, strict=True) if s.t > last and n == 0)
    # Five misses are borne, the sixth ends it.
    assert ended == pytest.approx(last + 6 * sensor.frame_s)
    alive = [t for s, t, _ in told if last < s.t < ended]
    assert [int(t.misses[0]) for t in alive] == [1, 2, 3, 4, 5]
    assert len({float(t.llr[0]) for t in alive}) == 1  # what was earned is kept


def test_other_sensors_tracks_are_left_alone():
    sensor = radar(false_looks_per_scan=0.0)
    rng = np.random.default_rng(6)
    scans = sensor.scans((coasting(),), 0.0, 100.0, np.zeros(6), "simulated", rng)
    _, tracks, _ = fold(sensor, scans)[-1]
    after, label = follow(tracks, scans[-1], 1, 0.9, sensor.false_density, TEST, 50)
    np.testing.assert_array_equal(after.x[: len(tracks)], tracks.x)
    assert label.tolist() == [50] * len(scans[-1])
    nothing, label = follow(
        no_tracks(), sensor.scans((), 0.0, 8.0, np.zeros(6), "x", rng)[0], 0, 0.9, 1.0, TEST, 0
    )
    assert len(nothing) == len(label) == 0
