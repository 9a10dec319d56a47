"""What is held of a state at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.motion.ballistic import propagate_stm
from tocsin.motion.forces import STANDARD, Forces

Array = NDArray[np.float64]

FLAT = 3e6  # beyond which P^-1 is of rounding errors, in hundredths and more


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

    NaN where P is no covariance, or is flat but for rounding, as one carried through dense air can come to
    be: in units of each number's own sigma a direction is then known `FLAT` times as well as any number.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        sigma = np.sqrt(np.diagonal(P))
        try:
            root = np.linalg.cholesky(np.linalg.inv(P / np.outer(sigma, sigma))).T
        except np.linalg.LinAlgError:
            return np.full(P.shape, np.nan)
        return np.where(np.abs(root).max() < FLAT, root / sigma, np.nan)
