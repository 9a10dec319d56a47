"""What is left out before it is looked at: only what gives no look, and by how much."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sensor.scenes import at_rest, coast
from tocsin.earth.ellipsoid import ecef_from_geodetic, geodetic_from_ecef
from tocsin.sensor.infrared.detector import DETECTOR, amplitude_ratio, irradiance
from tocsin.sensor.infrared.hopeless import may_be_seen
from tocsin.sensor.infrared.transmission import ABSORBERS, transmission, zenith_angle
from tocsin.sensor.light import bodies_of

NEAREST = 2.2e7


def asked(*paths, absorbers=ABSORBERS):
    return may_be_seen(bodies_of(paths), NEAREST, DETECTOR, absorbers).tolist()


def best(r, power, r_satellite):
    """The amplitude in the dark of a body at r (3,) m, seen from (3,) m, no cloud above it."""
    tau = transmission(geodetic_from_ecef(r[None])[2], zenith_angle(r[None], r_satellite[None]), 0.0)
    far = np.linalg.norm(r - r_satellite)
    return float(amplitude_ratio(irradiance(power, tau, far), 1.0)[0])


@given(
    st.floats(-1.57, 1.57),
    st.floats(-3.1, 3.1),
    st.floats(0.0, 60e3),
    st.floats(1.0, 8.0),
    st.floats(2.2e7, 4.6e7),
    st.floats(0.0, 1.0),
)
def test_what_is_left_out_is_below_the_bound_from_everywhere(lat, lon, h, decades, far, turn):
    """From any place of the satellite, above or beside it: it would not rise over a tenth of the noise."""
    r = ecef_from_geodetic(lat, lon, h)
    power = 10.0**decades
    if not asked(at_rest(r, 0.0, 1.0, power))[0]:
        side = np.cross(r, [0.3, 0.5, 0.8])
        side /= np.linalg.norm(side)
        place = np.cos(turn) * r / np.linalg.norm(r) + np.sin(turn) * side
        assert best(r, power, far * place) <= 0.1


@pytest.mark.parametrize(
    ("height", "power", "kept"),
    [
        (0.0, 1e9, False),
        (15e3, 1e5, True),
        (100e3, 10.0, False),
        (100e3, 1e5, True),
        (-500.0, 1e6, False),
        (100e3, 0.0, False),
    ],
)
def test_by_height_and_power(height, power, kept):
    assert asked(at_rest(ecef_from_geodetic(0.7, 1.0, height), 0.0, 1.0, power)) == [kept]


def test_what_climbs_is_judged_at_its_highest_and_brightest():
    low = at_rest(ecef_from_geodetic(0.7, 1.0, 0.0), 0.0, 1.0, 1e6)
    climbs = replace(low, r_ecef=ecef_from_geodetic(0.7, 1.0, np.array([0.0, 30e3])))
    flares = replace(climbs, power=np.array([0.0, 1e6]))
    cold = replace(climbs, power=np.zeros(2))
    assert asked(low, climbs, flares, cold, coast()) == [False, True, True, False, False]


def test_what_may_come_near_the_satellite_is_kept_and_nothing_is_of_nothing():
    beyond = at_rest(np.array([NEAREST + 1e3, 0.0, 0.0]), 0.0, 1.0, 1e-3)
    assert asked(beyond) == [True]
    assert asked() == []


def test_air_that_lets_the_ground_through_keeps_it():
    spot = at_rest(ecef_from_geodetic(0.7, 1.0, 0.0), 0.0, 1.0, 1e6)
    assert asked(spot) == [False]
    assert asked(spot, absorbers=replace(ABSORBERS, water=0.1)) == [True]
