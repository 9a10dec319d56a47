"""A stretch of flight whose model is not exact: the states at its looks, tied by dynamics with process noise.

The states of a window are solved for together, from all that is known of them, as a track's arc is:

    min |R (x_0 - m) - d|^2 + sum |W_k (x_(k+1) - f_k(x_k))|^2 + sum |e_k(x_k)|^2,   W'W = Q^-1,

by Gauss-Newton, shortened where a step overshoots. The oldest state is left out by keeping the triangle that
its elimination leaves on the next, linearised where it stood. For a linear model this is the Kalman smoother.
Source: Bell, The iterated Kalman smoother as a Gauss-Newton method, SIAM J. Optimization 4 (1994) 626.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, final

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.elimination import covariances, eliminate, found_again

Array = NDArray[np.float64]
Status = Literal["converged", "unobservable", "diverged"]
Move = Callable[[Array], tuple[Array, Array]]
"""States (k, n) to those one look later (k, n), and the slopes (k, n, n)."""
See = Callable[[Array], tuple[Array, Array]]
"""States (k, n) to whitened residuals (k, m), (h(x) - z) / sigma, and their slopes (k, m, n)."""

MOST = 30
SHORTEST = 1e-3  # of a step
TOLERANCE = 1e-3  # standard deviations of the last step
ENOUGH = 0.2  # of what a short step should gain
LEAST_GAIN = 1e-4  # of the cost, by a step that gains not even that
STUCK = (
    1.0  # standard deviations of a step of which no part helps: the least cost lies at a jump of the model
)
FAR_TOO_MUCH = 1e30


@final
@dataclass(frozen=True, slots=True)
class Anchor:
    """What is known of a window's first state from before it: |R (x - about) - d|^2.

    about (n,); triangle (n, n + 1) holds R and d, all zero where nothing is known.
    """

    about: Array
    triangle: Array


@final
@dataclass(frozen=True, slots=True)
class Segment:
    """The states x (k, n) of a window, their covariances P (k, n, n), and how the search for them ended.

    cost: the least value of the sum; P is infinite unless it converged. onward: what the first state and the
    step from it, but not the looks at the second, say of the second; None where the window has one state.
    """

    x: Array
    P: Array
    cost: float
    status: Status
    onward: Anchor | None


def solve_segment(anchor: Anchor, x: Array, W: Array, move: Move, see: See) -> Segment:
    """The likeliest states of a window, searched from x (k, n).

    W (k - 1, n, n): square root of each step's information, so Q must not be singular; `move` is given the
    first k - 1 states, `see` all of them, with a row of zeros for what was not measured. Nothing raises: the
    status says what came of it.
    """
    k, n = x.shape
    upper = np.zeros((k, n, 2 * n + 1))
    cost, rows = _evaluated(anchor, x, W, move, see)
    if not math.isfinite(cost):
        return _failed(x, cost, "diverged")
    for _ in range(MOST):
        least = eliminate(*rows, upper)
        step = np.zeros((k, n))
        if not found_again(upper, step):
            return _failed(x, cost, "unobservable")
        # The cost of the linear problem falls by the squared length of the step, in standard deviations.
        length2 = cost - least
        onward = _onward(x, rows) if k > 1 else None
        if length2 < TOLERANCE**2:
            return Segment(x + step, covariances(upper), cost, "converged", onward)
        better = _along(anchor, x, step, cost, length2, W, move, see)
        if better is None or cost - better[1] < min(LEAST_GAIN, ENOUGH * length2):
            if length2 > STUCK**2:
                return _failed(x, cost, "diverged")
            return Segment(x, covariances(upper), cost, "converged", onward)
        x, cost, rows = better
    return _failed(x, cost, "diverged")


def _failed(x: Array, cost: float, status: Status) -> Segment:
    k, n = x.shape
    return Segment(x, np.full((k, n, n), np.inf), cost, status, None)


def _along(
    anchor: Anchor, x: Array, step: Array, cost: float, length2: float, W: Array, move: Move, see: See
) -> tuple[Array, float, tuple[Array, Array, Array]] | None:
    """A part of the step that gains what it should, or else the best that was tried; None if none gains."""
    best = None
    far = 1.0
    while far > SHORTEST:
        trial, rows = _evaluated(anchor, x + far * step, W, move, see)
        if trial < (cost if best is None else best[1]):
            best = (x + far * step, trial, rows)
        if trial < cost - ENOUGH * far * length2:
            return best
        # The parabola through both costs that falls at first as the linear problem does has its least at:
        bend = (min(trial, FAR_TOO_MUCH) - cost + 2.0 * far * length2) / far**2
        far = min(0.5 * far, max(0.1 * far, length2 / bend))
    return best


def _onward(x: Array, rows: tuple[Array, Array, Array]) -> Anchor:
    first, steps, looks = rows
    n = x.shape[1]
    upper = np.zeros((2, n, 2 * n + 1))
    eliminate(first, steps[:1], np.concatenate([looks[:1], np.zeros_like(looks[:1])]), upper)
    return Anchor(x[1], np.concatenate([upper[1, :, :n], upper[1, :, 2 * n :]], axis=1))


def _evaluated(
    anchor: Anchor, x: Array, W: Array, move: Move, see: See
) -> tuple[float, tuple[Array, Array, Array]]:
    """The cost at x and the rows [J | -e] of it: the anchor's, each step's and each state's looks'."""
    k, n = x.shape
    first = anchor.triangle.copy()
    first[:, n] -= anchor.triangle[:, :n] @ (x[0] - anchor.about)
    steps = np.zeros((k - 1, n, 2 * n + 1))
    if k > 1:
        ahead, F = move(x[:-1])
        steps[:, :, :n] = -W @ F
        steps[:, :, n : 2 * n] = W
        steps[:, :, 2 * n] = np.einsum("kij,kj->ki", W, ahead - x[1:])
    e, H = see(x)
    looks = np.concatenate([H, -e[:, :, None]], axis=2)
    cost = float(np.sum(first[:, n] ** 2) + np.sum(steps[:, :, 2 * n] ** 2) + np.sum(e**2))
    return cost if math.isfinite(cost) else math.inf, (first, steps, looks)
