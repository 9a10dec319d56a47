"""What a motion says of launch and orbit: of known motions, and by nothing but the motion."""

import math
from dataclasses import replace

import numpy as np
import pytest

from tests.assess.classifying import at_apogee, circular, track
from tocsin.assess.classify import motions, stacked
from tocsin.assess.evidence.arc import LEAST, motion_odds
from tocsin.estimate.ballistic import Gaussian


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
