"""A notional template of the bank, and what a fit of one says."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, final

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue.vehicle import Vehicle
from tocsin.estimate.ballistic import Gaussian
from tocsin.estimate.boost.engine import THRUST
from tocsin.estimate.boost.sighting import Sightings
from tocsin.motion.rocket import Rocket, rocket

Array = NDArray[np.float64]
Status = Literal["converged", "unobservable", "diverged", "invalid"]


@final
@dataclass(frozen=True, slots=True)
class Template:
    """A class of vehicle as the bank holds it, with relative 1-sigma spreads of thrust and exhaust speed."""

    name: str
    rocket: Rocket
    spread_thrust: float
    spread_exhaust: float


def template_of(kind: Vehicle) -> Template:
    """A class of the catalogue as the bank holds it."""
    return Template(kind.key, rocket(kind), kind.spread_thrust, kind.spread_exhaust)


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


def no_fit(seen: Sightings, template: Template, status: Status) -> BoostFit:
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
