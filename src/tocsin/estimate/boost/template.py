"""The boost fit against a notional template: launch point and time, heading, kick, cut-off, engine scales."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal, final

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.ballistic import Gaussian, transported
from tocsin.estimate.boost.begin import EARTH_M, FEW, NEVER, from_every_heading, from_meeting, thinned
from tocsin.estimate.boost.engine import AZIMUTH, CUTOFF, EXHAUST, KICK, LAT, LON, THRUST, TIME
from tocsin.estimate.boost.meeting import Meeting, ground_below, meeting
from tocsin.estimate.boost.moments import merged, weighed
from tocsin.estimate.boost.run import Found, run
from tocsin.estimate.boost.sighting import Sightings, sightings
from tocsin.estimate.chi2 import chi2_tail
from tocsin.estimate.looks import Channel, Looks
from tocsin.motion.rocket import Rocket

Array = NDArray[np.float64]
Status = Literal["converged", "unobservable", "diverged", "invalid"]

AFTER_CUTOFF_S = 1.0
NEWEST_S = 8.0
LEAST_LOOKS = 4
RELINEARISE = 0.1  # sigma, below which a step needs no new derivatives
GOOD_TAIL = 1e-2  # a misfit less rare than this is chance
HEADINGS_TRIED, HEADINGS_KEPT, ITERATIONS = 10, 4, 60
MOST_MODES, LEAST_MODE = 4, 1e-3  # minima that are carried on, and the least weight of one
# How many times a class's spread a vehicle's engines may be off, and the share of those (assumed).
BEND, BENT_SHARE = 4.0, 0.1
STATUS: tuple[Status, ...] = ("converged", "unobservable", "diverged")
# The prior of the launch: 2,000 km either way, some seconds before the first look, any heading.
PLACE_M, TIME_S, KICK_LN = 2000e3, (-30.0, 60.0), (math.log(0.1), 2.0)


@final
@dataclass(frozen=True, slots=True)
class Template:
    """A class of vehicle as the bank holds it, with relative 1-sigma spreads of thrust and exhaust speed."""

    name: str
    rocket: Rocket
    spread_thrust: float
    spread_exhaust: float


@final
@dataclass(frozen=True, slots=True, eq=False)
class BoostFit:
    """A template fitted: launch point with covariance, heading, state at the end of the looks or at burnout.

    launch (lat, lon, t) with launch_P (3, 3) in rad and s; azimuth with its sigma; evidence = -2 ln of the
    marginal likelihood (Laplace), less the looks' own constant; tail: how rare it is for this template to
    miss all the looks, its engines within their spreads, or the newest ones, by so much. y, covariance:
    parameters (launch latitude, longitude, time after t_first, azimuth, ln kick, cut-off after launch,
    exhaust and thrust scales) and fixed errors. bent: whether the engines lie so far outside their class that
    its spread was widened. modes: y of every minimum that counts, the least first: one telescope often leaves
    two headings alike, and launch, heading and state are then the mixture of both. What is not "converged"
    has no numbers.
    """

    template: Template
    status: Status
    t_first: float
    y: Array
    covariance: Array
    chi2: float
    freedom: int
    launch: Array
    launch_P: Array
    azimuth: float
    azimuth_sigma: float
    burnout: tuple[float, float] | None
    state: Gaussian
    evidence: float
    tail: float
    bent: bool
    modes: tuple[Array, ...]


def fit_template(
    looks: Looks,
    channels: tuple[Channel, ...],
    template: Template,
    t_burnout: tuple[float, float] | None = None,
    warm: tuple[Array, ...] = (),
) -> BoostFit:
    """Fit one template to the telescopes' looks among these.

    t_burnout: time and sigma at which the plume went out, TAI s, or None while it burns: the cut-off is then
    unknown and the state that of the last look, else it is that of one second after the cut-off. warm:
    modes of an earlier fit; else the search begins where lines meet, or with one telescope from every heading.
    """
    return fit_seen(sightings(looks, channels), template, t_burnout, warm)


def fit_seen(
    seen: Sightings,
    template: Template,
    t_burnout: tuple[float, float] | None,
    warm: tuple[Array, ...],
    path: Meeting | None = None,
) -> BoostFit:
    """`fit_template` of looks made ready; path: where their lines meet, if that has been found already."""
    size = THRUST + len(template.rocket.stages)
    if not seen.sound:
        return _none(seen, template, "invalid")
    if len(seen.t) < LEAST_LOOKS or seen.last <= 0.0:
        return _none(seen, template, "unobservable")
    place = ground_below(seen)
    out = (0.0, 0.0) if t_burnout is None else (t_burnout[0] - seen.t_first, 1.0 / t_burnout[1])
    mean, prior = _prior(template, seen, place, t_burnout is None)
    if warm and len(warm[0]) == len(mean):
        starts = [_ready(y, out) for y in warm]
        tried = [run(template.rocket, seen, y, mean, prior, out, AFTER_CUTOFF_S, ITERATIONS, RELINEARISE) for y in starts]
    else:
        tried = _cold(template.rocket, seen, mean, prior, out, place, path)
    good = _apart(sorted((f for f in tried if f.status == 0), key=lambda f: f.cost), MOST_MODES)
    if not good:
        return _none(seen, template, STATUS[max((f.status for f in tried), default=2)])
    log_prior = _log_prior(prior, out)
    told = []
    for best in good:
        evidence = best.cost + _log_det(best.information) - log_prior
        bent, wide = _bent(best, mean, prior, size, evidence, log_prior)
        if bent:
            loose = prior.copy()
            loose[EXHAUST:size] /= BEND**2
            again = run(template.rocket, seen, best.y, mean, loose, out, AFTER_CUTOFF_S, ITERATIONS, RELINEARISE)
            best = again if again.status == 0 else best
        told.append(_told(seen, template, best, size, t_burnout, wide, bent))
    return told[0] if len(told) == 1 else _together(told)


def _together(told: list[BoostFit]) -> BoostFit:
    """The fits of several minima as one: the best, with launch, heading and state of the mixture of all."""
    weights, evidence = weighed([f.evidence for f in told])
    kept = weights > LEAST_MODE
    told = [f for f, k in zip(told, kept, strict=True) if k]
    weights = weights[kept] / weights[kept].sum()
    best = told[int(np.argmax(weights))]
    launch, launch_P = merged(weights, np.array([f.launch for f in told]), np.array([f.launch_P for f in told]))
    turn = np.array([[math.remainder(f.azimuth - best.azimuth, 2 * math.pi)] for f in told])
    mean, spread = merged(weights, turn, np.array([[[f.azimuth_sigma**2]] for f in told]))
    states = [f.state if f.state.t == best.state.t else transported(f.state, best.state.t, 0.0) for f in told]
    return replace(
        best,
        launch=launch,
        launch_P=launch_P,
        azimuth=float((best.azimuth + mean[0]) % (2 * math.pi)),
        azimuth_sigma=math.sqrt(float(spread[0, 0])),
        state=states[0] if len(told) == 1 else Gaussian(best.state.t, *merged(weights, np.array([s.x for s in states]), np.array([s.P for s in states]))),
        evidence=evidence,
        modes=tuple(told[k].y for k in np.argsort(-weights)),
    )


def _prior(
    template: Template, seen: Sightings, place: tuple[float, float], burning: bool
) -> tuple[Array, Array]:
    """Mean and information (n,) of parameters and fixed errors; a cut-off to come is held out of the way."""
    k = len(template.rocket.stages)
    mean = np.concatenate(
        [[*place, TIME_S[0], 0.0, KICK_LN[0], NEVER], np.ones(1 + k), np.zeros(len(seen.prior))]
    )
    engine = [template.spread_exhaust**-2.0, *[template.spread_thrust**-2.0] * k]
    prior = np.array(
        [(PLACE_M / EARTH_M) ** -2.0] * 2
        + [TIME_S[1] ** -2.0, 0.0, KICK_LN[1] ** -2.0, float(burning), *engine]
    )
    return mean, np.concatenate([prior, seen.prior])


def _ready(y: Array, out: tuple[float, float]) -> Array:
    """A start whose cut-off is where the burnout was seen."""
    y = y.copy()
    y[CUTOFF] = out[0] - y[TIME] if out[1] > 0.0 else NEVER
    return y


def _cold(
    rocket: Rocket,
    seen: Sightings,
    mean: Array,
    prior: Array,
    out: tuple[float, float],
    place: tuple[float, float],
    path: Meeting | None,
) -> list[Found]:
    """The searches begun where the looks suggest, each to its end."""
    fixed = np.zeros(len(seen.prior))
    path = path or meeting(seen)
    tried: list[Found] = []
    if path is not None and path.shows_heading(seen.last):
        for start in from_meeting(rocket, seen, path):
            y = _ready(np.concatenate([start, fixed]), out)
            tried.append(run(rocket, seen, y, mean, prior, out, AFTER_CUTOFF_S, ITERATIONS, RELINEARISE))
            if tried[-1].status == 0:
                break
    if not any(f.status == 0 for f in tried):
        few = thinned(seen, FEW)
        rough = []
        for start in from_every_heading(rocket, seen, place, HEADINGS_TRIED):
            y = _ready(np.concatenate([start, fixed]), out)
            rough.append(run(rocket, few, y, mean, prior, out, AFTER_CUTOFF_S, 8, 1.0))
        rough.sort(key=lambda f: f.cost)
        for found in _apart(rough, HEADINGS_KEPT):
            tried.append(
                run(rocket, seen, found.y, mean, prior, out, AFTER_CUTOFF_S, ITERATIONS, RELINEARISE)
            )
    return tried


def _apart(rough: list[Found], count: int) -> list[Found]:
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


def _log_det(information: Array) -> float:
    """ln det of a positive matrix (n, n)."""
    return float(np.linalg.slogdet(information)[1])


def _log_prior(prior: Array, out: tuple[float, float]) -> float:
    """ln det of the prior information: any heading counts as a sigma of sqrt(2 pi), the same density."""
    known = prior > 0.0
    log = float(np.log(prior[known]).sum()) - math.log(2.0 * math.pi)
    return log + (2.0 * math.log(out[1]) if out[1] > 0.0 else 0.0)


def _bent(
    best: Found, mean: Array, prior: Array, size: int, evidence: float, log_prior: float
) -> tuple[bool, float]:
    """Whether the engines are rather those of a class with BEND times the spread, and the evidence of both.

    The discrepancy between a class and a vehicle is a mixture of two spreads, the wide one of weight 0.1
    (assumed). Its evidence follows from the fit to first order: with D = prior - wide prior and the engines'
    bend d, the minimum moves by H2^-1 D d and the cost falls by d'D d + (D d)'H2^-1 D d.
    """
    engine = np.zeros(len(mean))
    engine[EXHAUST:size] = prior[EXHAUST:size] * (1.0 - BEND**-2.0)
    pull = engine * (best.y - mean)
    information = best.information - np.diag(engine)
    moved = np.linalg.solve(information, pull)
    cost = best.cost - float((best.y - mean) @ pull) - float(pull @ moved)
    other = cost + _log_det(information) - (log_prior - 2.0 * (size - EXHAUST) * math.log(BEND))
    least = min(evidence, other)
    odds = (
        (1.0 - BENT_SHARE) * math.exp(-0.5 * (evidence - least)),
        BENT_SHARE * math.exp(-0.5 * (other - least)),
    )
    return odds[1] > odds[0], least - 2.0 * math.log(odds[0] + odds[1])


def _told(
    seen: Sightings,
    template: Template,
    best: Found,
    size: int,
    t_burnout: tuple[float, float] | None,
    evidence: float,
    bent: bool,
) -> BoostFit:
    """The quantities of warning from a solved template."""
    covariance = np.linalg.inv(best.information)
    # A wrong vehicle bends its engines to follow, and leaves the path last where the newest looks are.
    newest = np.square(best.e[seen.t > seen.last - NEWEST_S])
    tail = min(chi2_tail(best.cost, best.freedom), chi2_tail(float(newest.sum()), newest.size))
    # A model that does not explain the looks claims too much: its covariance grows with the misfit.
    if tail < GOOD_TAIL:
        covariance = covariance * max(1.0, best.chi2 / max(best.freedom - size, 1))
    P = covariance[:size, :size]
    theta = best.y[:size]
    burnout = None
    if t_burnout is not None:
        spread = P[TIME, TIME] + 2.0 * P[TIME, CUTOFF] + P[CUTOFF, CUTOFF]
        burnout = (float(seen.t_first + theta[TIME] + theta[CUTOFF]), math.sqrt(max(float(spread), 0.0)))
    t = seen.t_first + float(theta[TIME]) + best.t
    return BoostFit(
        template=template,
        status="converged",
        t_first=seen.t_first,
        y=best.y,
        covariance=covariance,
        chi2=best.chi2,
        freedom=best.freedom,
        launch=np.array([theta[LAT], theta[LON], seen.t_first + theta[TIME]]),
        launch_P=P[:3, :3],
        azimuth=float(theta[AZIMUTH] % (2 * math.pi)),
        azimuth_sigma=float(math.sqrt(P[AZIMUTH, AZIMUTH])),
        burnout=burnout,
        state=Gaussian(t, best.x, best.slope @ P @ best.slope.T),
        evidence=evidence,
        tail=tail,
        bent=bent,
        modes=(best.y,),
    )


def _none(seen: Sightings, template: Template, status: Status) -> BoostFit:
    """A fit without numbers."""
    size = THRUST + len(template.rocket.stages)
    n = size + len(seen.prior)
    nowhere = Gaussian(math.nan, np.full(6, math.nan), np.full((6, 6), math.inf))
    return BoostFit(
        template=template,
        status=status,
        t_first=seen.t_first,
        y=np.full(n, math.nan),
        covariance=np.full((n, n), math.inf),
        chi2=math.inf,
        freedom=2 * len(seen.t),
        launch=np.full(3, math.nan),
        launch_P=np.full((3, 3), math.inf),
        azimuth=math.nan,
        azimuth_sigma=math.inf,
        burnout=None,
        state=nowhere,
        evidence=math.inf,
        tail=0.0,
        bent=False,
        modes=(),
    )
