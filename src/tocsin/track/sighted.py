"""Local tracks in space: radars' states, and telescopes' lines, at one time."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.looks import Channel
from tocsin.sensor.measurement import line_of_sight
from tocsin.track.local import LocalTracks
from tocsin.track.placed import placed

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]

PUSH_M_S2 = 20.0  # that a radar's body may have had since its track's time (assumed)


@final
@dataclass(frozen=True, slots=True, eq=False)
class Sighted:
    """Local tracks (n,) as they are in space at a time.

    telescope (n,); age (n,): s since the first look; origin, drift (n, 3): the sensor's place and velocity;
    line, turn (n, 3): unit vector toward the body and its rate, 1/s, and line_off, turn_off (n,) 1 sigma of
    them about each axis, of a telescope's; x (n, 6) and P (n, 6, 6) of a radar's, with its fixed errors. NaN
    of the other kind.
    """

    telescope: Bools
    age: Array
    origin: Array
    drift: Array
    line: Array
    line_off: Array
    turn: Array
    turn_off: Array
    x: Array
    P: Array

    def __len__(self) -> int:
        return len(self.telescope)

    def where(self, mask: Bools | NDArray[np.int64]) -> Sighted:
        """The rows of a mask or an index."""
        return Sighted(*(getattr(self, f.name)[mask] for f in fields(self)))


def sighted(
    tracks: LocalTracks, t: float, channels: tuple[Channel, ...], r_sensor: Array, v_sensor: Array
) -> Sighted:
    """The tracks in space at t, s, each moved on from its own time.

    r_sensor, v_sensor (c, 3): where the sensors are at t and how they move. A telescope's angles are about
    its own nadir, which turns as it moves: u(t) is differenced over a second of both.
    """
    n = len(tracks)
    telescope = np.array([c.telescope for c in channels], dtype=bool)[tracks.channel]
    origin, drift = r_sensor[tracks.channel], v_sensor[tracks.channel]
    line, turn = np.full((n, 3), np.nan), np.full((n, 3), np.nan)
    line_off, turn_off = np.full(n, np.nan), np.full(n, np.nan)
    x, C = np.full((n, 6), np.nan), np.full((n, 6, 6), np.nan)
    if telescope.any():
        own, dt = tracks.x[telescope], (t - tracks.t[telescope])[:, None]
        values = own[:, [0, 3]] + dt * own[:, [1, 4]] + 0.5 * dt**2 * own[:, [2, 5]]
        rates = own[:, [1, 4]] + dt * own[:, [2, 5]]
        here, there = origin[telescope], origin[telescope] + drift[telescope]
        line[telescope] = line_of_sight(values, here)
        turn[telescope] = line_of_sight(values + rates, there) - line[telescope]
        P = tracks.P[telescope]
        off = np.array([_ahead(P[:, k : k + 3, k : k + 3], dt[:, 0]) for k in (0, 3)]).max(axis=0)
        line_off[telescope], turn_off[telescope] = np.sqrt(off)
    if not telescope.all():
        x[~telescope], C[~telescope] = placed(tracks.where(~telescope), t, channels, r_sensor, PUSH_M_S2)
    return Sighted(telescope, t - tracks.first_t, origin, drift, line, line_off, turn, turn_off, x, C)


def _ahead(P: Array, dt: Array) -> tuple[Array, Array]:
    """The variances (n,) of an angle and of its rate, dt on: P (n, 3, 3) of angle, rate and acceleration."""
    F = np.zeros((len(P), 2, 3))
    F[:, 0, 0] = F[:, 1, 1] = 1.0
    F[:, 0, 1] = F[:, 1, 2] = dt
    F[:, 0, 2] = 0.5 * dt**2
    S = F @ P @ F.transpose(0, 2, 1)
    return np.maximum(S[:, 0, 0], 0.0), np.maximum(S[:, 1, 1], 0.0)
