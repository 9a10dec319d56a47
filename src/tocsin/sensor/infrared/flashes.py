"""Natural flashes as a telescope's false looks: fireballs drawn at the rate of the CNEOS table."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue.assumed import assumed, check_assumed
from tocsin.catalogue.fireballs import fireballs
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.errors import TocsinError
from tocsin.sensor.given import numbers
from tocsin.sensor.infrared.flashrate import YEAR, FlashRate, fireball_rate

Array = NDArray[np.float64]


@final
@dataclass(frozen=True, slots=True)
class FlashLight:
    """How a fireball of a radiated energy shines in the band, and how long."""

    share: float = assumed(7e-3, 3e-3, 2e-2, "", "of the light in 2.6-2.9 um; a black body of 6,000 K: 0.007")
    median_s: float = assumed(1.5, 0.5, 3.0, "s", "median duration")
    spread: float = assumed(0.5, 0.3, 0.8, "", "1-sigma of the duration's logarithm", zero=True)
    longest_s: float = assumed(10.0, 5.0, 20.0, "s", "longer ones are cut to this")
    most_j: float = assumed(1e15, 4e14, 1e16, "J", "beyond which none is drawn; Chelyabinsk radiated 3.75e14")

    def __post_init__(self) -> None:
        check_assumed(self)


FLASH_LIGHT = FlashLight()


@final
@dataclass(frozen=True, slots=True, eq=False)
class Flashes:
    """Flashes in order of time: start t_tai (n,) s, lat, lon (n,) rad and height (n,) m.

    energy: radiated (n,) J; duration (n,) s; intensity: mean over the duration, in the band, (n,) W/sr;
    kind (n,): "fireball" or "lightning".
    """

    t_tai: Array
    lat: Array
    lon: Array
    height: Array
    energy: Array
    duration: Array
    intensity: Array
    kind: NDArray[np.str_]

    @property
    def r_ecef(self) -> Array:
        """Earth-fixed positions (n, 3) m."""
        return ecef_from_geodetic(self.lat, self.lon, self.height)


def draw_fireballs(
    t0: float,
    t1: float,
    rng: np.random.Generator,
    least_j: float = 2e10,
    rate: FlashRate | None = None,
    light: FlashLight = FLASH_LIGHT,
) -> Flashes:
    """Fireballs over the Earth from t0 to t1 (TAI s) that radiate `least_j` or more: a Poisson process.

    Places are even over the sphere, heights those of the table, energies of the power law `rate` (the table's
    unless given) up to light.most_j, durations log-normal. intensity = share energy / (4 pi duration).
    """
    law = fireball_rate() if rate is None else rate
    if not 0.0 < least_j < light.most_j:
        raise TocsinError(f"least_j: {least_j:g} J is not possible: give more than 0, below {light.most_j:g}")
    mean = law.per_year(least_j) - law.per_year(light.most_j)
    t = flash_times(t0, t1, mean / YEAR, rng)
    n = len(t)
    heights = fireballs().height_km
    height = rng.choice(heights[np.isfinite(heights)], n) * 1e3
    lat, lon = np.arcsin(rng.uniform(-1.0, 1.0, n)), rng.uniform(-np.pi, np.pi, n)
    energy = energies(least_j, light.most_j, law.exponent, n, rng)
    duration = np.minimum(light.median_s * np.exp(light.spread * rng.standard_normal(n)), light.longest_s)
    return flashes_of("fireball", light.share, t, lat, lon, height, energy, duration)


def together(*several: Flashes) -> Flashes:
    """All of several draws, in order of time."""
    if not several:
        raise TocsinError("together: no draws of flashes were given; give one or more")
    columns = [np.concatenate([getattr(f, column.name) for f in several]) for column in fields(Flashes)]
    order = np.argsort(columns[0], kind="stable")
    return Flashes(*(column[order] for column in columns))


def in_frames(flashes: Flashes, t_frame: Array, frame_s: float) -> Array:
    """Mean intensity (n, m) W/sr of each flash over each frame of frame_s, which ends at t_frame (m,)."""
    if not (math.isfinite(frame_s) and frame_s > 0.0):
        raise TocsinError(f"frame_s: a frame of {frame_s:g} s is not possible: give more than 0")
    end = numbers("times of frames (s)", t_frame)
    start = flashes.t_tai[:, None]
    overlap = np.minimum(start + flashes.duration[:, None], end) - np.maximum(start, end - frame_s)
    return np.asarray(flashes.intensity[:, None] * np.maximum(overlap, 0.0) / frame_s)


def flash_times(t0: float, t1: float, per_second: float, rng: np.random.Generator) -> Array:
    """Times (n,) of a Poisson process from t0 to t1, in order."""
    if not (math.isfinite(t0) and math.isfinite(t1) and t1 >= t0):
        raise TocsinError(f"flashes from {t0:g} to {t1:g} s: give two times, the later one second")
    return np.sort(rng.uniform(t0, t1, rng.poisson(per_second * (t1 - t0))))


def energies(least: float, most: float, exponent: float, n: int, rng: np.random.Generator) -> Array:
    """Energies (n,) of a power law from `least` to `most`: least (1 - u (1 - (least / most)^b))^(-1 / b)."""
    kept = 1.0 - (least / most) ** exponent
    return np.asarray(least * (1.0 - kept * rng.random(n)) ** (-1.0 / exponent))


def flashes_of(
    kind: str, share: float, t: Array, lat: Array, lon: Array, height: Array, energy: Array, duration: Array
) -> Flashes:
    """Flashes of one kind, a share of whose energy is radiated in the band, alike to all sides."""
    intensity = share * energy / (4.0 * np.pi * duration)
    return Flashes(t, lat, lon, height, energy, duration, intensity, np.full(len(t), kind))
