"""What is held of a state at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.motion.ballistic import propagate_stm
from tocsin.motion.forces import STANDARD, Forces

Array = NDArray[np.float64]


@final
@dataclass(frozen=True, slots=True)
class Gaussian:
    """A state x (6,) at t (TAI s), Earth-fixed m and m/s, with its covariance P (6, 6)."""

    t: float
    x: Array
    P: Array


def transported(state: Gaussian, t: float, inv_beta: float, forces: Forces = STANDARD) -> Gaussian:
    """The same knowledge at another time: x(t), Phi P Phi^T."""
    x, phi = propagate_stm(state.t, state.x, inv_beta, np.array([t]), forces)
    move = phi[0, :, :6]
    return Gaussian(t, x[0], move @ state.P @ move.T)


def kicked(state: Gaussian, sigma: float) -> Gaussian:
    """The same where the velocity may have changed at once, by so much (1-sigma m/s) on each axis."""
    P = state.P.copy()
    P[3:, 3:] += sigma**2 * np.eye(3)
    return Gaussian(state.t, state.x, P)


def whitener(P: Array) -> Array:
    """R (6, 6), upper triangular, with R' R = P^-1: of what has covariance P, R x has that of 1.

    Worked out in units of each number's own sigma, for metres and metres a second differ by powers of ten.
    NaN where P is no covariance, as one carried through dense air can come to be.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        sigma = np.sqrt(np.diagonal(P))
        try:
            return np.asarray(np.linalg.cholesky(np.linalg.inv(P / np.outer(sigma, sigma))).T / sigma)
        except np.linalg.LinAlgError:
            return np.full(P.shape, np.nan)
