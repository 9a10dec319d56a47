"""What is held of an unpowered body: its state and its drag, which looks in the air tell together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.ballistic import BallisticFit, Drag
from tocsin.estimate.gaussian import Gaussian
from tocsin.estimate.triangle import covariance
from tocsin.motion.ballistic import propagate_stm
from tocsin.motion.forces import STANDARD, Forces

Array = NDArray[np.float64]

ASSUMED_SIGMA_LN_BETA = 0.6
"""Of what nothing is known but that it is a body of some class: a factor of 1.8 either way (assumed)."""


@final
@dataclass(frozen=True, slots=True)
class Body:
    """A state x (6,) at t (TAI s), Cd A / m in m2/kg, and the covariance P (7, 7) of state and ln beta."""

    t: float
    x: Array
    P: Array
    inv_beta: float

    @property
    def state(self) -> Gaussian:
        """The state alone, whatever the drag is."""
        return Gaussian(self.t, self.x, self.P[:6, :6])

    @property
    def sigma_ln_beta(self) -> float:
        """How well its drag is known: 1 sigma of ln beta."""
        return float(np.sqrt(self.P[6, 6]))


def body_of(state: Gaussian, inv_beta: float, sigma_ln_beta: float = ASSUMED_SIGMA_LN_BETA) -> Body:
    """A body of whose drag the looks have said nothing: it is as uncertain as its prior, in vacuum nought."""
    P = np.zeros((7, 7))
    P[:6, :6] = state.P
    P[6, 6] = sigma_ln_beta**2 if inv_beta > 0.0 else 0.0
    return Body(state.t, state.x, P, inv_beta)


def body_of_fit(fit: BallisticFit, given: Drag) -> Body:
    """What a fit found: beta = beta_given exp(ln beta), and P with all lasting errors marginalised.

    P is infinite where there is no fit; ln beta's is nought where the drag was taken as known.
    """
    known = bool(np.all(np.isfinite(fit.state.P)))
    P = covariance(fit.information) if known else np.full((7, 7), np.inf)
    return Body(fit.state.t, fit.state.x, P, given.inv_beta * float(np.exp(-fit.ln_beta)))


def carried(body: Body, t: float, forces: Forces = STANDARD) -> Body:
    """The same knowledge at another time: x(t) and M P M', M = [[Phi, dx/d(ln beta)], [0, 1]]."""
    x, phi = propagate_stm(body.t, body.x, body.inv_beta, np.array([t]), forces)
    move = np.vstack([phi[0], np.eye(7)[6]])
    return Body(t, x[0], move @ body.P @ move.T, body.inv_beta)
