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

_KINDS: Final = {v.key: v for v in vehicles() if v.key in CLASSES}
GAINS: Final = np.array([_KINDS[c].post_boost_m_s if c in _KINDS else 0.0 for c in CLASSES])
"""By class, m/s on each axis, 1 sigma: nought of those that have no bus."""
BURNS: Final = np.array([sum(s.burn_s for s in _KINDS[c].stages) if c in _KINDS else 0.0 for c in CLASSES])
"""By class, s from launch to burnout."""
NEVER: Final = np.zeros(len(CLASSES))
SHOWS_S: Final = 20.0  # of looks until a push stands out of them (assumed, 10 to 40, by radar and push)
LEAST: Final = 0.02  # chance of a push below which its law is left out


def bus_ahead(case: Case, launch: Place | None) -> Array:
    """By class (14,): the chance that a bus, if it has one, pushes a body after the last look at it.

    One push, at any time within T of burnout alike (`POST_BOOST`), and none seen in the looks since `held`;
    the newest would not show it. With R = t_burnout + T - t_last:
    R / (R + held - t_burnout + min(`SHOWS_S`, t_last - held)). Nought where no look holds the arc, for then
    the covariance has all of it, and where a push was seen. A burnout that no telescope saw was when the arc
    began, or as long after the launch as the class burns, if that is sooner.
    """
    solution, seen = case.solution, case.milestones["burnout_t"]
    held, begun = solution.held_t, solution.segment_t
    if held is None or solution.prior_rejected:
        return NEVER
    within, last = POST_BOOST.within_s, max(min(case.last_t, case.now), held)
    latest = seen if seen is not None else held if begun is None else begun
    if last >= latest + within:
        return NEVER
    out = np.full(len(CLASSES), latest)
    if seen is None and launch is not None:
        out = np.minimum(out, launch.t + BURNS)
    unseen = np.clip(held - out, 0.0, within) + min(SHOWS_S, last - held)
    left = np.clip(out + within - last, 0.0, within)
    return np.asarray(np.where(GAINS > 0.0, left / np.maximum(left + unseen, 1e-9), 0.0))


def push_chances(bus: Array, p: Array) -> Array:
    """The chance (n,) of a push to come: sum_c P(c) b_c, of P(class) and `bus_ahead` (n, 14)."""
    return np.asarray((p * bus).sum(axis=1))


def push_gains(bus: Array, p: Array) -> Array:
    """1 sigma (n,) of such a push on each axis, m/s: s^2 = sum_c P(c) b_c s_c^2 / sum_c P(c) b_c."""
    return np.asarray(np.sqrt((p * bus) @ GAINS**2 / push_chances(bus, p)))


def push_words(bus: Array | None, classes: Sequence[float]) -> tuple[str, ...]:
    """What is told of a push that may come, where it counts."""
    if bus is None:
        return ()
    share, p = bus[None], np.array([classes])
    chance = float(push_chances(share, p)[0])
    if chance < LEAST:
        return ()
    by = float(push_gains(share, p)[0])
    return (f"a bus may push it yet, with {chance:.2f}: by {by:.0f} m/s an axis, 1 sigma (assumed)",)
