"""Files of looks for tests: a satellite flown over a station whose errors are known, as TDM and Arrow."""

import math

import numpy as np

from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.earth.time import tai_from_utc
from tocsin.interchange.ephemeris import Ephemeris
from tocsin.interchange.looktable import LookTable
from tocsin.motion.ballistic import propagate
from tocsin.motion.forces import forces
from tocsin.sensor.measurement import range_azimuth_elevation
from tocsin.sensor.rangerate import range_rate

STATION = "60,30,100"
SITE = ecef_from_geodetic(math.radians(60.0), math.radians(30.0), 100.0)
T0 = tai_from_utc("2025-05-08T18:12:00Z")
SIGMA = np.array([50.0, math.radians(0.1), math.radians(0.1)])
RATE_SIGMA = 0.5
ERROR = np.array([60.0, 4e-4, -3e-4, 3e-4])
FIELD = forces(36)
CREATED = "2026-01-01T00:00:00"


def overhead(bearing=0.4):
    """The state of a satellite 780 km up near the station at T0."""
    r = ecef_from_geodetic(math.radians(62.0), math.radians(35.0), 780e3)
    up = r / np.linalg.norm(r)
    east = np.cross([0.0, 0.0, 1.0], up)
    east /= np.linalg.norm(east)
    v = 7460.0 * (math.sin(bearing) * east + math.cos(bearing) * np.cross(up, east))
    return np.concatenate([r, v - np.cross([0.0, 0.0, 7.292115e-5], r)])


def looks(rng, bearing=0.4, error=ERROR, body="SAT", sigma=SIGMA):
    """Its looks each 7 s, with lasting errors and noise; range rates to 0.5 m/s."""
    t = T0 + np.arange(-360.0, 360.0, 7.0)
    x = propagate(T0, overhead(bearing), 0.0, t, FIELD)
    site = np.tile(SITE, (len(t), 1))
    z, _ = range_azimuth_elevation(x[:, :3] - error[3] * x[:, 3:], x[:, 3:], site)
    z = z + error[:3] + rng.standard_normal(z.shape) * sigma
    z[:, 1] %= 2.0 * math.pi
    then = propagate(T0, overhead(bearing), 0.0, t - error[3], FIELD)
    rate = range_rate(then[:, :3], then[:, 3:], site)[0] + RATE_SIGMA * rng.standard_normal(len(t))
    n = len(t)
    return LookTable(
        ("RADAR",) * n, (body,) * n, t, z, np.tile(sigma, (n, 1)), rate, np.full(n, RATE_SIGMA), ("",) * n
    )


def ephemeris(bearing=0.4, body="SAT"):
    """Its path each half minute."""
    t = T0 + np.arange(-600.0, 630.0, 30.0)
    x = propagate(T0, overhead(bearing), 0.0, t, FIELD)
    return Ephemeris(body, "2000-001A", t, x[:, :3], x[:, 3:], float(t[0]), float(t[-1]))
