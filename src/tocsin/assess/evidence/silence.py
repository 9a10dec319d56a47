"""Who is silent about an event that ought to have been seen, and what that says of each hypothesis."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.assess.assessment import Expected
from tocsin.assess.evidence.absence import Watching, absence
from tocsin.assess.evidence.courses import arc_of, arcs_to, plume_over
from tocsin.assess.evidence.model import EVIDENCE
from tocsin.catalogue import Network
from tocsin.estimate.body import Body

Array = NDArray[np.float64]

PLUME_M = 60e3
# After launch: a plume is above the clouds and its engine not yet out, in every class (assumed).
PLUME_FROM_S, PLUME_TO_S = 30.0, 90.0


@final
@dataclass(frozen=True, slots=True)
class Silence:
    """ln of the chance of the silence there is: of a launch anywhere, one toward protected ground, one of
    what was in orbit; and what to expect of each sensor.
    """

    elsewhere: float = 0.0
    toward: float = 0.0
    satellite: float = 0.0
    expected: tuple[Expected, ...] = ()


NOBODY = Silence()
"""Where nobody's silence counts."""


def of_arc(
    network: Network,
    watching: Mapping[str, Watching],
    saw: frozenset[str],
    now: float,
    body: Body,
    t_impact: float,
    launch: tuple[float, float, float] | None,
) -> Silence:
    """Of a body on a known arc to t_impact, launched at (lat, lon, t) as far as that is known.

    Its plume speaks for a launch and not for what was in orbit; the arc itself for both.
    """
    arc = arc_of(body.t, body.x, body.inv_beta, body.t, t_impact)
    by_arc, expected = absence(replace(network, satellites=()), watching, arc, saw, now)
    if launch is None:
        return Silence(by_arc, by_arc, by_arc, expected)
    lat, lon, t = launch
    plume = plume_over((lat, lon), PLUME_M, t + PLUME_FROM_S, t + PLUME_TO_S)
    by_plume, missed = absence(replace(network, radars=()), watching, plume, saw, now)
    whole = _floored(by_arc + by_plume)
    return Silence(whole, whole, by_arc, (*expected, *(e for e in missed if e.state != "will see")))


def of_plume(
    network: Network,
    watching: Mapping[str, Watching],
    saw: frozenset[str],
    now: float,
    place: tuple[float, float],
    since: float,
    aims: Array,
) -> Silence:
    """Of a plume over a place since a time, whose arc is not known: it may go to any of aims (n, 2) rad."""
    plume = plume_over(place, PLUME_M, since, now)
    by_plume, missed = absence(replace(network, radars=()), watching, plume, saw, now)
    if not len(aims):
        return Silence(by_plume, by_plume, 0.0, missed)
    arcs = arcs_to(place, since - PLUME_FROM_S, aims)
    by_arcs, expected = absence(replace(network, satellites=()), watching, arcs, saw, now)
    told = (*missed, *(e for e in expected if e.t is not None))
    return Silence(by_plume, _floored(by_plume + by_arcs), 0.0, told)


def _floored(silence: float) -> float:
    """ln of the chance of a silence, to which any number of sensors together can lower a launch at most."""
    return max(silence, math.log(EVIDENCE.least_absence))


def never_back(t_last: float, now: float) -> bool:
    """Whether so long has passed since the last look that nothing which flies is still up: 45 minutes."""
    return math.isfinite(t_last) and now - t_last > 2700.0
