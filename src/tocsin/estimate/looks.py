"""Looks as the fits take them: one table for all sensors, in order of time."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tocsin.sensor.echo.air import Air

Array = NDArray[np.float64]
Ints = NDArray[np.int64]


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
    """Rows of measurements: t (n,) TAI s of reception; channel (n,) index; z, sigma (n, 3); r_sensor (n, 3).

    Telescope rows use the first two columns of z (focal angles, rad), radar rows all three (m, rad, rad).
    """

    t: Array
    channel: Ints
    z: Array
    sigma: Array
    r_sensor: Array

    def __len__(self) -> int:
        return len(self.t)

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
    return Looks(
        np.concatenate([p.t for p in parts]),
        np.concatenate([p.channel for p in parts]),
        np.concatenate([p.z for p in parts]),
        np.concatenate([p.sigma for p in parts]),
        np.concatenate([p.r_sensor for p in parts]),
    )


def in_order(looks: Looks) -> Looks:
    """The rows by time, ties by channel."""
    return looks.where(np.lexsort((looks.channel, looks.t)))
