"""The midcourse fit: one ballistic arc through all looks since burnout, with each sensor's lasting errors."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, final

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.arc import CONVERGED, DIVERGED, OWN, UNOBSERVABLE, search
from tocsin.estimate.chi2 import chi2_tail
from tocsin.estimate.gaussian import Gaussian, kicked, transported
from tocsin.estimate.looks import Channel, Looks
from tocsin.estimate.problem import Problem, bends, problem, refracted
from tocsin.estimate.tails import MOST_WIDE, has_tails, in_a_row, weight, wide
from tocsin.estimate.triangle import covariance
from tocsin.motion.forces import STANDARD, Forces
from tocsin.motion.impact import RTOL_BATCH

__all__ = ["BallisticFit", "Drag", "Gaussian", "fit_ballistic", "kicked", "solve_arc", "transported"]

Array = NDArray[np.float64]
Status = Literal["converged", "manoeuvring", "unobservable", "diverged"]

ENDS: dict[int, Status] = {CONVERGED: "converged", UNOBSERVABLE: "unobservable", DIVERGED: "diverged"}
MOST = 30
TOLERANCE = 0.02  # of a standard deviation, of the last step: what is left is less than 1e-6 of one
KNOWN = 1e-6  # sigma of ln beta where it is not solved for
REWEIGHED = 4  # rounds of weights: the last moves the state by less than a twentieth of a sigma
CURED = 1e-3  # the misfit that tails leave is no rarer than this, or they are not what was wrong
NO_ARC = 1e-8  # a misfit that is rarer than this is no chance: what flew did not only fall


@final
@dataclass(frozen=True, slots=True)
class Drag:
    """Cd A / m in m2/kg, 0 for vacuum, and the 1-sigma of its logarithm: 0 takes it as known."""

    inv_beta: float
    sigma: float = 0.0


@final
@dataclass(frozen=True, slots=True)
class BallisticFit:
    """The fitted arc, its covariance with all lasting errors marginalised, and how well it explains the data.

    state: at the epoch; ln_beta, sigma_ln_beta: what the looks say of the drag, as an offset from the given;
    bias: each channel's lasting errors (b,), in order of `channels`; information: its square root (7, 8), of
    state and ln beta; lasting (c, p, p + 1): the rows that each channel's errors add to it; residuals
    (n, 3 or 4): looks less the arc and those errors over the looks' own sigma, in order of the looks;
    weights, alike: what each value weighed, 1 but where tails were found; chi2: of the weighted looks and all
    priors, those of the lasting errors too; rounds: how often the arc was flown.
    """

    state: Gaussian
    ln_beta: float
    sigma_ln_beta: float
    bias: Array
    channels: tuple[Channel, ...]
    information: Array
    lasting: Array
    residuals: Array
    weights: Array
    chi2: float
    freedom: int
    status: Status
    rounds: int

    @property
    def found(self) -> Array:
        """State and ln beta (7,): where another search goes on."""
        return np.append(self.state.x, self.ln_beta)

    @property
    def joint(self) -> Array:
        """Covariance (b + 7, b + 7) of every channel's lasting errors, then the state and ln beta."""
        q = [len(c.bias_sigma) for c in self.channels]
        first, b = np.cumsum([0, *q]), sum(q)
        widest = self.lasting.shape[1] - OWN
        root = np.zeros((b + OWN, b + OWN))
        root[b:, b:] = self.information[:, :OWN]
        for c, own in enumerate(self.lasting):
            rows, left = slice(first[c], first[c + 1]), widest - q[c]
            root[rows, rows] = own[left:widest, left:widest]
            root[rows, b:] = own[left:widest, widest : widest + OWN]
        return covariance(root)


