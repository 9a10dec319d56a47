"""What a motion says of launch and orbit: of known motions, and by nothing but the motion."""

import math
from dataclasses import replace

import numpy as np
import pytest

from tests.assess.classifying import at_apogee, circular, track
from tocsin.assess.classify import motions, stacked
from tocsin.assess.evidence.arc import LEAST, motion_odds
from tocsin.earth.constants import MU, OMEGA
from tocsin.estimate.ballistic import Gaussian

RADIUS = 6371e3


def odds(*tracks):
    k = stacked(tracks)
    return motion_odds(k, motions(k))


def rising(speed=6500.0):
    """At 60 deg from a height of 150 km."""
    x = np.array([6371e3 + 150e3, 0.0, 0.0, speed * math.sin(math.pi / 3.0), 0.0, speed * 0.5])
    return Gaussian(0.0, x, np.diag([300.0] * 3 + [3.0] * 3) ** 2)


def test_an_orbit_is_no_missiles_and_what_rises_from_the_ground_came_from_no_orbit():
    (launch, orbit), (rises, falls) = odds(track(circular(800.0)), track(rising()))
    assert orbit == 0.0
    assert launch < -math.log(10.0)
    assert (rises, falls) == (0.0, pytest.approx(math.log(LEAST)))


def test_what_is_not_known_says_nothing():
    assert odds(track(None, phase="unobservable"))[0] == pytest.approx([0.0, 0.0], abs=1e-9)


@pytest.mark.parametrize("phase", ["boost", "ballistic"])
@pytest.mark.parametrize("state", [at_apogee(1000.0, 3000.0), rising(), circular(400.0)])
def test_its_light_and_its_launch_place_say_nothing_here(state, phase):
    """They are weighed elsewhere, and must not count twice: not even the speed of a plume that burns."""
    bare = odds(track(state, phase=phase))
    for known in ({"light": True, "light_s": 90.0}, {"light": False}, {"sea": 1.0}):
        assert odds(track(state, phase=phase, **known)) == pytest.approx(bare, rel=1e-12)
    k = track(state, phase=phase)
    named = replace(k, templates=np.eye(k.templates.shape[1])[:1])
    assert odds(named) == pytest.approx(bare, rel=1e-12)


def falling(height_m: float, perigee_m: float, apogee_m: float, sigma_m_s: float = 5.0):
    """A body on its way down at a height, on an orbit of these heights, over the equator."""
    a = RADIUS + 0.5 * (perigee_m + apogee_m)
    e = (apogee_m - perigee_m) / (2.0 * a)
    r = RADIUS + height_m
    speed = math.sqrt(MU * (2.0 / r - 1.0 / a))
    level = math.sqrt(MU * a * (1.0 - e * e)) / r
    x = np.array([[r, 0.0, 0.0, -math.sqrt(max(speed**2 - level**2, 0.0)), level - OMEGA * r, 0.0]])
    P = np.diag([100.0, 100.0, 100.0, sigma_m_s, sigma_m_s, sigma_m_s])[None] ** 2
    return track(Gaussian(0.0, x[0], P[0]))


@pytest.mark.parametrize(("perigee_km", "apogee_km"), [(-4281.0, 1186.0), (-1320.0, 300.0)])
def test_an_arc_of_a_missile_seen_falling_came_from_no_orbit(perigee_km, apogee_km):
    """Kepler's arcs of 6,900 km at the least energy, and of 10,000 km pressed down to 300."""
    launched, orbit = odds(falling(250e3, 1e3 * perigee_km, 1e3 * apogee_km))[0]
    assert launched == 0.0
    assert orbit == pytest.approx(math.log(LEAST))


@pytest.mark.parametrize(
    ("height_km", "perigee_km", "apogee_km"),
    [(140.0, 20.0, 200.0), (140.0, -100.0, 300.0), (90.0, -900.0, 150.0)],
)
def test_what_the_air_or_a_burn_brings_down_may_be_told_from_orbit(height_km, perigee_km, apogee_km):
    """A decay, a body braked by 120 m/s, and one that the air has slowed already."""
    orbit = odds(falling(1e3 * height_km, 1e3 * perigee_km, 1e3 * apogee_km))[0, 1]
    assert orbit > math.log(LEAST) + 3.0


def test_an_arc_that_is_hardly_known_rules_nothing_out():
    known, hardly = (falling(250e3, -1320e3, 300e3, sigma) for sigma in (5.0, 2000.0))
    assert odds(hardly)[0, 1] > odds(known)[0, 1] + 3.0
