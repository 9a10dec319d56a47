"""Local tracks in space: radars' places, and telescopes' lines, at one time."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.looks import Channel
from tocsin.sensor.measurement import line_of_sight, position_from_radar
from tocsin.track.local import LocalTracks

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

NEAR_M = 1e3  # what a radar's place is off at the least, with what moves in between (assumed)


@final
@dataclass(frozen=True, slots=True, eq=False)
class Sighted:
    """Local tracks (n,) as they are in space at a time.

    telescope (n,); origin (n, 3): the sensor; line (n, 3): toward the body; place (n, 3) and off (n,): of a
    radar's, with 1 sigma across its line, its fixed errors in it, m; NaN of a telescope's.
    """

    telescope: Bools
    origin: Array
    line: Array
    place: Array
    off: Array

    def __len__(self) -> int:
        return len(self.telescope)

    def where(self, mask: Bools | Ints) -> Sighted:
        """The rows of a mask or an index."""
        return Sighted(*(getattr(self, f.name)[mask] for f in fields(self)))


def radar_values(x: Array, dt: Array) -> Array:
    """Range, azimuth, elevation (n, 3) of a radar's states x (n, 6) moved on by dt (n, 1) by their rates."""
    across = np.stack([x[:, 0] * np.cos(x[:, 2]), x[:, 0]], axis=1)
    return np.asarray(x[:, :3] + dt * np.concatenate([x[:, 3:4], x[:, 4:] / across], axis=1))


def sighted(tracks: LocalTracks, t: float, channels: tuple[Channel, ...], r_sensor: Array) -> Sighted:
    """The tracks in space at t, s, each moved on from its own time by its rates; r_sensor (c, 3)."""
    n = len(tracks)
    telescope = np.array([c.telescope for c in channels], dtype=bool)[tracks.channel]
    origin = r_sensor[tracks.channel]
    dt = (t - tracks.t)[:, None]
    line, place, off = np.empty((n, 3)), np.full((n, 3), np.nan), np.full(n, np.nan)
    own = telescope
    if own.any():
        x = tracks.x[own]
        values = x[:, [0, 3]] + dt[own] * x[:, [1, 4]] + 0.5 * dt[own] ** 2 * x[:, [2, 5]]
        line[own] = line_of_sight(values, origin[own])
    own = ~telescope
    if own.any():
        x = tracks.x[own]
        place[own] = position_from_radar(radar_values(x, dt[own]), origin[own])
        d = place[own] - origin[own]
        line[own] = d / np.linalg.norm(d, axis=1, keepdims=True)
        bias = np.array([0.0 if c.telescope else c.bias_sigma[2] for c in channels])[tracks.channel[own]]
        off[own] = x[:, 0] * np.hypot(np.sqrt(tracks.P[own, 2, 2]), bias) + NEAR_M
    return Sighted(telescope, origin, line, place, off)
