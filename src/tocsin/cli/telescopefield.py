"""A telescope's field as its picture shows it: its edges, a typical place in it, and sunlit cloud."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue import Satellite
from tocsin.earth.ellipsoid import ecef_from_geodetic, geodetic_from_ecef
from tocsin.motion.plume import PLUME
from tocsin.sensor.infrared.bright_cloud import bright_cloud
from tocsin.sensor.infrared.field import in_field
from tocsin.sensor.infrared.limb import limb, meets
from tocsin.sensor.infrared.sunlit import sunlit
from tocsin.sensor.telescope import Telescope

Array = NDArray[np.float64]

PLUME_M = PLUME.brightest_m
AROUND = 361


def field_edges(satellite: Satellite, r: Array) -> tuple[Array, ...]:
    """The edges of a field about the limb, deg in the plane of the picture; none for the whole disc."""
    if satellite.limb_depth_deg is None or satellite.limb_top_km is None:
        return ()
    turn = np.linspace(0.0, 2.0 * np.pi, AROUND)
    low = limb(r, turn)[0] - math.radians(satellite.limb_depth_deg)
    high = limb(r, turn, 1e3 * satellite.limb_top_km)[0]
    out = np.stack([np.sin(turn), np.cos(turn)], axis=-1)
    return tuple(np.degrees(angle)[:, None] * out for angle in (low, high))


def typical(satellite: Satellite, apogee: Array) -> tuple[Array, str]:
    """The place (3,) m, PLUME_M high, of which the curves are, and where that is in words."""
    if satellite.limb_depth_deg is not None:
        return limb(apogee, np.zeros(1), PLUME_M)[1][0], "at the limb, from apogee"
    lat, lon, _ = geodetic_from_ecef(apogee[None])
    return ecef_from_geodetic(lat, lon, PLUME_M)[0], "straight down from apogee"


def sunlit_cloud(
    telescope: Telescope, r: Array, sun: Array, lines: Array, noise: float
) -> tuple[Array, float]:
    """Brightness of sunlit cloud along lines of sight over that which looks like a plume, for a cell of cloud
    brighter by 2 sigma than the rest of it; NaN where there is none. And the mean of false looks a frame.
    """
    cloud, looks = telescope.high_cloud, telescope.sunlit
    out = np.full(lines.shape[:-1], np.nan)
    if looks is None:
        return out, 0.0
    at = meets(r, lines, cloud.height_m)
    there = np.isfinite(at[..., 0])
    there[there] = in_field(telescope.satellite, at[there], np.broadcast_to(r, at[there].shape))
    index = sunlit(at[there], r, sun, cloud, telescope.absorbers).index
    out[there] = index * math.exp(2.0 * looks.patchiness) / (looks.threshold * noise)
    bright = bright_cloud(telescope.satellite, r, sun, noise, looks, cloud, telescope.absorbers)
    return out, float(bright.mean.sum())
