"""What a radar's site and band surround it with: meteor trails and aurora."""

from __future__ import annotations

import numpy as np

from tocsin.catalogue import RadarSite
from tocsin.earth.bodies import sun_ecef
from tocsin.earth.constants import C_LIGHT
from tocsin.sensor.echo.aurora import aurora_map
from tocsin.sensor.echo.clutter import ClutterMap, Search, slant_range
from tocsin.sensor.echo.meteor_trails import meteor_map


def surroundings(
    site: RadarSite, activity: float = 0.0, local_hour: float | None = None, trails: bool = True
) -> tuple[ClutterMap, ...]:
    """The clutter of a site's sector in its band: meteor trails, and aurora (activity: 0 quiet, 1 active).

    trails: false leaves the meteors out. local_hour: their solar time, 0 to 24; None is the mean of a day.
    Every rate is assumed.
    """
    search = Search(
        np.radians(site.az_start_deg),
        np.radians(site.sector_deg),
        np.radians(site.el_min_deg),
        np.radians(site.el_max_deg),
    )
    wavelength = C_LIGHT / site.frequency_hz
    around = [meteor_map(search, wavelength, local_hour=local_hour)] if trails else []
    if activity > 0.0:
        lat, lon = np.radians(site.lat_deg), np.radians(site.lon_deg)
        around.append(aurora_map(search, float(lat), float(lon), wavelength, activity=activity))
    return tuple(around)


def looks_per_scan(site: RadarSite, clutter: ClutterMap) -> float:
    """Expected false looks of a source in one scan: of those cells whose middle is in instrumented range."""
    far = slant_range(clutter.elevation, clutter.height) / 1e3
    within = (far >= site.range_min_km) & (far <= site.range_max_km)
    return float(clutter.rate[:, within].sum()) * site.revisit_s


def solar_hour(t_tai: float, lon_deg: float) -> float:
    """The local hour by the Sun, 0 to 24, at a longitude: 12 + (longitude - the Sun's) / 15 deg."""
    x, y, _ = sun_ecef([t_tai])[0]
    return float((12.0 + (lon_deg - np.degrees(np.arctan2(y, x))) / 15.0) % 24.0)
