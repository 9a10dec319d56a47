"""How far the looks bend within a fit's own covariance: whether a linear covariance can be believed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.ballistic import BallisticFit
from tocsin.estimate.looks import Channel, Looks, compact
from tocsin.estimate.residuals import residuals
from tocsin.motion.ballistic import propagate
from tocsin.motion.forces import Forces

Array = NDArray[np.float64]

MOST = 0.5
"""Of `nonlinearity`, up to which a covariance is believed.

Measured, NEES/6 of 40 arcs each of 2 to 40 looks with and without range rates: 0.8 to 1.15 below 0.45, up to
1.7 about 0.5 and 0.7, 1.1 to 1.5 about 0.9, 3.6 to 5 about 2.7, 30 at 6, 87 to 145 at 13.
"""


def nonlinearity(
    fit: BallisticFit, looks: Looks, channels: tuple[Channel, ...], inv_beta: float, field: Forces
) -> float:
    """Second order of the looks one sigma from the fit, over their noise, along the worst of six axes.

    max_k |e(x + s_k) - 2 e(x) + e(x - s_k)| / 2 with e the whitened residuals and s_k sigma along the axes of
    the state's correlations, the lasting errors gone along by their regression on it. A linear fit takes it
    as nought. Infinite where an arc of these cannot be flown.
    Source: Bates and Watts, Journal of the Royal Statistical Society B 42 (1980), 1-25, the curvatures.
    """
    looks, channels = compact(looks, channels)
    q = len(fit.bias)
    joint = fit.joint[: q + 6, : q + 6]
    P = joint[q:, q:]
    sigma = np.sqrt(np.diag(P))
    share, axes = np.linalg.eigh(P / np.outer(sigma, sigma))
    moves = sigma[:, None] * axes * np.sqrt(np.maximum(share, 0.0))
    follow = joint[:q, q:] @ (axes / sigma[:, None] / np.sqrt(np.maximum(share, 1e-30)))

    def missed(x: Array, bias: Array) -> Array:
        return residuals(looks, channels, propagate(fit.state.t, x, inv_beta, looks.t, field), bias)[0]

    here = missed(fit.state.x, fit.bias)
    worst = 0.0
    for x, b in zip(moves.T, follow.T, strict=True):
        ahead, behind = (missed(fit.state.x + s * x, fit.bias + s * b) for s in (1.0, -1.0))
        size = float(np.linalg.norm(0.5 * (ahead + behind) - here))
        worst = max(worst, size if np.isfinite(size) else np.inf)
    return worst
