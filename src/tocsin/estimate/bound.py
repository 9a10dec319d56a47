"""The Cramer-Rao bound: how well the unknowns of a fit can be known at all, from looks at a known truth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import TocsinError
from tocsin.estimate.ballistic import Gaussian
from tocsin.estimate.body import Body, body_of
from tocsin.estimate.landing import landing
from tocsin.estimate.looks import Channel, Looks, compact
from tocsin.estimate.residuals import bias_prior, residuals, rows
from tocsin.motion.ballistic import impact, propagate_stm
from tocsin.motion.forces import STANDARD, Forces

Array = NDArray[np.float64]


@final
@dataclass(frozen=True, slots=True)
class ImpactBound:
    """The Gaussian at impact: its place rad and time s, P (3, 3) of metres east, north and seconds.

    cep_m is the radius of the circle that holds half of it.
    """

    lat: float
    lon: float
    t: float
    P: Array
    cep_m: float
    sigma_t: float


def inverse(information: Array) -> Array:
    """The inverse (p, p) of an information matrix, scaled to a unit diagonal first; inf where it has none."""
    d = 1.0 / np.sqrt(np.maximum(np.diag(information), 1e-300))
    scaled = information * np.outer(d, d)
    if not np.all(np.isfinite(scaled)) or np.linalg.cond(scaled) > 1e14:
        return np.full_like(information, np.inf)
    return np.asarray(np.linalg.inv(scaled) * np.outer(d, d))


def information(looks: Looks, channels: tuple[Channel, ...], x: Array, slope: Array) -> Array:
    """Information (p, p) of p unknowns in looks at states x (n, 6), with slope (n, 6, p) = dx/dunknowns.

    I = H'WH - H'WC (C'WC + S^-1)^-1 C'WH: the lasting errors of the channels, of priors S, are marginalised.
    H and C are the fits' own (`residuals`), at the truth; the looks' values do not matter, their sigmas do.
    Source: Van Trees, Detection, Estimation and Modulation Theory I (1968), 2.4.
    """
    looks, channels = compact(looks, channels)
    prior = np.diag(bias_prior(channels))
    _, dx, c = residuals(looks, channels, x, np.zeros(len(prior)))
    h = np.einsum("mi,mij->mj", dx, slope[rows(looks, channels)])
    if len(prior) == 0:
        return np.asarray(h.T @ h)
    across = h.T @ c
    return np.asarray(h.T @ h - across @ inverse(c.T @ c + prior) @ across.T)


def midcourse_bound(
    looks: Looks,
    channels: tuple[Channel, ...],
    state: tuple[float, Array],
    inv_beta: float,
    priors: tuple[Gaussian, ...] = (),
    forces: Forces = STANDARD,
) -> Gaussian:
    """The bound of the state (t, x (6,)) of an unpowered body, by `propagate_stm` as in `fit_ballistic`.

    priors: what is known besides, each at its own time; only their covariances count. P is inf where the
    state is not observable.
    """
    t0, x0 = state
    total = np.zeros((6, 6))
    if len(looks):
        x, phi = propagate_stm(t0, x0, inv_beta, looks.t, forces)
        total += information(looks, channels, x, phi[:, :, :6])
    if priors:
        _, phi = propagate_stm(t0, x0, inv_beta, np.array([p.t for p in priors]), forces)
        for p, move in zip(priors, phi[:, :, :6], strict=True):
            total += move.T @ inverse(p.P) @ move
    return Gaussian(t0, x0, inverse(total))


def impact_bound(state: Gaussian, inv_beta: float, forces: Forces = STANDARD) -> ImpactBound:
    """A state's Gaussian carried linearly to the ground, drag known; TocsinError where it stays up."""
    return body_impact_bound(body_of(state, inv_beta, 0.0), forces)


def body_impact_bound(body: Body, forces: Forces = STANDARD) -> ImpactBound:
    """A body's Gaussian carried linearly to the ground, its drag's error with it; TocsinError where it stays
    up."""
    end = impact(body.t, body.x, body.inv_beta, forces=forces)
    if end.status != "impact":
        raise TocsinError(f"impact_bound: this arc does not come down ({end.status}): give one that does")
    at = landing(end)
    P = at.map @ body.P @ at.map.T
    return ImpactBound(at.lat, at.lon, at.t, P, half_circle(P[:2, :2]), float(np.sqrt(P[2, 2])))


def half_circle(P: Array, points: int = 720) -> float:
    """Radius of the circle that holds half of a Gaussian of covariance P (2, 2) about its middle (CEP).

    Along the direction psi of the whitened plane half lies within r of mean over psi of
    1 - exp(-r^2 / (2 (a cos^2 psi + b sin^2 psi))) = 1/2, with a, b the eigenvalues; r by bisection.
    """
    b, a = np.maximum(np.linalg.eigvalsh(P), 0.0)
    if not np.isfinite(a):
        return float("inf")
    psi = (np.arange(points) + 0.5) * (2.0 * np.pi / points)
    spread = np.maximum(2.0 * (a * np.cos(psi) ** 2 + b * np.sin(psi) ** 2), 1e-300)
    low, high = 0.0, 1.2 * float(np.sqrt(a))
    for _ in range(50):
        r = 0.5 * (low + high)
        if np.mean(np.exp(-r * r / spread)) > 0.5:
            low = r
        else:
            high = r
    return 0.5 * (low + high)
