"""What the air between a plume and a telescope lets through at 2.7 um, along a slant or grazing path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.catalogue.assumed import assumed, check_assumed
from tocsin.earth.ellipsoid import geodetic_from_ecef, verticals
from tocsin.sensor.given import numbers
from tocsin.sensor.infrared.normal import scaled_erfc

Array = NDArray[np.float64]

MEAN_RADIUS = 6371e3  # m, of the sphere that stands for the Earth here


@final
@dataclass(frozen=True, slots=True)
class Absorbers:
    """Two exponential absorbers: vertical optical depths of the whole air in the band, and scale heights.

    The defaults make the ground black (1e-17); they let half through from 8.2 km, 0.87 from 12 km, upward.
    With `strong` each depth enters as its square root, as the band mean of strong lines does (Goody and
    Yung, Atmospheric Radiation (1989), chapter 4): greyer lower down, less clear higher up.
    """

    water: float = assumed(
        38.0, 10.0, 150.0, "", "of water vapour; opaque at the ground, open above 10-15 km"
    )
    water_m: float = assumed(2e3, 1.5e3, 2.5e3, "m", "of water vapour; the textbook's about 2 km")
    mixed: float = assumed(0.3, 0.0, 1.0, "", "of the carbon dioxide lines that lie in the band", zero=True)
    mixed_m: float = assumed(7e3, 6e3, 8e3, "m", "of well-mixed gas")
    strong: bool = False

    def __post_init__(self) -> None:
        check_assumed(self)


ABSORBERS = Absorbers()


def zenith_angle(r: Array, r_sensor: Array) -> Array:
    """Angle (n,) rad at Earth-fixed r (n, 3) from the vertical to the line to r_sensor (n, 3)."""
    lat, lon, _ = geodetic_from_ecef(r)
    up = verticals(lat, lon)
    d = r_sensor - r
    level = np.linalg.norm(np.cross(up, d), axis=-1)
    return np.asarray(np.arctan2(level, np.sum(up * d, axis=-1)))


def column(height_m: ArrayLike, zenith: ArrayLike, scale_m: float) -> Array:
    """What lies along the path from height h to space, over a vertical path from the ground: (...).

    Upward: exp(-h / H) Ch(x, z), x = (R + h) / H, with Chapman's function
    Ch = sqrt(pi x / 2) exp(y^2) erfc(y), y = sqrt(x / 2) cos z, to 1 / x (3e-4 at 2 km). Downward, through
    the lowest point at h0 = (R + h) sin z - R: 2 exp(-h0 / H) Ch(x0, 90 deg) less the upward path at
    180 deg - z; infinite where that meets the ground. Without refraction.
    Source: Smith and Smith, Journal of Geophysical Research 77 (1972), 3592-3597.
    """
    h = numbers("height (m)", height_m, -0.1 * MEAN_RADIUS)
    z = numbers("zenith angle (rad)", zenith, 0.0, np.pi)
    x = (MEAN_RADIUS + h) / scale_m
    up = np.exp(-h / scale_m) * np.sqrt(0.5 * np.pi * x) * scaled_erfc(np.sqrt(0.5 * x) * np.abs(np.cos(z)))
    lowest = (MEAN_RADIUS + h) * np.sin(z) - MEAN_RADIUS
    x_lowest = (MEAN_RADIUS + np.maximum(lowest, 0.0)) / scale_m
    through = 2.0 * np.exp(-np.maximum(lowest, 0.0) / scale_m) * np.sqrt(0.5 * np.pi * x_lowest)
    return np.where(z <= 0.5 * np.pi, up, np.where(lowest > 0.0, through - up, np.inf))


def band_transmission(height_m: ArrayLike, zenith: ArrayLike, absorbers: Absorbers = ABSORBERS) -> Array:
    """Share (...) of the band's light from height h that reaches space at a zenith angle: exp(-sum tau).

    tau = tau0 column, or its square root for strong lines, for each absorber; 0 where the ground is between.
    """
    a = absorbers
    tau = np.stack(
        [a.water * column(height_m, zenith, a.water_m), _mixed(column(height_m, zenith, a.mixed_m), a.mixed)]
    )
    return np.asarray(np.exp(-np.sum(np.sqrt(tau) if a.strong else tau, axis=0)))


def transmission(
    height_m: ArrayLike, zenith: ArrayLike, cloud_top_m: ArrayLike, absorbers: Absorbers = ABSORBERS
) -> Array:
    """`band_transmission` (...) of a plume, hidden below a cloud's top at cloud_top_m (...); 0: no cloud."""
    top = numbers("cloud top (m)", cloud_top_m, 0.0)
    clear = (numbers("height (m)", height_m) >= top) | (top == 0.0)
    return np.where(clear, band_transmission(height_m, zenith, absorbers), 0.0)


def _mixed(path: Array, depth: float) -> Array:
    return depth * path if depth > 0.0 else np.zeros_like(path)
