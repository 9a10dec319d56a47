"""What the air between adds to a look: excess range and elevation error, from a table of traced rays."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.earth.kernel import inlined, kernel
from tocsin.errors import TocsinError
from tocsin.sensor.echo.grid import Weights, cell_of, patch, spline_coefficients, spline_weights
from tocsin.sensor.echo.ionosphere import IONOSPHERE, NO_IONOSPHERE, Ionosphere
from tocsin.sensor.echo.ray import EARTH_RADIUS, trace
from tocsin.sensor.echo.troposphere import TROPOSPHERE, Troposphere
from tocsin.sensor.given import numbers

Array = NDArray[np.float64]
ELEVATIONS, HEIGHTS = 65, 129
MIDDLE_M = 300e3  # the height half-way along the table
HIGHEST_M = 5e8  # beyond the Moon
ROUNDS, CLOSE = 8, 1e-8


@final
@dataclass(frozen=True, slots=True, eq=False)
class RefractionTable:
    """Splines of rays traced for one frequency, air and site height, by apparent elevation and height.

    coefficients (5, ELEVATIONS + 2, HEIGHTS + 2): excess range m and elevation error rad of the troposphere,
    then of the ionosphere, then the sum of both errors, over u = sqrt(2 el / pi) and
    w = sqrt(h / (h + MIDDLE_M)), h above the site.
    """

    coefficients: Array
    frequency_hz: float
    troposphere: Troposphere
    ionosphere: Ionosphere
    site_height_m: float


@final
@dataclass(frozen=True, slots=True)
class Refraction:
    """What the air adds to looks (n,), one way: range in m, elevation in rad, each medium's part."""

    troposphere_m: Array
    troposphere_elevation: Array
    ionosphere_m: Array
    ionosphere_elevation: Array

    @property
    def range_m(self) -> Array:
        """Excess range of both: apparent less geometric."""
        return np.asarray(self.troposphere_m + self.ionosphere_m)

    @property
    def elevation(self) -> Array:
        """Elevation error of both: apparent less geometric."""
        return np.asarray(self.troposphere_elevation + self.ionosphere_elevation)


def refraction_table(
    frequency_hz: float,
    troposphere: Troposphere = TROPOSPHERE,
    ionosphere: Ionosphere = IONOSPHERE,
    site_height_m: float = 0.0,
) -> RefractionTable:
    """Trace the rays of one radar (50 ms) and lay a spline through them.

    The ionosphere's part is what it adds to the troposphere's. Interpolated: within 1e-4 of each part, at
    heights above 1 km. TocsinError for a frequency or air in which rays turn back (see `ray.trace`).
    """
    elevation = 0.5 * np.pi * np.linspace(0.0, 1.0, ELEVATIONS) ** 2
    w2 = np.linspace(0.0, np.sqrt(HIGHEST_M / (HIGHEST_M + MIDDLE_M)), HEIGHTS)[1:] ** 2
    height = MIDDLE_M * w2 / (1.0 - w2)
    below = trace(elevation, height, frequency_hz, troposphere, NO_IONOSPHERE, site_height_m)
    both = trace(elevation, height, frequency_hz, troposphere, ionosphere, site_height_m)
    values = np.stack([*below, both[0] - below[0], both[1] - below[1], both[1]])
    values = np.pad(values, [(0, 0), (0, 0), (1, 0)])  # nothing lies between the site and its own height
    return RefractionTable(
        spline_coefficients(values), float(frequency_hz), troposphere, ionosphere, float(site_height_m)
    )


