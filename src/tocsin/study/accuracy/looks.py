"""Looks at known states as the estimator has them: white noise, and lasting errors of known priors."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.estimate.looks import Channel, Looks
from tocsin.estimate.residuals import expected
from tocsin.study.accuracy.reference import Grade, satellite_at

Array = NDArray[np.float64]


SIGMA, BIAS = 50e-6, 20e-6
"""Noise of a telescope's look and its lasting error, 1 sigma rad an axis."""
CLOUD_TOP_M = 10e3


def above_clouds(t: Array, x: Array) -> tuple[Array, Array]:
    """The times t (n,) and states x (n, 6) at which telescopes see an ascent: above the cloud tops."""
    high = geodetic_from_ecef(x[:, :3])[2] >= CLOUD_TOP_M
    return t[high], x[high]


def radar_sigma(grade: Grade, elevation: Array) -> Array:
    """1-sigma noise (n, 3) of looks at elevations (n,) rad: azimuth has elevation's over its cosine."""
    return np.stack(
        [
            np.full(len(elevation), grade.range_m),
            grade.angle / np.cos(elevation),
            np.full(len(elevation), grade.angle),
        ],
        axis=1,
    )


def radar_looks(
    number: int,
    channel: Channel,
    r_site: Array,
    grade: Grade,
    t: Array,
    x: Array,
    rng: np.random.Generator | None = None,
) -> Looks:
    """Looks at states x (n, 6) at t (n,) of the radar that is channel `number`; exact ones without rng.

    With range rates where the grade has them. Lasting errors are drawn anew from the channel's priors, one
    set for all the looks.
    """
    r_s = np.tile(r_site, (len(t), 1))
    h, _, lasting = expected(channel, x[:, :3], x[:, 3:], r_s, grade.rate is not None)
    sigma = radar_sigma(grade, h[:, 2])
    if grade.rate is not None:
        sigma = np.column_stack([sigma, np.full(len(t), grade.rate)])
    if rng is not None:
        h = h + lasting @ rng.normal(0.0, channel.bias_sigma) + sigma * rng.standard_normal(h.shape)
        h[:, 1] %= 2.0 * math.pi
    return Looks(t, np.full(len(t), number, dtype=np.int64), h, sigma, r_s)


def telescope_looks(
    number: int,
    channel: Channel,
    sigma: float,
    t: Array,
    x: Array,
    rng: np.random.Generator | None = None,
) -> Looks:
    """As `radar_looks`, of satellite "A" or "B", the channel's name, with `sigma` rad an axis and look."""
    r_s = satellite_at(channel.name, t)
    h, _, lasting = expected(channel, x[:, :3], x[:, 3:], r_s)
    if rng is not None:
        h = h + lasting @ rng.normal(0.0, channel.bias_sigma) + sigma * rng.standard_normal(h.shape)
    n = len(t)
    z, spread = np.zeros((n, 3)), np.ones((n, 3))
    z[:, :2], spread[:, :2] = h, sigma
    return Looks(t, np.full(n, number, dtype=np.int64), z, spread, r_s)


def telescope(which: str, bias: float) -> Channel:
    """Satellite "A" or "B" as the fit knows it; bias: 1-sigma rad of each axis, 0 for none."""
    return Channel(which, True, (bias, bias) if bias > 0.0 else (), "infrared", (0.0, 0.0))
