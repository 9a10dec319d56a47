"""What may follow from each leaf in a scan, and which of it is kept."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@njit(cache=True, error_model="numpy")
def children(
    track: Ints, llr: Array, start: Ints, look: Ints, gain: Array, miss: Array, most: int, within: float
) -> tuple[Ints, Ints, Array]:
    """The children kept: leaf each is of, look or -1, and its score; by track, the best of one first.

    track (n,) in order; start, look, gain: candidates of each leaf; miss (n,): what a miss adds. Of a track
    at most `most` are kept, none of which is more than `within` worse than its best; and always the miss of
    its best leaf.
    """
    n = track.size
    parent, chosen = np.empty(n + look.size, np.int64), np.empty(n + look.size, np.int64)
    score = np.empty(n + look.size)
    count, i = 0, 0
    while i < n:
        first, end = count, i
        while end < n and track[end] == track[i]:
            parent[count], chosen[count], score[count] = end, -1, llr[end] + miss[end]
            count += 1
            for k in range(start[end], start[end + 1]):
                parent[count], chosen[count], score[count] = end, look[k], llr[end] + gain[k]
                count += 1
            end += 1
        order = np.argsort(-score[first:count], kind="mergesort")
        best = score[first + order[0]]
        p, c, s = parent[first:count].copy(), chosen[first:count].copy(), score[first:count].copy()
        spare = p[order[0]]
        count = first
        for rank, k in enumerate(order):
            # A look may go to a better claim: then the best leaf has had a miss.
            good = rank < most and s[k] >= best - within
            if good or (p[k] == spare and c[k] < 0):
                parent[count], chosen[count], score[count] = p[k], c[k], s[k]
                count += 1
        i = end
    return parent[:count], chosen[:count], score[:count]


@njit(cache=True)
def unlike(track: Ints, recent: Ints, scans: int) -> Bools:
    """Whether no better leaf of the same track had the same looks in the last `scans` scans (n,).

    Leaves are in order of track, the better first: what came before so long ago tells them apart no more.
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
                if same:
                    keep[end] = False
                    break
            end += 1
        i = end
    return keep
