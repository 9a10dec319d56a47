"""Which looks may be which leaf's next, and what each such look makes of the leaf."""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tocsin.earth.kernel import kernel

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

ROOT_TWO_PI = math.sqrt(2.0 * math.pi)
CANDIDATES = 64  # of a leaf at the most: the likeliest (assumed)
ALIKE = 1e-2  # of its variance, by which two ways to move may differ and count as one


@kernel
def _off(z: float, x: float, wraps: bool) -> float:
    """What a value is more than expected, the short way round if it wraps."""
    nu = z - x
    return nu - 2.0 * math.pi * math.floor(nu / (2.0 * math.pi) + 0.5) if wraps else nu


@kernel
def _likelihood(
    x: Array, P: Array, z: Array, sigma: Array, seen: Ints, angle: int, S: Array, nu: Array
) -> tuple[float, float]:
    """Squared distance of a look z (k,) from a state x (6,), and N(nu; 0, H P H' + R).

    seen (k,): which of the state each value is; `angle`: the value that wraps, or -1. Scratch: S (k, k), the
    factor of Cholesky, and nu (k,), whitened by it.
    """
    d2, root = 0.0, 1.0
    for a in range(seen.size):
        for b in range(a + 1):
            total = P[seen[a], seen[b]]
            if a == b:
                total += sigma[a] * sigma[a]
            for c in range(b):
                total -= S[a, c] * S[b, c]
            if a == b:
                if not total > 0.0:
                    return math.inf, 0.0
                S[a, a] = math.sqrt(total)
            else:
                S[a, b] = total / S[b, b]
        total = _off(z[a], x[seen[a]], a == angle)
        for c in range(a):
            total -= S[a, c] * nu[c]
        nu[a] = total / S[a, a]
        d2 += nu[a] * nu[a]
        root *= S[a, a] * ROOT_TWO_PI
    return d2, math.exp(-0.5 * d2) / root


@kernel
def _same(x: Array, P: Array, seen: Ints) -> bool:
    """Whether two ways to move, x (2, 6), P (2, 6, 6), expect the same place: a body seen once."""
    for a in range(seen.size):
        h = seen[a]
        d = x[1, h] - x[0, h]
        if d * d > ALIKE * ALIKE * P[0, h, h] or abs(P[1, h, h] - P[0, h, h]) > ALIKE * P[0, h, h]:
            return False
    return True


@kernel
def _searched(
    x: Array, P: Array, w: Array, z: Array, sigma: Array, order: Ints, seen: Ints, angle: int, limit: float,
    first: Array, widest: float, S: Array, nu: Array, look: Ints, value: Array, begin: int,
) -> int:  # fmt: skip
    """Write the best candidates of one leaf, x (m, 6), P (m, 6, 6), w (m,), from `begin` on; where they end.

    That is one beyond the room when it is too small: then again, with more.
    """
    count = begin
    low, high, ways = math.inf, -math.inf, x.shape[0]
    same = ways == 2 and _same(x, P, seen)
    if same:
        ways = 1
    h = seen[0]
    for a in range(ways):
        reach = math.sqrt(limit * (P[a, h, h] + widest * widest))
        low, high = min(low, x[a, h] - reach), max(high, x[a, h] + reach)
    b, end = 0, first.size
    while b < end:
        middle = (b + end) // 2
        if first[middle] < low:
            b = middle + 1
        else:
            end = middle
    while b < first.size and first[b] <= high:
        j = order[b]
        b += 1
        total = 0.0
        for a in range(ways):
            near = True
            for c in range(seen.size):
                h = seen[c]
                off = _off(z[j, c], x[a, h], c == angle)
                if not off * off <= limit * (P[a, h, h] + sigma[j, c] * sigma[j, c]):
                    near = False
                    break
            if near:
                d2, chance = _likelihood(x[a], P[a], z[j], sigma[j], seen, angle, S, nu)
                if d2 <= limit:
                    total += (w[0] + w[1] if same else w[a]) * chance
        if not total > 0.0:
            continue
        at = count
        if count - begin == CANDIDATES:
            for c in range(begin, count):
                at = c if at == count or value[c] < value[at] else at
            if math.log(total) <= value[at]:
                continue
        else:
            count += 1
        if count > look.size:
            break
        look[at], value[at] = j, math.log(total)
    return count


@njit(cache=True, error_model="numpy")
def gate(
    x: Array, P: Array, w: Array, z: Array, sigma: Array, order: Ints, seen: Ints, angle: int, limit: Array
) -> tuple[Ints, Ints, Array]:
    """Candidates of each leaf, compressed: start (n + 1,), look, ln sum_m w_m N(nu_m; 0, S_m) in the gate.

    x (n, m, 6), P (n, m, 6, 6), w (n, m); z, sigma (k, q), order sorts these by their first value, where a
    window is searched. The sum is over the ways in which its squared distance is at most `limit` (n,).
    """
    n, k, q = x.shape[0], z.shape[0], seen.size
    start = np.zeros(n + 1, np.int64)
    look, value = np.empty(64 + 4 * n, np.int64), np.empty(64 + 4 * n)
    S, nu = np.empty((q, q)), np.empty(q)
    first = np.empty(k)
    widest = 0.0
    for j in range(k):
        first[j] = z[order[j], 0]
        widest = max(widest, sigma[j, 0])
    for i in range(n):
        while True:
            end = _searched(
                x[i], P[i], w[i], z, sigma, order, seen, angle, limit[i], first, widest, S, nu, look, value,
                start[i],
            )  # fmt: skip
            if end <= look.size:
                break
            look, value = np.concatenate((look, look)), np.concatenate((value, value))
        start[i + 1] = end
    return start, look[: start[n]], value[: start[n]]


@kernel
def update(
    x: Array, P: Array, w: Array, look: Ints, z: Array, sigma: Array, seen: Ints, angle: int, K: Array
) -> None:
    """Update states x (n, m, 6), P (n, m, 6, 6), w (n, m) in place with the row look (n,) of z, sigma (k, q).

    Value by value, since their errors are independent: K = P h / s, x += K nu, P -= K K' s; w_m *= N(nu; 0,
    s). One of look -1 stays as it is. K (6,) is scratch.
    """
    for i in range(x.shape[0]):
        j = look[i]
        if j < 0:
            continue
        most = -math.inf
        for m in range(x.shape[1]):
            d2, root = 0.0, 1.0
            C = P[i, m]
            for a in range(seen.size):
                h = seen[a]
                s = C[h, h] + sigma[j, a] * sigma[j, a]
                nu = _off(z[j, a], x[i, m, h], a == angle)
                d2 += nu * nu / s
                root *= s
                for r in range(6):
                    K[r] = C[r, h]
                for r in range(6):
                    f = K[r] / s
                    x[i, m, r] += f * nu
                    for c in range(6):
                        C[r, c] -= f * K[c]
            log = -0.5 * (d2 + math.log(root))
            w[i, m] = math.log(w[i, m]) + log if w[i, m] > 0.0 else -math.inf
            most = max(most, w[i, m])
        total = 0.0
        for m in range(x.shape[1]):
            w[i, m] = math.exp(w[i, m] - most)
            total += w[i, m]
        for m in range(x.shape[1]):
            w[i, m] /= total