def refraction_of(
    table: RefractionTable, elevation: ArrayLike, height_m: ArrayLike, *, apparent: bool = False
) -> Refraction:
    """Refraction (n,) of bodies at heights (n,) m above the sea, seen at elevations (n,) rad.

    elevation is geometric, or what the radar sees where `apparent`. A body below the refracted horizon gets
    the horizon's figures, and one below the site none. TocsinError for an elevation beyond +-pi/2 or a height
    that is no number. Elevation and height broadcast.
    """
    el = numbers("elevation (rad)", elevation, -np.pi / 2, np.pi / 2)
    height = numbers("height (m)", height_m) - table.site_height_m
    el, height = np.broadcast_arrays(el, height)
    if np.any(height > HIGHEST_M):
        raise TocsinError(
            f"refraction_of: height {float(np.max(height)):g} m is beyond the table: "
            f"give at most {HIGHEST_M:g} m"
        )
    out = np.empty((4, el.size))
    _look_up(table.coefficients, np.ravel(el), np.ravel(height), apparent, out)
    return Refraction(*(part.reshape(el.shape) for part in out))


def height_of(elevation: ArrayLike, range_m: ArrayLike, site_height_m: float = 0.0) -> Array:
    """Height (n,) m above the sea of what is seen at a geometric elevation and range, on the mean sphere."""
    r = numbers("range (m)", range_m, 0.0)
    r_s = EARTH_RADIUS + site_height_m
    lift = r * (r + 2.0 * r_s * np.sin(numbers("elevation (rad)", elevation, -np.pi / 2, np.pi / 2)))
    return np.asarray(site_height_m + lift / (r_s + np.sqrt(r_s * r_s + lift)))


def corrected(
    table: RefractionTable, range_m: ArrayLike, elevation: ArrayLike
) -> tuple[Array, Array, Refraction]:
    """Geometric range (n,) m and elevation (n,) rad of what was measured, and the refraction taken away.

    The height that it needs comes of the corrected look itself: five rounds, which leave 0.01 m and 1e-7
    rad at the horizon. A look below the horizon is corrected as one along it.
    """
    measured = numbers("range (m)", range_m, 0.0)
    seen = numbers("elevation (rad)", elevation, -np.pi / 2, np.pi / 2)
    r, el = np.broadcast_arrays(measured, seen)
    for _ in range(5):
        air = refraction_of(table, seen, height_of(el, r, table.site_height_m), apparent=True)
        r, el = np.maximum(measured - air.range_m, 0.0), seen - air.elevation
    return r, el, air


@inlined
def _along(el: float) -> float:
    return math.sqrt(min(max(el, 0.0) / (0.5 * math.pi), 1.0)) * (ELEVATIONS - 1)


@kernel
def _error(c: Array, el: float, j: int, b: Weights) -> float:
    u = _along(el)
    i = cell_of(u, ELEVATIONS - 1)
    return patch(c, i, spline_weights(u - i), j, b)


@kernel
def _look_up(c: Array, elevation: Array, height: Array, apparent: bool, out: Array) -> None:
    last = math.sqrt(HIGHEST_M / (HIGHEST_M + MIDDLE_M))
    for k in range(elevation.shape[0]):
        h = max(height[k], 0.0)
        w = math.sqrt(h / (h + MIDDLE_M)) / last * (HEIGHTS - 1)
        j = cell_of(w, HEIGHTS - 1)
        b = spline_weights(w - j)
        el = elevation[k]
        if not apparent:
            # The root of el_a = el + error(el_a), by the secant rule: its slope is 1 to 1.6.
            old = max(el, 0.0)
            f_old = _error(c[4], old, j, b) + el - old
            new = max(old + f_old, 0.0)
            for _ in range(ROUNDS):
                f_new = _error(c[4], new, j, b) + el - new
                if f_new == f_old:
                    break
                step = f_new * (new - old) / (f_old - f_new)
                old, f_old = new, f_new
                new = max(new + step, 0.0)
                if abs(f_new) < CLOSE:
                    break
            el = new
        u = _along(el)
        i = cell_of(u, ELEVATIONS - 1)
        a = spline_weights(u - i)
        for m in range(4):
            out[m, k] = patch(c[m], i, a, j, b)
