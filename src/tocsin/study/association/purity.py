"""Whose a track is, how pure it is, and how much of an object's looks its tracks hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.sensor.labels import NOBODY
from tocsin.study.association.record import Record

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


@final
@dataclass(frozen=True, slots=True, eq=False)
class Owners:
    """Of each confirmed track (m,): its row in the record, its looks, the body that most of them belong to
    (-1 if most are false), and how many do (0 then).

    A look of several bodies in one cell belongs to each of them. Of bodies with as many looks the one of the
    lowest index owns it; one with as many looks as are false owns it. A group of at least n is owned by the n
    bodies that most of its looks belong to: `own` are the looks of all of them, `body` is the first.
    """

    row: Ints
    looks: Ints
    body: Ints
    own: Ints

    @property
    def purity(self) -> Array:
        """Share (m,) of each track's looks that belong to its body; 0 of a track of nobody."""
        return self.own / np.maximum(self.looks, 1)

    @property
    def overall(self) -> float:
        """Share of all their looks that belong to the body of their track; NaN without any."""
        return float(self.own.sum() / self.looks.sum()) if self.looks.sum() else float("nan")

    @property
    def false(self) -> Bools:
        """Which tracks (m,) are of nobody: confirmed false tracks."""
        return np.asarray(self.body == NOBODY)


def owners(record: Record) -> Owners:
    """Who owns each confirmed track, by all its looks."""
    pairs, _, rank = _ranked(record)
    total = np.bincount(record.row[record.row >= 0], minlength=len(record.name))
    among = (rank < record.bodies[pairs[:, 0]]) & (pairs[:, 1] != NOBODY)
    look, body = record.votes
    pair = np.stack([record.row[look], body], axis=1)
    held = look[np.isin(_keys(pair), _keys(pairs[among]))]
    # A look of several of them counts once.
    own = np.bincount(record.row[np.unique(held)], minlength=len(record.name))
    rows, whose = pairs[rank == 0].T
    return Owners(rows, total[rows], whose, np.where(whose == NOBODY, 0, own[rows]))


def _keys(pairs: Ints) -> Ints:
    """One number for each track and body (p, 2)."""
    return np.asarray((pairs[:, 0] << 32) | (pairs[:, 1] + 1))


def _ranked(record: Record) -> tuple[Ints, Ints, Ints]:
    """Confirmed tracks and the bodies in them (p, 2), how many looks, and the rank of each in its track."""
    look, body = record.votes
    row = record.row[look]
    mine = row >= 0
    mine[mine] = record.confirmed[row[mine]]
    pairs, count = np.unique(np.stack([row[mine], body[mine]], axis=1), axis=0, return_counts=True)
    most = np.lexsort((pairs[:, 1], pairs[:, 1] == NOBODY, -count, pairs[:, 0]))
    pairs, count = pairs[most], count[most]
    begin = np.searchsorted(pairs[:, 0], pairs[:, 0])
    return pairs, count, np.arange(len(pairs)) - begin


@final
@dataclass(frozen=True, slots=True, eq=False)
class Completeness:
    """Of each body (b,) that was looked at: its looks, those in the confirmed track that holds most of them
    among those it owns, those in all the confirmed tracks it owns, and how many tracks that are.
    """

    body: Ints
    looks: Ints
    best: Ints
    all_: Ints
    tracks: Ints

    @property
    def share(self) -> Array:
        """Share (b,) of each body's looks in its best track."""
        return self.best / self.looks

    @property
    def overall(self) -> float:
        """Share of all looks of these bodies that lie in each one's best track; NaN without any."""
        return float(self.best.sum() / self.looks.sum()) if len(self.looks) else float("nan")


def completeness(record: Record, bodies: Ints) -> Completeness:
    """How much of their looks the own confirmed tracks of these bodies (b,) hold; of those ever seen."""
    pairs, count, rank = _ranked(record)
    own = (rank < record.bodies[pairs[:, 0]]) & np.isin(pairs[:, 1], bodies) & (pairs[:, 1] != NOBODY)
    _, body = record.votes
    known = np.isin(body, bodies) & (body != NOBODY)
    seen, looks = np.unique(body[known], return_counts=True)
    place = np.searchsorted(seen, pairs[own, 1])
    best, all_ = np.zeros(len(seen), dtype=np.int64), np.zeros(len(seen), dtype=np.int64)
    np.maximum.at(best, place, count[own])
    np.add.at(all_, place, count[own])
    tracks = np.bincount(place, minlength=len(seen))
    return Completeness(seen, looks, best, all_, tracks)
