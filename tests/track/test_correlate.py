"""Whether two local tracks are one object."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.earth.frames import enu_from_ecef
from tocsin.estimate.ballistic import Gaussian
from tocsin.motion.thrust import ascend
from tocsin.sensor.measurement import focal_angles
from tocsin.track.correlate import agree, explains, squared_distance
from tocsin.track.hypotheses.radar_motion import seen_from
from tocsin.track.local import LocalTracks
from tocsin.track.sighted import Sighted, sighted

CHANNELS = (*TELESCOPES, *RADARS)
PLACES = np.array([*SATELLITES, *SITES])
STILL = np.zeros_like(PLACES)


def seen(channel, states, t):
    """A well-established local track of one channel on a body with these states (2, 6) at t and t + 1."""
    x, P = np.zeros((1, 6)), np.zeros((1, 6, 6))
    if CHANNELS[channel].telescope:
        z = focal_angles(states[:, :3], states[:, 3:], np.tile(PLACES[channel], (2, 1)))[0]
        x[0, [0, 3]], x[0, [1, 4]] = z[0], z[1] - z[0]
        P[0, [0, 3], [0, 3]], P[0, [1, 4], [1, 4]] = 30e-6**2, 2e-6**2
    else:
        lat, lon, _ = geodetic_from_ecef(PLACES[channel])
        enu = np.ascontiguousarray(enu_from_ecef(float(lat), float(lon)))
        seen_from(states[0], PLACES[channel], enu, np.empty((3, 3)), x[0])
        P[0] = np.diag([30.0, 1e-3, 1e-3, 5.0, 50.0, 50.0]) ** 2
    one = np.ones(1, np.int64)
    times = np.full(1, float(t))
    return LocalTracks(
        id=one, channel=channel * one, t=times, x=x, P=P, llr=times, hits=9 * one, first_t=times - 60.0,
        last_t=times, cell=-one,
    )  # fmt: skip


def answer(a, states_a, b, states_b, dt=0.0):
    own, other = seen(a, states_a, 1000.0), seen(b, states_b, 1000.0 + dt)
    r_sensor = PLACES
    apart = agree(
        sighted(own, 1000.0, CHANNELS, r_sensor, STILL), sighted(other, 1000.0, CHANNELS, r_sensor, STILL)
    )
    return bool(apart[0] <= 1.0)


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


def test_a_radars_track_of_one_of_a_group_is_within_the_groups_scatter():
    """A telescope's line is at the middle of a group, one of which a radar sees 18 km from it."""
    across = np.cross(FREE[0, :3], SATELLITES[0])
    member = FREE.copy()
    member[:, :3] += 18e3 * across / np.linalg.norm(across)
    line = seen(0, FREE, 1000.0)
    group = replace(line, P=line.P.copy())
    group.P[0, [0, 3], [0, 3]] += (10e3 / np.linalg.norm(SATELLITES[0] - FREE[0, :3])) ** 2
    own = sighted(seen(2, member, 1000.0), 1000.0, CHANNELS, PLACES, STILL)
    far = [agree(own, sighted(x, 1000.0, CHANNELS, PLACES, STILL))[0] for x in (line, group)]
    assert far[0] > 1.0 > far[1]


def test_a_satellites_own_motion_is_not_the_bodys():
    """Of a telescope that moves by 6 km/s the line to a body turns otherwise than that of one at rest."""
    moving = STILL.copy()
    east = np.cross([0.0, 0.0, 1.0], SATELLITES[0])
    moving[0] = 6000.0 * east / np.linalg.norm(east)
    z = [
        focal_angles(FREE[:1, :3] + k * FREE[:1, 3:], FREE[:1, 3:], (PLACES[0] + k * moving[0])[None])[0]
        for k in (0.0, 1.0)
    ]
    line = seen(0, FREE, 1000.0)
    line.x[0, [0, 3]], line.x[0, [1, 4]] = z[0][0], (z[1] - z[0])[0]
    line.P[0, [1, 4], [1, 4]] = 0.5e-6**2
    own = sighted(seen(2, FREE, 1000.0), 1000.0, CHANNELS, PLACES, STILL)
    own = replace(own, P=0.01 * own.P)
    far = [agree(own, sighted(line, 1000.0, CHANNELS, PLACES, v))[0] for v in (moving, STILL)]
    assert far[0] < 1.0 < far[1]


def test_of_covariances_that_are_none_nothing_is_near():
    S = np.array([[1.0, 2.0], [2.0, 1.0]])
    assert squared_distance(np.array([[1.0, -1.0]]), S[None])[0] == np.inf
    assert squared_distance(np.array([[1.0, -1.0]]), np.full((1, 2, 2), np.nan))[0] == np.inf


def moved(velocity):
    """The body in free flight, at the same places but that its velocity is another."""
    other = FREE.copy()
    other[:, 3:] += velocity
    other[1, :3] = other[0, :3] + other[0, 3:]
    return other


def test_at_one_place_what_moves_otherwise_is_another():
    """A launch in front of a body that passes behind it has its line, and not its rate."""
    across = np.cross(FREE[0, :3], SATELLITES[0])
    across *= 5000.0 / np.linalg.norm(across)
    assert not answer(0, moved(across), 2, FREE)
    assert answer(2, moved(0.002 * across), 3, FREE)
    assert not answer(2, moved(0.4 * across), 3, FREE)


def test_lines_that_meet_high_up_just_after_both_began_count_less():
    """Of two that miss by as little, that which would be higher than a plume gets is the less likely."""
    seen_at = [sighted(seen(c, rising(t=170.0), 1000.0), 1000.0, CHANNELS, PLACES, STILL) for c in (0, 1)]
    young = [replace(s, age=np.full(1, 5.0)) for s in seen_at]
    old, new = agree(*seen_at)[0], agree(*young)[0]
    assert old < 0.1
    assert 0.5 < new < 1.0


def test_tracks_a_few_seconds_apart_are_brought_to_one_time():
    later = truth(np.array([1006.0, 1007.0]))
    assert answer(2, FREE, 3, later, dt=6.0)
    # Without being brought there they would be as far apart as these.
    assert not answer(2, FREE, 3, truth(np.array([1040.0, 1041.0])), dt=0.0)
    assert answer(2, FREE, 3, truth(np.array([1012.0, 1013.0])), dt=12.0)


@given(st.integers(0, 10**6))
def test_many_at_once_are_what_each_is_alone(seed):
    """Each way round, since being one body is mutual."""
    rng = np.random.default_rng(seed)
    tracks, r_sensor = [], PLACES
    for c in range(len(CHANNELS)):
        body = (rising() if rng.random() < 0.5 else FREE).copy()
        body[:, :3] += rng.normal(0.0, 30e3, 3)
        tracks.append(sighted(seen(c, body, 1000.0), 1000.0, CHANNELS, r_sensor, STILL))
    whole = Sighted(*(np.concatenate([getattr(t, n) for t in tracks]) for n in Sighted.__slots__))
    table = np.array([agree(t, whole) for t in tracks])
    alone = np.array([[agree(t, u)[0] for u in tracks] for t in tracks])
    np.testing.assert_allclose(table, alone)
    off = ~np.eye(len(tracks), dtype=bool)
    np.testing.assert_allclose(table[off], table.T[off], rtol=1e-6)


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
