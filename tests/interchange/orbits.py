"""Orbits for tests of tables of positions, flown in gravity of degree 8."""

import numpy as np

from tests.interchange.made import T0
from tocsin.motion.ballistic import propagate

# Radius km and inclination deg of a circular orbit, and the step s in which such orbits are tabulated.
LOW, LAGEOS, GPS = (7200.0, 98.0, 60.0), (12_270.0, 109.8, 300.0), (26_560.0, 55.0, 900.0)


def flown(orbit, t):
    """Earth-fixed states (n, 6) at t (n,) TAI s."""
    radius, tilt = 1e3 * orbit[0], np.radians(orbit[1])
    speed = np.sqrt(3.986004418e14 / radius)
    v = speed * np.array([0.0, np.cos(tilt), np.sin(tilt)]) - np.array([0.0, 7.292115e-5 * radius, 0.0])
    return propagate(T0, np.array([radius, 0.0, 0.0, *v]), 0.0, t)


def tabled(orbit, n):
    """Times (n,) and states (n, 6) of a table."""
    t = T0 + orbit[2] * np.arange(n)
    return t, flown(orbit, t)
