"""The fit of looks of which nothing is known before: a satellite's or body's arc, with its radars' errors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, final

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.ballistic import Gaussian, fit_ballistic
from tocsin.estimate.chi2 import chi2_tail
from tocsin.estimate.looks import Channel, Looks, in_order
from tocsin.estimate.residuals import bias_prior, residuals, rows
from tocsin.estimate.start import radar_start
from tocsin.motion.ballistic import propagate
from tocsin.motion.forces import Forces, forces

Array = NDArray[np.float64]
Verdict = Literal["converged", "unobservable", "diverged", "contradictory"]

FIRST_S = 60.0  # of the looks that give the first state: gravity bends a line evenly for so long
RARE = 1e-6  # chi-square this rare is no chance
ORBIT = forces(36)  # 8 x 8 leaves some metres in a low pass, and hundreds within a day


@final
@dataclass(frozen=True, slots=True)
class ArcFit:
    """An arc fitted to looks, in order of time.

    state: at the looks' middle, biases marginalised; errors (q,): each channel's lasting errors at the arc;
    residuals (n, 3): looks less what is expected with those errors, m, rad, rad; whitened (n, 3): over sigma;
    chi2 with freedom, tail: how rare so much is. Where the verdict is not "converged" P is infinite.
    """

    verdict: Verdict
    looks: Looks
    state: Gaussian
    errors: Array
    residuals: Array
    whitened: Array
    chi2: float
    freedom: int
    tail: float


def fit_arc(looks: Looks, channels: tuple[Channel, ...], inv_beta: float, field: Forces = ORBIT) -> ArcFit:
    """Fit one unpowered arc to radar looks of any number of passes, without a first guess.

    A line bent by gravity through the looks nearest the middle, within a minute of it, gives a first state;
    `fit_ballistic` fits those, then the looks within twice as long, and so on until it has all. Looks that no
    arc explains (chi-square rarer than RARE) are "contradictory". Nothing raises: too few looks, looks of one
    time, or a sigma that is none are "unobservable".
    """
    looks = in_order(looks)
    usable = len(looks) > 1 and np.ptp(looks.t) > 0.0 and bool(np.all(np.isfinite(looks.z)))
    if not usable or not bool(np.all((looks.sigma > 0.0) & np.isfinite(looks.sigma))):
        return _nothing(looks, "unobservable")
    middle = looks.t[np.argmin(np.abs(looks.t - 0.5 * (looks.t[0] + looks.t[-1])))]
    away = np.abs(looks.t - middle)
    span = max(FIRST_S, float(np.sort(away)[min(2, len(away) - 1)]))
    t0, x0 = radar_start(looks.where(away <= span))
    while True:
        part = looks.where(away <= span)
        fit = fit_ballistic(part, channels, t0, x0, inv_beta, (), forces=field)
        if fit.status != "converged" and len(part) == len(looks):
            return _nothing(looks, fit.status)
        if fit.status == "converged" and np.all(np.isfinite(fit.state.x)):
            x0 = fit.state.x
        if len(part) == len(looks):
            return _told(looks, channels, fit.state, inv_beta, field)
        span *= 2.0


def _told(
    looks: Looks, channels: tuple[Channel, ...], state: Gaussian, inv_beta: float, field: Forces
) -> ArcFit:
    """The lasting errors that fit best at this arc, and what they leave: min |e + A b|^2 + |b / s_b|^2."""
    x = propagate(state.t, state.x, inv_beta, looks.t, field)
    prior = bias_prior(channels)
    e, _, columns = residuals(looks, channels, x, np.zeros(len(prior)))
    b = -np.linalg.solve(columns.T @ columns + np.diag(prior), columns.T @ e)
    left = e + columns @ b
    chi2 = float(left @ left + b @ (prior * b))
    freedom = len(e) - 6
    whitened = np.zeros((len(looks), 3))
    which = rows(looks, channels)
    order = np.argsort(which, kind="stable")
    whitened[:] = -left[order].reshape(-1, 3)
    tail = chi2_tail(chi2, freedom)
    if freedom > 0 and tail < RARE:
        state = Gaussian(state.t, state.x, np.full((6, 6), np.inf))
    verdict: Verdict = "contradictory" if freedom > 0 and tail < RARE else "converged"
    return ArcFit(verdict, looks, state, np.asarray(b), whitened * looks.sigma, whitened, chi2, freedom, tail)


def _nothing(looks: Looks, verdict: Verdict) -> ArcFit:
    t = float(looks.t[0]) if len(looks) else 0.0
    none = np.full((len(looks), 3), np.nan)
    state = Gaussian(t, np.full(6, np.nan), np.full((6, 6), np.inf))
    return ArcFit(verdict, looks, state, np.empty(0), none, none, np.nan, 0, np.nan)
