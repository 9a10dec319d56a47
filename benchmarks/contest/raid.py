"""A raid in midcourse: objects spread over some hundred kilometres, and a radar that resolves them all."""

from __future__ import annotations

import numpy as np

from contest.scene import Array, Bodies, Known, Scene, flown, midcourse, place, scene
from tocsin.sensor.measurement import range_azimuth_elevation

SITE, AZIMUTH_DEG = (60.3, 30.55), 300.0
FRAME_S, FRAMES = 7.0, 20
RANGE_SIGMA_M, ANGLE_SIGMA = 100.0, np.radians(0.2)
DETECTION, FALSE = 0.9, 20.0
SPREAD_M, SPEED_SPREAD = 150e3, 50.0
V_SIGMA = 300.0  # what is known of each object's velocity beforehand, m/s an axis: see the README
LOW = np.array([1000e3, np.radians(240.0), np.radians(2.0)])
HIGH = np.array([4000e3, np.radians(360.0), np.radians(70.0)])


def look(x: Array, rng: np.random.Generator) -> tuple[Array, Array, Bodies]:
    """Looks at bodies x (b, 6) and at nothing: values and sigmas (n, 3), and who is in each."""
    r_site = place(*SITE)[2]
    seen = np.flatnonzero(rng.random(len(x)) < DETECTION)
    z, _ = range_azimuth_elevation(x[seen, :3], x[seen, 3:], r_site)
    false = rng.uniform(LOW, HIGH, (rng.poisson(FALSE), 3))
    sigma = np.array([RANGE_SIGMA_M, ANGLE_SIGMA, ANGLE_SIGMA])
    values = np.concatenate([z + rng.standard_normal(z.shape) * sigma, false])
    return values, np.tile(sigma, (len(values), 1)), tuple((int(b),) for b in seen) + ((),) * len(false)


def raid(objects: int, seed: int) -> Scene:
    """A scene of so many objects, the same for the same seed."""
    rng = np.random.default_rng([seed, objects])
    lat, lon, r_site = place(*SITE)
    middle = midcourse(r_site, AZIMUTH_DEG)
    spread = np.repeat([SPREAD_M, SPEED_SPREAD], 3)
    x0 = middle + rng.standard_normal((objects, 6)) * spread
    density = FALSE / float(np.prod(HIGH - LOW))
    known = Known(lat, lon, r_site, DETECTION, density, FRAME_S, middle[3:], V_SIGMA)
    return scene(known, *flown(x0, r_site, FRAME_S, FRAMES), look, rng)
