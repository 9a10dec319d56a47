"""How soon an object that can be told from its neighbours is a confirmed track."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.study.association.record import Record

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

WITHIN = 5


@final
@dataclass(frozen=True, slots=True, eq=False)
class Promptness:
    """Resolvable objects (k,): the body, the sensor that counts, -1 for all together, and whether a track was
    confirmed in time.
    """

    body: Ints
    sensor: Ints
    in_time: Bools

    @property
    def share(self) -> float:
        """Share that were confirmed in time; NaN without any."""
        return float(self.in_time.mean()) if len(self.in_time) else float("nan")


def promptness(record: Record, bodies: Ints, within: int = WITHIN, by_sensor: bool = False) -> Promptness:
    """Which of these bodies (b,) were resolvable, and confirmed within so many of their own detections.

    A body's own detections are the looks that it made or had a part in, of all sensors in the order of
    feeding; by_sensor: of each sensor apart, and the body counts once for each. It is resolvable if `within`
    of them in a row are of it alone (no neighbour in its resolution cell); the first such row counts. It is
    confirmed in time if, when the last look of that row has been fed, a confirmed track has a look of that
    body, and no other body, nor false looks, have more looks of that track so far; of a group of at least n,
    fewer than n other bodies.
    """
    look, body = record.votes
    known = np.isin(body, bodies) & (body >= 0)
    look, body = look[known], body[known]
    who = record.sensor[look] if by_sensor else np.full(len(look), -1, dtype=np.int64)
    order = np.lexsort((look, who, body))
    look, body, who = look[order], body[order], who[order]
    alone = record.labels.count[look] == 1
    edges = np.flatnonzero((np.diff(body, prepend=-1) != 0) | (np.diff(who, prepend=-1) != 0))
    out: list[tuple[int, int, bool]] = []
    for begin, end in pairwise([*edges, len(look)]):
        last = _row_of(alone[begin:end], within)
        if last >= 0:
            in_time = _has_track(record, int(body[begin]), look[begin : begin + last + 1])
            out.append((int(body[begin]), int(who[begin]), in_time))
    table = np.array(out, dtype=np.int64).reshape(-1, 3)
    return Promptness(table[:, 0], table[:, 1], table[:, 2].astype(bool))


def _row_of(alone: Bools, within: int) -> int:
    """Where the first so many in a row that are true end; -1 if there are none."""
    run = 0
    for i, one in enumerate(alone):
        run = run + 1 if one else 0
        if run == within:
            return i
    return -1


def _has_track(record: Record, body: int, looks: Ints) -> bool:
    """Whether, after the last of these looks at a body, a confirmed track is that body's."""
    now = int(looks[-1])
    for row in np.unique(record.row[looks]):
        if row < 0 or record.confirmed_at[row] > now:
            continue
        so_far = record.looks_of[row]
        part = record.labels.where(so_far[so_far <= now])
        names, votes = np.unique(part.body, return_counts=True)
        own, false = int(votes[names == body].sum()), int(np.sum(part.count == 0))
        if own >= false and np.sum(votes > own) < record.bodies[row]:
            return True
    return False
