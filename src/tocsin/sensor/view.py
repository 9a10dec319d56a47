"""What stands in view of a satellite or a radar, by geometry alone: no signal, no detection."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.catalogue import RadarSite, Satellite
from tocsin.earth.constants import R_EQ
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.sensor.echo.ionosphere import Ionosphere
from tocsin.sensor.echo.ray import EARTH_RADIUS, straight_path, trace
from tocsin.sensor.echo.troposphere import Troposphere
from tocsin.sensor.infrared.field import behind_the_earth, in_field
from tocsin.sensor.measurement import site_axes

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]

MIN_ELEVATION_DEG = 5.0
"""Least elevation of a satellite over the horizon of what it sees: assumed, plausible 0 to 10 deg; the
figure of the study of ideal coverage from public element sets."""

_SLACK_KM = 1e-3  # beyond the range limit, so that rounding decides nothing before `within`
_MOST_BENDING = math.radians(5.0)  # far more than any air and ionosphere that rays get through
# Heights (m) at which a refracted ray is followed: close in the air and in the ionosphere's layer.
_RAY_HEIGHTS = np.concatenate(
    [np.arange(2e3, 50e3, 4e3), np.arange(50e3, 1000e3, 50e3), np.geomspace(1e6, 8e6, 16)]
)


def satellite_sees(
    satellite: Satellite,
    r_satellite: Array,
    r: Array,
    up: Array,
    height_m: Array,
    min_elevation_deg: float = MIN_ELEVATION_DEG,
) -> Bools:
    """Whether points (n, 3) are in view (n,) of a satellite at r_satellite (3,) or (n, 3), m, Earth-fixed.

    The point lies above the satellite's cloud height, the satellite above its least altitude (over the
    equatorial radius) and at least so far above the point's horizon: d.up >= |d| sin(el), d = r_s - r. For a
    satellite that watches the limb that elevation is not asked: the line of sight lies in its field, and the
    clouds' surface is not between. up (n, 3): the points' verticals; height_m (n,) or (): their heights.
    """
    d = r_satellite - r
    high = np.linalg.norm(r_satellite, axis=-1) - R_EQ >= satellite.min_altitude_m
    there = high & (np.asarray(height_m) >= satellite.cloud_height_m)
    if satellite.limb_depth_deg is None:
        rise = np.einsum("ni,ni->n", d, up)
        far = np.sqrt(np.einsum("ni,ni->n", d, d))
        return np.asarray((rise >= math.sin(math.radians(min_elevation_deg)) * far) & there)
    out = np.broadcast_to(there, len(r)).copy()
    seen = np.flatnonzero(out)
    at, place = r[seen], np.broadcast_to(r_satellite, r.shape)[seen]
    hidden = behind_the_earth(at, place, satellite.cloud_height_m)
    out[seen] = in_field(satellite, at, place) & ~hidden
    return out


def within(
    site: RadarSite,
    range_m: Array,
    azimuth: Array,
    elevation: Array,
    low_deg: ArrayLike | None = None,
    high_deg: ArrayLike | None = None,
) -> Bools:
    """Whether looks (n,), m and rad, lie within (n,) a site's sector, elevation and range limits.

    low_deg, high_deg (n,) or (): limits of elevation in place of the site's own.
    """
    offset = (np.degrees(azimuth) - site.az_start_deg) % 360.0
    el, range_km = np.degrees(elevation), range_m / 1e3
    return np.asarray(
        (offset <= site.sector_deg)
        & (el >= (site.el_min_deg if low_deg is None else low_deg))
        & (el <= (site.el_max_deg if high_deg is None else high_deg))
        & (range_km >= site.range_min_km)
        & (range_km <= site.range_max_km)
    )


def radar_sees(site: RadarSite, r: Array, refraction: bool = False) -> Bools:
    """Whether points (n, 3) m, Earth-fixed, lie within (n,) a radar's sector, elevation and range limits.

    The horizon is the geometric one; with `refraction`, the limits of elevation are those of the bent rays
    through the site's own air and ionosphere (`trace`), so that some points below the geometric limit are in
    view.
    """
    lat, lon = math.radians(site.lat_deg), math.radians(site.lon_deg)
    r_site = ecef_from_geodetic(lat, lon, site.height_m)
    enu = (r - r_site) @ site_axes(r_site).T
    far2 = np.einsum("ni,ni->n", enu, enu)
    # Nothing below the lowest limit by the most that the air bends a ray; the rest is asked in full.
    margin = _MOST_BENDING if refraction else 0.0
    least = math.sin(max(math.radians(site.el_min_deg) - margin, -math.pi / 2))
    near = np.flatnonzero(
        (far2 <= ((site.range_max_km + _SLACK_KM) * 1e3) ** 2)
        & (enu[:, 2] >= (least - 1e-12) * np.sqrt(far2))
    )
    e, n, u = enu[near].T
    far = np.sqrt(far2[near])
    low, high = _limits_deg(site, far) if refraction else (None, None)
    out = np.zeros(len(r), dtype=bool)
    out[near] = within(site, far, np.arctan2(e, n), np.arctan2(u, np.hypot(e, n)), low, high)
    return out


def _limits_deg(site: RadarSite, range_m: Array) -> tuple[Array, Array]:
    """Geometric elevations (n,) deg, at these ranges, of the rays that leave at the site's two limits."""
    apparent = np.radians([max(site.el_min_deg, 0.0), min(site.el_max_deg, 90.0)])
    _, error = trace(
        apparent,
        _RAY_HEIGHTS,
        site.frequency_hz,
        Troposphere(surface_refractivity=site.surface_refractivity),
        Ionosphere(tecu=site.tecu),
        site.height_m,
    )
    geometric = apparent[:, None] - error
    ranges = straight_path(geometric, _RAY_HEIGHTS, EARTH_RADIUS + site.height_m)
    low, high = (np.interp(range_m, x, np.degrees(y)) for x, y in zip(ranges, geometric, strict=True))
    return low, high
