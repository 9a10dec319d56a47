"""Looks that each fit their object and together do not: one that is being pushed, or whose elements are
worse.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.kernel import kernel
from tocsin.track.known.entries import Entries
from tocsin.track.known.innovation import innovation, squared
from tocsin.track.known.known import Known
from tocsin.track.known.predict import Seen
from tocsin.track.known.report import Report
from tocsin.track.known.suspects import loosened

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

_MOST_BIAS = 3.0  # sigmas of each fixed error, for which an object is not blamed
_SWEEPS = 12
_WIDER = 2.0  # times the sigmas that the innovations of a strained object are taken to have: assumed


@kernel
def _least(
    looks: Ints,
    rows: Ints,
    values: Array,
    sigmas: Array,
    place: Ints,
    z: Array,
    S: Array,
    H: Array,
    L: Array,
    cross: Array,
    d2: Array,
    G: Array,
    T: Array,
    W: Array,
    e: Array,
    beta: Array,
) -> None:
    for n in range(rows.size):
        i, look = rows[n], looks[n]
        for a in range(3):
            beta[a] = 0.0
            for b in range(3):
                G[a, b] = L[i, a] if a == b else 0.0
                for k in range(6):
                    G[a, b] += H[i, a, k] * cross[i, place[i], k, b]
        for a in range(3):
            for b in range(3):
                T[a, b] = S[i, a, b] - G[a, 0] * G[b, 0] - G[a, 1] * G[b, 1] - G[a, 2] * G[b, 2]
        innovation(z[i], T, values[look], sigmas[look], e, W)
        for _ in range(_SWEEPS):
            for a in range(3):
                slope, bend = 0.0, 0.0
                for j in range(3):
                    for k in range(3):
                        slope += G[j, a] * W[j, k] * e[k]
                        bend += G[j, a] * W[j, k] * G[k, a]
                new = min(max(beta[a] + slope / bend, -_MOST_BIAS), _MOST_BIAS)
                for j in range(3):
                    e[j] -= G[j, a] * (new - beta[a])
                beta[a] = new
        d2[n] = squared(e, W)


def least_d2(seen: Seen, rows: Ints, looks: Ints, values: Array, sigmas: Array) -> Array:
    """How far looks (m,) of rows (m,) are off at least, whatever the radar's fixed errors within 3 sigma.

    Given errors b, nu is normal about G b, G = L + H X, with T = S - G G' + R: d2 is the least of
    (nu - G b)' T^-1 (nu - G b), each of b within 3, by descent along one after the other. The errors are the
    same at each look, so that the plain d2 of one look after the other would not be independent.
    """
    d2 = np.empty(len(rows))
    _least(
        looks, rows, values, sigmas, seen.place, seen.z, seen.S, seen.H, seen.L, seen.state.cross, d2,
        np.empty((3, 3)), np.empty((3, 3)), np.empty((3, 3)), np.empty(3), np.empty(3),
    )  # fmt: skip
    return d2


def strain_after(strain: Array, d2: Array) -> Array:
    """The score (n,) after looks at d2 = nu' S^-1 nu: Page's cumulative sum of ln N(nu; 0, c^2 S) / N(nu; 0,
    S).

    Each is d2 (1 - 1 / c^2) / 2 - 3 ln c, and the sum begins anew at nought. An excursion from there passes
    ln 1 / alpha by chance with a probability of no more than alpha (Page 1954; Wald 1945).
    """
    gain = 0.5 * d2 * (1.0 - _WIDER**-2) - 3.0 * math.log(_WIDER)
    return np.maximum(strain + gain, 0.0)


def given_way(
    known: Known, t: float, objects: Ints, entries: Entries, strained: Ints
) -> tuple[Known, tuple[Report, ...]]:
    """Objects in sight, strained rows (m,), with offsets as loose as a push makes them; and their reports."""
    if not len(strained):
        return known, ()
    rows, plan = objects[strained], known.plan
    state = loosened(entries.now.where(strained), known.motion[rows], plan, 0.0)
    entries.strain[strained] = 0.0
    entries = replace(entries, now=entries.now.with_rows(strained, state))
    reports = tuple(Report("manoeuvred", t, int(objects[i]), (entries.claim(int(i)),)) for i in strained)
    return replace(known, working=known.working.put(known.working.row[objects], entries)), reports
