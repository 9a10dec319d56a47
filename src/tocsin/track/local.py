"""Local tracks: what one sensor's looks say by themselves, all tracks of all sensors in one set of arrays."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from tocsin.sensor.scan import Scan

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

# Priors of anything that flies: speed, acceleration, and how fast the acceleration may change (assumed).
SPEED, ACCELERATION, JERK_DENSITY = 8e3, 60.0, 60.0


@dataclass(frozen=True, slots=True)
class LocalTracks:
    """id, channel (n,); t (n,) of x (n, 3, 3) and P (n, 3, 3, 3): axis, then position, rate, acceleration.

    llr (n,) score; best (n,) its highest value; hits, misses (n,) in a row; first_t, last_t (n,) looks;
    confirmed (n,); owner (n,) index of the system track it belongs to, or -1. Telescopes leave axis 2 unused.
    """

    id: Ints
    channel: Ints
    t: Array
    x: Array
    P: Array
    llr: Array
    hits: Ints
    misses: Ints
    first_t: Array
    last_t: Array
    confirmed: Bools
    owner: Ints

    def __len__(self) -> int:
        return len(self.id)

    def where(self, mask: Bools | Ints) -> LocalTracks:
        """The rows of a mask or an index."""
        return LocalTracks(**{name: getattr(self, name)[mask] for name in NAMES})


NAMES = tuple(f.name for f in fields(LocalTracks))


def join(a: LocalTracks, b: LocalTracks) -> LocalTracks:
    """The rows of both, one after the other."""
    return LocalTracks(**{name: np.concatenate([getattr(a, name), getattr(b, name)]) for name in NAMES})


def no_tracks() -> LocalTracks:
    """An empty set."""
    ints, reals = np.empty(0, np.int64), np.empty(0)
    return LocalTracks(
        ints, ints, reals, np.empty((0, 3, 3)), np.empty((0, 3, 3, 3)), reals, ints, ints, reals, reals,
        np.empty(0, bool), ints,
    )  # fmt: skip


def per_axis(scan: Scan, metres: float, distance: Array) -> Array:
    """A length in metres (or its rates) as each axis of a sensor sees it at a distance (n,): (n, 3)."""
    angle = metres / np.maximum(distance, 1e4)
    if scan.kind == "telescope":
        return np.stack([angle, angle, np.ones_like(angle)], axis=1)
    return np.stack([np.full_like(angle, metres), angle, angle], axis=1)


def distance_of(scan: Scan, x: Array) -> Array:
    """Distance (n,) m at which a track is taken to be: a radar's range, or a satellite's height."""
    if scan.kind == "radar":
        return np.asarray(x[:, 0, 0])
    return np.full(len(x), np.linalg.norm(scan.r_ecef) - 6.4e6)


def born(scan: Scan, channel: int, looks: Ints, first_id: int) -> LocalTracks:
    """Tentative tracks from single looks: placed where the look is, moving at up to 8 km/s either way."""
    n, m = len(looks), scan.values.shape[1]
    x, P = np.zeros((n, 3, 3)), np.zeros((n, 3, 3, 3))
    P[:, :, np.arange(3), np.arange(3)] = 1.0
    x[:, :m, 0] = scan.values[looks]
    distance = distance_of(scan, x)
    P[:, :m, 0, 0] = scan.sigmas[looks] ** 2
    P[:, :, 1, 1] = per_axis(scan, SPEED, distance) ** 2
    P[:, :, 2, 2] = per_axis(scan, ACCELERATION, distance) ** 2
    t = scan.t_look[looks]
    zero, one = np.zeros(n, np.int64), np.ones(n, np.int64)
    return LocalTracks(
        id=first_id + np.arange(n, dtype=np.int64),
        channel=zero + channel,
        t=t.copy(),
        x=x,
        P=P,
        llr=np.zeros(n),
        hits=one,
        misses=zero.copy(),
        first_t=t.copy(),
        last_t=t.copy(),
        confirmed=np.zeros(n, bool),
        owner=zero - 1,
    )
