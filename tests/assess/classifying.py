"""States of published and textbook arcs, and what is known of a track that is on one."""

import math

import numpy as np

from tocsin.assess.classify import kinematics_of
from tocsin.earth.constants import OMEGA
from tocsin.estimate.ballistic import Gaussian
from tocsin.track.solution import Solution

MU, RADIUS = 398600.4418e9, 6371e3
INV_BETA = 1.0 / 9000.0


def spread(sigma_v, sigma_r=1e3):
    return np.diag([sigma_r] * 3 + [sigma_v] * 3) ** 2


def at_apogee(apogee_km, range_km, sigma_v=20.0):
    """The state at the top of the two-body arc of a published apogee and range, on a sphere at rest."""
    top, half = RADIUS + apogee_km * 1e3, range_km * 1e3 / RADIUS / 2.0
    e = (top - RADIUS) / (top - RADIUS * math.cos(half))
    v = math.sqrt(MU * (2.0 / top - (1.0 + e) / top))
    x = np.array([top, 0.0, 0.0, 0.0, v - OMEGA * top, 0.0])
    return Gaussian(0.0, x, spread(sigma_v))


def circular(height_km, sigma_v=5.0):
    """A state on a circular orbit of 51.6 deg: 420 km is that of the space station."""
    r, tilt = RADIUS + height_km * 1e3, math.radians(51.6)
    v = math.sqrt(MU / r)
    x = np.array([r, 0.0, 0.0, 0.0, v * math.cos(tilt) - OMEGA * r, v * math.sin(tilt)])
    return Gaussian(0.0, x, spread(sigma_v))


def track(state, phase="ballistic", learnt=None, boost=None, **known):
    """What is known of a track on this state; light, light_s, sea as `kinematics_of` takes them."""
    return kinematics_of(Solution(phase, state, boost, None, 1.0, False, False, learnt), INV_BETA, **known)
