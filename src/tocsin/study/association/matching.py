"""The assignment of greatest gain among gated pairs, exactly: each cluster of pairs by Kuhn and Munkres."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]
Ints = NDArray[np.int64]


def match(row: Ints, column: Ints, gain: Array, rows: int, columns: int) -> Ints:
    """Which pairs (k,) are chosen, as indices in rising order: each row and column at most once, the sum of
    their gains the greatest.

    row, column (k,) each pair once; gain (k,) above 0: who is not in a pair gains nothing. Pairs fall into
    clusters that share no row or column; each is solved by itself, as a table of its rows and columns with
    nought where there is no pair.
    """
    cluster = _clusters(row, column, rows, columns)
    order = np.argsort(cluster[row], kind="stable")
    edges = np.flatnonzero(np.diff(cluster[row][order], prepend=-1, append=-1))
    chosen: list[Ints] = []
    for begin, end in pairwise(edges):
        mine = order[begin:end]
        if len(mine) == 1:
            chosen.append(mine)
            continue
        own_rows, r = np.unique(row[mine], return_inverse=True)
        own_columns, c = np.unique(column[mine], return_inverse=True)
        pair = np.full((len(own_rows), len(own_columns)), -1, dtype=np.int64)
        pair[r, c] = mine
        cost = np.where(pair >= 0, -gain[pair], 0.0)
        wide = cost.shape[0] <= cost.shape[1]
        taken = _hungarian(np.ascontiguousarray(cost if wide else cost.T))
        kept = (pair if wide else pair.T)[np.arange(len(taken)), taken]
        chosen.append(kept[kept >= 0])
    return np.sort(np.concatenate(chosen)) if chosen else np.empty(0, dtype=np.int64)


def _clusters(row: Ints, column: Ints, rows: int, columns: int) -> Ints:
    """A number of each row (rows,), the same for those that pairs join."""
    parent = np.arange(rows + columns)
    _unite(parent, row, column + rows)
    return parent[:rows]


@njit(cache=True, error_model="numpy")
def _unite(parent: Ints, a: Ints, b: Ints) -> None:
    for k in range(len(a)):
        i, j = a[k], b[k]
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        while parent[j] != j:
            parent[j] = parent[parent[j]]
            j = parent[j]
        parent[max(i, j)] = min(i, j)
    for i in range(len(parent)):
        parent[i] = parent[parent[i]]


@njit(cache=True, error_model="numpy")
def _hungarian(cost: Array) -> Ints:
    # The column of each row, of the least sum: shortest augmenting paths with potentials u, v (Jonker and
    # Volgenant 1987); rows not more than columns. Row and column 0 are the outside.
    n, m = cost.shape
    u, v = np.zeros(n + 1), np.zeros(m + 1)
    owner, way = np.zeros(m + 1, np.int64), np.zeros(m + 1, np.int64)
    for i in range(1, n + 1):
        owner[0] = i
        at = 0
        least = np.full(m + 1, np.inf)
        done = np.zeros(m + 1, np.bool_)
        while True:
            done[at] = True
            delta, nearest = np.inf, 0
            for j in range(1, m + 1):
                if done[j]:
                    continue
                reduced = cost[owner[at] - 1, j - 1] - u[owner[at]] - v[j]
                if reduced < least[j]:
                    least[j], way[j] = reduced, at
                if least[j] < delta:
                    delta, nearest = least[j], j
            for j in range(m + 1):
                if done[j]:
                    u[owner[j]] += delta
                    v[j] -= delta
                else:
                    least[j] -= delta
            at = nearest
            if owner[at] == 0:
                break
        while at != 0:
            owner[at] = owner[way[at]]
            at = way[at]
    column = np.empty(n, np.int64)
    for j in range(1, m + 1):
        if owner[j] > 0:
            column[owner[j] - 1] = j - 1
    return column
