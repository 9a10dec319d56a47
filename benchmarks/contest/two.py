"""Two objects 50 m apart in range among false looks: the ballistic demo of the TrackerComponentLibrary."""

from __future__ import annotations

from typing import final

import numpy as np
from numpy.typing import NDArray

from contest.scene import Array, Bodies, Known, Labelled, Scene, place, shuffled
from tocsin.earth.constants import C_LIGHT
from tocsin.earth.ellipsoid import ecef_from_geodetic, geodesic_inverse
from tocsin.earth.frames import enu_from_ecef
from tocsin.motion.ballistic import propagate
from tocsin.motion.forces import GATING
from tocsin.motion.minimum_energy import minimum_energy
from tocsin.sensor.measurement import position_from_radar, range_azimuth_elevation

SITE, FROM, TO = (51.8631, -177.9867), (39.6169, 134.5498), (40.5675, -159.5395)
LOOKS, LOWEST = 100, np.radians(10.0)
SIGMA = np.array([10.0, np.radians(0.1), np.radians(0.1)])
APART_M, DETECTION, DENSITY = 50.0, 0.8, 1e-2
CLUTTER = np.array([50e3, np.radians(2.0), np.radians(2.0)])  # either way of the first object
SURE = 4  # the first scans, in which both are detected


def flight() -> tuple[Array, Array]:
    """Times (100,) s and Earth-fixed states (100, 6) between the crossings of 10 deg elevation."""
    a, b = (tuple(float(v) for v in np.radians(p)) for p in (FROM, TO))
    distance, azimuth = geodesic_inverse(*a, *b)
    speed, climb, _, lasts = minimum_energy(distance)
    level = speed * np.cos(climb)
    v_enu = np.array([level * np.sin(azimuth), level * np.cos(azimuth), speed * np.sin(climb)])
    start = np.concatenate([ecef_from_geodetic(*a, 0.0), enu_from_ecef(*a).T @ v_enu])
    t = np.arange(0.0, lasts, 0.1)
    x = propagate(0.0, start, 0.0, t, GATING)
    z, _ = range_azimuth_elevation(x[:, :3], x[:, 3:], place(*SITE)[2])
    high = t[z[:, 2] > LOWEST]
    chosen = np.linspace(high[0], high[-1], LOOKS)
    return chosen, propagate(0.0, start, 0.0, chosen, GATING)


def two(seed: int) -> Scene:
    """One draw. The first two scans hold one look at each object, in order, and nothing else."""
    rng = np.random.default_rng(seed)
    lat, lon, r_site = place(*SITE)
    t, x = flight()
    axes = enu_from_ecef(lat, lon)
    known = Known(lat, lon, r_site, DETECTION, DENSITY, float(t[1] - t[0]), axes @ x[0, 3:], 300.0)
    z, _ = range_azimuth_elevation(x[:, :3], x[:, 3:], r_site)
    # The second is not quite in free flight: it is held at the same angles, 50 m farther.
    both = np.stack([z, z + np.array([APART_M, 0.0, 0.0])], axis=1)
    mean = DENSITY * float(np.prod(2.0 * CLUTTER))
    frames = []
    for k, now in enumerate(t):
        seen = np.flatnonzero((rng.random(2) < DETECTION) | (k < SURE))
        false = z[k] + rng.uniform(-1.0, 1.0, (rng.poisson(mean) if k > 1 else 0, 3)) * CLUTTER
        values = np.concatenate([both[k, seen] + rng.standard_normal((len(seen), 3)) * SIGMA, false])
        bodies: Bodies = tuple((int(b),) for b in seen) + ((),) * len(false)
        sigmas = np.tile(SIGMA, (len(values), 1))
        order = rng if k > 1 else _AsGiven()
        scan, labels = shuffled(known, float(now), values, sigmas, bodies, order)
        places = position_from_radar(both[k], np.tile(r_site, (2, 1)))
        v = np.tile(x[k, 3:], (2, 1))
        places += v * both[k, :, :1] / C_LIGHT
        frames.append(Labelled(scan, labels, np.concatenate([places, v], axis=1)))
    return Scene(known, tuple(frames), 2)


@final
class _AsGiven:
    """Stands for a generator where the order is to be kept."""

    def permutation(self, n: int) -> NDArray[np.int64]:
        """The order itself."""
        return np.arange(n)
