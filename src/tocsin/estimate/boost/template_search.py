"""Where the minima of a template's misfit are: cold searches from where the looks suggest, and their ends."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.boost.begin import FEW, from_every_heading, from_meeting, thinned
from tocsin.estimate.boost.engine import AZIMUTH, CUTOFF, KICK, TIME
from tocsin.estimate.boost.fan import NEVER
from tocsin.estimate.boost.meeting import Meeting, meeting
from tocsin.estimate.boost.run import Found, run
from tocsin.estimate.boost.sighting import Sightings
from tocsin.motion.rocket import Rocket

Array = NDArray[np.float64]

AFTER_CUTOFF_S = 1.0
RELINEARISE = 0.1  # sigma, below which a step needs no new derivatives
HEADINGS_TRIED, HEADINGS_KEPT, ITERATIONS = 12, 5, 60


def ahead(out: tuple[float, float]) -> float:
    """How long after the cut-off the state is told, s; at the last look while it burns."""
    return AFTER_CUTOFF_S if out[1] > 0.0 else 0.0


def search_from(
    rocket: Rocket, seen: Sightings, y: Array, mean: Array, prior: Array, out: tuple[float, float]
) -> Found:
    """One search to its end from y, its cut-off put where the burnout was seen.

    out: time of burnout s after the first look and one over its sigma, 0 while it burns.
    """
    y = y.copy()
    y[CUTOFF] = out[0] - y[TIME] if out[1] > 0.0 else NEVER
    return run(rocket, seen, y, mean, prior, out, ahead(out), ITERATIONS, RELINEARISE)


def cold(
    rocket: Rocket,
    seen: Sightings,
    mean: Array,
    prior: Array,
    out: tuple[float, float],
    path: Meeting | None,
) -> list[Found]:
    """The searches begun where the looks suggest, each to its end."""
    fixed = np.zeros(len(seen.prior))
    path = path or meeting(seen)
    tried: list[Found] = []
    if path is not None and path.shows_heading(seen.last):
        for start in from_meeting(rocket, seen, path):
            tried.append(search_from(rocket, seen, np.concatenate([start, fixed]), mean, prior, out))
            if tried[-1].status == 0:
                break
    if not any(f.status == 0 for f in tried):
        few = thinned(seen, FEW)
        rough = []
        for start in from_every_heading(rocket, seen, HEADINGS_TRIED):
            y = np.concatenate([start, fixed])
            y[CUTOFF] = out[0] - y[TIME] if out[1] > 0.0 else NEVER
            rough.append(run(rocket, few, y, mean, prior, out, ahead(out), 8, 1.0))
        rough.sort(key=lambda f: f.cost)
        tried += [search_from(rocket, seen, f.y, mean, prior, out) for f in apart(rough, HEADINGS_KEPT)]
    return tried


def apart(rough: list[Found], count: int) -> list[Found]:
    """The first `count` of these whose headings or kicks differ by more than a tenth."""
    kept: list[Found] = []
    for f in rough:
        if len(kept) == count or not math.isfinite(f.cost):
            break
        turn = [abs(math.remainder(f.y[AZIMUTH] - k.y[AZIMUTH], 2 * math.pi)) for k in kept]
        bend = [abs(float(f.y[KICK] - k.y[KICK])) for k in kept]
        if all(a > 0.1 or b > 0.1 for a, b in zip(turn, bend, strict=True)):
            kept.append(f)
    return kept
