"""What the air adds to a range rate: how fast the phase path outgrows the straight line."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.sensor.echo.air import Air, table_of
from tocsin.sensor.echo.ionosphere import plasma_refractivity
from tocsin.sensor.echo.ray import EARTH_RADIUS
from tocsin.sensor.echo.refraction import RefractionTable, height_of, refraction_of
from tocsin.sensor.echo.troposphere import air_refractivity

Array = NDArray[np.float64]


def phase_rates(air: Air, range_m: Array, elevation: Array, upward: Array, outward: Array) -> Array:
    """Excess range rate (n, 2) m/s by troposphere and by ionosphere, of bodies at geometric looks (n,).

    upward, outward (n,) m/s: the body's velocity along its own vertical, and level away from the site. A
    carrier's shift is the rate of the phase path P, and grad P = n s, s the ray's direction at the body (the
    eikonal equation; Born and Wolf, Principles of Optics). With Snell's n r cos(beta) = n_s r_s cos(el_a)
    = p it is v_out p / r + v_up sqrt(n^2 - (p / r)^2), less the same with n = 1 and the geometric elevation.
    So the ionosphere takes away from the rate what its group delay would add.
    """
    table = table_of(air)
    height = height_of(elevation, range_m)
    found = refraction_of(table, elevation, height)
    r = EARTH_RADIUS + height
    straight = np.cos(elevation) * EARTH_RADIUS
    low, high = air_refractivity([0.0], table.troposphere)[0], air_refractivity(height, table.troposphere)
    plasma = _plasma(table, height)
    lower = _rate(low, high, elevation + found.troposphere_elevation, straight, r, upward, outward)
    both = _rate(low, high - plasma, elevation + found.elevation, straight, r, upward, outward)
    return np.stack([lower, both - lower], axis=-1)


def _plasma(table: RefractionTable, height: Array) -> Array:
    return plasma_refractivity(height, table.frequency_hz, table.ionosphere)


def _rate(
    at_site: float, at_body: Array, apparent: Array, straight: Array, r: Array, upward: Array, outward: Array
) -> Array:
    level = (1.0 + at_site) * EARTH_RADIUS * np.cos(apparent) / r
    bare = straight / r
    # The difference of both roots by that of their squares, which keeps its digits.
    squares = at_body * (2.0 + at_body) - (level - bare) * (level + bare)
    rise = np.sqrt(np.maximum(1.0 - bare * bare, 0.0))
    bent = np.sqrt(np.maximum(1.0 - bare * bare + squares, 0.0))
    both = rise + bent
    steeper = np.divide(squares, both, out=np.zeros_like(both), where=both > 0.0)
    return np.asarray(outward * (level - bare) + upward * steeper)
