"""Whether two local tracks are one object."""

import numpy as np
import pytest

from tests.estimate.scenes import (
    BURNOUT,
    INV_BETA,
    LAUNCH,
    RADARS,
    SATELLITES,
    SITES,
    T_BURNOUT,
    TELESCOPES,
    radar_looks,
    template,
    truth,
)
from tocsin.estimate.ballistic import Gaussian
from tocsin.motion.thrust import ascend
from tocsin.sensor.measurement import focal_angles, range_azimuth_elevation
from tocsin.track.correlate import agree, explains
from tocsin.track.local import LocalTracks

CHANNELS = (*TELESCOPES, *RADARS)
PLACES = np.array([*SATELLITES, *SITES])


def seen(channel, states, t):
    """A well-established local track of one channel on a body with these states (2, 6) at t and t + 1."""
    equation = focal_angles if CHANNELS[channel].telescope else range_azimuth_elevation
    z = equation(states[:, :3], states[:, 3:], np.tile(PLACES[channel], (2, 1)))[0]
    m = z.shape[1]
    x, P = np.zeros((1, 3, 3)), np.zeros((1, 3, 3, 3))
    x[0, :m, 0], x[0, :m, 1] = z[0], z[1] - z[0]
    P[0, :, 0, 0] = np.array([30e-6, 30e-6, 1.0]) ** 2 if m == 2 else np.array([30.0, 1e-3, 1e-3]) ** 2
    one = np.ones(1, np.int64)
    times = np.full(1, float(t))
    return LocalTracks(
        id=one, channel=channel * one, t=times, x=x, P=P, llr=times, hits=9 * one, misses=0 * one,
        first_t=times - 60.0, last_t=times, confirmed=one > 0, owner=-one,
    )  # fmt: skip


def pair(a, b):
    return LocalTracks(**{n: np.concatenate([getattr(a, n), getattr(b, n)]) for n in LocalTracks.__slots__})


def answer(a, states_a, b, states_b, dt=0.0):
    both = pair(seen(a, states_a, 1000.0), seen(b, states_b, 1000.0 + dt))
    return agree(both, 0, 1, CHANNELS, PLACES[a], PLACES[b])


def rising(azimuth=0.2, t=100.0):
    return ascend(template().rocket, LAUNCH, azimuth, 0.8, 187.0, np.array([t, t + 1.0]), 0.25)


FREE = truth(np.array([1000.0, 1001.0]))


def test_two_telescopes_on_one_plume_and_on_two():
    assert answer(0, rising(), 1, rising())
    north = rising()
    north[:, :3] += 150e3 * np.array([0.3, 0.9, 0.3]) / np.linalg.norm([0.3, 0.9, 0.3])
    assert not answer(0, rising(), 1, north)


def test_two_radars_on_one_body_and_on_two():
    assert answer(2, FREE, 3, FREE)
    other = FREE.copy()
    other[:, :3] += np.array([0.0, 300e3, 0.0])
    assert not answer(2, FREE, 3, other)


def test_a_radar_and_a_telescope():
    assert answer(0, FREE, 2, FREE)
    assert answer(2, FREE, 0, FREE)
    side = FREE.copy()
    side[:, :3] += (
        200e3 * np.cross(FREE[0, :3], SATELLITES[0]) / np.linalg.norm(np.cross(FREE[0, :3], SATELLITES[0]))
    )
    assert not answer(0, side, 2, FREE)


def test_tracks_a_few_seconds_apart_are_brought_to_one_time():
    later = truth(np.array([1006.0, 1007.0]))
    assert answer(2, FREE, 3, later, dt=6.0)
    assert answer(2, FREE, 3, later, dt=16.0) is None


def test_one_sensor_does_not_agree_with_itself():
    assert answer(2, FREE, 2, FREE) is None


def held(push=0.0):
    x = BURNOUT + push * np.array([0.0, 0.0, 0.0, 1.0, -1.0, 0.5])
    return Gaussian(T_BURNOUT, x, np.diag([1e3, 1e3, 1e3, 30.0, 30.0, 30.0]) ** 2)


@pytest.mark.parametrize(("push", "same"), [(0.0, True), (20.0, True), (600.0, False)])
def test_an_arc_explains_a_radars_looks_or_not(push, same):
    looks = radar_looks(0, 820.0 + 7.0 * np.arange(12), np.random.default_rng(2))
    assert explains(looks, RADARS, held(push), INV_BETA) is same


def test_two_looks_are_not_enough_to_judge():
    looks = radar_looks(0, 820.0 + 7.0 * np.arange(2), np.random.default_rng(2))
    assert explains(looks, RADARS, held(), INV_BETA) is None
