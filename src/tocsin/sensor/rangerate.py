"""Range rate: its measurement equation, what a look of it is, and the errors of it that last."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import C_LIGHT, MU, OMEGA
from tocsin.sensor.echo.air import Air
from tocsin.sensor.echo.phase import phase_rates
from tocsin.sensor.echo.ray import EARTH_RADIUS
from tocsin.sensor.echo.timing import turned
from tocsin.sensor.errors import RADAR
from tocsin.sensor.measurement import site_axes

Array = NDArray[np.float64]


def range_rate(r: Array, v: Array, r_site: Array) -> tuple[Array, Array]:
    """Range rate (n,) m/s at the reception of an echo, and its Jacobian (n, 6) in r and v.

    The carrier's shift is the rate of c (t_receive - t_transmit) / 2 with t_receive: u.v_b (1 - u.v_b / c),
    u from the site to the bounce at r - v tau, v_b = v - a tau, tau = |r - r_s| / c. Light time is in to the
    first order, some 0.2 m/s; a is that of free fall, so that an engine's thrust leaves up to 0.5 m/s. The
    Jacobian is that without light time, within 1e-4. r, v (n, 3) at the times of reception; r_site (n, 3).
    """
    d = r - r_site
    tau = np.linalg.norm(d, axis=-1, keepdims=True) / C_LIGHT
    u = d / (C_LIGHT * tau)
    across = v - np.sum(u * v, axis=-1, keepdims=True) * u
    rate = _along(d - v * tau, v - free_fall(r, v) * tau)
    return rate, np.concatenate([across / (C_LIGHT * tau), u], axis=-1)


def bounced_rate(seen: Array, v: Array, r_site: Array) -> Array:
    """Range rate (n,) m/s of echoes that bounced at seen (n, 3), at v (n, 3) then, by a site (3,).

    Both in the Earth-fixed axes of reception, as `light.seen_from` gives them; those of the bounce stood
    half-way between sending and reception, so in these the turn of the Earth leaves the rate alone.
    """
    angle = -OMEGA * np.linalg.norm(seen - r_site, axis=-1) / C_LIGHT
    return _along(turned(seen, angle) - r_site, turned(v, angle))


def rate_columns(jacobian: Array, r: Array, v: Array, r_site: Array, air: Air | None) -> Array:
    """How far each lasting error of `errors.radar_columns` moves the range rate: (n, 6), m/s for each.

    Range and angles do not. A clock that is fast by e tells the rate of e ago: -(J_r v + J_v a), a of free
    fall. What is left of the air counts by the whole phase path's rate. jacobian (n, 6) of `range_rate`.
    """
    c = np.zeros((len(r), RADAR))
    c[:, 3] = -np.sum(jacobian * np.concatenate([v, free_fall(r, v)], axis=-1), axis=-1)
    c[:, 4:] = rates_uncorrected(air, r, v, r_site)
    return c


def rates_uncorrected(air: Air | None, r: Array, v: Array, r_site: Array) -> Array:
    """The whole excess range rate (n, 2) by troposphere and ionosphere at r, v (n, 3); nought without air.

    r_site (n, 3) or (3,).
    """
    if air is None:
        return np.zeros((len(r), 2))
    axes = site_axes(r_site)
    d, w = (np.einsum("...ij,...j->...i", axes, x) for x in (r - r_site, v))
    ground = np.hypot(d[:, 0], d[:, 1])
    away = np.sum(d[:, :2] * w[:, :2], axis=-1) / np.maximum(ground, 1e-9)
    deep = EARTH_RADIUS + d[:, 2]
    middle = np.hypot(ground, deep)
    upward = (away * ground + w[:, 2] * deep) / middle
    outward = (away * deep - w[:, 2] * ground) / middle
    elevation = np.arctan2(d[:, 2], ground)
    return phase_rates(air, np.linalg.norm(d, axis=-1), elevation, upward, outward)


def free_fall(r: Array, v: Array) -> Array:
    """Acceleration (n, 3) m/s2 in Earth-fixed axes: -mu r / |r|^3 + 2 v x omega + omega^2 (x, y, 0)."""
    a: Array = -MU * r / np.linalg.norm(r, axis=-1, keepdims=True) ** 3
    a[:, :2] += OMEGA**2 * r[:, :2] + 2.0 * OMEGA * np.stack([v[:, 1], -v[:, 0]], axis=-1)
    return a


def _along(d: Array, v: Array) -> Array:
    q = np.sum(d * v, axis=-1) / np.linalg.norm(d, axis=-1)
    return np.asarray(q * (1.0 - q / C_LIGHT))
