"""Looks held against predictions: the normalised innovation, candidates within the gate, and the update."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.kernel import kernel
from tocsin.track.known.errorstate import ErrorState
from tocsin.track.known.predict import Seen

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_LN_2PI = math.log(2.0 * math.pi)


@kernel
def innovation(z: Array, S: Array, value: Array, sigma: Array, nu: Array, inverse: Array) -> float:
    """nu (3,) = value - z, the azimuth within half a turn; inverse (3, 3) of S + R; returns ln |S + R|."""
    nu[0], nu[2] = value[0] - z[0], value[2] - z[2]
    nu[1] = (value[1] - z[1] + math.pi) % (2.0 * math.pi) - math.pi
    a, b, c = S[0, 0] + sigma[0] ** 2, S[1, 1] + sigma[1] ** 2, S[2, 2] + sigma[2] ** 2
    d, e, f = S[0, 1], S[0, 2], S[1, 2]
    inverse[0, 0], inverse[1, 1], inverse[2, 2] = b * c - f * f, a * c - e * e, a * b - d * d
    inverse[0, 1], inverse[0, 2], inverse[1, 2] = e * f - d * c, d * f - b * e, d * e - a * f
    det = a * inverse[0, 0] + d * inverse[0, 1] + e * inverse[0, 2]
    for i in range(3):
        for j in range(i, 3):
            inverse[i, j] /= det
            inverse[j, i] = inverse[i, j]
    return math.log(det)


@kernel
def squared(nu: Array, inverse: Array) -> float:
    """nu' S^-1 nu."""
    total = 0.0
    for i in range(3):
        for j in range(3):
            total += nu[i] * inverse[i, j] * nu[j]
    return total


@kernel
def _candidates(
    z: Array,
    S: Array,
    rate: Array,
    rate_var: Array,
    order: Ints,
    first: Array,
    values: Array,
    sigmas: Array,
    rates: Array,
    rate_sigmas: Array,
    limit: float,
    start: Ints,
    column: Ints,
    ln: Array,
    d2: Array,
    nu: Array,
    inverse: Array,
) -> int:
    """Fill the compressed rows as far as there is room; returns how many candidates there are in all."""
    count = 0
    widest = 0.0
    for j in order:
        widest = max(widest, sigmas[j, 0])
    for i in range(len(z)):
        reach = math.sqrt(limit * (S[i, 0, 0] + widest * widest))
        low, high = 0, first.size
        while low < high:
            middle = (low + high) // 2
            if first[middle] < z[i, 0] - reach:
                low = middle + 1
            else:
                high = middle
        for b in range(low, first.size):
            if first[b] > z[i, 0] + reach:
                break
            j = order[b]
            ln_det = innovation(z[i], S[i], values[j], sigmas[j], nu, inverse)
            far = squared(nu, inverse)
            if far > limit:
                continue
            if (rates[j] - rate[i]) ** 2 > limit * (rate_sigmas[j] ** 2 + rate_var[i]):
                continue
            if count < column.size:
                column[count], ln[count] = j, -0.5 * (far + ln_det + 3.0 * _LN_2PI)
                d2[count] = far
            count += 1
        start[i + 1] = count
    return count


def candidates(
    seen: Seen, values: Array, sigmas: Array, rates: tuple[Array, Array], free: Bools, limit: float
) -> tuple[Ints, Ints, Array, Array]:
    """Looks within the gate of each prediction, in compressed form: start (n + 1,), look, ln N(nu; 0, S), d2.

    values, sigmas (k, 3): the looks; rates: range rates (k,) and sigmas, which must agree too (NaN: none);
    free (k,): the looks that are there to be had; limit: of d2 = nu' S^-1 nu. The looks are sorted by range,
    so that no prediction meets any but those at its own range.
    """
    looks = np.flatnonzero(free)
    order = looks[np.argsort(values[looks, 0], kind="stable")]
    n, room = len(seen.z), 16 + 4 * len(seen.z)
    start = np.zeros(n + 1, np.int64)
    while True:
        column, ln, d2 = np.empty(room, np.int64), np.empty(room), np.empty(room)
        count = _candidates(
            seen.z, seen.S, seen.rate, seen.rate_var, order, values[order, 0], values, sigmas, *rates, limit,
            start, column, ln, d2, np.empty(3), np.empty((3, 3)),
        )  # fmt: skip
        if count <= room:
            return start, column[:count], ln[:count], d2[:count]
        room = count


@kernel
def _fold(
    place: Ints,
    looks: Ints,
    values: Array,
    sigmas: Array,
    z: Array,
    S: Array,
    H: Array,
    L: Array,
    x: Array,
    P: Array,
    cross: Array,
    nu: Array,
    inverse: Array,
    A: Array,
    K: Array,
    G: Array,
) -> None:
    for i in range(looks.size):
        innovation(z[i], S[i], values[looks[i]], sigmas[looks[i]], nu, inverse)
        for r in range(6):
            for a in range(3):
                A[r, a] = cross[i, place[i], r, a] * L[i, a]
                for k in range(6):
                    A[r, a] += P[i, r, k] * H[i, a, k]
        for r in range(6):
            for a in range(3):
                K[r, a] = A[r, 0] * inverse[0, a] + A[r, 1] * inverse[1, a] + A[r, 2] * inverse[2, a]
        for r in range(6):
            x[i, r] += K[r, 0] * nu[0] + K[r, 1] * nu[1] + K[r, 2] * nu[2]
            for c in range(r, 6):
                P[i, r, c] -= K[r, 0] * A[c, 0] + K[r, 1] * A[c, 1] + K[r, 2] * A[c, 2]
                P[i, c, r] = P[i, r, c]
        for j in range(cross.shape[1]):
            for a in range(3):
                for b in range(3):
                    G[a, b] = L[i, a] if (j == place[i] and a == b) else 0.0
                    for k in range(6):
                        G[a, b] += H[i, a, k] * cross[i, j, k, b]
            for r in range(6):
                for b in range(3):
                    cross[i, j, r, b] -= K[r, 0] * G[0, b] + K[r, 1] * G[1, b] + K[r, 2] * G[2, b]


def folded(seen: Seen, rows: Ints, looks: Ints, values: Array, sigmas: Array) -> ErrorState:
    """The offsets of some rows (m,) of predictions after a look each (m,), by Schmidt's filter.

    A = P H' + X L, K = A S^-1: x += K nu, P -= K A', X -= K (H X + L) of the radar itself, X -= K H X of the
    others. Source: Schmidt (1966), the consider filter; Jazwinski, Stochastic Processes, 8.4.
    """
    out = seen.state.where(rows)
    _fold(
        seen.place[rows], looks, values, sigmas, seen.z[rows], seen.S[rows], seen.H[rows], seen.L[rows],
        out.x, out.P, out.cross, np.empty(3), np.empty((3, 3)), np.empty((6, 3)), np.empty((6, 3)),
        np.empty((3, 3)),
    )  # fmt: skip
    return out
