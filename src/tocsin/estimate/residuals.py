"""Whitened residuals of looks of any mix of sensors, given the body's states at the look times."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.frames import half_turn
from tocsin.estimate.looks import Channel, Looks
from tocsin.sensor.errors import (
    LAG_MEAN,
    TELESCOPE,
    lag_vector,
    left_uncorrected,
    radar_columns,
    telescope_columns,
)
from tocsin.sensor.measurement import focal_angles, range_azimuth_elevation

Array = NDArray[np.float64]


def bias_columns(channels: tuple[Channel, ...]) -> list[slice]:
    """Where each channel's fixed errors stand in the vector of nuisances."""
    ends = np.cumsum([len(c.bias_sigma) for c in channels])
    return [slice(int(e) - len(c.bias_sigma), int(e)) for c, e in zip(channels, ends, strict=True)]


def bias_prior(channels: tuple[Channel, ...]) -> Array:
    """Prior information (q,) of every channel's fixed errors, one after the other."""
    return np.array([1.0 / s**2 for c in channels for s in c.bias_sigma])


def expected(channel: Channel, r: Array, v: Array, r_sensor: Array) -> tuple[Array, Array, Array]:
    """Values (n, m) that a channel should see of bodies at r, v (n, 3), Jacobian (n, m, 3) in r and columns
    (n, m, q) of the channel's lasting errors."""
    if channel.telescope:
        lagging = len(channel.bias_sigma) == TELESCOPE
        h, jac = focal_angles(r + LAG_MEAN * lag_vector(r, v) if lagging else r, v, r_sensor)
        return h, jac, telescope_columns(jac, r, v)[:, :, : len(channel.bias_sigma)]
    h, jac = range_azimuth_elevation(r, v, r_sensor)
    return h, jac, radar_columns(jac, v, *left_uncorrected(channel.air, h))[:, :, : len(channel.bias_sigma)]


def residuals(
    looks: Looks, channels: tuple[Channel, ...], x: Array, bias: Array
) -> tuple[Array, Array, Array]:
    """e = (h(x) + b - z) / sigma, stacked; its Jacobian in the state (m, 6) with the row's look, and in b.

    x (n, 6): states at the reception times; bias (q,). Returns e (m,), de/dx (m, 6) and de/db (m, q), rows
    ordered by channel and then by time; `row_look` of `rows` gives each row's look.
    """
    columns = bias_columns(channels)
    e, dx, db = [], [], []
    for c, channel in enumerate(channels):
        mine = looks.channel == c
        if not mine.any():
            continue
        m = 2 if channel.telescope else 3
        h, jac, lasting = expected(channel, x[mine, :3], x[mine, 3:], looks.r_sensor[mine])
        d = h + lasting @ bias[columns[c]] - looks.z[mine, :m]
        if not channel.telescope:
            d[:, 1] = half_turn(d[:, 1])
        weight = 1.0 / looks.sigma[mine, :m]
        n = len(d)
        wide = np.zeros((n, m, 6))
        wide[:, :, :3] = jac * weight[..., None]
        nuisance = np.zeros((n, m, len(bias)))
        nuisance[:, :, columns[c]] = lasting * weight[..., None]
        e.append((d * weight).ravel())
        dx.append(wide.reshape(n * m, 6))
        db.append(nuisance.reshape(n * m, -1))
    if not e:
        return np.empty(0), np.empty((0, 6)), np.empty((0, len(bias)))
    return np.concatenate(e), np.concatenate(dx), np.concatenate(db)


def rows(looks: Looks, channels: tuple[Channel, ...]) -> NDArray[np.int64]:
    """The look that each row of `residuals` belongs to."""
    out = [
        np.repeat(np.flatnonzero(looks.channel == c), 2 if channel.telescope else 3)
        for c, channel in enumerate(channels)
    ]
    return np.concatenate(out) if out else np.empty(0, np.int64)
