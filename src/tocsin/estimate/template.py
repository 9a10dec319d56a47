"""The boost fit against a notional template: launch point and time, heading, kick, cut-off, engine scales."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.ballistic import Gaussian
from tocsin.estimate.chi2 import chi2_tail
from tocsin.estimate.gauss_newton import Solution, gauss_newton
from tocsin.estimate.looks import Channel, Looks, compact
from tocsin.estimate.residuals import bias_prior, residuals, rows
from tocsin.motion.rocket import Rocket
from tocsin.motion.thrust import ascend

Array = NDArray[np.float64]

# theta: latitude, longitude, launch time - t_first, azimuth, ln kick, cut-off, exhaust scale, thrust scales
STEPS = np.array([1e-6, 1e-6, 1e-3, 1e-5, 1e-5, 1e-3, 1e-6])
AFTER_CUTOFF_S = 1.0
NEWEST_S = 8.0
ASSUMED_DISCREPANCY = np.array([300.0, 300.0, 300.0, 5.0, 5.0, 5.0])


@dataclass(frozen=True, slots=True)
class Template:
    """A class of vehicle as the bank holds it, with relative 1-sigma spreads of thrust and exhaust speed."""

    name: str
    rocket: Rocket
    spread_thrust: float
    spread_exhaust: float


@dataclass(frozen=True, slots=True)
class BoostFit:
    """A template fitted: launch point with covariance, heading, state at the end of the looks or at burnout.

    launch (lat, lon, t) with launch_P (3, 3) in rad and s; azimuth with its sigma; evidence = -2 ln of the
    marginal likelihood (Laplace), for weighing templates against one another; tail: how rare it is for this
    template to miss all the looks, its engines within their spreads, or the newest ones, by so much.
    """

    template: Template
    solution: Solution
    t_first: float
    launch: Array
    launch_P: Array
    azimuth: float
    azimuth_sigma: float
    state: Gaussian
    evidence: float
    tail: float


def _unpack(template: Template, theta: Array) -> tuple[Rocket, tuple[float, float, float]]:
    return template.rocket.scaled(theta[7:], theta[6]), (theta[0], theta[1], 0.0)


def _states(template: Template, theta: Array, t: Array) -> Array:
    """States (n, 6) at ascending times t after the first look, for one set of parameters."""
    body, launch = _unpack(template, theta)
    return ascend(body, launch, theta[3], math.exp(theta[4]), theta[5], t - theta[2])


def _priors(
    template: Template, launch: tuple[float, float], burnout: tuple[float, float]
) -> tuple[Array, Array]:
    """Prior mean and sigma of theta: wide in place, time and heading, the class's spreads in its engines."""
    k = len(template.rocket.stages)
    mean = np.array([launch[0], launch[1], -30.0, 0.0, math.log(0.1), burnout[0], 1.0, *[1.0] * k])
    sigma = np.array(
        [0.05, 0.05, 60.0, 10.0, 2.0, burnout[1], template.spread_exhaust, *[template.spread_thrust] * k]
    )
    return mean, sigma


