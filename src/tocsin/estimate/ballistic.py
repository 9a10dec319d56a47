"""The midcourse fit: one ballistic arc through all looks since burnout, each sensor's bias beside it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.gauss_newton import Status, gauss_newton
from tocsin.estimate.looks import Channel, Looks, compact
from tocsin.estimate.residuals import bias_prior, residuals, rows
from tocsin.motion.ballistic import propagate_stm
from tocsin.motion.forces import STANDARD, Forces

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Gaussian:
    """What is held of a state at a time: x (6,) Earth-fixed m and m/s, covariance P (6, 6)."""

    t: float
    x: Array
    P: Array


@dataclass(frozen=True, slots=True)
class BallisticFit:
    """The fitted state with its covariance (biases marginalised), and how well one arc explains the data."""

    state: Gaussian
    chi2: float
    freedom: int
    status: Status


def transported(state: Gaussian, t: float, inv_beta: float, forces: Forces = STANDARD) -> Gaussian:
    """The same knowledge at another time: x(t), Phi P Phi^T."""
    x, phi = propagate_stm(state.t, state.x, inv_beta, np.array([t]), forces)
    move = phi[0, :, :6]
    return Gaussian(t, x[0], move @ state.P @ move.T)


def fit_ballistic(
    looks: Looks,
    channels: tuple[Channel, ...],
    t0: float,
    x0: Array,
    inv_beta: float,
    priors: tuple[Gaussian, ...],
    forces: Forces = STANDARD,
) -> BallisticFit:
    """Gauss-Newton on every look: unknowns are the state at t0 and each channel's biases.

    min sum |(h(x(t_i)) + b - z_i) / s_i|^2 + sum (x(t_p) - x_p)^T P_p^-1 (x(t_p) - x_p) + sum (b / s_b)^2,
    with x(t) = f(t; t0, x0) and its state transition from the variational equations. Priors are independent
    pieces of knowledge (the boost fit, a partner's report), each at its own time.
    """
    looks, channels = compact(looks, channels)
    nuisance = bias_prior(channels)
    q = len(nuisance)
    which = rows(looks, channels)
    times = np.concatenate([looks.t, [p.t for p in priors]])
    roots = [np.linalg.cholesky(np.linalg.inv(p.P)).T for p in priors]
    n = len(looks)

    def evaluate(y: Array) -> tuple[Array, Array] | None:
        x, phi = propagate_stm(t0, y[:6], inv_beta, times, forces)
        if not np.all(np.isfinite(x)):
            return None
        e, dx, db = residuals(looks, channels, x[:n], y[6:])
        jac = np.zeros((len(e) + 6 * len(priors), 6 + q))
        jac[: len(e), :6] = np.einsum("mi,mij->mj", dx, phi[which, :, :6])
        jac[: len(e), 6:] = db
        tail = []
        for i, (p, root) in enumerate(zip(priors, roots, strict=True)):
            tail.append(root @ (x[n + i] - p.x))
            jac[len(e) + 6 * i : len(e) + 6 * i + 6, :6] = root @ phi[n + i, :, :6]
        return np.concatenate([e, *tail]), jac

    start = np.concatenate([x0, np.zeros(q)])
    prior = np.diag(np.concatenate([np.zeros(6), nuisance]))
    found = gauss_newton(evaluate, start, np.zeros(6 + q), prior)
    P = found.covariance[:6, :6] if found.status == "converged" else np.full((6, 6), np.inf)
    state = Gaussian(t0, found.x[:6], P)
    return BallisticFit(state, found.chi2, found.freedom - 6, found.status)
