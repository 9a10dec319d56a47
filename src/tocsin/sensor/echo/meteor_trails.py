"""Echoes of meteor trails: short, slow, from 80 to 110 km, and many more at metre than at decimetre waves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np

from tocsin.catalogue.assumed import assumed, check_assumed
from tocsin.sensor.echo.clutter import ClutterMap, Search, cell_edges, middles, shell_area, slant_range
from tocsin.sensor.given import numbers, positive

BOTTOM_M, TOP_M = 80e3, 110e3
REFERENCE_WAVELENGTH_M = 2.0
REFERENCE_RANGE_M = 1e6


@final
@dataclass(frozen=True, slots=True)
class MeteorTrails:
    """How many trails a radar detects that would see 1 m2 at some 4,000 km, and how they are spread.

    density is per m2 of the layer and second of search at a wavelength of 2 m and a range of 1,000 km, near
    the flux of sporadic meteors of naked-eye brightness. Echoes grow as wavelength cubed, and the width that
    a trail starts with takes all of a short wave: the exponent stands for both.
    """

    density: float = assumed(5e-14, 5e-15, 5e-13, "1/(m2 s)", "at 2 m and 1,000 km, mean of a day", zero=True)
    wavelength_exponent: float = assumed(4.0, 3.0, 7.0, "", "of the number with wavelength")
    range_exponent: float = assumed(
        1.5, 1.0, 2.0, "", "of the number against range: power R^-3, N(>q) as 1/q"
    )
    middle_m: float = assumed(93e3, 88e3, 100e3, "m", "mean height; lower for shorter waves")
    spread_m: float = assumed(6e3, 4e3, 8e3, "m", "1 sigma of the heights")
    diurnal: float = assumed(0.5, 0.0, 0.8, "", "swing about the mean, most at 6 h local time", zero=True)
    excess_db: float = assumed(20.0, 10.0, 30.0, "dB", "of the strongest over the threshold")
    drift_m_s: float = assumed(40.0, 20.0, 80.0, "m/s", "1 sigma of the wind along the line of sight")

    def __post_init__(self) -> None:
        check_assumed(self)
        numbers("MeteorTrails.diurnal", self.diurnal, 0.0, 1.0)


METEOR_TRAILS = MeteorTrails()


def meteor_map(
    search: Search,
    wavelength_m: float,
    trails: MeteorTrails = METEOR_TRAILS,
    local_hour: float | None = None,
) -> ClutterMap:
    """Where a search meets trails: density area (lambda / 2 m)^p (1,000 km / R)^q, normal in height.

    local_hour is solar time, 0 to 24; None is the mean of a day. The layer is the same at all azimuths. The
    length of a trail's life, under a second, is within the density.
    """
    azimuth, elevation, height = cell_edges(search, BOTTOM_M, TOP_M)
    z = (middles(height) - trails.middle_m) / trails.spread_m
    layer = np.exp(-0.5 * z * z)
    scale = float(positive("wavelength (m)", wavelength_m)) / REFERENCE_WAVELENGTH_M
    of_day = 1.0
    if local_hour is not None:
        hour = float(numbers("local hour", local_hour, 0.0, 24.0))
        of_day += trails.diurnal * np.cos(2.0 * np.pi * (hour - 6.0) / 24.0)
    near = (REFERENCE_RANGE_M / slant_range(elevation, height)) ** trails.range_exponent
    density = trails.density * scale**trails.wavelength_exponent * of_day * layer / layer.sum()
    rate = density * near * shell_area(azimuth, elevation, height)
    return ClutterMap(
        "meteor", azimuth, elevation, height, rate, np.full(rate.shape, trails.excess_db), trails.drift_m_s
    )
