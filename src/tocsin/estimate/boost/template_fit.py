"""The boost fit against a notional template: launch point and time, heading, kick, cut-off, engine scales."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.boost.begin import EARTH_M
from tocsin.estimate.boost.engine import EXHAUST, THRUST
from tocsin.estimate.boost.fan import NEVER
from tocsin.estimate.boost.meeting import Meeting
from tocsin.estimate.boost.run import Found
from tocsin.estimate.boost.sighting import PLACE_M, Sightings, sightings
from tocsin.estimate.boost.template import BoostFit, Status, Template, no_fit
from tocsin.estimate.boost.template_search import apart, cold, search_from
from tocsin.estimate.boost.template_told import together, told
from tocsin.estimate.looks import Channel, Looks

Array = NDArray[np.float64]

LEAST_LOOKS, MOST_MODES = 4, 4
STATUS: tuple[Status, ...] = ("converged", "unobservable", "diverged")
# The prior of the launch: some seconds before the first look, any kick, any heading.
TIME_S, KICK_LN = (-30.0, 60.0), (math.log(0.1), 2.0)
# How many times a class's spread a vehicle's engines may be off, and what that costs (assumed).
BEND, BENT_COST = 4.0, 2.0 * math.log(9.0)
BEYOND = 2.0  # cost for each residual


def fit_template(
    looks: Looks,
    channels: tuple[Channel, ...],
    template: Template,
    t_burnout: tuple[float, float] | None = None,
    warm: BoostFit | None = None,
) -> BoostFit:
    """Fit one template to the telescopes' looks among these.

    t_burnout: time and sigma at which the plume went out, TAI s, or None while it burns: the cut-off is then
    unknown and the state that of the last look, else it is that of one second after the cut-off. warm: an
    earlier fit; else the search begins where lines meet, or with one telescope from every heading.
    """
    return fit_seen(sightings(looks, channels), template, t_burnout, warm)


def fit_seen(
    seen: Sightings,
    template: Template,
    t_burnout: tuple[float, float] | None,
    warm: BoostFit | None,
    path: Meeting | None = None,
) -> BoostFit:
    """`fit_template` of looks made ready; path: where their lines meet, if that has been found already."""
    if not seen.sound:
        return no_fit(seen, template, "invalid")
    if len(seen.t) < LEAST_LOOKS or seen.last <= 0.0:
        return no_fit(seen, template, "unobservable")
    out = (0.0, 0.0) if t_burnout is None else (t_burnout[0] - seen.t_first, 1.0 / t_burnout[1])
    mean, prior = priors(template, seen, t_burnout is None)
    carried = warm if warm is not None and warm.modes and len(warm.y) == len(mean) else None
    if carried is not None and carried.bent:
        # Bent engines stay bent: to unbend them in between would take a search of its own.
        prior = _loose(prior, template)
    if carried is not None:
        tried = [search_from(template.rocket, seen, y, mean, prior, out) for y in carried.modes]
    else:
        tried = cold(template.rocket, seen, mean, prior, out, path)
    good = apart(sorted((f for f in tried if f.status == 0), key=lambda f: f.cost), MOST_MODES)
    if not good:
        return no_fit(seen, template, STATUS[max((f.status for f in tried), default=2)])
    fits = []
    for found in good:
        evidence = found.cost + _log_det(found.information) - _log_prior(prior, out)
        best, bent = found, carried is not None and carried.bent
        if bent:
            evidence += BENT_COST
        else:
            best, evidence, bent = _as_bent(found, evidence, template, seen, mean, prior, out)
        fits.append(told(seen, template, best, t_burnout, evidence, bent))
    return fits[0] if len(fits) == 1 else together(fits)


def _as_bent(
    found: Found,
    evidence: float,
    template: Template,
    seen: Sightings,
    mean: Array,
    prior: Array,
    out: tuple[float, float],
) -> tuple[Found, float, bool]:
    """The fit with its evidence, or that of a wider spread of the engines where it is the likelier.

    The discrepancy between a class and a vehicle is a mixture of two spreads, the wide one a ninth as likely
    (assumed).
    """
    size = THRUST + len(template.rocket.stages)
    if not _seems_bent(found, mean, prior, size, evidence, _log_prior(prior, out)):
        return found, evidence, False
    loose = _loose(prior, template)
    again = search_from(template.rocket, seen, found.y, mean, loose, out)
    other = again.cost + _log_det(again.information) - _log_prior(loose, out) + BENT_COST
    if again.status or not other < evidence:
        return found, evidence, False
    return again, other, True


def priors(template: Template, seen: Sightings, burning: bool) -> tuple[Array, Array]:
    """Mean and information (n,) of parameters and fixed errors; a cut-off to come is held out of the way."""
    k = len(template.rocket.stages)
    mean = np.concatenate(
        [[*seen.place, TIME_S[0], 0.0, KICK_LN[0], NEVER], np.ones(1 + k), np.zeros(len(seen.prior))]
    )
    engine = [template.spread_exhaust**-2.0, *[template.spread_thrust**-2.0] * k]
    prior = np.array(
        [(PLACE_M / EARTH_M) ** -2.0] * 2
        + [TIME_S[1] ** -2.0, 0.0, KICK_LN[1] ** -2.0, float(burning), *engine]
    )
    return mean, np.concatenate([prior, seen.prior])


def _log_det(information: Array) -> float:
    """ln det of a positive matrix (n, n)."""
    return float(np.linalg.slogdet(information)[1])


def _log_prior(prior: Array, out: tuple[float, float]) -> float:
    """ln det of the prior information: any heading counts as a sigma of sqrt(2 pi), the same density."""
    known = prior > 0.0
    log = float(np.log(prior[known]).sum()) - math.log(2.0 * math.pi)
    return log + (2.0 * math.log(out[1]) if out[1] > 0.0 else 0.0)


def _loose(prior: Array, template: Template) -> Array:
    """The prior with BEND times the class's spread of the engines."""
    loose = prior.copy()
    loose[EXHAUST : THRUST + len(template.rocket.stages)] /= BEND**2
    return loose


def _seems_bent(best: Found, mean: Array, prior: Array, size: int, evidence: float, log_prior: float) -> bool:
    """Whether the engines seem rather those of a class with BEND times the spread.

    To first order: with D = prior - wide prior and the engines' bend d, the minimum moves by H2^-1 D d and
    the cost falls by d'D d + (D d)'H2^-1 D d.
    """
    engine = np.zeros(len(mean))
    engine[EXHAUST:size] = prior[EXHAUST:size] * (1.0 - BEND**-2.0)
    pull = engine * (best.y - mean)
    information = best.information - np.diag(engine)
    cost = best.cost - float((best.y - mean) @ pull) - float(pull @ np.linalg.solve(information, pull))
    other = cost + _log_det(information) - (log_prior - 2.0 * (size - EXHAUST) * math.log(BEND))
    # What no bend can mend is not worth a search.
    return other + BENT_COST < evidence and cost < BEYOND * best.freedom
