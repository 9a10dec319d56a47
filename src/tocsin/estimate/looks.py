"""Looks as the fits take them: one table for all sensors, in order of time."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tocsin.sensor.echo.air import Air

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

RATE = 3
"""The column of z and sigma that holds range rates."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A sensor as the estimator knows it: its name, its kind, and the priors of its fixed errors.

    bias_sigma (q,): of the errors of `tocsin.sensor.errors`, the first q, which are solved for; air: what its
    looks have been corrected for, where the part that is left is among them.
    """

    name: str
    telescope: bool
    bias_sigma: tuple[float, ...]
    band: str
    site: tuple[float, float]
    air: Air | None = None


@dataclass(frozen=True, slots=True)
class Looks:
    """Rows of measurements: t (n,) TAI s of reception; channel (n,) index; z, sigma (n, 3 or 4); r_sensor.

    r_sensor (n, 3): where the sensor stood, m. Telescope rows use the first two columns of z (focal angles,
    rad), radar rows three (m, rad, rad). The fourth, range rate in m/s, is there where any row has one
    (`with_rates`): a row without has 0 there and an infinite sigma, which is no weight.
    """

    t: Array
    channel: Ints
    z: Array
    sigma: Array
    r_sensor: Array

    def __len__(self) -> int:
        return len(self.t)

    @property
    def rated(self) -> NDArray[np.bool_]:
        """Which rows (n,) have a range rate."""
        return np.asarray(np.isfinite(self.sigma[:, RATE:]).any(axis=1))

    def where(self, mask: NDArray[np.bool_] | Ints) -> Looks:
        """The rows of a mask or an index."""
        return Looks(self.t[mask], self.channel[mask], self.z[mask], self.sigma[mask], self.r_sensor[mask])

    def of(self, channels: tuple[Channel, ...], telescope: bool) -> Looks:
        """The rows of one kind of sensor."""
        kind = np.array([c.telescope for c in channels], dtype=bool)
        return self.where(kind[self.channel] == telescope)


def compact(looks: Looks, channels: tuple[Channel, ...]) -> tuple[Looks, tuple[Channel, ...]]:
    """The looks with only the channels they come from, so that no fit carries biases of idle sensors."""
    used, renumbered = np.unique(looks.channel, return_inverse=True)
    return replace(looks, channel=renumbered.astype(np.int64)), tuple(channels[c] for c in used)


def no_looks() -> Looks:
    """An empty table."""
    return Looks(np.empty(0), np.empty(0, np.int64), np.empty((0, 3)), np.empty((0, 3)), np.empty((0, 3)))


def joined(parts: list[Looks]) -> Looks:
    """Tables one after the other."""
    wide = max(p.z.shape[1] for p in parts)
    return Looks(
        np.concatenate([p.t for p in parts]),
        np.concatenate([p.channel for p in parts]),
        np.concatenate([_widened(p.z, wide, 0.0) for p in parts]),
        np.concatenate([_widened(p.sigma, wide, np.inf) for p in parts]),
        np.concatenate([p.r_sensor for p in parts]),
    )


def with_rates(looks: Looks, rate: Array, sigma: Array) -> Looks:
    """Looks of radars with range rates (n,) m/s and their 1-sigma noise (n,), both NaN where there is none.

    Where none has one the looks are left as they are.
    """
    known = ~(np.isnan(rate) & np.isnan(sigma))
    if not known.any():
        return looks
    return replace(
        looks,
        z=np.column_stack([looks.z[:, :RATE], np.where(known, rate, 0.0)]),
        sigma=np.column_stack([looks.sigma[:, :RATE], np.where(known, sigma, np.inf)]),
    )


def without_rates(looks: Looks) -> Looks:
    """The same looks without range rates."""
    return replace(looks, z=looks.z[:, :RATE], sigma=looks.sigma[:, :RATE])


def _widened(part: Array, wide: int, fill: float) -> Array:
    if part.shape[1] == wide:
        return part
    return np.concatenate([part, np.full((len(part), wide - part.shape[1]), fill)], axis=1)


def in_order(looks: Looks) -> Looks:
    """The rows by time, ties by channel."""
    return looks.where(np.lexsort((looks.channel, looks.t)))
