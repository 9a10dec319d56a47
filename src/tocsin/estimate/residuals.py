"""Whitened residuals of looks of any mix of sensors, given the body's states at the look times."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.frames import half_turn
from tocsin.estimate.looks import RATE, Channel, Looks
from tocsin.sensor.errors import (
    LAG_MEAN,
    TELESCOPE,
    lag_vector,
    left_uncorrected,
    radar_columns,
    telescope_columns,
)
from tocsin.sensor.measurement import focal_angles, range_azimuth_elevation
from tocsin.sensor.rangerate import range_rate, rate_columns

Array = NDArray[np.float64]

CLOCK = 3  # of a radar's lasting errors; those after it are of the air


def bias_columns(channels: tuple[Channel, ...]) -> list[slice]:
    """Where each channel's fixed errors stand in the vector of nuisances."""
    ends = np.cumsum([len(c.bias_sigma) for c in channels])
    return [slice(int(e) - len(c.bias_sigma), int(e)) for c, e in zip(channels, ends, strict=True)]


def bias_prior(channels: tuple[Channel, ...]) -> Array:
    """Prior information (q,) of every channel's fixed errors, one after the other."""
    return np.array([1.0 / s**2 for c in channels for s in c.bias_sigma])


def measured(looks: Looks, channel: Channel, mine: NDArray[np.bool_]) -> int:
    """How many values the rows of a mask hold, all of one channel: a range rate where any of them has one."""
    return 2 if channel.telescope else RATE + int(looks.rated[mine].any())


def expected(
    channel: Channel, r: Array, v: Array, r_sensor: Array, rates: bool = False
) -> tuple[Array, Array, Array]:
    """Values (n, m) that a channel should see of bodies at r, v (n, 3), Jacobian (n, m, 6) in r and v, and
    columns (n, m, q) of the channel's lasting errors; rates: a radar's range rates too."""
    q = len(channel.bias_sigma)
    if channel.telescope:
        lagging = len(channel.bias_sigma) == TELESCOPE
        h, jac = focal_angles(r + LAG_MEAN * lag_vector(r, v) if lagging else r, v, r_sensor)
        return h, _in_state(jac), telescope_columns(jac, r, v)[:, :, :q]
    h, jac = range_azimuth_elevation(r, v, r_sensor)
    lasting = radar_columns(jac, v, *left_uncorrected(channel.air, h))[:, :, :q]
    if not rates:
        return h, _in_state(jac), lasting
    rate, slope = range_rate(r, v, r_sensor)
    own = rate_columns(r, v, r_sensor, channel.air if q > CLOCK + 1 else None)[:, None, :q]
    return (
        np.column_stack([h, rate]),
        np.concatenate([_in_state(jac), slope[:, None]], axis=1),
        np.concatenate([lasting, own], axis=1),
    )


def _in_state(jacobian: Array) -> Array:
    """A Jacobian (n, m, 3) in r as one (n, m, 6) in r and v."""
    return np.concatenate([jacobian, np.zeros_like(jacobian)], axis=2)


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
        m = measured(looks, channel, mine)
        at = x[mine, :3], x[mine, 3:], looks.r_sensor[mine]
        h, jac, lasting = expected(channel, *at, m > RATE)
        d = h + lasting @ bias[columns[c]] - looks.z[mine, :m]
        if not channel.telescope:
            d[:, 1] = half_turn(d[:, 1])
        weight = 1.0 / looks.sigma[mine, :m]
        n = len(d)
        nuisance = np.zeros((n, m, len(bias)))
        nuisance[:, :, columns[c]] = lasting * weight[..., None]
        e.append((d * weight).ravel())
        dx.append((jac * weight[..., None]).reshape(n * m, 6))
        db.append(nuisance.reshape(n * m, -1))
    if not e:
        return np.empty(0), np.empty((0, 6)), np.empty((0, len(bias)))
    return np.concatenate(e), np.concatenate(dx), np.concatenate(db)


def rows(looks: Looks, channels: tuple[Channel, ...]) -> NDArray[np.int64]:
    """The look that each row of `residuals` belongs to."""
    out = [
        np.repeat(np.flatnonzero(mine), measured(looks, channel, mine))
        for channel, mine in ((channel, looks.channel == c) for c, channel in enumerate(channels))
    ]
    return np.concatenate(out) if out else np.empty(0, np.int64)
