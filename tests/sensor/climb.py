"""A body that climbs straight up over Korea in 2017, and telescopes of different steadiness that see it."""

from dataclasses import replace

import numpy as np

from tocsin.catalogue import network
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.earth.time import tai_from_utc
from tocsin.motion.path import Path
from tocsin.sensor.infrared.detector import DETECTOR
from tocsin.sensor.infrared.pointing import POINTING
from tocsin.sensor.telescope import Telescope

T0 = tai_from_utc("2017-07-04T00:40:00Z")
LAUNCH = np.radians([39.87, 125.27])
SATELLITE, ELEMENTS = network("2017-07-04").satellites[0]
STEADY = replace(POINTING, jitter_rad=0.0, drift_rad=0.0)
CLEAN = Telescope(replace(SATELLITE, false_looks_per_frame=0.0), ELEMENTS, pointing=STEADY)
QUIET = replace(CLEAN, detector=replace(DETECTOR, noise_rad=1e-12, floor_rad=0.0))
FAINT = 1.75e4  # W/sr
BRIGHT = 1e8  # W/sr: no look is missed, even through the air above the clouds
BURNOUT_S = 119.95
BAND = 0.001


def climb() -> Path:
    """Straight up at 25 m/s2 until 119.95 s, then on without an engine."""
    t = np.union1d(np.linspace(0.0, 200.0, 801), [BURNOUT_S])
    burnt = np.maximum(t - BURNOUT_S, 0.0)
    h = 12.5 * np.minimum(t, BURNOUT_S) ** 2 + 25.0 * BURNOUT_S * burnt
    v = 25.0 * np.minimum(t, BURNOUT_S)
    up = np.array(
        [np.cos(LAUNCH[0]) * np.cos(LAUNCH[1]), np.cos(LAUNCH[0]) * np.sin(LAUNCH[1]), np.sin(LAUNCH[0])]
    )
    r = ecef_from_geodetic(LAUNCH[0], LAUNCH[1], h)
    return Path("climb", T0 + t, r, v[:, None] * up, np.where(t < BURNOUT_S - 1e-9, BRIGHT, 0.0), 1.0)


CLIMB = climb()


def scans_of(telescope, seed=0, bias=(0.0, 0.0, 0.0), paths=(CLIMB,), length=200.0):
    return telescope.scans(paths, T0, T0 + length, np.array(bias), "simulated", np.random.default_rng(seed))