def fit_ballistic(
    looks: Looks,
    channels: tuple[Channel, ...],
    t0: float,
    x0: Array,
    drag: float | Drag,
    priors: tuple[Gaussian, ...],
    forces: Forces = STANDARD,
) -> BallisticFit:
    """Gauss-Newton on every look: unknowns are the state at t0, ln beta, and each channel's lasting errors.

    min sum |(h(x(t_i)) + C b - z_i) / s_i|^2 + sum (x(t_p) - x_p)^T P_p^-1 (x(t_p) - x_p) + sum (b / s_b)^2,
    with x(t) = f(t; t0, x0) and its state transition from the variational equations. Priors are independent
    pieces of knowledge (the boost fit, a partner's report), each at its own time. Looks may come in any
    order, of any mix of sensors. Nothing raises: the status says what came of it. "manoeuvring" is the best
    arc of looks that no arc explains; the covariance of what is unobservable or diverged is infinite.
    """
    given = problem(looks, channels, priors)
    fit = solve_arc(given, t0, x0, drag, forces=forces)
    if fit.status == "converged" and any(bends(c) for c in given.channels):
        given = refracted(given, fit.residuals)
        fit = solve_arc(given, t0, fit.found, drag, fit.bias, forces)
    if fit.status in ("converged", "manoeuvring") and has_tails(fit.residuals):
        return _with_tails(given, fit, drag, forces)
    return fit


def _with_tails(given: Problem, fit: BallisticFit, drag: float | Drag, forces: Forces) -> BallisticFit:
    """The fit with the weights that noise with tails leaves each value; that before where it is no cure."""
    before, e, share = fit, fit.residuals, fit.weights
    for _ in range(REWEIGHED):
        share = np.sqrt(weight(e))
        fit = solve_arc(replace(given, w=given.w * share), fit.state.t, fit.found, drag, fit.bias, forces)
        if fit.status not in ("converged", "manoeuvring"):
            return before
        e = fit.residuals / share
    order = np.argsort(given.look_node, kind="stable")
    if wide(e).sum() > MOST_WIDE * given.rows or in_a_row(e[order], given.channel[order]):
        return before
    if chi2_tail(fit.chi2, fit.freedom) <= CURED:
        return before
    return replace(fit, residuals=e, weights=np.square(share))


def solve_arc(
    given: Problem,
    t0: float,
    x0: Array,
    drag: float | Drag,
    bias: Array | None = None,
    forces: Forces = STANDARD,
    tolerance: float = TOLERANCE,
) -> BallisticFit:
    """`fit_ballistic` of a problem that stands, begun from a state at t0 (with ln beta, if x0 has seven
    numbers) and, if it is warm, its errors."""
    air = drag if isinstance(drag, Drag) else Drag(float(drag))
    sound = given.sound and bool(np.isfinite(x0).all())
    own = np.zeros((OWN, OWN + 1))
    widest = int(given.q.max(initial=0)) + OWN
    lasting = np.zeros((len(given.q), widest, widest + 1))
    e = np.zeros(given.z.shape)
    x = np.append(x0, 0.0)[:OWN]
    b = np.zeros(len(given.bias_w)) if bias is None else np.array(bias, dtype=np.float64)
    t = given.node_t - t0
    ended, rounds, chi2 = (DIVERGED, 0, np.inf) if not sound else search(
        t, int(np.searchsorted(t, 0.0)), given.look_node, given.prior_node, given.telescope, given.channel,
        given.z, given.w, given.place, given.axes, given.air, given.lean, given.q, given.first, given.bias_w,
        given.prior_x, given.prior_root, air.inv_beta, 1.0 / max(air.sigma, KNOWN), forces.degree,
        forces.order, forces.air, RTOL_BATCH, MOST, tolerance, x, b, own, lasting, e,
    )  # fmt: skip
    P = covariance(own) if ended == CONVERGED else np.full((OWN, OWN), np.inf)
    # Each lasting error and ln beta has a prior of its own: a row more for each unknown more.
    freedom = given.rows + 6 * len(given.prior_x) - 6
    status = ENDS[ended]
    if status == "converged" and chi2_tail(chi2, freedom) < NO_ARC:
        status = "manoeuvring"
    return BallisticFit(
        state=Gaussian(t0, x[:6], P[:6, :6]),
        ln_beta=float(x[6]),
        sigma_ln_beta=float(np.sqrt(P[6, 6])),
        bias=b,
        channels=given.channels,
        information=own,
        lasting=lasting,
        residuals=e,
        weights=np.ones(e.shape),
        chi2=float(chi2),
        freedom=freedom,
        status=status,
        rounds=int(rounds),
    )
