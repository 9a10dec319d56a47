"""Looks that each fit their object and together do not: one that is being pushed, or whose elements are
worse.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tocsin.track.known.entries import Entries
from tocsin.track.known.known import Known
from tocsin.track.known.report import Report
from tocsin.track.known.suspects import loosened

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

_WIDER = 2.0  # times the sigmas that the innovations of a strained object are taken to have: assumed


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
