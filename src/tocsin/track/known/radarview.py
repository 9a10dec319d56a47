"""A radar as the correlation knows it: where it stands, what it covers, and how far its looks may be off."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.catalogue import RadarSite
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.estimate.looks import Channel
from tocsin.sensor.errors import left_uncorrected
from tocsin.sensor.measurement import site_axes
from tocsin.sensor.view import within

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]

_HEIGHT, _EARTH = 800e3, 6.371e6  # above most of the ionosphere, where satellites are
_SPEED = 7.5e3  # m/s: what a clock's error moves in range, at most
_ELEVATIONS = np.radians(np.linspace(0.0, 90.0, 91))
_MARGIN = (50e3, math.radians(1.0))  # inside the limits by so much an object is surely in view


@final
@dataclass(frozen=True, slots=True)
class RadarView:
    """r (3,) m, axes (3, 3) east, north and up; errors (91, 3): 1-sigma of all fixed errors, of range m,
    azimuth and elevation rad, at each degree of elevation.
    """

    site: RadarSite
    r: Array
    axes: Array
    errors: Array

    def surely(self, z: Array) -> Bools:
        """Which places z (n, 3), m and rad, lie within its limits, with a margin for the air and offsets."""
        s, edge = self.site, math.degrees(_MARGIN[1])
        inner = np.ones(len(z), dtype=bool)
        if s.sector_deg < 360.0:
            turn = (np.degrees(z[:, 1]) - s.az_start_deg) % 360.0
            inner = (turn >= edge) & (turn <= s.sector_deg - edge)
        inner &= (z[:, 0] >= s.range_min_km * 1e3 + _MARGIN[0]) & (
            z[:, 0] <= s.range_max_km * 1e3 - _MARGIN[0]
        )
        return inner & within(s, z[:, 0], z[:, 1], z[:, 2], s.el_min_deg + edge, s.el_max_deg - edge)

    def detection(self, z: Array, rcs_m2: Array, most: ArrayLike, loss_db: float) -> Array:
        """Chance of a look (n,) at objects at z (n, 3): P = P_fa^(1 / (1 + snr)), Swerling's first case.

        snr is the reference's at 1 m2 by the range's fourth power, less what steering may cost; no chance is
        above `most`, which stands alone for an object whose cross-section is NaN.
        """
        s = self.site
        snr = 10.0 ** ((s.reference_snr_db - loss_db) / 10.0) * rcs_m2
        snr = snr * (s.reference_range_km * 1e3 / z[:, 0]) ** 4
        own = s.false_alarm_probability ** (1.0 / (1.0 + snr))
        return np.asarray(np.where(np.isnan(own), most, np.minimum(own, most)))


def radar_view(site: RadarSite, channel: Channel) -> RadarView:
    """A radar of the network, with the priors of its fixed errors: biases, clock, refraction left over.

    The refraction is that of objects at 800 km; only its size matters here.
    """
    r = ecef_from_geodetic(math.radians(site.lat_deg), math.radians(site.lon_deg), site.height_m)
    bias = np.zeros(6)
    bias[: len(channel.bias_sigma)] = channel.bias_sigma
    sin = np.sin(_ELEVATIONS)
    far = np.sqrt((_EARTH * sin) ** 2 + 2.0 * _EARTH * _HEIGHT + _HEIGHT**2) - _EARTH * sin
    low, high = left_uncorrected(channel.air, np.column_stack([far, np.zeros_like(far), _ELEVATIONS]))
    clock = np.column_stack(
        [_SPEED * np.ones_like(far), _SPEED / far / np.cos(_ELEVATIONS * 0.99), _SPEED / far]
    )
    variance = bias[:3] ** 2 + (bias[3] * clock) ** 2
    for part, scale in ((low, bias[4]), (high, bias[5])):
        variance[:, 0] += (scale * part[:, 0]) ** 2
        variance[:, 2] += (scale * part[:, 1]) ** 2
    return RadarView(site, r, site_axes(r), np.sqrt(variance))
