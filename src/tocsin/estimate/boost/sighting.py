"""Telescopes' looks made ready for the kernels, and the angles that a moving plume should be seen at."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import C_LIGHT, OMEGA
from tocsin.earth.ellipsoid import ecef_from_geodetic, geodetic_from_ecef
from tocsin.earth.kernel import kernel
from tocsin.estimate.looks import Channel, Looks, compact
from tocsin.sensor.errors import TELESCOPE
from tocsin.sensor.measurement import nadir_axes

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

CLOUD_TOP_M = 10e3
PLACE_M = 2000e3  # 1 sigma of where a launch may be, about where the first line meets the cloud tops
EAST, NORTH, CLOCK, LAG = range(TELESCOPE)


@final
@dataclass(frozen=True, slots=True, eq=False)
class Sightings:
    """Looks of telescopes by time: t (n,) s after the first, at t_first TAI s; which satellite; z, weight.

    channel (n,); z (n, 2) rad; weight (n, 2), one over sigma; eye (n, 12): the satellite's place and its axes
    east, north, nadir. columns (c, 4): where each channel's east, north, clock and lag stand in the vector of
    fixed errors, -1 where it has none; the lag is one for all. prior (q,): their information. sound: whether
    every number is one and every sigma above nought. place (lat, lon): where the first line of sight first
    meets the cloud tops, or passes them nearest, rad.
    """

    t_first: float
    t: Array
    channel: Ints
    z: Array
    weight: Array
    eye: Array
    columns: Ints
    prior: Array
    channels: tuple[Channel, ...]
    sound: bool
    place: tuple[float, float]

    @property
    def last(self) -> float:
        """Time of the last look, s after the first."""
        return float(self.t[-1])


def sightings(looks: Looks, channels: tuple[Channel, ...]) -> Sightings:
    """The telescopes' looks among these, in order of time, with the axes that their angles are counted in."""
    looks = looks.of(channels, True)
    if len(looks.t) > 1 and np.any(np.diff(looks.t) < 0.0):
        looks = looks.where(np.argsort(looks.t, kind="stable"))
    looks, channels = compact(looks, channels)
    columns = np.full((len(channels), TELESCOPE), -1, dtype=np.int64)
    prior: list[float] = []
    for c, channel in enumerate(channels):
        own = min(len(channel.bias_sigma), LAG)
        columns[c, :own] = len(prior) + np.arange(own)
        prior += [s**-2.0 for s in channel.bias_sigma[:own]]
    lag = [c.bias_sigma[LAG] for c in channels if len(c.bias_sigma) == TELESCOPE]
    if lag:
        columns[[len(c.bias_sigma) == TELESCOPE for c in channels], LAG] = len(prior)
        prior.append(lag[0] ** -2.0)
    t_first = float(looks.t[0]) if len(looks) else 0.0
    sigma = looks.sigma[:, :2]
    finite = all(np.isfinite(a).all() for a in (looks.t, looks.z[:, :2], sigma, looks.r_sensor))
    sound = len(looks) > 0 and finite and bool(np.all(sigma > 0.0))
    z = np.ascontiguousarray(looks.z[:, :2])
    eye = (
        np.concatenate([looks.r_sensor, *nadir_axes(looks.r_sensor)], axis=1) if sound else np.zeros((0, 12))
    )
    return Sightings(
        t_first=t_first,
        t=looks.t - t_first,
        channel=looks.channel,
        z=z,
        weight=1.0 / sigma if sound else np.zeros_like(sigma),
        eye=eye,
        columns=columns,
        prior=np.array(prior),
        channels=channels,
        sound=sound,
        place=_ground_below(z[0], eye[0]) if sound else (0.0, 0.0),
    )


def _ground_below(z: Array, eye: Array) -> tuple[float, float]:
    """Where a line of sight first meets the cloud tops, or passes them nearest: (lat, lon) rad."""
    r, axes = eye[:3], eye[3:].reshape(3, 3)
    u = np.array([*np.tan(z), 1.0]) @ axes
    u /= np.linalg.norm(u)
    # A sphere of the local radius, refined once, is within a kilometre: the fit does the rest.
    radius = 6371e3 + CLOUD_TOP_M
    lat = lon = 0.0
    for _ in range(2):
        b = float(u @ r)
        inside = max(b * b - float(r @ r) + radius**2, 0.0)
        lat, lon = (float(v) for v in geodetic_from_ecef(r + u * (-b - np.sqrt(inside)))[:2])
        radius = float(np.linalg.norm(ecef_from_geodetic(lat, lon, CLOUD_TOP_M)))
    return lat, lon


@kernel
def delay(x: float, y: float, z: float, eye: Array) -> float:
    """Time (s) that light takes from a point to the satellite."""
    dx, dy, dz = x - eye[0], y - eye[1], z - eye[2]
    return math.sqrt(dx * dx + dy * dy + dz * dz) / C_LIGHT


@kernel
def angles(x: float, y: float, z: float, tau: float, eye: Array, m: Array) -> tuple[float, float]:
    """Angles (rad) from nadir toward east and north of light that left (x, y, z) tau s ago, and their
    derivatives m (2, 3) in the place: the axes have turned by omega tau since."""
    turn = OMEGA * tau
    dx, dy, dz = x + turn * y - eye[0], y - turn * x - eye[1], z - eye[2]
    p = dx * eye[3] + dy * eye[4] + dz * eye[5]
    q = dx * eye[6] + dy * eye[7] + dz * eye[8]
    w = dx * eye[9] + dy * eye[10] + dz * eye[11]
    a, b = 1.0 / (p * p + w * w), 1.0 / (q * q + w * w)
    for i in range(3):
        m[0, i] = (w * eye[3 + i] - p * eye[9 + i]) * a
        m[1, i] = (w * eye[6 + i] - q * eye[9 + i]) * b
    return math.atan2(p, w), math.atan2(q, w)
