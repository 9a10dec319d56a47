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
def _near(x: Array, P: Array, z: Array, sigma: Array, seen: Ints, angle: int, limit: float) -> bool:
    """Whether each value by itself is as near as the gate asks: no look in the gate is not."""
    for a in range(seen.size):
        nu = _off(z[a], x[seen[a]], a == angle)
        if not nu * nu <= limit * (P[seen[a], seen[a]] + sigma[a] * sigma[a]):
            return False
    return True


@njit(cache=True, error_model="numpy")
def gate(
    x: Array, P: Array, w: Array, z: Array, sigma: Array, order: Ints, seen: Ints, angle: int, limit: Array
) -> tuple[Ints, Ints, Array]:
    """Candidates of each leaf, compressed: start (n + 1,), look, ln sum_m w_m N(nu_m; 0, S_m) in the gate.

    x (n, m, 6), P (n, m, 6, 6), w (n, m); z, sigma (k, q), order sorts these by their first value, where a
    window is searched. A look is in the gate where its squared distance is at most `limit` (n,) in any way.
    """
    n, m, k, q = x.shape[0], x.shape[1], z.shape[0], seen.size
    start = np.zeros(n + 1, np.int64)
    look, value = np.empty(64 + 4 * n, np.int64), np.empty(64 + 4 * n)
    S, nu = np.empty((q, q)), np.empty(q)
    first = np.empty(k)
    widest, count = 0.0, 0
    for j in range(k):
        first[j] = z[order[j], 0]
        widest = max(widest, sigma[j, 0])
    for i in range(n):
        low, high = math.inf, -math.inf
        for a in range(m):
            reach = math.sqrt(limit[i] * (P[i, a, seen[0], seen[0]] + widest * widest))
            low, high = min(low, x[i, a, seen[0]] - reach), max(high, x[i, a, seen[0]] + reach)
        b = np.searchsorted(first, low)
        while b < k and first[b] <= high:
            j = order[b]
            b += 1
            near = False
            for a in range(m):
                near |= _near(x[i, a], P[i, a], z[j], sigma[j], seen, angle, limit[i])
            if not near:
                continue
            total, inside = 0.0, False
            for a in range(m):
                d2, chance = _likelihood(x[i, a], P[i, a], z[j], sigma[j], seen, angle, S, nu)
                inside |= d2 <= limit[i]
                total += w[i, a] * chance
            if not inside or not total > 0.0:
                continue
            if count == look.size:
                look, value = np.concatenate((look, look)), np.concatenate((value, value))
            look[count], value[count] = j, math.log(total)
            count += 1
        start[i + 1] = count
    return start, look[:count], value[:count]


@kernel
def update(x: Array, P: Array, w: Array, z: Array, sigma: Array, seen: Ints, angle: int, K: Array) -> None:
    """Update states x (n, m, 6), P (n, m, 6, 6), w (n, m) in place with one look z, sigma (n, q) each.

    Value by value, since their errors are independent: K = P h / s, x += K nu, P -= K K' s; w_m *= N(nu; 0,
    s). K (6,) is scratch.
    """
    for i in range(x.shape[0]):
        most = -math.inf
        for m in range(x.shape[1]):
            log = 0.0
            C = P[i, m]
            for a in range(seen.size):
                h = seen[a]
                s = C[h, h] + sigma[i, a] * sigma[i, a]
                nu = z[i, a] - x[i, m, h]
                if a == angle:
                    nu -= 2.0 * math.pi * math.floor(nu / (2.0 * math.pi) + 0.5)
                log -= 0.5 * (nu * nu / s + math.log(s))
                for r in range(6):
                    K[r] = C[r, h] / s
                for r in range(6):
                    x[i, m, r] += K[r] * nu
                    for c in range(6):
                        C[r, c] -= K[r] * K[c] * s
            w[i, m] = math.log(w[i, m]) + log if w[i, m] > 0.0 else -math.inf
            most = max(most, w[i, m])
        total = 0.0
        for m in range(x.shape[1]):
            w[i, m] = math.exp(w[i, m] - most)
            total += w[i, m]
        for m in range(x.shape[1]):
            w[i, m] /= total
