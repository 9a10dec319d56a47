"""Points of a wide impact region: half of them flown to the ground, the others laid by a quadratic."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from tocsin.motion.arcs import points_down

Array = NDArray[np.float64]
Ints = NDArray[np.int64]


def even_points(n: int, dimensions: int) -> Array:
    """Evenly spread points (n, d) of the unit cube, by an additive recurrence. No randomness.

    u_k = frac(1/2 + k alpha_j), alpha_j = phi^-j with phi^(d+1) = phi + 1 (Roberts' sequence).
    """
    phi = 2.0
    for _ in range(40):
        phi = (1.0 + phi) ** (1.0 / (dimensions + 1))
    return np.asarray((0.5 + np.arange(1, n + 1)[:, None] * phi ** -np.arange(1.0, dimensions + 1)) % 1.0)


def normal_points(n: int, dimensions: int) -> Array:
    """Evenly spread standard-normal points (n, d): `even_points` through the normal quantile."""
    quantile = np.vectorize(NormalDist().inv_cdf)
    z = quantile(np.clip(even_points(n, dimensions), 1e-9, 1 - 1e-9))
    return np.asarray((z - z.mean(axis=0)) / z.std(axis=0))


def uncorrelated(z: Array) -> Array:
    """The same points (n, d) with mean nought and the unit matrix as covariance; the first axis stays."""
    z = z - z.mean(axis=0)
    return np.asarray(np.linalg.solve(np.linalg.cholesky(z.T @ z / len(z)), z.T).T)


def _quadratic(z: Array) -> Array:
    """The terms (n, 36) to second order of points (n, 7)."""
    i, j = np.triu_indices(z.shape[1])
    return np.hstack([np.ones((len(z), 1)), z, z[:, i] * z[:, j]])


WIDE = 100
"""Points of a wide region, and of these so many to fit a quadratic, and so many more to try it on."""
FITTED, TRIED = 50, 5
POINTS = uncorrelated(normal_points(WIDE, 7))
_LAID = _quadratic(POINTS[FITTED:]) @ np.linalg.pinv(_quadratic(POINTS[:FITTED]))
SINGULAR = 1e-12  # of a variance, added to each where a fit left directions of none
APART_M, APART = 3e3, 0.05  # what the quadratic may miss by: this, or this part of the points' spread


def root(P: Array) -> Array:
    """L (m, 7, 7) with L L' = P: by the eigenvectors of the state, and for ln beta what that leaves open.

    ln beta = P_bx P_xx^-1 dx + sqrt(P_bb - P_bx P_xx^-1 P_xb) z.
    """
    state = P[:, :6, :6]
    w, u = np.linalg.eigh(state)
    scale = 1.0 / np.sqrt(np.diagonal(state, axis1=1, axis2=2))
    tied = P[:, :6, 6]
    even = state * scale[:, :, None] * scale[:, None, :]
    told = scale * _solved(even, scale * tied)
    out = np.zeros_like(P)
    out[:, :6, :6] = u * np.sqrt(np.maximum(w, 0.0))[:, None, :]
    out[:, 6, :6] = np.einsum("mi,mij->mj", told, out[:, :6, :6])
    out[:, 6, 6] = np.sqrt(np.maximum(P[:, 6, 6] - np.einsum("mi,mi->m", told, tied), 0.0))
    return out


def _solved(even: Array, tied: Array) -> Array:
    """even^-1 tied of matrices (m, n, n) with ones on their diagonals, also where one of them is singular."""
    try:
        return np.asarray(np.linalg.solve(even, tied[..., None])[..., 0])
    except np.linalg.LinAlgError:
        return np.asarray(np.linalg.solve(even + SINGULAR * np.eye(even.shape[1]), tied[..., None])[..., 0])


def spread(x: Array, L: Array, inv_beta: Array, points: Array) -> tuple[Array, Array]:
    """States (m, k, 6) and Cd A / m (m, k) of bodies x (m, 6), L L' = P, at standard-normal points (k, 7)."""
    d = points @ np.swapaxes(L, 1, 2)
    return x[:, None, :] + d[:, :, :6], inv_beta[:, None] * np.exp(-d[:, :, 6])


def wide_points(x: Array, P: Array, inv_beta: Array, to_ground: Array) -> tuple[Ints, Array, Array]:
    """Status, time after the start and place of 100 points (m, 100) of each of m bodies.

    to_ground (m, 3, 7): the linear map to the impact, nought where there is none. The points' first axes, the
    most evenly filled ones, are turned to where they move the impact most: shares beyond a line are then off
    by 0.016 (rms), where two hundred that are not turned are by 0.022 and a hundred drawn ones by 0.04.

    55 are flown; the other places and times are the quadratic's in the seven unknowns that fits 50 of them,
    W y with a fixed W, where all came down and it meets the five left out within 3 km or a twentieth of the
    spread; else those are flown too.
    """
    L = root(P)
    turned = np.swapaxes(np.linalg.svd(to_ground @ L)[2], 1, 2)
    start, drag = spread(x, L @ turned, inv_beta, POINTS)
    m, some = len(x), FITTED + TRIED
    status, t, r = np.empty((m, WIDE), np.int64), np.empty((m, WIDE)), np.empty((m, WIDE, 3))

    def fly(rows: Ints, first: int, last: int) -> None:
        s, when, where = points_down(start[rows, first:last].reshape(-1, 6), drag[rows, first:last])
        status[rows, first:last] = s.reshape(len(rows), -1)
        t[rows, first:last] = when.reshape(len(rows), -1)
        r[rows, first:last] = where.reshape(len(rows), -1, 3)

    fly(np.arange(m), 0, some)
    y = np.concatenate([r[:, :FITTED], t[:, :FITTED, None]], axis=2)
    laid = np.matmul(_LAID, y)
    missed = np.linalg.norm(laid[:, :TRIED, :3] - r[:, FITTED:some], axis=2).max(axis=1)
    allowed = np.maximum(APART_M, APART * np.sqrt(r[:, :FITTED].var(axis=1).sum(axis=1)))
    good = (status[:, :some] == 0).all(axis=1) & (missed < allowed)
    status[good, some:] = 0
    r[good, some:] = laid[good, TRIED:, :3]
    t[good, some:] = laid[good, TRIED:, 3]
    if not good.all():
        fly(np.flatnonzero(~good), some, WIDE)
    return status, t, r
