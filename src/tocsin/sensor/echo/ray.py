"""A radar ray through layered air: how much too far and too high it shows what it meets."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import TocsinError
from tocsin.sensor.echo.ionosphere import Ionosphere, plasma_refractivity
from tocsin.sensor.echo.troposphere import Troposphere, air_refractivity
from tocsin.sensor.given import numbers, positive

Array = NDArray[np.float64]
EARTH_RADIUS = 6371008.8  # m, the mean radius of WGS 84
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(8)


def straight_path(elevation: Array, height_m: Array, radius_m: float) -> Array:
    """Range (...) m along a straight line, `elevation` rad at radius_m, to height_m above that radius.

    (2 r h + h^2) / (r sin(el) + sqrt(r^2 sin^2(el) + 2 r h + h^2)), for an elevation of 0 or more.
    """
    rise = radius_m * np.sin(elevation)
    lift = height_m * (2.0 * radius_m + height_m)
    root = rise + np.sqrt(rise * rise + lift)
    return np.divide(lift, root, out=np.zeros(np.broadcast(root, lift).shape), where=root > 0.0)


def trace(
    elevation: Array,
    height_m: Array,
    frequency_hz: float,
    troposphere: Troposphere,
    ionosphere: Ionosphere,
    site_height_m: float = 0.0,
) -> tuple[Array, Array]:
    """Excess range m and elevation error rad, (m, n) each, of rays to heights above the site.

    elevation (m,) rad is apparent, from 0 to pi/2; height_m (n,) above 0, rising: its cells, two scale
    heights wide at the most, carry the quadrature. Excess: the group path one way less the straight
    distance; error: apparent less geometric elevation. On a sphere, with Snell's n r cos(el) = a, the ray
    beside the straight line of the same apparent elevation s: the path is the integral of
    n_g n k ds and the angle at the centre that of a k ds / r^2, k^2 = (r^2 - r_s^2 cos^2) / (n^2 r^2 - a^2).
    Eight-point Gauss-Legendre a cell. TocsinError where a ray turns back (a duct, or too low a frequency).
    """
    e = numbers("apparent elevation (rad)", elevation, 0.0, np.pi / 2)[:, None, None]
    nodes = positive("height (m)", height_m)
    f = float(positive("frequency (Hz)", frequency_hz))
    r_s = EARTH_RADIUS + float(numbers("site height (m)", site_height_m, -1e3, 1e4))
    edges = straight_path(e[:, :, 0], np.concatenate([[0.0], nodes]), r_s)
    half = 0.5 * np.diff(edges)[:, :, None]
    s = edges[:, :-1, None] + half * (1.0 + _NODES)
    level = r_s * np.cos(e)
    lift = s * (s + 2.0 * r_s * np.sin(e))  # r^2 - r_s^2
    height = lift / (r_s + np.sqrt(r_s * r_s + lift))
    air = air_refractivity(site_height_m + height, troposphere)
    plasma = plasma_refractivity(site_height_m + height, f, ionosphere)
    bottom = float(
        air_refractivity(site_height_m, troposphere) - plasma_refractivity(site_height_m, f, ionosphere)
    )
    phase, group = air - plasma, air + plasma
    r2 = r_s * r_s + lift
    straight = lift + (r_s * np.sin(e)) ** 2  # (r sin of the straight line's local elevation)^2
    more = phase * (2.0 + phase) * r2 - bottom * (2.0 + bottom) * level**2
    bent = straight + more
    if not np.all(bent > 0.0):
        raise TocsinError(
            f"refraction: a ray at {f / 1e6:g} MHz turns back to the ground ({ionosphere.tecu:g} TECU, "
            f"surface refractivity {troposphere.surface_refractivity:g}): "
            "give a higher frequency, or less of both"
        )
    # The ratio k less 1, and both integrands less the straight line's, so that small differences keep digits.
    k = -more / (np.sqrt(bent) * (np.sqrt(bent) + np.sqrt(straight)))
    index = phase + group + phase * group
    path = np.cumsum(np.sum((index + k + index * k) * half * _WEIGHTS, axis=-1), axis=1)
    turned = (bottom + k + bottom * k) * level / r2
    turn = np.cumsum(np.sum(turned * half * _WEIGHTS, axis=-1), axis=1)
    return _beside_straight(e[:, :, 0], nodes, edges[:, 1:], path, turn, r_s)


def _beside_straight(
    e: Array, height: Array, straight: Array, path: Array, turn: Array, r_s: float
) -> tuple[Array, Array]:
    # The straight line from the site ends at the angle t0 round the centre, the ray at t0 + turn.
    r = r_s + height
    t0 = np.arctan2(straight * np.cos(e), r_s + straight * np.sin(e))
    middle, sine = t0 + 0.5 * turn, np.sin(0.5 * turn)
    more = 4.0 * r_s * r * np.sin(middle) * sine
    geometric = np.sqrt(straight**2 + more)
    both = geometric + straight
    gap = np.divide(more, both, out=np.zeros_like(path), where=both > 0.0)
    lean = height + 2.0 * r_s * np.sin(0.5 * middle) ** 2 - 2.0 * r * np.sin(0.25 * turn) ** 2
    chord = 2.0 * r * sine
    return path - gap, np.arctan2(chord * lean, 0.5 * (straight**2 + geometric**2 - chord**2))
