"""What may follow from each leaf in a scan, and which of it is kept."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@njit(cache=True)
def numbered(track: Ints) -> Ints:
    """The tracks (n,) of leaves in order, counted from nought."""
    out = np.empty(track.size, np.int64)
    count = -1
    for i in range(track.size):
        count += i == 0 or track[i] != track[i - 1]
        out[i] = count
    return out


@njit(cache=True, error_model="numpy")
def children(
    track: Ints, llr: Array, chosen: Bools, start: Ints, look: Ints, gain: Array, miss: Array,
    contested: Bools, most: int, within: float,
) -> tuple[Ints, Ints, Array]:  # fmt: skip
    """The children kept: leaf each is of, look or -1, and its score; by track, the best of one first.

    track (n,) in order; chosen (n,): whether a leaf is its track's in the best joint hypothesis; start, look,
    gain: candidates of each leaf; miss (n,): what a miss adds. Of a track at most `most` are kept, none of
    which is more than `within` worse than its best, and as many of the chosen leaf, by its own best. The
    misses of the best leaf and of the chosen one are kept too, but where its best look is not one that others
    may have, contested (k,): such a look may go to a better claim, and what was chosen can be chosen again.
    """
    n = track.size
    parent, child = np.empty(n + look.size, np.int64), np.empty(n + look.size, np.int64)
    score = np.empty(n + look.size)
    count, i = 0, 0
    while i < n:
        first, end = count, i
        while end < n and track[end] == track[i]:
            parent[count], child[count], score[count] = end, -1, llr[end] + miss[end]
            count += 1
            for k in range(start[end], start[end + 1]):
                parent[count], child[count], score[count] = end, look[k], llr[end] + gain[k]
                count += 1
            end += 1
        order = np.argsort(-score[first:count], kind="mergesort")
        best = score[first + order[0]]
        p, c, s = parent[first:count].copy(), child[first:count].copy(), score[first:count].copy()
        spare = p[order[0]]
        count, own, top = first, 0, best
        apart, led = c[order[0]] < 0 or contested[c[order[0]]], -2
        for rank, k in enumerate(order):
            good = rank < most and s[k] >= best - within
            if chosen[p[k]]:
                if own == 0:
                    top, led = s[k], c[k]
                good |= own < most and s[k] >= top - within
                own += 1
            lost = p[k] == spare and apart
            lost |= chosen[p[k]] and (led < 0 or contested[led])
            if good or (lost and c[k] < 0):
                parent[count], child[count], score[count] = p[k], c[k], s[k]
                count += 1
        i = end
    return parent[:count], child[:count], score[:count]


@njit(cache=True)
def shared(track: Ints, start: Ints, look: Ints, fresh: Ints, looks: int) -> Bools:
    """Which looks (k,) more than one track may have, of those that are and those that begin at `fresh`."""
    out, owner = np.zeros(looks, np.bool_), np.full(looks, -1, np.int64)
    out[fresh] = True
    for i in range(track.size):
        for k in range(start[i], start[i + 1]):
            out[look[k]] |= owner[look[k]] >= 0 and owner[look[k]] != track[i]
            owner[look[k]] = track[i]
    return out


@njit(cache=True)
def unlike(track: Ints, recent: Ints, chosen: Bools, scans: int) -> Bools:
    """Whether no better leaf of the same track had the same looks in the last `scans` scans (n,).

    Leaves are in order of track, the better first: what came before so long ago tells them apart no more.
    Those of `chosen` (n,) leaves are kept, since their older looks are no other track's.
    """
    n, width = recent.shape
    keep = np.ones(n, np.bool_)
    i = 0
    while i < n:
        end = i
        while end < n and track[end] == track[i]:
            for j in range(i, end):
                if not keep[j]:
                    continue
                same = True
                for c in range(width - scans, width):
                    same &= recent[j, c] == recent[end, c]
                if same and not chosen[end]:
                    keep[end] = False
                    break
            end += 1
        i = end
    return keep
