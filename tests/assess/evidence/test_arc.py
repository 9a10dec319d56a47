"""What a motion says of where a body came from: an arc deep under the ground is no orbit's."""

import math

import numpy as np
import pytest

from tocsin.assess.classify.kinematics import PHASES, Kinematics
from tocsin.assess.evidence.arc import LEAST, motion_odds
from tocsin.earth.constants import MU, OMEGA

RADIUS = 6371e3
NONE = np.full(1, np.nan)


def falling(height_m: float, perigee_m: float, apogee_m: float, sigma_m_s: float = 5.0) -> Kinematics:
    """A body on its way down at a height, on an orbit of these heights, over the equator."""
    a = RADIUS + 0.5 * (perigee_m + apogee_m)
    e = (apogee_m - perigee_m) / (2.0 * a)
    r = RADIUS + height_m
    speed = math.sqrt(MU * (2.0 / r - 1.0 / a))
    level = math.sqrt(MU * a * (1.0 - e * e)) / r
    x = np.array([[r, 0.0, 0.0, -math.sqrt(max(speed**2 - level**2, 0.0)), level - OMEGA * r, 0.0]])
    P = np.diag([100.0, 100.0, 100.0, sigma_m_s, sigma_m_s, sigma_m_s])[None] ** 2
    return Kinematics(
        np.array([PHASES.index("ballistic")]), x, P, np.full((1, 7), np.nan), NONE, NONE, NONE, NONE, NONE
    )


@pytest.mark.parametrize(("perigee_km", "apogee_km"), [(-4281.0, 1186.0), (-1320.0, 300.0)])
def test_an_arc_of_a_missile_seen_falling_came_from_no_orbit(perigee_km, apogee_km):
    """Kepler's arcs of 6,900 km at the least energy, and of 10,000 km pressed down to 300."""
    launched, orbit = motion_odds(falling(250e3, 1e3 * perigee_km, 1e3 * apogee_km))[0]
    assert launched == 0.0
    assert orbit == pytest.approx(math.log(LEAST))


@pytest.mark.parametrize(
    ("height_km", "perigee_km", "apogee_km"),
    [(140.0, 20.0, 200.0), (140.0, -100.0, 300.0), (90.0, -900.0, 150.0)],
)
def test_what_the_air_or_a_burn_brings_down_may_be_told_from_orbit(height_km, perigee_km, apogee_km):
    """A decay, a body braked by 120 m/s, and one that the air has slowed already."""
    orbit = motion_odds(falling(1e3 * height_km, 1e3 * perigee_km, 1e3 * apogee_km))[0, 1]
    assert orbit > math.log(LEAST) + 3.0


def test_an_arc_that_is_hardly_known_rules_nothing_out():
    known, hardly = (falling(250e3, -1320e3, 300e3, sigma) for sigma in (5.0, 2000.0))
    assert motion_odds(hardly)[0, 1] > motion_odds(known)[0, 1] + 3.0
