"""Auroral echoes: where a beam meets the oval at right angles to the Earth's magnetic field."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue.assumed import assumed, check_assumed
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.earth.frames import enu_from_ecef
from tocsin.errors import TocsinError
from tocsin.sensor.echo.clutter import ClutterMap, Search, cell_edges, middles, shell_area, slant_range
from tocsin.sensor.given import numbers, positive

Array = NDArray[np.float64]
BOTTOM_M, TOP_M = 90e3, 130e3
REFERENCE_WAVELENGTH_M = 2.0
# The geomagnetic (dipole) pole of 2020: IGRF-13, Alken et al., Earth, Planets and Space 73 (2021).
POLE_LAT, POLE_LON = math.radians(80.65), math.radians(-72.68)


@final
@dataclass(frozen=True, slots=True)
class Aurora:
    """The oval by dipole latitude, and how its echoes depend on wavelength and on the angle to the field.

    The tolerance in aspect is excess / aspect fall: 3 deg at a wavelength of 2 m, less for shorter waves.
    The fall is published (Uspensky, Radio Science 20, 1985: 10 dB/deg; others up to 13).
    """

    density: float = assumed(
        2e-13, 2e-14, 5e-12, "1/(m2 s)", "detected at 2 m, right aspect, while there is aurora", zero=True
    )
    latitude_min: float = assumed(math.radians(60.0), math.radians(55.0), math.radians(66.0), "rad", "dipole")
    latitude_max: float = assumed(math.radians(75.0), math.radians(70.0), math.radians(78.0), "rad", "dipole")
    excess_db: float = assumed(30.0, 15.0, 45.0, "dB", "over the threshold, at 2 m and right angles")
    wavelength_exponent: float = assumed(3.0, 2.0, 5.0, "", "of power, and of number, with wavelength")
    aspect_db_per_deg: float = assumed(10.0, 8.0, 13.0, "dB/deg", "fall off right angles")
    middle_m: float = assumed(108e3, 104e3, 115e3, "m", "mean height")
    spread_m: float = assumed(8e3, 5e3, 12e3, "m", "1 sigma of the heights")
    drift_m_s: float = assumed(350.0, 200.0, 600.0, "m/s", "1 sigma; near the speed of ion sound")

    def __post_init__(self) -> None:
        check_assumed(self)
        if not self.latitude_min < self.latitude_max <= np.pi / 2:
            raise TocsinError(
                f"Aurora: latitudes {self.latitude_min:g} to {self.latitude_max:g} rad are no band: "
                "give the lower first, both up to pi/2"
            )


AURORA = Aurora()


def dipole_latitude_and_field(
    r_ecef: Array, pole_lat: float = POLE_LAT, pole_lon: float = POLE_LON
) -> tuple[Array, Array]:
    """Dipole latitude (...) rad of Earth-fixed positions (..., 3), and the field's direction (..., 3).

    sin(lat) = m.r, b along m - 3 (m.r) r, with m toward the pole in the north and r unit vectors.
    """
    level = math.cos(pole_lat)
    m = np.array([level * math.cos(pole_lon), level * math.sin(pole_lon), math.sin(pole_lat)])
    r = r_ecef / np.linalg.norm(r_ecef, axis=-1, keepdims=True)
    s = np.clip(r @ m, -1.0, 1.0)
    b = m - 3.0 * s[..., None] * r
    return np.arcsin(s), b / np.linalg.norm(b, axis=-1, keepdims=True)


def aurora_map(
    search: Search,
    lat: float,
    lon: float,
    wavelength_m: float,
    aurora: Aurora = AURORA,
    activity: float = 1.0,
) -> ClutterMap:
    """Where a search from a geodetic site (rad) meets aurora: in the oval and within the aspect's tolerance.

    excess = excess_db + 10 p log10(lambda / 2 m) - fall |aspect|; the rate is density area (lambda / 2 m)^p
    where it is above 0 and the dipole latitude, north or south, in the band. activity scales the density:
    0 quiet, 1 while there is aurora, more in a storm. Straight rays: at VHF refraction moves the aspect by
    up to some degrees.
    """
    azimuth, elevation, height = cell_edges(search, BOTTOM_M, TOP_M)
    az, el = middles(azimuth)[:, None], middles(elevation)
    enu = np.stack(np.broadcast_arrays(np.sin(az) * np.cos(el), np.cos(az) * np.cos(el), np.sin(el)), axis=-1)
    ray = (enu @ enu_from_ecef(lat, lon))[:, :, None, :]
    place = ecef_from_geodetic(lat, lon, 0.0) + slant_range(elevation, height)[None, :, :, None] * ray
    latitude, field = dipole_latitude_and_field(place)
    aspect = np.abs(np.arcsin(np.clip(np.sum(field * ray, axis=-1), -1.0, 1.0)))
    scale = float(positive("wavelength (m)", wavelength_m)) / REFERENCE_WAVELENGTH_M
    strongest = aurora.excess_db + 10.0 * aurora.wavelength_exponent * math.log10(scale)
    excess = strongest - aurora.aspect_db_per_deg * np.degrees(aspect)
    inside = (np.abs(latitude) >= aurora.latitude_min) & (np.abs(latitude) <= aurora.latitude_max)
    z = (middles(height) - aurora.middle_m) / aurora.spread_m
    layer = np.exp(-0.5 * z * z)
    density = aurora.density * float(numbers("activity", activity, 0.0)) * scale**aurora.wavelength_exponent
    rate = density * layer / layer.sum() * shell_area(azimuth, elevation, height)
    heard = inside & (excess > 0.0)
    rate, excess = np.where(heard, rate, 0.0), np.where(heard, excess, 0.0)
    return ClutterMap("aurora", azimuth, elevation, height, rate, excess, aurora.drift_m_s)
