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

    telescope (n,); age (n,): s since the first look; origin (n, 3): the sensor; line, turn (n, 3): unit
    vector toward the body and its rate, 1/s, and turn_off (n,) 1 sigma of that, of a telescope's; x (n, 6)
    and P (n, 6, 6) of a radar's, with its fixed errors. NaN of the other kind.
    """

    telescope: Bools
    age: Array
    origin: Array
    line: Array
    turn: Array
    turn_off: Array
    x: Array
    P: Array

    def __len__(self) -> int:
        return len(self.telescope)

    def where(self, mask: Bools | NDArray[np.int64]) -> Sighted:
        """The rows of a mask or an index."""
        return Sighted(*(getattr(self, f.name)[mask] for f in fields(self)))


def sighted(tracks: LocalTracks, t: float, channels: tuple[Channel, ...], r_sensor: Array) -> Sighted:
    """The tracks in space at t, s, each moved on from its own time; r_sensor (c, 3)."""
    n = len(tracks)
    telescope = np.array([c.telescope for c in channels], dtype=bool)[tracks.channel]
    origin = r_sensor[tracks.channel]
    line, turn, turn_off = np.full((n, 3), np.nan), np.full((n, 3), np.nan), np.full(n, np.nan)
    x, P = np.full((n, 6), np.nan), np.full((n, 6, 6), np.nan)
    if telescope.any():
        own, dt = tracks.x[telescope], (t - tracks.t[telescope])[:, None]
        values = own[:, [0, 3]] + dt * own[:, [1, 4]] + 0.5 * dt**2 * own[:, [2, 5]]
        rates = own[:, [1, 4]] + dt * own[:, [2, 5]]
        line[telescope] = line_of_sight(values, origin[telescope])
        turn[telescope] = line_of_sight(values + rates, origin[telescope]) - line[telescope]
        turn_off[telescope] = np.sqrt(np.maximum(tracks.P[telescope, 1, 1], tracks.P[telescope, 4, 4]))
    if not telescope.all():
        x[~telescope], P[~telescope] = placed(tracks.where(~telescope), t, channels, r_sensor, PUSH_M_S2)
    return Sighted(telescope, t - tracks.first_t, origin, line, turn, turn_off, x, P)
