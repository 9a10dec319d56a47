"""Range rate: its measurement equation, what a look of it is, and the errors of it that last."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import C_LIGHT, OMEGA
from tocsin.sensor.echo.air import Air
from tocsin.sensor.echo.phase import phase_rates
from tocsin.sensor.echo.ray import EARTH_RADIUS
from tocsin.sensor.echo.timing import turned
from tocsin.sensor.errors import RADAR
from tocsin.sensor.measurement import site_axes
from tocsin.sensor.rate_row import rate_rows

Array = NDArray[np.float64]


def range_rate(r: Array, v: Array, r_site: Array) -> tuple[Array, Array]:
    """Range rate (n,) m/s at the reception of an echo, and its Jacobian (n, 6) in r and v: `rate_row`.

    r, v (n, 3) at the times of reception; r_site (n, 3).
    """
    rate, jacobian, _ = _rows(r, v, r_site)
    return rate, jacobian


def bounced_rate(seen: Array, v: Array, r_site: Array) -> Array:
    """Range rate (n,) m/s of echoes that bounced at seen (n, 3), at v (n, 3) then, by a site (3,).

    Both in the Earth-fixed axes of reception, as `light.seen_from` gives them; those of the bounce stood
    half-way between sending and reception, so in these the turn of the Earth leaves the rate alone.
    """
    angle = -OMEGA * np.linalg.norm(seen - r_site, axis=-1) / C_LIGHT
    return _along(turned(seen, angle) - r_site, turned(v, angle))


def rate_columns(r: Array, v: Array, r_site: Array, air: Air | None) -> Array:
    """How far each lasting error of `errors.radar_columns` moves the range rate: (n, 6), m/s for each.

    Range and angles do not. A clock that is fast by e tells the rate of e ago: -(J_r v + J_v a), a of free
    fall. What is left of the air counts by the whole phase path's rate.
    """
    c = np.zeros((len(r), RADAR))
    c[:, 3] = -_rows(r, v, r_site)[2]
    c[:, 4:] = rates_uncorrected(air, r, v, r_site)
    return c


def rates_uncorrected(air: Air | None, r: Array, v: Array, r_site: Array) -> Array:
    """The whole excess range rate (n, 2) by troposphere and ionosphere at r, v (n, 3); nought without air.

    r_site (n, 3) or (3,).
    """
    if air is None:
        return np.zeros((len(r), 2))
    return phase_rates(air, *seen_moving(r, v, r_site))


def seen_moving(r: Array, v: Array, r_site: Array) -> tuple[Array, Array, Array, Array]:
    """Range m and elevation rad (n,) of bodies at r, v (n, 3), and their speeds m/s (n,) along their own
    vertical and level away from the site: what `phase_rates` takes."""
    axes = site_axes(r_site)
    d, w = (np.einsum("...ij,...j->...i", axes, x) for x in (r - r_site, v))
    ground = np.hypot(d[:, 0], d[:, 1])
    away = np.sum(d[:, :2] * w[:, :2], axis=-1) / np.maximum(ground, 1e-9)
    deep = EARTH_RADIUS + d[:, 2]
    middle = np.hypot(ground, deep)
    upward = (away * ground + w[:, 2] * deep) / middle
    outward = (away * deep - w[:, 2] * ground) / middle
    elevation = np.arctan2(d[:, 2], ground)
    return np.linalg.norm(d, axis=-1), elevation, upward, outward


def slopes_uncorrected(air: Air | None, r: Array, r_site: Array) -> Array:
    """`rates_uncorrected` (n, 2, 3) for each m/s along the Earth-fixed axes: it is linear in the velocity."""
    each = [rates_uncorrected(air, r, np.broadcast_to(e, r.shape), r_site) for e in np.eye(3)]
    return np.stack(each, axis=-1)


def _rows(r: Array, v: Array, r_site: Array) -> tuple[Array, Array, Array]:
    x = np.concatenate([r, v], axis=-1)
    n = len(x)
    rate, slope, change = np.empty(n), np.empty((n, 6)), np.empty(n)
    rate_rows(x, np.ascontiguousarray(np.broadcast_to(r_site, (n, 3))), rate, slope, change)
    return rate, slope, change


def _along(d: Array, v: Array) -> Array:
    q = np.sum(d * v, axis=-1) / np.linalg.norm(d, axis=-1)
    return np.asarray(q * (1.0 - q / C_LIGHT))
