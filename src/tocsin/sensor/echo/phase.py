"""What the air adds to a range rate: how fast the phase path outgrows the straight line."""

from __future__ import annotations

from dataclasses import replace

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
    height = height_of(elevation, range_m)
    motion = height, elevation, upward, outward
    lower, both = (excess_rate(table_of(a), *motion) for a in (replace(air, tecu=0.0), air))
    return np.stack([lower, both - lower], axis=-1)


def excess_rate(
    table: RefractionTable, height: Array, elevation: Array, upward: Array, outward: Array
) -> Array:
    """The whole excess range rate (n,) m/s by one table of rays, as `phase_rates`; height (n,) m."""
    apparent = elevation + refraction_of(table, elevation, height).elevation
    at_site, at_body = (
        air_refractivity(h, table.troposphere) - plasma_refractivity(h, table.frequency_hz, table.ionosphere)
        for h in (np.zeros(1), height)
    )
    r = EARTH_RADIUS + height
    level = (1.0 + at_site) * EARTH_RADIUS * np.cos(apparent) / r
    bare = EARTH_RADIUS * np.cos(elevation) / r
    # The difference of both roots by that of their squares, which keeps its digits.
    squares = at_body * (2.0 + at_body) - (level - bare) * (level + bare)
    rise = np.sqrt(np.maximum(1.0 - bare * bare, 0.0))
    both = rise + np.sqrt(np.maximum(1.0 - bare * bare + squares, 0.0))
    steeper = np.divide(squares, both, out=np.zeros_like(both), where=both > 0.0)
    return np.asarray(outward * (level - bare) + upward * steeper)
