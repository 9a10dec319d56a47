"""Looks of the Moon from a site: where it stands, how fast its range changes, when it rises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.earth.bodies import moon_ecef
from tocsin.earth.constants import C_LIGHT
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.earth.frames import range_az_el
from tocsin.errors import TocsinError
from tocsin.sensor.echo.ambiguity import MOON_RADIUS
from tocsin.sensor.given import numbers

Array = NDArray[np.float64]
STEP_S = 10.0  # over which the rate is taken: the range's third derivative leaves 1e-6 m/s
RISE_STEP_S = 600.0


@final
@dataclass(frozen=True, slots=True)
class MoonLooks:
    """Geometric looks of the Moon's centre (n,), as received at the times asked for: m, m/s and rad."""

    range_m: Array
    range_rate: Array
    azimuth: Array
    elevation: Array

    @property
    def nearest_m(self) -> Array:
        """Range of the nearest ground, where most of the echo comes from."""
        return np.asarray(self.range_m - MOON_RADIUS)

    @property
    def delay_s(self) -> Array:
        """There and back to the centre, s; the first of the echo is 11.6 ms sooner."""
        return np.asarray(2.0 * self.range_m / C_LIGHT)


def moon_looks(t_tai: ArrayLike, lat: float, lon: float, height_m: float = 0.0) -> MoonLooks:
    """Looks (n,) at times t_tai (n,) from a geodetic site (rad, m), without refraction.

    The way out is taken as long as the way back: 0.3 km at the most, for the Earth turns in 2.6 s. Good to
    40 km and 20 arcsec (`moon_ecef`).
    """
    t = numbers("time (s)", t_tai).reshape(-1)
    now = _looks(t, lat, lon, height_m)
    ahead, behind = (_looks(t + s, lat, lon, height_m)[:, 0] for s in (STEP_S, -STEP_S))
    return MoonLooks(now[:, 0], (ahead - behind) / (2.0 * STEP_S), now[:, 1], now[:, 2])


def moonrises(
    t_start: float, t_end: float, lat: float, lon: float, height_m: float = 0.0, elevation: float = 0.0
) -> Array:
    """Times (k,) between two at which the Moon's centre climbs through a geometric elevation (rad).

    Crossings less than ten minutes apart may be missed. TocsinError where the end is not after the start.
    """
    numbers("time (s)", [t_start, t_end])
    if t_end <= t_start:
        raise TocsinError(f"moonrises: the end, {t_end:g} s, is not after the start, {t_start:g} s")
    t = np.linspace(t_start, t_end, 2 + int((t_end - t_start) / RISE_STEP_S))
    above = _looks(t, lat, lon, height_m)[:, 2] >= elevation
    first = np.flatnonzero(~above[:-1] & above[1:])
    low, high = t[first], t[first + 1]
    for _ in range(30):
        middle = 0.5 * (low + high)
        up = _looks(middle, lat, lon, height_m)[:, 2] >= elevation
        low, high = np.where(up, low, middle), np.where(up, middle, high)
    return np.asarray(high)


def _looks(t: Array, lat: float, lon: float, height_m: float) -> Array:
    return range_az_el(moon_ecef(t), ecef_from_geodetic(lat, lon, height_m), lat, lon)
