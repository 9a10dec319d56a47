"""What a bus may still do to an arc: of which classes, by how much, and for how long after burnout."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tocsin.assess.assessment import Place
from tocsin.assess.case import Case
from tocsin.assess.classify import CLASSES
from tocsin.catalogue.vehicle import vehicles
from tocsin.track.post_boost import POST_BOOST

Array = NDArray[np.float64]

_WITH_BUS: Final = {v.key: v for v in vehicles() if v.post_boost_m_s > 0.0}
GAINS: Final = np.array([_WITH_BUS[c].post_boost_m_s if c in _WITH_BUS else 0.0 for c in CLASSES])
"""By class, m/s on each axis, 1 sigma: nought of those that have no bus."""
LONGEST_BURN_S: Final = max(sum(stage.burn_s for stage in v.stages) for v in _WITH_BUS.values())
LEAST: Final = 0.02  # chance of a push below which its law is left out


def bus_ahead(case: Case, launch: Place | None) -> float:
    """The share that is to come of the time after burnout in which a bus, if it has one, may push a body.

    (t_burnout + T - now) / T, T as in `POST_BOOST`; nought where the solution's covariance holds all that may
    come. A burnout that no telescope saw was when the arc began at the latest, and within the longest burn of
    the launch.
    """
    held, begun = case.solution.held_t, case.solution.segment_t
    if held is None:
        return 0.0
    out = case.milestones["burnout_t"]
    if out is None:
        out = held if begun is None else begun
        if launch is not None:
            out = min(out, launch.t + LONGEST_BURN_S)
    return min(max((out + POST_BOOST.within_s - case.now) / POST_BOOST.within_s, 0.0), 1.0)


def push_chances(bus: Array, p: Array) -> Array:
    """The chance (n,) that a push is to come: the share `bus_ahead` (n,) times P(class) (n, 14) of a bus."""
    return np.asarray(bus * (p @ (GAINS > 0.0)))


def push_gains(p: Array) -> Array:
    """1 sigma (n,) of a push on each axis, m/s, in the mean of the squares over the classes with a bus."""
    return np.asarray(np.sqrt(p @ GAINS**2 / (p @ (GAINS > 0.0))))


def push_words(bus: float, classes: Sequence[float]) -> tuple[str, ...]:
    """What is told of a push that may come, where it counts."""
    p = np.array([classes])
    chance = float(push_chances(np.array([bus]), p)[0])
    if chance < LEAST:
        return ()
    by = float(push_gains(p)[0])
    return (f"a bus may push it yet: {chance:.2f} by class and time since burnout, {by:.0f} m/s (assumed)",)
