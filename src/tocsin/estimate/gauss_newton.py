"""Gauss-Newton on whitened residuals with a Gaussian prior, damped where a step does not help."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Status = Literal["converged", "unobservable", "diverged"]


@dataclass(frozen=True, slots=True)
class Solution:
    """x (p,) minimises the cost; information (p, p) = J^T J + prior; chi2 of the data and its freedom."""

    x: Array
    information: Array
    chi2: float
    freedom: int
    status: Status

    @property
    def covariance(self) -> Array:
        """Inverse of the information (p, p), by its scaled Cholesky factor."""
        d = 1.0 / np.sqrt(np.diag(self.information))
        scaled = self.information * d[:, None] * d[None, :]
        return np.asarray(np.linalg.inv(scaled) * d[:, None] * d[None, :])


def gauss_newton(
    evaluate: Callable[[Array], tuple[Array, Array] | None],
    x: Array,
    mean: Array,
    prior: Array,
    iterations: int = 25,
    tolerance: float = 1e-2,
) -> Solution:
    """Minimise |e(x)|^2 + (x - mean)^T prior (x - mean), where e are whitened residuals (m,).

    `evaluate` gives e and its Jacobian (m, p), or None where x makes no sense. Each step solves
    (J^T J + prior + lambda D) dx = -(J^T e + prior (x - mean)) with D the diagonal (Levenberg and
    Marquardt); it ends when the step is below `tolerance` standard deviations.
    """
    damping = 0.0
    now = evaluate(x)
    if now is None or not np.all(np.isfinite(now[0])):
        return Solution(x, np.eye(len(x)) * 1e-30 + prior, np.inf, 0, "diverged")
    e, jac = now
    cost = float(e @ e + (x - mean) @ prior @ (x - mean))
    status: Status = "diverged"
    for _ in range(iterations):
        information = jac.T @ jac + prior
        gradient = jac.T @ e + prior @ (x - mean)
        scale = np.sqrt(np.maximum(np.diag(information), 1e-300))
        a = information / scale[:, None] / scale[None, :]
        if np.linalg.cond(a) > 1e14:
            return Solution(x, information, cost, len(e), "unobservable")
        dx = -np.linalg.solve(a + damping * np.eye(len(x)), gradient / scale) / scale
        if not np.all(np.isfinite(dx)):
            break
        moved = math.sqrt(max(float(dx @ information @ dx), 0.0))
        trial = evaluate(x + dx)
        better = np.inf
        if trial is not None and np.all(np.isfinite(trial[0])):
            y = x + dx - mean
            better = float(trial[0] @ trial[0] + y @ prior @ y)
        if trial is not None and better <= cost * (1 + 1e-12) + 1e-9:
            x, (e, jac), cost = x + dx, trial, better
            damping = damping / 10 if damping > 1e-6 else 0.0
            if moved < tolerance and damping == 0.0:
                status = "converged"
                break
        else:
            if moved < tolerance:
                status = "converged"
                break
            damping = max(damping * 10, 1e-3)
            if damping > 1e8:
                break
    return Solution(x, jac.T @ jac + prior, float(e @ e), len(e), status)
