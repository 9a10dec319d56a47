"""Cases tried: what their channels say, what their arcs say and who is silent, weighed together."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tocsin.assess.assessment import Place
from tocsin.assess.case import Case
from tocsin.assess.evidence.aims import aims_on
from tocsin.assess.evidence.glow import falls_shining
from tocsin.assess.evidence.hypotheses import Facts, Weighed, weigh_all
from tocsin.assess.evidence.model import EVIDENCE, EvidenceModel
from tocsin.assess.evidence.silence import NOBODY, Silence, of_arc, of_plume
from tocsin.assess.territory import Territories
from tocsin.assess.whereabouts import Whereabouts

Array = NDArray[np.float64]

# Thrust lasts no longer than this in a radar's sight; what flies freely is on an arc by then (assumed).
POWERED_S = 60.0


def weighed_by(
    cases: Sequence[Case],
    found: Sequence[Whereabouts],
    odds: Array,
    share: float,
    territories: Territories,
    model: EvidenceModel = EVIDENCE,
) -> list[tuple[Weighed, Silence]]:
    """The Bayes factors of each case, and who is silent about it.

    odds (n, 2): ln of how well each motion suits a launch, and what was in orbit; share: of the Earth that
    is protected.
    """
    silent = [_silence(case, where, territories) for case, where in zip(cases, found, strict=True)]
    shining = [
        falls_shining(where.body, case.solution.phase == "ballistic", case.evidence, case.climb)
        for case, where in zip(cases, found, strict=True)
    ]
    facts = [
        Facts(
            arc=arc + _off_any_arc(case, model) + (math.log(model.burns_down) if glows else 0.0),
            satellite=satellite,
            protected=None if where.protected is None else sum(where.protected.values()),
            share=share,
            absence_elsewhere=silence.elsewhere,
            absence_toward=silence.toward,
            absence_satellite=silence.satellite,
            glow=math.log(model.glows) if glows else -math.inf,
        )
        for case, where, silence, glows, (arc, satellite) in zip(
            cases, found, silent, shining, odds.tolist(), strict=True
        )
    ]
    weighed = weigh_all([case.evidence for case in cases], facts, model)
    return list(zip(weighed, silent, strict=True))


def _off_any_arc(case: Case, model: EvidenceModel) -> float:
    """ln of the share of launches that a radar sees for so long on no arc at all, where that is so."""
    radar = [e for e in case.evidence if e.phenomenology == "radar" and e.by is None]
    if not radar or case.solution.phase == "ballistic" or case.grounds.infrared:
        return 0.0
    lasted = max(e.last_t for e in radar) - min(e.first_t for e in radar)
    return math.log(model.unexplained) if lasted > POWERED_S else 0.0


def _silence(case: Case, where: Whereabouts, territories: Territories) -> Silence:
    if case.duty is None:
        return NOBODY
    network, watching = case.duty.network, case.duty.watching
    if where.body is not None and where.impact is not None and not where.reach:
        from_ = None if where.launch is None else (*_radians(where.launch), where.launch.t)
        return of_arc(network, watching, case.heard, case.now, where.body, where.impact.t, from_)
    at = _radians(where.launch) if where.launch is not None else case.place
    if at is None or not case.grounds.infrared:
        return NOBODY
    aims = np.empty((0, 2)) if where.impact is not None else aims_on(territories)
    return of_plume(network, watching, case.heard, case.now, at, case.first_t, aims)


def _radians(at: Place) -> tuple[float, float]:
    return math.radians(at.lat_deg), math.radians(at.lon_deg)
