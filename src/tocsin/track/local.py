"""Local tracks: what one sensor's looks say by themselves, each confirmed track in a row."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.track.hypotheses.follow import Local
from tocsin.track.hypotheses.radar_motion import AZIMUTH

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@final
@dataclass(frozen=True, slots=True, eq=False)
class LocalTracks:
    """Confirmed tracks (n,) of sensors, as they stand in each one's best joint hypothesis.

    id (n,); channel (n,); t (n,) of x (n, 6) and P (n, 6, 6), in the sensor's own coordinates: of a radar
    range, azimuth, elevation and the velocity along, east of and upward across the line, of a telescope each
    angle with its rate and acceleration; llr (n,); hits (n,); first_t, last_t (n,) looks; cell (n,) of the
    newest look in the chain of all.
    """

    id: Ints
    channel: Ints
    t: Array
    x: Array
    P: Array
    llr: Array
    hits: Ints
    first_t: Array
    last_t: Array
    cell: Ints

    def __len__(self) -> int:
        return len(self.id)

    def where(self, mask: Bools | Ints) -> LocalTracks:
        """The rows of a mask or an index."""
        return LocalTracks(**{name: getattr(self, name)[mask] for name in NAMES})


NAMES = tuple(f.name for f in fields(LocalTracks))


def short_way(angle: Array) -> Array:
    """Differences of angles, rad, from -pi to pi."""
    return np.asarray(np.remainder(angle + np.pi, 2.0 * np.pi) - np.pi)


def together(parts: list[LocalTracks]) -> LocalTracks:
    """The rows of all, one after the other; of one at least."""
    return LocalTracks(**{name: np.concatenate([getattr(p, name) for p in parts]) for name in NAMES})


def confirmed(local: Local, channel: int) -> LocalTracks:
    """The confirmed tracks of one sensor: the moments of all ways in which each may move.

    x = sum w_m x_m, P = sum w_m (P_m + (x_m - x) (x_m - x)').
    """
    at = local.chosen[local.chosen >= 0]
    leaves = local.leaves.where(at[local.leaves.confirmed[at]])
    d = leaves.x - leaves.x[:, :1]
    if d.shape[1] > 1:
        # Only a radar has two ways, and of its values azimuth wraps.
        d[:, :, AZIMUTH] = short_way(d[:, :, AZIMUTH])
    mean = np.einsum("nm,nmi->ni", leaves.w, d)
    d -= mean[:, None]
    return LocalTracks(
        id=leaves.track,
        channel=np.full(len(leaves), channel),
        t=np.full(len(leaves), local.t),
        x=leaves.x[:, 0] + mean,
        P=np.einsum("nm,nmij->nij", leaves.w, leaves.P + d[..., :, None] * d[..., None, :]),
        llr=leaves.llr,
        hits=leaves.hits,
        first_t=leaves.first_t,
        last_t=leaves.last_t,
        cell=leaves.cell,
    )