def fit_template(
    looks: Looks,
    channels: tuple[Channel, ...],
    template: Template,
    launch: tuple[float, float],
    t_burnout: tuple[float, float] | None,
    warm: Array | None,
) -> BoostFit | None:
    """Fit one template to the telescopes' looks; None where no start converges.

    launch: where the first look's line meets the cloud tops (lat, lon) rad. t_burnout: time and sigma at
    which the plume went out, TAI s, or None while it burns. warm: theta of an earlier fit. Without one, the
    search starts from eight headings and three kicks. Unknowns and priors as in Tocsin's design notes; the
    covariance of the state carries an assumed template discrepancy (300 m, 5 m/s).
    """
    t_first = float(looks.t[0])
    last = float(looks.t[-1])
    looks, channels = compact(looks, channels)
    nuisance = bias_prior(channels)
    which = rows(looks, channels)
    unique, back = np.unique(looks.t - t_first, return_inverse=True)

    def burnout(theta: Array) -> tuple[float, float]:
        if t_burnout is None:
            return last - t_first + 1e4, 1.0
        # The cut-off is counted from lift-off, the observation from the first look.
        return t_burnout[0] - t_first - theta[2], t_burnout[1]

    guess = np.array([launch[0], launch[1], -30.0])
    mean, sigma = _priors(template, launch, (0.0, 1.0))
    prior = np.diag(np.concatenate([sigma**-2.0, nuisance]))
    size = len(mean)
    prior[5, :] = prior[:, 5] = 0.0
    centre = np.concatenate([mean, np.zeros(len(nuisance))])

    def evaluate(y: Array) -> tuple[Array, Array] | None:
        theta = y[:size]
        if not (-300.0 < theta[2] < 5.0 and theta[4] < 0.5 and np.all(theta[6:] > 0.5)):
            return None
        x = _states(template, theta, unique)
        e, dx, db = residuals(looks, channels, x[back], y[size:])
        steps = np.concatenate([STEPS, np.full(size - 7, 1e-5)])
        jac = np.zeros((len(e) + 1, len(y)))
        for j in range(size):
            ahead = _states(template, theta + steps[j] * (np.arange(size) == j), unique)
            slope = (ahead - x)[back][which] / steps[j]
            jac[:-1, j] = np.einsum("mi,mi->m", dx, slope)
        jac[:-1, size:] = db
        target, spread = burnout(theta)
        jac[-1, 5] = 1.0 / spread
        jac[-1, 2] = 1.0 / spread if t_burnout is not None else 0.0
        return np.append(e, (theta[5] - target) / spread), jac

    def run(theta: Array, iterations: int) -> Solution:
        theta = theta.copy()
        theta[5] = burnout(theta)[0]
        y = np.concatenate([theta, np.zeros(len(nuisance))])
        return gauss_newton(evaluate, y, centre, prior, iterations)

    def cost(found: Solution) -> float:
        # What the priors say counts beside the looks: a template may not bend its engines for nothing.
        off = found.x - centre
        return float(found.chi2 + off @ prior @ off)

    if warm is not None:
        best = run(warm, 12)
    else:
        trials = []
        for kick in (0.02, 0.12, 0.6):
            for azimuth in np.arange(8) * math.pi / 4:
                theta = np.concatenate([guess, [azimuth, math.log(kick), 0.0], np.ones(size - 6)])
                trials.append(run(theta, 4))
        trials.sort(key=cost)
        best = min((run(s.x[:size], 25) for s in trials[:3]), key=cost)
    if not np.isfinite(best.chi2) or best.status == "unobservable":
        return None
    # The engine outlives the last look by up to a frame: once out, the state is one of the arc after it.
    t_state = last - t_first if t_burnout is None else float(best.x[5] + best.x[2]) + AFTER_CUTOFF_S
    found = evaluate(best.x)
    if found is None:
        return None
    # A wrong vehicle bends its engines to follow, and leaves the path last where the newest looks are.
    newest = np.square(found[0][:-1][(looks.t > last - NEWEST_S)[which]])
    tail = min(chi2_tail(cost(best), best.freedom), chi2_tail(float(newest.sum()), len(newest)))
    return _report(template, best, size, t_first, t_state, prior, cost(best), tail)


def _report(
    template: Template,
    best: Solution,
    size: int,
    t_first: float,
    t_state: float,
    prior: Array,
    cost: float,
    tail: float,
) -> BoostFit:
    """The quantities of warning from a solved template."""
    theta = best.x[:size]
    # A model that does not explain the looks claims too much: its covariance grows with the misfit.
    misfit = max(1.0, best.chi2 / max(best.freedom - size, 1))
    P = best.covariance[:size, :size] * misfit
    at = np.array([t_state])
    x = _states(template, theta, at)[0]
    jac = np.empty((6, size))
    steps = np.concatenate([STEPS, np.full(size - 7, 1e-5)])
    for j in range(size):
        jac[:, j] = (_states(template, theta + steps[j] * (np.arange(size) == j), at)[0] - x) / steps[j]
    state = Gaussian(t_first + t_state, x, jac @ P @ jac.T + np.diag(ASSUMED_DISCREPANCY**2))
    _, logdet = np.linalg.slogdet(best.information)
    _, logprior = np.linalg.slogdet(prior + np.diag((np.arange(len(best.x)) == 5).astype(float)))
    return BoostFit(
        template=template,
        solution=best,
        t_first=t_first,
        launch=np.array([theta[0], theta[1], t_first + theta[2]]),
        launch_P=P[:3, :3],
        azimuth=float(theta[3] % (2 * math.pi)),
        azimuth_sigma=float(math.sqrt(P[3, 3])),
        state=state,
        evidence=float(cost + logdet - logprior),
        tail=tail,
    )
