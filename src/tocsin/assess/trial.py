"""A case tried: what its channels say, what its arc says and who is silent, weighed together."""

from __future__ import annotations

import math

import numpy as np

from tocsin.assess.assessment import Place
from tocsin.assess.case import Case
from tocsin.assess.evidence.aims import aims_on
from tocsin.assess.evidence.hypotheses import Facts, Weighed, weigh
from tocsin.assess.evidence.model import EVIDENCE, EvidenceModel
from tocsin.assess.evidence.silence import Silence, of_arc, of_plume
from tocsin.assess.territory import Territories
from tocsin.estimate.body import Body
from tocsin.estimate.predict import ImpactRegion

LEAST_ORBIT = 1e-6
# Thrust lasts no longer than this in a radar's sight; what flies freely is on an arc by then (assumed).
POWERED_S = 60.0


def weighed_by(
    case: Case,
    body: Body | None,
    region: ImpactRegion | None,
    launch: Place | None,
    orbit: float,
    protected: dict[str, float] | None,
    territories: Territories,
    model: EvidenceModel = EVIDENCE,
) -> tuple[Weighed, Silence]:
    """The Bayes factors of a case, and who is silent about it."""
    silence = _silence(case, body, region, launch, territories)
    facts = Facts(
        arc=math.log(max(1.0 - orbit, LEAST_ORBIT)) + _off_any_arc(case, model),
        satellite=math.log(max(orbit, LEAST_ORBIT)),
        protected=None if protected is None else sum(protected.values()),
        share=float(territories.protected_share.sum()),
        absence_elsewhere=silence.elsewhere,
        absence_toward=silence.toward,
        absence_satellite=silence.satellite,
    )
    return weigh(case.evidence, facts, model), silence


def _off_any_arc(case: Case, model: EvidenceModel) -> float:
    """ln of the share of launches that a radar sees for so long on no arc at all, where that is so."""
    radar = [e for e in case.evidence if e.phenomenology == "radar" and e.by is None]
    if not radar or case.solution.phase == "ballistic" or case.grounds.infrared:
        return 0.0
    lasted = max(e.last_t for e in radar) - min(e.first_t for e in radar)
    return math.log(model.unexplained) if lasted > POWERED_S else 0.0


def _silence(
    case: Case,
    body: Body | None,
    region: ImpactRegion | None,
    launch: Place | None,
    territories: Territories,
) -> Silence:
    if case.duty is None:
        return Silence()
    network, watching = case.duty.network, case.duty.watching
    if body is not None and region is not None and not region.reach:
        from_ = None if launch is None else (*_radians(launch), launch.t)
        return of_arc(network, watching, case.heard, case.now, body, region.t, from_)
    where = _radians(launch) if launch is not None else case.place
    if where is None or not case.grounds.infrared:
        return Silence()
    aims = np.empty((0, 2)) if region is not None else aims_on(territories)
    return of_plume(network, watching, case.heard, case.now, where, case.first_t, aims)


def _radians(at: Place) -> tuple[float, float]:
    return math.radians(at.lat_deg), math.radians(at.lon_deg)
