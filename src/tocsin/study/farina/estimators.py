"""The filters and the process-noise segment on the case: what each holds after every look."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tocsin.estimate.segment import Anchor, solve_segment
from tocsin.study.farina.model import SIGMA, Q, all_moved, all_seen, moved, seen, two_look_start
from tocsin.study.filters import unscented
from tocsin.study.filters.kalman import corrected, predicted

Array = NDArray[np.float64]

ROUNDS = 5
KAPPA = 3.0
WINDOW = 10  # looks of the segment's window, 20 s: 30 and all 60 do no better
NAMES = ("extended", "iterated", "unscented", "segment")


@njit(cache=True, error_model="numpy")
def extended(x: Array, P: Array, z: Array, rounds: int) -> tuple[Array, Array]:
    """State (4,) and covariance (4, 4) after the next look z (2,): extended with one round, else iterated."""
    before, F = moved(x)
    held = predicted(P, F, Q)
    now, after = before, held
    for _ in range(rounds):
        h, H = seen(now)
        d = z - h
        for i in range(2):
            for j in range(4):
                d[i] -= H[i, j] * (before[j] - now[j])
        dx, after = corrected(held, H, d, SIGMA)
        now = before + dx
    return now, after


@njit(cache=True, error_model="numpy")
def unscented_step(x: Array, P: Array, z: Array) -> tuple[Array, Array]:
    """As `extended`, by sigma points, drawn again once the process noise is in."""
    X = unscented.sigma_points(x, P, KAPPA)
    for s in range(len(X)):
        X[s] = moved(X[s])[0]
    before, _, held = unscented.moments(X, X, KAPPA)
    held += Q
    X = unscented.sigma_points(before, held, KAPPA)
    Z = np.empty((len(X), 2))
    for s in range(len(X)):
        Z[s] = seen(X[s])[0]
    return unscented.corrected(before, held, X, Z, z, SIGMA, KAPPA)


def estimated(name: str, z: Array) -> tuple[Array, Array]:
    """States (60, 4) and covariances (60, 4, 4) after each look from the second on, by one of `NAMES`."""
    return windowed(z) if name == "segment" else filtered(name, z)


def filtered(name: str, z: Array) -> tuple[Array, Array]:
    """States (60, 4) and covariances (60, 4, 4) of a filter after each look, from the second on."""
    x, P = np.full((len(z), 4), np.nan), np.full((len(z), 4, 4), np.nan)
    x[1], P[1] = two_look_start(z[:2])
    for k in range(1, len(z) - 1):
        if name == "unscented":
            x[k + 1], P[k + 1] = unscented_step(x[k], P[k], z[k + 1])
        else:
            x[k + 1], P[k + 1] = extended(x[k], P[k], z[k + 1], ROUNDS if name == "iterated" else 1)
    return x, P


def windowed(z: Array, window: int = WINDOW) -> tuple[Array, Array]:
    """As `filtered`, by the process-noise segment over the last looks, all of them linearised anew each time.

    Nothing is known beforehand: the first two looks are looks like the others.
    """
    x, P = np.full((len(z), 4), np.nan), np.full((len(z), 4, 4), np.nan)
    root = np.linalg.inv(np.linalg.cholesky(Q))
    second, _ = two_look_start(z[:2])
    states = np.stack([np.concatenate([second[:2] - 2.0 * second[2:], second[2:]]), second])
    anchor = Anchor(states[0], np.zeros((4, 5)))
    for k in range(1, len(z)):
        looks = z[k + 1 - len(states) : k + 1]

        def see(y: Array, looks: Array = looks) -> tuple[Array, Array]:
            h, H = all_seen(y)
            return (h - looks) / SIGMA, H / SIGMA[:, None]

        W = np.broadcast_to(root, (len(states) - 1, 4, 4))
        found = solve_segment(anchor, states, W, all_moved, see)
        x[k], P[k], states = found.x[-1], found.P[-1], found.x
        if len(states) == window and found.onward is not None:
            anchor, states = found.onward, states[1:]
        states = np.concatenate([states, moved(states[-1])[0][None]])
    return x, P
