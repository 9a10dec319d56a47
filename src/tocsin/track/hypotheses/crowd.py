"""What crowds do to looks: one may be a neighbour's, and one may hide a neighbour."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.kernel import kernel

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

NEIGHBOURS = 1000  # looked at each way at the most, so that a flood of looks takes no longer (assumed)
REACH_M, SIGMAS = (
    5e3,
    4.0,
)  # half the width of the box: so far, and so many of the look's own sigmas (assumed)


@kernel
def crowding(
    z: Array, sigma: Array, order: Ints, radar: bool, distance: float, density: float, out: Array
) -> None:
    """Fill out (k,) with the density of what else may give a look there: false looks, and its neighbours.

    density + (other looks in a box around it) / (its volume), in the sensor's own coordinates z, sigma
    (k, q); the box is REACH_M and SIGMAS wide each way. In a cloud a look that is not this body's is most
    likely another's, of which there may be no track yet. order (k,) sorts z by its first value; distance: at
    which a telescope's bodies are taken to be, m. A range rate is left out: it has no neighbourhood.
    """
    n = order.size
    q = 3 if radar else 2
    for a in range(n):
        i = order[a]
        away = z[i, 0] if radar else distance
        volume = 1.0
        for c in range(q):
            volume *= 2.0 * _half(c, i, sigma, radar, away)
        reach = _half(0, i, sigma, radar, away)
        count = 0
        for way in (-1, 1):
            b = a + way
            while 0 <= b < n and abs(b - a) <= NEIGHBOURS and abs(z[order[b], 0] - z[i, 0]) <= reach:
                inside = True
                for c in range(1, q):
                    off = z[order[b], c] - z[i, c]
                    if radar and c == 1:
                        off -= 2.0 * math.pi * math.floor(off / (2.0 * math.pi) + 0.5)
                    inside &= abs(off) <= _half(c, i, sigma, radar, away)
                count += inside
                b += way
        out[i] = density + count / volume


@kernel
def _half(c: int, i: int, sigma: Array, radar: bool, away: float) -> float:
    """Half the width of the box around look i in its value c."""
    along = radar and c == 0
    half: float = SIGMAS * sigma[i, c] + (REACH_M if along else REACH_M / away)
    return half


@kernel
def hidden(x: Array, P: Array, w: Array, z: Array, order: Ints, cell: float, beam: float, out: Array) -> None:
    """Fill out (n,) with the chance that a body is hidden in another's look: in its resolution cell.

    The greatest over a radar's looks z (k, q), which order sorts by range, of the product over range,
    azimuth and elevation of Phi((c - d) / s) - Phi((-c - d) / s): d from the expected place to the look, s
    the state's own sigma, c the cell. x (n, m, 6), P (n, m, 6, 6), w (n, m).
    """
    k = order.size
    for i in range(x.shape[0]):
        out[i] = 0.0
        m = 0
        for a in range(1, w.shape[1]):
            if w[i, a] > w[i, m]:
                m = a
        own, C = x[i, m], P[i, m]
        reach = cell + 3.0 * math.sqrt(C[0, 0])
        low, high = 0, k
        while low < high:
            middle = (low + high) // 2
            if z[order[middle], 0] < own[0] - reach:
                low = middle + 1
            else:
                high = middle
        cosine = max(math.cos(own[2]), 1e-2)
        while low < k and z[order[low], 0] <= own[0] + reach:
            j = order[low]
            low += 1
            turn = z[j, 1] - own[1]
            turn -= 2.0 * math.pi * math.floor(turn / (2.0 * math.pi) + 0.5)
            chance = (
                _within(z[j, 0] - own[0], cell, C[0, 0])
                * _within(turn, beam / cosine, C[1, 1])
                * _within(z[j, 2] - own[2], beam, C[2, 2])
            )
            out[i] = max(out[i], chance)


@kernel
def _within(d: float, c: float, variance: float) -> float:
    """The chance that a normal deviate about d of this variance lies within c of nought."""
    s = math.sqrt(2.0 * variance)
    part: float = 0.5 * (math.erf((c - d) / s) + math.erf((c + d) / s))
    return part
