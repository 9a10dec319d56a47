"""The fit of looks of which nothing is known before: a satellite's or body's arc, with its radars' errors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, final

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.ballistic import BallisticFit, Gaussian, Status, fit_ballistic
from tocsin.estimate.chi2 import chi2_tail
from tocsin.estimate.looks import RATE, Channel, Looks, in_order
from tocsin.estimate.nonlinear import MOST, nonlinearity
from tocsin.estimate.start import radar_start
from tocsin.motion.forces import Forces, forces

Array = NDArray[np.float64]
Verdict = Literal["converged", "unchecked", "unobservable", "diverged", "contradictory"]

FIRST_S = 60.0  # of the looks that give the first state: gravity bends a line evenly for so long
NO_STATION = 1e-6  # lasting errors rarer than this are none that the station may have
ORBIT = forces(36)  # 8 x 8 leaves 1 m in a low pass of 10 minutes, 100 m after five revolutions


@final
@dataclass(frozen=True, slots=True)
class ArcFit:
    """An arc fitted to looks, in order of time.

    state: at the looks' middle, biases marginalised; errors, sigmas (q,): each channel's lasting errors;
    residuals (n, 3 or 4): looks less what is expected with those errors, m, rad, rad, m/s; whitened: over
    their own sigma; both are NaN where a look has no range rate; weights, alike: what each value weighed;
    chi2, of the weighted looks and the lasting errors' priors, with freedom; tail, low_tail: how rare so much
    or more is, and so little or less; nonlinearity: NaN where there is no covariance to ask of. "unchecked":
    an arc was found, and no look is to spare that could speak against it. "unobservable" too is an arc that
    the looks leave more open than a covariance can say. P is infinite but where converged or unchecked.
    """

    verdict: Verdict
    looks: Looks
    state: Gaussian
    errors: Array
    sigmas: Array
    residuals: Array
    whitened: Array
    weights: Array
    chi2: float
    freedom: int
    tail: float
    low_tail: float
    nonlinearity: float


def fit_arc(looks: Looks, channels: tuple[Channel, ...], inv_beta: float, field: Forces = ORBIT) -> ArcFit:
    """Fit one unpowered arc to radar looks of any number of passes, without a first guess.

    A line bent by gravity through the looks nearest the middle, within a minute of it, gives a first state;
    `fit_ballistic` fits those, then the looks within twice as long, and so on until it has all. Looks that no
    arc explains ("manoeuvring" to that fit) are "contradictory", and so are those that one explains only with
    lasting errors that are rarer together than 1e-6. Nothing raises: too few looks, looks of one time, or a
    sigma that is none are "unobservable".
    """
    looks = in_order(looks)
    usable = len(looks) > 1 and np.ptp(looks.t) > 0.0 and bool(np.all(np.isfinite(looks.z)))
    noise = looks.sigma[:, :RATE]
    if not usable or not bool(np.all(looks.sigma > 0.0) and np.all(np.isfinite(noise))):
        return _nothing(looks, "unobservable")
    middle = looks.t[np.argmin(np.abs(looks.t - 0.5 * (looks.t[0] + looks.t[-1])))]
    away = np.abs(looks.t - middle)
    span = max(FIRST_S, float(np.sort(away)[min(2, len(away) - 1)]))
    t0, x0 = radar_start(looks.where(away <= span))
    while True:
        part = looks.where(away <= span)
        fit = fit_ballistic(part, channels, t0, x0, inv_beta, (), forces=field)
        found = fit.status in ("converged", "manoeuvring")
        if len(part) == len(looks):
            if not found:
                return _nothing(looks, fit.status)
            known = fit.status == "converged"
            bend = nonlinearity(fit, looks, channels, inv_beta, field) if known else np.nan
            return _told(looks, fit, bend)
        x0 = fit.state.x if found else x0
        span *= 2.0


def _told(looks: Looks, fit: BallisticFit, bend: float) -> ArcFit:
    """What came of the fit of all looks: the best arc's residuals, its covariance where it explains them."""
    verdict: Verdict = "converged" if fit.freedom > 0 else "unchecked"
    # A hundred looks' misfit drowns what a few lasting errors say: they are asked by themselves as well.
    prior = np.array([s for c in fit.channels for s in c.bias_sigma])
    lasting = float(np.sum((fit.bias[prior > 0.0] / prior[prior > 0.0]) ** 2))
    if fit.status != "converged" or chi2_tail(lasting, int(np.count_nonzero(prior))) < NO_STATION:
        verdict = "contradictory"
    elif bend > MOST:
        verdict = "unobservable"
    known = verdict in ("converged", "unchecked")
    state = fit.state if known else Gaussian(fit.state.t, fit.state.x, np.full((6, 6), np.inf))
    tail = chi2_tail(fit.chi2, fit.freedom)
    q = len(fit.bias)
    sigma = np.where(np.isfinite(looks.sigma), looks.sigma, np.nan)
    return ArcFit(
        verdict=verdict,
        looks=looks,
        state=state,
        errors=fit.bias,
        sigmas=np.sqrt(np.diag(fit.joint)[:q]) if known else np.full(q, np.inf),
        residuals=fit.residuals * sigma,
        whitened=np.where(np.isnan(sigma), np.nan, fit.residuals),
        weights=np.where(np.isnan(sigma), np.nan, fit.weights),
        chi2=fit.chi2,
        freedom=fit.freedom,
        tail=tail,
        low_tail=1.0 - tail if fit.freedom > 0 else 1.0,
        nonlinearity=bend,
    )


def _nothing(looks: Looks, status: Status) -> ArcFit:
    verdict: Verdict = "unobservable" if status == "unobservable" else "diverged"
    t = float(looks.t[0]) if len(looks) else 0.0
    none = np.full(looks.z.shape, np.nan)
    state = Gaussian(t, np.full(6, np.nan), np.full((6, 6), np.inf))
    return ArcFit(
        verdict, looks, state, np.empty(0), np.empty(0), none, none, none, np.nan, 0, np.nan, np.nan, np.nan
    )
