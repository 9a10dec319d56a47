"""The looks of one arc laid out for the kernel: nodes in time, axes, weights, and the channels' columns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.gaussian import Gaussian, whitener
from tocsin.estimate.looks import RATE, Channel, Looks, compact
from tocsin.sensor.errors import left_uncorrected
from tocsin.sensor.measurement import nadir_axes, position_from_radar, site_axes
from tocsin.sensor.rangerate import slopes_uncorrected

Array = NDArray[np.float64]
Ints = NDArray[np.int64]


@final
@dataclass(frozen=True, slots=True)
class Problem:
    """What `tocsin.estimate.arc` solves: looks (n,) of channels (c,), and priors (k,), on nodes in time (m,).

    node_t: TAI s, ascending; look_node, prior_node: where each stands; z, w (n, 3 or 4) values and 1 / sigma;
    axes (n, 3, 3) and place (n, 3) of the sensor; air (n, 4) the whole refraction, lean (n, 2, 3) that of a
    range rate for each m/s of velocity; telescope (n,), channel (n,); q (c,) how many lasting errors a
    channel has, first (c,) where they stand among bias_w (b,), their 1 / sigma; prior_x (k, 6), prior_root
    (k, 6, 6) with root' root = P^-1; sound: that all are numbers.
    """

    channels: tuple[Channel, ...]
    node_t: Array
    look_node: Ints
    prior_node: Ints
    telescope: NDArray[np.bool_]
    channel: Ints
    z: Array
    w: Array
    place: Array
    axes: Array
    air: Array
    lean: Array
    q: Ints
    first: Ints
    bias_w: Array
    prior_x: Array
    prior_root: Array
    sound: bool

    @property
    def rows(self) -> int:
        """Numbers measured, priors left out."""
        rates = np.count_nonzero(self.w[:, RATE:] > 0.0)
        return int(3 * len(self.z) - np.count_nonzero(self.telescope) + rates)


def problem(looks: Looks, channels: tuple[Channel, ...], priors: tuple[Gaussian, ...] = ()) -> Problem:
    """Looks of any mix of sensors, in any order, with priors of the state at times of their own."""
    looks, channels = compact(looks, channels)
    n, k = len(looks), len(priors)
    times = np.concatenate([looks.t, [p.t for p in priors]])
    node_t, node = np.unique(times, return_inverse=True)
    kind = np.array([c.telescope for c in channels], dtype=bool)
    telescope = kind[looks.channel] if n else np.zeros(0, dtype=bool)
    axes = np.zeros((n, 3, 3))
    axes[~telescope] = site_axes(looks.r_sensor[~telescope])
    axes[telescope] = np.stack(nadir_axes(looks.r_sensor[telescope]), axis=-2)
    q = np.array([len(c.bias_sigma) for c in channels], dtype=np.int64)
    sigmas = np.array([s for c in channels for s in c.bias_sigma], dtype=np.float64)
    w = _weights(looks.sigma, telescope)
    place = np.ascontiguousarray(looks.r_sensor)
    air, lean = _refraction(channels, looks.channel, looks.z, w, place)
    roots = [whitener(p.P) for p in priors]
    return Problem(
        channels=channels,
        node_t=node_t,
        look_node=node[:n].astype(np.int64),
        prior_node=node[n:].astype(np.int64),
        telescope=telescope,
        channel=looks.channel.astype(np.int64),
        z=np.ascontiguousarray(looks.z),
        w=w,
        place=place,
        axes=axes,
        air=air,
        lean=lean,
        q=q,
        first=np.cumsum(q) - q,
        bias_w=1.0 / sigmas,
        prior_x=np.array([p.x for p in priors]).reshape(k, 6),
        prior_root=np.array(roots).reshape(k, 6, 6),
        sound=all(bool(np.isfinite(part).all()) for part in (looks.z, w, *roots)),
    )


def refracted(given: Problem, residuals: Array) -> Problem:
    """The same with the refraction of where a fit, by its whitened residuals (n, 3 or 4), has the looks.

    Until then it is that of where they were measured: low over the ground their noise matters.
    """
    off = np.divide(residuals, given.w, out=np.zeros(given.w.shape), where=given.w > 0.0)
    air, lean = _refraction(given.channels, given.channel, given.z - off, given.w, given.place)
    return replace(given, air=air, lean=lean)


def _refraction(
    channels: tuple[Channel, ...], channel: Ints, z: Array, w: Array, place: Array
) -> tuple[Array, Array]:
    air, lean = np.zeros((len(z), 4)), np.zeros((len(z), 2, 3))
    rated = (w[:, RATE:] > 0.0).any(axis=1)
    for i, c in enumerate(channels):
        mine = (channel == i) & np.isfinite(z).all(axis=1)
        if bends(c) and mine.any():
            air[mine] = np.concatenate(left_uncorrected(c.air, z[mine]), axis=1)
            mine &= rated
            if mine.any():
                r = position_from_radar(z[mine], place[mine])
                lean[mine] = slopes_uncorrected(c.air, r, place[mine])
    return air, lean


def bends(channel: Channel) -> bool:
    """Whether what is left of the refraction is among a channel's lasting errors."""
    return channel.air is not None and len(channel.bias_sigma) > 4


def _weights(sigma: Array, telescope: NDArray[np.bool_]) -> Array:
    """1 / sigma (n, 3 or 4), no number where that is none; a telescope has no third value."""
    used = np.ones(sigma.shape, dtype=bool)
    used[telescope, 2:] = False
    with np.errstate(divide="ignore"):
        weight = np.divide(1.0, sigma, out=np.zeros(sigma.shape), where=used)
    return np.where(weight >= 0.0, weight, np.nan)
