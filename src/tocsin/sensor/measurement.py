"""The measurement equations of the two kinds of sensor, with their Jacobians."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import C_LIGHT, OMEGA
from tocsin.earth.ellipsoid import geodetic_from_ecef

Array = NDArray[np.float64]


def nadir_axes(r_sensor: Array) -> tuple[Array, Array, Array]:
    """East, north and nadir unit vectors (..., 3) at a satellite; undefined on the polar axis."""
    nadir = -r_sensor / np.linalg.norm(r_sensor, axis=-1, keepdims=True)
    east = np.stack([-r_sensor[..., 1], r_sensor[..., 0], np.zeros_like(r_sensor[..., 0])], axis=-1)
    east /= np.linalg.norm(east, axis=-1, keepdims=True)
    return east, np.cross(-nadir, east), nadir


def focal_values(seen: Array, r_sensor: Array) -> Array:
    """Angles (n, 2) rad from nadir toward east and north of points seen (n, 3) from r_sensor (n, 3).

    xi = atan2(d.e, d.k), eta = atan2(d.n, d.k), d = seen - r_s.
    """
    d = seen - r_sensor
    p, q, w = (np.sum(d * axis, axis=-1) for axis in nadir_axes(r_sensor))
    return np.stack([np.arctan2(p, w), np.arctan2(q, w)], axis=-1)


def focal_angles(r: Array, v: Array, r_sensor: Array) -> tuple[Array, Array]:
    """Angles (n, 2) rad from nadir toward east and north, and their Jacobian (n, 2, 3) in r.

    xi = atan2(d.e, d.k), eta = atan2(d.n, d.k), d = R(tau) (r - v tau) - r_s, tau = |r - r_s| / c:
    the light left tau earlier, and the Earth-fixed axes have turned by omega tau since.
    r, v (n, 3) at the reception times; r_sensor (n, 3).
    """
    tau = np.linalg.norm(r - r_sensor, axis=-1, keepdims=True) / C_LIGHT
    emitted = r - v * tau
    turn = OMEGA * tau[..., 0]
    seen = np.stack(
        [emitted[..., 0] + turn * emitted[..., 1], emitted[..., 1] - turn * emitted[..., 0], emitted[..., 2]],
        axis=-1,
    )
    d = seen - r_sensor
    east, north, nadir = nadir_axes(r_sensor)
    p, q, w = (np.sum(d * axis, axis=-1) for axis in (east, north, nadir))
    values = np.stack([np.arctan2(p, w), np.arctan2(q, w)], axis=-1)
    h_xi = (w[..., None] * east - p[..., None] * nadir) / (p**2 + w**2)[..., None]
    h_eta = (w[..., None] * north - q[..., None] * nadir) / (q**2 + w**2)[..., None]
    return values, np.stack([h_xi, h_eta], axis=-2)


def line_of_sight(values: Array, r_sensor: Array) -> Array:
    """Unit vectors (n, 3) of focal angles (n, 2) seen from r_sensor (n, 3): the inverse of `focal_angles`."""
    east, north, nadir = nadir_axes(r_sensor)
    d = np.tan(values[..., :1]) * east + np.tan(values[..., 1:]) * north + nadir
    return np.asarray(d / np.linalg.norm(d, axis=-1, keepdims=True))


def site_axes(r_site: Array) -> Array:
    """Rotation (..., 3, 3) from Earth-fixed axes to east, north, up at sites (..., 3)."""
    lat, lon, _ = geodetic_from_ecef(r_site)
    sl, cl, so, co = np.sin(lat), np.cos(lat), np.sin(lon), np.cos(lon)
    zero = np.zeros_like(sl)
    return np.stack(
        [
            np.stack([-so, co, zero], axis=-1),
            np.stack([-sl * co, -sl * so, cl], axis=-1),
            np.stack([cl * co, cl * so, sl], axis=-1),
        ],
        axis=-2,
    )


def range_azimuth_elevation(r: Array, v: Array, r_site: Array) -> tuple[Array, Array]:
    """Range m, azimuth and elevation rad (n, 3), and their Jacobian (n, 3, 3) in r.

    The echo received at t left the body tau = |r - r_s| / c earlier: d = r - v tau - r_s; the turn of the
    Earth within tau (under 20 ms) moves the line by less than 1.5 microradians and is left out.
    r, v (n, 3) at the reception times; r_site (n, 3).
    """
    tau = np.linalg.norm(r - r_site, axis=-1, keepdims=True) / C_LIGHT
    axes = site_axes(r_site)
    e, n, u = np.moveaxis(np.einsum("...ij,...j->...i", axes, r - v * tau - r_site), -1, 0)
    ground2 = e**2 + n**2
    ground, rng = np.sqrt(ground2), np.sqrt(ground2 + u**2)
    values = np.stack([rng, np.arctan2(e, n) % (2 * np.pi), np.arctan2(u, ground)], axis=-1)
    zero = np.zeros_like(e)
    h_range = np.stack([e / rng, n / rng, u / rng], axis=-1)
    h_azimuth = np.stack([n / ground2, -e / ground2, zero], axis=-1)
    h_elevation = np.stack([-e * u / (ground * rng**2), -n * u / (ground * rng**2), ground / rng**2], axis=-1)
    return values, np.stack([h_range, h_azimuth, h_elevation], axis=-2) @ axes


def position_from_radar(values: Array, r_site: Array) -> Array:
    """Earth-fixed positions (n, 3) m of radar looks (n, 3 or more) from sites (n, 3), at the bounce."""
    rng, az, el = np.moveaxis(values, -1, 0)[:3]
    enu = np.stack([np.cos(el) * np.sin(az), np.cos(el) * np.cos(az), np.sin(el)], axis=-1) * rng[..., None]
    return np.asarray(r_site + np.einsum("...ji,...j->...i", site_axes(r_site), enu))
