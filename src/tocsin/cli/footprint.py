"""The ground under what a radar has in view."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue import RadarSite
from tocsin.earth.constants import R_EQ
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.sensor.measurement import position_from_radar
from tocsin.sensor.radar import Radar
from tocsin.sensor.view import radar_sees

Array = NDArray[np.float64]

AZIMUTH_STEP_DEG = 1.0
INSIDE_DEG = 1e-6  # so that the sector's own edges count as in it, whatever the last digit
BELOW_DEG = 1.5  # of geometry under the lowest beam, which the air may bend up into it


def azimuths(site: RadarSite) -> Array:
    """Azimuths (n,) rad through the sector, a degree apart or less."""
    count = int(np.ceil(site.sector_deg / AZIMUTH_STEP_DEG)) + 1
    within = np.linspace(INSIDE_DEG, site.sector_deg - INSIDE_DEG, count)
    return np.asarray(np.radians(site.az_start_deg + within))


def under_shell(radar: Radar, height_m: float) -> tuple[Array, Array] | None:
    """Near and far edge (n, 2) deg, latitude and longitude, of what is seen of a shell of one height.

    By the sensor's own rule of what is in view (`radar_sees`), for each of `azimuths`; None where the shell
    is out of view.
    """
    site = radar.site
    low = site.el_min_deg
    split = min(low + 1.5, site.el_max_deg)
    elevation = np.radians(
        np.concatenate(
            [np.linspace(max(low - BELOW_DEG, -1.0), split, 400), np.linspace(split, site.el_max_deg, 300)]
        )
    )
    az, el = np.meshgrid(azimuths(site), elevation, indexing="ij")
    r = _on_shell(radar, az.ravel(), el.ravel(), height_m)
    seen = radar_sees(site, r, radar.refraction).reshape(az.shape)
    if not seen.any(axis=1).all():
        return None
    lat, lon, _ = geodetic_from_ecef(r)
    place = np.degrees(np.stack([lat, lon], axis=-1)).reshape(*az.shape, 2)
    rows = np.arange(len(az))
    nearest = az.shape[1] - 1 - np.argmax(seen[:, ::-1], axis=1)
    return place[rows, nearest], place[rows, np.argmax(seen, axis=1)]


def beam_end(radar: Radar) -> tuple[Array, float]:
    """Where the lowest beam reaches the range limit: (n, 2) deg for each of `azimuths`, and its height m."""
    az = azimuths(radar.site)
    values = np.stack(
        [
            np.full(len(az), radar.site.range_max_km * 1e3),
            az,
            np.full(len(az), np.radians(radar.site.el_min_deg)),
        ],
        axis=-1,
    )
    lat, lon, height = geodetic_from_ecef(position_from_radar(values, radar.r_ecef))
    return np.degrees(np.stack([lat, lon], axis=-1)), float(height.mean())


def _on_shell(radar: Radar, azimuth: Array, elevation: Array, height_m: float) -> Array:
    """Points (n, 3) at these angles from the radar and a geodetic height: a sphere's, corrected twice."""
    radius = R_EQ + radar.site.height_m
    sine = radius * np.sin(elevation)
    lift = height_m - radar.site.height_m
    far = np.sqrt(sine**2 + lift * (2.0 * radius + lift)) - sine
    r = np.empty((len(far), 3))
    for _ in range(3):
        r = position_from_radar(np.stack([far, azimuth, elevation], axis=-1), radar.r_ecef)
        off = height_m - geodetic_from_ecef(r)[2]
        far = far + off * (radius + height_m) / (far + sine)
    return position_from_radar(np.stack([far, azimuth, elevation], axis=-1), radar.r_ecef)
