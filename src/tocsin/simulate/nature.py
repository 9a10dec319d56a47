"""What else shines while an event runs: flashes, hot spots and bright cloud, the same for every satellite."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue.nature import BrightCloud
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.motion.path import Path
from tocsin.sensor.infrared.flashes import Flashes, draw_fireballs, together
from tocsin.sensor.infrared.glints import Glints
from tocsin.sensor.infrared.hotspots import HotSpots, draw_hot_spots
from tocsin.sensor.infrared.lightning import draw_lightning

Array = NDArray[np.float64]
LIGHT_S = 1.0  # more than light takes from the ground to any satellite here


def nature(
    t0: float, t1: float, rng: np.random.Generator, flashes: bool = True, hot_spots: bool = True
) -> tuple[Path, ...]:
    """What shines between t0 and t1 (TAI s) as bodies at rest that no radar sees.

    Fireballs and superbolts as Poisson draws: a telescope samples them once a frame, so that a flash shorter
    than a frame may be missed. Gas flares and fires for the whole time: of those nothing reaches space
    through the usual air.
    """
    out: tuple[Path, ...] = ()
    if flashes:
        out = _of_flashes(together(draw_fireballs(t0, t1, rng), draw_lightning(t0, t1, rng)))
    if hot_spots:
        out += _of_hot_spots(draw_hot_spots(t0, rng), t0, t1)
    return out


def glints_of(clouds: tuple[BrightCloud, ...], t_start: float) -> Glints | None:
    """The bright cells of an event that starts at t_start (TAI s), None where it asks for none."""
    if not clouds:
        return None
    lat, lon, height, start, duration, brightness = np.array(
        [[c.lat_deg, c.lon_deg, c.height_km, c.start_s, c.duration_s, c.brightness] for c in clouds]
    ).T
    place = ecef_from_geodetic(np.radians(lat), np.radians(lon), 1e3 * height)
    return Glints(place, t_start + start, duration, brightness)


def _of_flashes(flashes: Flashes) -> tuple[Path, ...]:
    rows = zip(
        flashes.kind,
        flashes.t_tai,
        flashes.t_tai + flashes.duration,
        flashes.r_ecef,
        flashes.intensity,
        strict=True,
    )
    return tuple(_at_rest(*row) for row in rows)


def _of_hot_spots(spots: HotSpots, t0: float, t1: float) -> tuple[Path, ...]:
    # From the light that arrives first to the end.
    begin = t0 - LIGHT_S
    rows = zip(spots.kind, spots.r_ecef, spots.intensity, strict=True)
    return tuple(_at_rest(kind, begin, t1, r, intensity) for kind, r, intensity in rows)


def _at_rest(kind: str, begin: float, end: float, r: Array, intensity: float) -> Path:
    return Path(
        str(kind), np.array([begin, end]), np.tile(r, (2, 1)), np.zeros((2, 3)), np.full(2, intensity), 0.0
    )
