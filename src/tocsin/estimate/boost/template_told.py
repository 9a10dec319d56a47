"""What is told of a solved template, and of several of its minima together."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.ballistic import Gaussian, transported
from tocsin.estimate.boost.engine import AZIMUTH, CUTOFF, LAT, LON, THRUST, TIME
from tocsin.estimate.boost.moments import merged, merged_states, weighed
from tocsin.estimate.boost.run import Found
from tocsin.estimate.boost.sighting import Sightings
from tocsin.estimate.boost.template import BoostFit, Template
from tocsin.estimate.chi2 import chi2_tail

Array = NDArray[np.float64]

NEWEST_S = 8.0
GOOD_TAIL = 1e-2  # a misfit less rare than this is chance
LEAST_MODE = 1e-3  # weight of a minimum that is carried on


def told(
    seen: Sightings,
    template: Template,
    best: Found,
    t_burnout: tuple[float, float] | None,
    evidence: float,
    bent: bool,
) -> BoostFit:
    """The quantities of warning from a solved template."""
    size = THRUST + len(template.rocket.stages)
    covariance = np.asarray(np.linalg.inv(best.information), dtype=np.float64)
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


def together(fits: list[BoostFit]) -> BoostFit:
    """The fits of several minima as one: the best, with launch, heading and state of the mixture of all."""
    weights, evidence = weighed([f.evidence for f in fits])
    kept = weights > LEAST_MODE
    fits = [f for f, k in zip(fits, kept, strict=True) if k]
    weights = weights[kept] / weights[kept].sum()
    best = fits[int(np.argmax(weights))]
    launch, launch_P = merged(
        weights, np.array([f.launch for f in fits]), np.array([f.launch_P for f in fits])
    )
    turn = np.array([[math.remainder(f.azimuth - best.azimuth, 2 * math.pi)] for f in fits])
    mean, spread = merged(weights, turn, np.array([[[f.azimuth_sigma**2]] for f in fits]))
    at = best.state.t
    states = [f.state if f.state.t == at else transported(f.state, at, 0.0) for f in fits]
    return replace(
        best,
        launch=launch,
        launch_P=launch_P,
        azimuth=float((best.azimuth + mean[0]) % (2 * math.pi)),
        azimuth_sigma=math.sqrt(float(spread[0, 0])),
        state=merged_states(weights, states),
        evidence=evidence,
        modes=tuple(fits[k].y for k in np.argsort(-weights)),
    )
