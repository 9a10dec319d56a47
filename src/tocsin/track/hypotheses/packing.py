"""One cluster's best set of leaves, no look given twice: by prices on the looks, and by exchange."""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tocsin.earth.kernel import kernel

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

ROUNDS, PASSES = 16, 6
LEAST, WORK = 8, 20_000  # rounds at the least, and leaves looked at in all rounds
SMALL = 256  # leaves of a cluster up to which exchange follows each round, not the last alone
ENOUGH = 1e-3  # of score, between the best set found and what no set can better


@njit(cache=True)
def packed(members: Ints, first: Ints, llr: Array, use: Ints, looks: int, chosen: Ints) -> float:
    """Fill `chosen` (a leaf or -1) of a cluster's tracks; how much better it could be.

    L(p) = sum_t max(0, max_i llr_i - sum_j p_j) + sum_j p_j is no less than the best, for any prices p >= 0
    of the looks: p is moved against its subgradient, 1 less the demand for each look. At each round the
    dearest track takes first what is left for it; the best set so found is bettered by exchange.
    members (m,): tracks, whose leaves are first[t]:first[t + 1]; use (l, s): their looks, 0 to `looks` - 1 or
    -1, in that order.
    """
    m = members.size
    row = np.zeros(m + 1, np.int64)
    for a in range(m):
        row[a + 1] = row[a] + first[members[a] + 1] - first[members[a]]
    score = np.empty(row[m])
    for a in range(m):
        for k in range(row[a], row[a + 1]):
            score[k] = llr[first[members[a]] + k - row[a]]
    price, owner = np.zeros(looks), np.full(looks, -1, np.int64)
    value, mine, kept = np.empty(m), np.full(m, -1, np.int64), np.full(m, -1, np.int64)
    out = np.empty((2, use.shape[1]), np.int64)
    best, bound = -math.inf, math.inf
    for _ in range(min(ROUNDS, max(WORK // max(row[m], 1), LEAST))):
        total, norm = _demanded(row, score, use, price, value, owner)
        bound = min(bound, total)
        step = np.zeros(looks)
        for j in range(looks):
            step[j] = owner[j] - 1.0
        found = _dealt(row, score, use, price, np.argsort(-value, kind="mergesort"), owner, mine)
        if row[m] <= SMALL:
            found += _exchanged(row, score, use, owner, mine, out)
        if found > best:
            best = found
            kept[:] = mine
        if bound - best < ENOUGH or norm == 0.0:
            break
        for j in range(looks):
            price[j] = max(price[j] + step[j] * (total - best) / norm, 0.0)
    for j in range(looks):
        owner[j] = -1
    for a in range(m):
        if kept[a] >= 0:
            _give(use, kept[a], owner, a)
    best += _exchanged(row, score, use, owner, kept, out)
    for a in range(m):
        chosen[members[a]] = first[members[a]] + kept[a] - row[a] if kept[a] >= 0 else -1
    return max(bound - best, 0.0)


@kernel
def _demanded(
    row: Ints, score: Array, use: Ints, price: Array, value: Array, demand: Ints
) -> tuple[float, float]:
    """The dual at these prices and its subgradient's square; value (m,) of each track, demand (looks,)."""
    total = 0.0
    for j in range(price.size):
        demand[j] = 0
        total += price[j]
    for a in range(row.size - 1):
        value[a], at = 0.0, -1
        for k in range(row[a], row[a + 1]):
            v = score[k] - _cost(use, k, price)
            if v > value[a]:
                value[a], at = v, k
        total += value[a]
        if at >= 0:
            for c in range(use.shape[1]):
                if use[at, c] >= 0:
                    demand[use[at, c]] += 1
    norm = 0.0
    for j in range(price.size):
        if demand[j] > 1 or price[j] > 0.0:
            norm += (1.0 - demand[j]) ** 2
    return total, norm


@kernel
def _cost(use: Ints, k: int, price: Array) -> float:
    total = 0.0
    for c in range(use.shape[1]):
        if use[k, c] >= 0:
            total += price[use[k, c]]
    return total


@kernel
def _free(use: Ints, k: int, owner: Ints, a: int) -> bool:
    """Whether no other track than a has any of a leaf's looks."""
    for c in range(use.shape[1]):
        j = use[k, c]
        if j >= 0 and owner[j] >= 0 and owner[j] != a:
            return False
    return True


@kernel
def _give(use: Ints, k: int, owner: Ints, a: int) -> None:
    for c in range(use.shape[1]):
        if use[k, c] >= 0:
            owner[use[k, c]] = a


@kernel
def _dealt(
    row: Ints, score: Array, use: Ints, price: Array, order: Ints, owner: Ints, mine: Ints
) -> float:  # fmt: skip
    """Fill mine (m,), a row or -1: each track in its order takes the best that is free, at these prices."""
    for j in range(owner.size):
        owner[j] = -1
    found = 0.0
    for a in order:
        at, most = -1, 0.0
        for k in range(row[a], row[a + 1]):
            if score[k] > 0.0 and _free(use, k, owner, a):
                v = score[k] - _cost(use, k, price)
                if at < 0 or v > most:
                    at, most = k, v
        mine[a] = at
        if at >= 0:
            found += score[at]
            _give(use, at, owner, a)
    return found


@kernel
def _exchanged(row: Ints, score: Array, use: Ints, owner: Ints, mine: Ints, scratch: Ints) -> float:
    """Better a set leaf by leaf: a track takes it, and those it takes looks from take what is left.

    scratch (2, s).
    """
    gained = 0.0
    width = use.shape[1]
    out, kept = scratch[0], scratch[1]
    for _ in range(PASSES):
        before = gained
        for a in range(row.size - 1):
            for k in range(row[a], row[a + 1]):
                # The better leaves come first: from its own on, none is worth it even if it costs nobody.
                if score[k] <= (score[mine[a]] if mine[a] >= 0 else 0.0):
                    break
                count, loss = 0, score[mine[a]] if mine[a] >= 0 else 0.0
                for c in range(width):
                    j = use[k, c]
                    if j < 0 or owner[j] < 0 or owner[j] == a:
                        continue
                    seen = False
                    for b in range(count):
                        seen |= out[b] == owner[j]
                    if not seen:
                        out[count] = owner[j]
                        count += 1
                        loss += score[mine[owner[j]]]
                most = score[k]
                for b in range(count):
                    most += score[row[out[b]]]
                if most <= loss + 1e-9:
                    continue
                was = mine[a]
                if was >= 0:
                    _give(use, was, owner, -1)
                for b in range(count):
                    kept[b] = mine[out[b]]
                    _give(use, kept[b], owner, -1)
                _give(use, k, owner, a)
                now = score[k]
                mine[a] = k
                for b in range(count):
                    o = out[b]
                    mine[o] = -1
                    for i in range(row[o], row[o + 1]):
                        if score[i] > 0.0 and _free(use, i, owner, o):
                            mine[o] = i
                            now += score[i]
                            _give(use, i, owner, o)
                            break
                if now > loss + 1e-9:
                    gained += now - loss
                    continue
                for b in range(count):
                    if mine[out[b]] >= 0:
                        _give(use, mine[out[b]], owner, -1)
                _give(use, k, owner, -1)
                mine[a] = was
                if was >= 0:
                    _give(use, was, owner, a)
                for b in range(count):
                    mine[out[b]] = kept[b]
                    _give(use, kept[b], owner, out[b])
        if gained - before < 1e-9:
            break
    return gained
