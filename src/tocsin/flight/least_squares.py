"""Nonlinear least squares of a few unknowns, by Levenberg and Marquardt's method."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Residual: TypeAlias = Callable[[Array], Array | None]
"""Residuals (m,) over their sigmas at unknowns (k,); None where the unknowns make no sense."""

FIRST, LEAST, MOST = 1e-2, 1e-8, 1e8  # damping
ENOUGH = 1e-6  # of the sum of squares, gained in one step
STEPS = 40


def least_squares(residual: Residual, p: Array, shift: Array) -> tuple[Array, Array, Array] | None:
    """Unknowns (k,), residuals (m,) and Jacobian (m, k) at the least r.r near p; None if p makes no sense.

    (J'J + d diag(J'J)) dp = -J'r, with d grown until r.r falls and lowered after; J by differences of
    `shift` (k,). Source: Marquardt, SIAM Journal 11 (1963), 431-441.
    """
    r = residual(p)
    if r is None:
        return None
    damping = FIRST
    J = _jacobian(residual, p, r, shift)
    for _ in range(STEPS):
        normal, slope = J.T @ J, J.T @ r
        while damping < MOST:
            trial = p - np.linalg.solve(normal + damping * np.diag(np.diag(normal)), slope)
            after = residual(trial)
            if after is not None and after @ after < r @ r:
                break
            damping *= 4.0
        else:
            break
        gain = 1.0 - (after @ after) / (r @ r)
        p, r, damping = trial, after, max(damping / 5.0, LEAST)
        J = _jacobian(residual, p, r, shift)
        if gain < ENOUGH:
            break
    return p, r, J


def _jacobian(residual: Residual, p: Array, r: Array, shift: Array) -> Array:
    """Forward differences; backward ones where the unknown is at the edge of sense."""
    columns = []
    for step in np.diag(shift):
        moved, by = residual(p + step), step.sum()
        if moved is None:
            moved, by = residual(p - step), -step.sum()
        columns.append(np.zeros_like(r) if moved is None else (moved - r) / by)
    return np.stack(columns, axis=1)
