"""The profile-free boost fit: where two telescopes' lines meet, and how that point moves."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.ballistic import Gaussian
from tocsin.estimate.gauss_newton import gauss_newton
from tocsin.estimate.looks import Channel, Looks, compact
from tocsin.estimate.residuals import bias_prior, residuals, rows

Array = NDArray[np.float64]
WINDOW_S = 40.0
ASSUMED_ACCELERATION = 40.0
ASSUMED_JERK = 1.0


def triangulate(origin: Array, direction: Array) -> tuple[Array, float]:
    """The point (3,) nearest to two lines (2, 3), and the distance m by which they miss one another.

    min sum |(I - u u^T)(r - o)|^2.
    """
    across = np.eye(3) - direction[:, :, None] * direction[:, None, :]
    r = np.linalg.solve(across.sum(axis=0), np.einsum("nij,nj->i", across, origin))
    normal = np.cross(direction[0], direction[1])
    miss = abs(np.dot(origin[1] - origin[0], normal)) / max(np.linalg.norm(normal), 1e-12)
    return np.asarray(r), float(miss)


def fit_kinematic(looks: Looks, channels: tuple[Channel, ...], r0: Array) -> Gaussian | None:
    """State at the last look from the looks of the last 40 s, with no vehicle assumed; None if unobservable.

    r(s) = r + v s + a s^2 / 2 + j s^3 / 6 with priors a ~ 40 m/s2 and j ~ 1 m/s3 per axis (assumed) and a
    bias per channel. From one telescope the range is known only through those priors, so at least two
    telescopes are asked for. r0 (3,): a first position.
    """
    t = float(looks.t[-1])
    recent = looks.where(looks.t > t - WINDOW_S)
    if len(np.unique(recent.channel)) < 2 or len(recent) < 8:
        return None
    recent, channels = compact(recent, channels)
    nuisance = bias_prior(channels)
    which = rows(recent, channels)
    s = recent.t - t
    basis = np.stack([np.ones_like(s), s, s**2 / 2, s**3 / 6], axis=1)
    speed = np.stack([np.zeros_like(s), np.ones_like(s), s, s**2 / 2], axis=1)

    def evaluate(y: Array) -> tuple[Array, Array]:
        c = y[:12].reshape(4, 3)
        e, dx, db = residuals(recent, channels, np.concatenate([basis @ c, speed @ c], axis=1), y[12:])
        jac = np.einsum("mk,mi->mki", basis[which], dx[:, :3]).reshape(len(e), 12)
        return e, np.concatenate([jac, db], axis=1)

    loose = np.repeat([0.0, 1e4**-2.0, ASSUMED_ACCELERATION**-2.0, ASSUMED_JERK**-2.0], 3)
    start = np.concatenate([r0, np.zeros(9 + len(nuisance))])
    found = gauss_newton(evaluate, start, np.zeros_like(start), np.diag(np.concatenate([loose, nuisance])))
    if found.status != "converged":
        return None
    misfit = max(1.0, found.chi2 / max(found.freedom - 12, 1))
    return Gaussian(t, found.x[:6], found.covariance[:6, :6] * misfit)
