"""How something seems to move: fires stand still, plumes do not, echoes do not fall."""

import numpy as np
import pytest

from tocsin.assess.evidence.motion import motion_of, slower
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.estimate.looks import Looks
from tocsin.motion.ballistic import propagate
from tocsin.sensor.measurement import focal_values, range_azimuth_elevation

SIGMA = 20e-6
EYE = np.array([0.0, -2.0e7, 3.3e7])
EYE_V = np.array([1500.0, 900.0, -400.0])  # a satellite near its apogee moves so


def telescope(r, seconds=30.0, seed=1):
    """Looks at r(t) (n, 3), a frame each second, from a satellite that moves."""
    t = np.arange(0.0, seconds)
    eye = EYE + t[:, None] * EYE_V
    rng = np.random.default_rng(seed)
    z = focal_values(r(t), eye) + SIGMA * rng.standard_normal((len(t), 2))
    return Looks(
        t,
        np.zeros(len(t), np.int64),
        np.column_stack([z, np.zeros(len(t))]),
        np.full((len(t), 3), SIGMA),
        eye,
    )


PLACE = ecef_from_geodetic(np.radians(45.0), np.radians(-80.0), 3e3)
NORTH = np.array([0.0, 0.0, 1.0])


def standing(t):
    return np.broadcast_to(PLACE, (len(t), 3))


def moving(speed):
    return lambda t: PLACE + speed * t[:, None] * np.cross(PLACE / np.linalg.norm(PLACE), NORTH)


def test_a_fire_stands_still_to_a_satellite_that_moves():
    """40,000 km away at 20 microradians: 800 m a look, 16 m/s from 30 of them."""
    rates = np.array([motion_of(telescope(standing, seed=k), True).v for k in range(40)])
    sigma = motion_of(telescope(standing), True).sigma_v.mean()
    assert 10.0 < sigma < 30.0
    assert np.abs(rates.mean(axis=0)).max() < 4.0 * sigma / np.sqrt(40)
    assert 0.7 < rates.std() / sigma < 1.3


@pytest.mark.parametrize("speed", [300.0, 1000.0])
def test_a_plume_moves_by_its_speed_across_the_line(speed):
    found = motion_of(telescope(moving(speed)), True)
    assert 0.5 * speed < np.linalg.norm(found.v) < 1.05 * speed
    assert np.degrees(found.place) == pytest.approx((45.0, -80.0), abs=0.6)


def test_a_line_that_passes_the_limb_has_a_place_too():
    found = motion_of(telescope(lambda t: standing(t) * 1.06), True)
    assert np.isfinite(found.v).all()
    assert np.isfinite(found.place).all()


def radar(r, v, seconds=120.0, every=7.0, sigma=(75.0, 2e-3, 2e-3), seed=1):
    site = ecef_from_geodetic(np.radians(60.0), np.radians(30.0), 0.0)
    t = np.arange(0.0, seconds, every)
    sites = np.broadcast_to(site, (len(t), 3))
    z = range_azimuth_elevation(r(t), v(t), sites)[0]
    z = z + np.array(sigma) * np.random.default_rng(seed).standard_normal(z.shape)
    return Looks(t, np.zeros(len(t), np.int64), z, np.broadcast_to(sigma, z.shape).copy(), sites)


X0 = np.concatenate(
    [ecef_from_geodetic(np.radians(75.0), np.radians(30.0), 900e3), [-3000.0, -2000.0, -1500.0]]
)


def test_what_falls_bends_by_gravity_and_an_echo_does_not():
    arc = propagate(0.0, X0, 0.0, np.arange(0.0, 120.0, 7.0))
    falling = motion_of(radar(lambda t: arc[:, :3], lambda t: arc[:, 3:]), False)
    speed = np.linalg.norm(arc[len(arc) // 2, 3:])
    assert np.linalg.norm(falling.v) == pytest.approx(speed, abs=5.0 * falling.sigma_v.max())
    assert np.linalg.norm(falling.a) == pytest.approx(7.5, abs=5.0 * falling.sigma_a.max())
    # Along the line of sight a bend of 0.1 m/s2 shows, across it one of 1 does not.
    assert falling.sigma_a[0] < 0.1 < 1.0 < falling.sigma_a[1]
    still = motion_of(
        radar(lambda t: np.broadcast_to(X0[:3], (len(t), 3)), lambda t: np.zeros((len(t), 3))), False
    )
    body, echo = ((4000.0, 10.0),), (300.0, 0.5)
    assert slower(falling, echo, body) < -20.0
    assert slower(still, echo, body) > 5.0


def test_few_looks_say_nothing():
    assert motion_of(telescope(standing, 2.0), True) is None
    assert slower(None, (30.0, 0.0), ((2500.0, 0.0),)) == 0.0


def test_a_plume_may_be_seen_nearly_from_behind():
    """Slow across the line: hardly for a drift, and hardly against, where fast things may look slow."""
    found = motion_of(telescope(moving(150.0), 30.0), True)
    alone = slower(found, (30.0, 0.0), ((2000.0, 0.0),))
    mixed = slower(found, (30.0, 0.0), ((200.0, 0.0), (600.0, 0.0), (2000.0, 0.0)))
    assert mixed < alone
