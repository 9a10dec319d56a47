"""The best joint hypothesis: for each track a leaf or none, no look given twice."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tocsin.track.hypotheses.packing import packed

Array = NDArray[np.float64]
Ints = NDArray[np.int64]


@njit(cache=True)
def clusters(track: Ints, recent: Ints, base: int, looks: int) -> Ints:
    """The cluster (t,) of each track: those that share a look of the last scans, directly or not.

    track (n,) in order; recent (n, s) numbers of looks from `base` on, of which there are so many, or -1.
    """
    n = track.size
    number = np.empty(n, np.int64)
    count = 0
    for i in range(n):
        count += i == 0 or track[i] != track[i - 1]
        number[i] = count - 1
    parent, owner = np.arange(count), np.full(looks, -1, np.int64)
    for i in range(n):
        for c in range(recent.shape[1]):
            j = recent[i, c] - base
            if recent[i, c] < 0 or j < 0:
                continue
            a, b = number[i], owner[j]
            if b < 0:
                owner[j] = a
                continue
            while parent[a] != a:
                parent[a] = parent[parent[a]]
                a = parent[a]
            while parent[b] != b:
                parent[b] = parent[parent[b]]
                b = parent[b]
            if a != b:
                parent[max(a, b)] = min(a, b)
    for t in range(count):
        while parent[t] != parent[parent[t]]:
            parent[t] = parent[parent[t]]
    return parent


@njit(cache=True)
def best_set(track: Ints, llr: Array, recent: Ints, base: int, looks: int) -> tuple[Ints, Array]:
    """The leaf (t,) chosen of each track, or -1, that maximises the summed score, and what each could lack.

    max sum llr_i over at most one leaf a track, each look of the last scans in at most one: each cluster by
    itself, by Lagrange's multipliers on its looks (Poore and Robertson 1997; Deb and others 1997). The second
    answer (t,) is how much better the best set of a track's cluster could yet be: nought where it is found.
    A leaf of no more than nought is as good as none. The better leaves of a track come first.
    """
    group = clusters(track, recent, base, looks)
    count = group.size
    first = np.zeros(count + 1, np.int64)
    t = -1
    for i in range(track.size):
        if i == 0 or track[i] != track[i - 1]:
            t += 1
            first[t] = i
    first[count] = track.size
    chosen, lack = np.full(count, -1, np.int64), np.zeros(count)
    order = np.argsort(group, kind="mergesort")
    slot = np.full(looks, -1, np.int64)
    begin = 0
    while begin < count:
        end = begin
        while end < count and group[order[end]] == group[order[begin]]:
            end += 1
        members = order[begin:end]
        if members.size == 1:
            t = members[0]
            if llr[first[t]] > 0.0:
                chosen[t] = first[t]
        else:
            use, demand = _numbered(members, first, recent, base, slot)
            gap = packed(members, first, llr, use, demand, chosen)
            for t in members:
                lack[t] = gap
        begin = end
    return chosen, lack


@njit(cache=True)
def _numbered(members: Ints, first: Ints, recent: Ints, base: int, slot: Ints) -> tuple[Ints, int]:
    """The looks of a cluster's leaves (l, s), numbered from nought, or -1; and how many there are.

    slot (looks,): scratch, -1 throughout.
    """
    rows = 0
    for t in members:
        rows += first[t + 1] - first[t]
    use = np.full((rows, recent.shape[1]), -1, np.int64)
    count, row = 0, 0
    for t in members:
        for i in range(first[t], first[t + 1]):
            for c in range(recent.shape[1]):
                j = recent[i, c] - base
                if j >= 0:
                    if slot[j] < 0:
                        slot[j] = count
                        count += 1
                    use[row, c] = slot[j]
            row += 1
    for t in members:
        for i in range(first[t], first[t + 1]):
            for c in range(recent.shape[1]):
                if recent[i, c] >= base:
                    slot[recent[i, c] - base] = -1
    return use, count
