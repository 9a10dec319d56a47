"""What else shines while an event runs: fireballs and superbolts, the same for every satellite."""

from __future__ import annotations

import numpy as np

from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.motion.path import Path
from tocsin.sensor.infrared.flashes import draw_fireballs, together
from tocsin.sensor.infrared.lightning import draw_lightning


def nature(t0: float, t1: float, rng: np.random.Generator) -> tuple[Path, ...]:
    """Flashes between t0 and t1 (TAI s) as bodies at rest that shine, and that no radar sees: Poisson draws.

    A telescope samples them once a frame, so that a flash shorter than a frame may be missed. Gas flares and
    fires are left out: from the ground nothing of the band reaches space.
    """
    flashes = together(draw_fireballs(t0, t1, rng), draw_lightning(t0, t1, rng))
    place = ecef_from_geodetic(flashes.lat, flashes.lon, flashes.height)
    rows = zip(flashes.t_tai, flashes.duration, flashes.intensity, place, flashes.kind, strict=True)
    return tuple(
        Path(
            str(kind),
            np.array([t, t + duration]),
            np.tile(r, (2, 1)),
            np.zeros((2, 3)),
            np.full(2, intensity),
            0.0,
        )
        for t, duration, intensity, r, kind in rows
    )
