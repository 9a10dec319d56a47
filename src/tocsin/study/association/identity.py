"""Identity switches: how often an object's looks pass from one confirmed track to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.study.association.record import Record

Ints = NDArray[np.int64]


@final
@dataclass(frozen=True, slots=True, eq=False)
class Switches:
    """Of each body (b,) with looks of its own in confirmed tracks: those looks, and its switches."""

    body: Ints
    looks: Ints
    switches: Ints

    @property
    def total(self) -> int:
        """All switches."""
        return int(self.switches.sum())


def switches(record: Record, bodies: Ints) -> Switches:
    """How often the track's name changes from one look to the next of each of these bodies (b,).

    Looks of the body alone, in tracks that were confirmed at any time, of all sensors in the order of
    feeding; a look in none or in a tentative track is passed over.
    """
    alone = (record.labels.count == 1) & (record.row >= 0)
    alone[alone] = record.confirmed[record.row[alone]]
    look = np.flatnonzero(alone)
    body = record.labels.first[look]
    known = np.isin(body, bodies)
    look, body = look[known], body[known]
    order = np.argsort(body, kind="stable")
    body, name = body[order], record.track[look][order]
    seen, place, count = np.unique(body, return_inverse=True, return_counts=True)
    changed = np.flatnonzero((name[1:] != name[:-1]) & (body[1:] == body[:-1])) + 1
    return Switches(seen, count, np.bincount(place[changed], minlength=len(seen)))
