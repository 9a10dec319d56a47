"""The stand-in for the world: one seed, one set of scans, and no sensor disturbs another."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from tests.sensor.scenes import retarded
from tocsin.catalogue import event, network_of
from tocsin.sensor.infrared.detector import DETECTOR
from tocsin.sensor.infrared.pointing import POINTING
from tocsin.sensor.measurement import line_of_sight
from tocsin.simulate.world import AFTER_END_S, generator, sensors, simulate

EVENT = event("hwasong-14-2017-07-04")
NETWORK = network_of(EVENT.network, EVENT.start_utc)
FEW = replace(NETWORK, radars=tuple(r for r in NETWORK.radars if r.key in ("MIS1", "YIY1", "HYP-HUA")))


def same(a, b):
    """Whether two scans are the same to the bit."""
    arrays = ("r_ecef", "t_look", "values", "sigmas", "snr")
    words = ("sensor", "kind", "origin", "t")
    return all(getattr(a, w) == getattr(b, w) for w in words) and all(
        np.array_equal(getattr(a, n), getattr(b, n)) for n in arrays
    )


@pytest.fixture(scope="module")
def whole():
    return simulate(EVENT, FEW, 5)


def test_the_same_seed_gives_the_same_scans(whole):
    again = simulate(EVENT, FEW, 5)
    assert len(again.scans) == len(whole.scans)
    assert all(same(a, b) for a, b in zip(whole.scans, again.scans, strict=True))
    np.testing.assert_array_equal(again.flights[0].path.r_ecef, whole.flights[0].path.r_ecef)


def test_another_seed_gives_others(whole):
    other = simulate(EVENT, FEW, 6)
    assert not np.array_equal(other.flights[0].path.r_ecef, whole.flights[0].path.r_ecef)
    values = [np.concatenate([s.values for s in w.scans if s.sensor == "MIS1"]) for w in (whole, other)]
    assert values[0].shape != values[1].shape or not np.any(values[0] == values[1])


@pytest.mark.parametrize("gone", ["MIS1", "HYP-HUA", "cosmos-2510"])
def test_taking_one_sensor_away_leaves_the_others_scans_alone(whole, gone):
    fewer = replace(
        FEW,
        radars=tuple(r for r in FEW.radars if r.key != gone),
        satellites=tuple(s for s in FEW.satellites if s[0].key != gone),
    )
    left = simulate(EVENT, fewer, 5).scans
    kept = [s for s in whole.scans if s.sensor != gone]
    assert len(kept) < len(whole.scans)
    assert len(kept) == len(left)
    assert all(same(a, b) for a, b in zip(kept, left, strict=True))


def test_a_second_flight_leaves_the_first_one_alone(whole):
    two = replace(
        EVENT, flights=(EVENT.flights[0], replace(EVENT.flights[0], launch_s=60.0, bearing_deg=80.0))
    )
    both = simulate(two, replace(FEW, radars=()), 5)
    first, second = both.flights
    np.testing.assert_array_equal(first.path.r_ecef, whole.flights[0].path.r_ecef)
    assert second.t_launch == first.t_launch + 60.0
    assert max(len(s) for s in both.scans) >= 2


def test_scans_come_in_order_from_every_sensor_until_after_the_impact(whole):
    order = [(s.t, s.sensor) for s in whole.scans]
    assert order == sorted(order)
    assert {s.sensor for s in whole.scans} == {s.key for s in sensors(FEW)}
    assert {s.origin for s in whole.scans} == {"simulated"}
    impact = whole.flights[0].t_impact
    for sensor in sensors(FEW):
        t = [s.t for s in whole.scans if s.sensor == sensor.key]
        assert EVENT.start_t_tai <= t[0] <= EVENT.start_t_tai + sensor.frame_s
        assert impact < t[-1] <= impact + AFTER_END_S
        np.testing.assert_allclose(np.diff(t), sensor.frame_s, atol=1e-6)


def test_every_true_look_is_of_the_flight(whole):
    """Noise and fixed error of the telescopes' looks: one bias a run, drawn from its prior."""
    path = whole.flights[0].path
    for satellite, _ in FEW.satellites:
        scans = [s for s in whole.scans if s.sensor == satellite.key and len(s)]
        t = np.array([s.t for s in scans])
        r_s = np.array([s.r_ecef for s in scans])
        _, r = retarded(path, t, r_s)
        off = []
        for scan, place, origin in zip(scans, r, r_s, strict=True):
            d = (place - origin) / np.linalg.norm(place - origin)
            u = line_of_sight(scan.values, np.tile(origin, (len(scan), 1)))
            nearest = np.argmin(np.linalg.norm(u - d, axis=1))
            off.append((u - d)[nearest] if np.linalg.norm(u[nearest] - d) < 1e-3 else np.full(3, np.nan))
        off = np.array(off)
        off = off[np.isfinite(off[:, 0])]
        assert len(off) > 220
        # Bias, drift and jitter are common to the looks, and a plume's middle lies up to 2 km behind.
        assert np.max(np.linalg.norm(off, axis=1)) < 5.0 * np.hypot(POINTING.bias_rad, 2e3 / 3.6e7)
        steps = np.diff(off, axis=0)
        assert np.sqrt(np.mean(steps**2)) < 2.0 * DETECTOR.noise_rad


def test_fixed_errors_differ_between_runs():
    drawn = [sensors(FEW)[0].draw_bias(generator(seed, "sensor cosmos-2510")) for seed in range(60)]
    chi2 = np.sum((np.array(drawn) / sensors(FEW)[0].bias_sigma) ** 2)
    low, high = stats.chi2.interval(0.999, 180)
    assert low < chi2 < high


def test_a_stream_for_each_purpose():
    a = generator(5, "sensor MIS1").random(4)
    np.testing.assert_array_equal(a, generator(5, "sensor MIS1").random(4))
    for other in (generator(5, "sensor MIS2"), generator(6, "sensor MIS1"), generator(5, "flight 0")):
        assert not np.any(a == other.random(4))
