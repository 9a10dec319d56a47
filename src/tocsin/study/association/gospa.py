"""GOSPA: how far a set of estimated places is from the true ones, split into place, missed and false."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tocsin.errors import TocsinError
from tocsin.study.association.matching import match

Array = NDArray[np.float64]
Ints = NDArray[np.int64]


@final
@dataclass(frozen=True, slots=True)
class Gospa:
    """One time's GOSPA (alpha = 2), m: the distance, and its parts, each the p-th root of its own sum.

    distance^p = localisation^p + missed^p + false^p; n_assigned, n_missed, n_false: of how many each comes.
    """

    distance: float
    localisation: float
    missed: float
    false: float
    n_assigned: int
    n_missed: int
    n_false: int


def gospa(truth: Array, tracks: Array, c: float = 20e3, p: float = 2.0) -> Gospa:
    """GOSPA of places (n, k) m against true ones (m, k) m, with alpha = 2.

    d^p = min over assignments of: sum |x - y|^p over assigned pairs, each nearer than c, + c^p / 2 for each
    true place without an estimate and each estimate without a true one. Source: Rahmathullah,
    Garcia-Fernandez and Svensson 2017, proposition 1. TocsinError for a place that is no number, or c or p
    that is not above 0 (p at least 1).
    """
    if not (c > 0.0 and p >= 1.0):
        raise TocsinError(f"gospa: c = {c:g}, p = {p:g} is no metric: give c above 0 and p at least 1")
    if not (np.all(np.isfinite(truth)) and np.all(np.isfinite(tracks))):
        raise TocsinError("gospa: a place is no number: leave out what has none")
    row, column, d = pairs_within(truth, tracks, c)
    # An assigned pair saves c^p less what it costs.
    chosen = match(row, column, c**p - d**p, len(truth), len(tracks))
    place = float(np.sum(d[chosen] ** p))
    n = len(chosen)
    missed, false = len(truth) - n, len(tracks) - n
    each = 0.5 * c**p
    total = place + each * (missed + false)
    root = 1.0 / p
    return Gospa(total**root, place**root, (each * missed) ** root, (each * false) ** root, n, missed, false)


def pairs_within(a: Array, b: Array, c: float) -> tuple[Ints, Ints, Array]:
    """Pairs (row of a, row of b) of places (n, 3) and (m, 3) nearer than c, by row of a; distance of each."""
    order = np.argsort(b[:, 0], kind="stable")
    ordered = np.ascontiguousarray(b[order])
    a = np.ascontiguousarray(a)
    none, room = np.empty(0, dtype=np.int64), 0
    room = _near(a, ordered, c, none, none, np.empty(0))
    row, place, d = np.empty(room, dtype=np.int64), np.empty(room, dtype=np.int64), np.empty(room)
    _near(a, ordered, c, row, place, d)
    return row, order[place], d


@njit(cache=True, error_model="numpy")
def _near(a: Array, b: Array, c: float, row: Ints, place: Ints, d: Array) -> int:
    # b rises in its first axis; counts, and fills where there is room.
    n = 0
    for i in range(a.shape[0]):
        for j in range(np.searchsorted(b[:, 0], a[i, 0] - c), b.shape[0]):
            if b[j, 0] >= a[i, 0] + c:
                break
            square = 0.0
            for k in range(a.shape[1]):
                square += (a[i, k] - b[j, k]) ** 2
            if square < c * c:
                if n < len(row):
                    row[n], place[n], d[n] = i, j, np.sqrt(square)
                n += 1
    return n
