"""One run of a case: how far the fit is from the truth, against its bound and its own covariance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.estimate.ballistic import Gaussian
from tocsin.estimate.bound import impact_bound
from tocsin.estimate.predict import predict_impact
from tocsin.motion.ballistic import impact
from tocsin.motion.forces import STANDARD, Forces

Array = NDArray[np.float64]
Truth = Literal["own", "other"]
TRUTHS: tuple[Truth, ...] = ("own", "other")


@final
@dataclass(frozen=True, slots=True)
class Draw:
    """What came of one run; all but the status is empty or NaN where the fit did not converge.

    errors: by quantity, the size of the error and that of its bound (1 sigma, root of the trace), SI units,
    infinite at impact where the fitted arc stays up; nees: e'P^-1 e of the state; cep: that of the bound, m;
    region: the least share whose region of impact holds the truth; free: the weight of the model without a
    vehicle half a minute after the first look, where there is one.
    """

    status: str
    errors: dict[str, tuple[float, float]]
    nees: float
    cep: float
    region: float
    free: float | None = None


CRAMER_RAO = "Cramer-Rao at the truth, of the same looks and priors"
# The reference is steadier than that: an error under such a bound tells of no mistake.
POSTERIOR = (
    "posterior, of a vehicle that the usual noise moves; the one that flies is steadier, and may be nearer"
)
Drawn = Callable[[np.random.Generator, Truth], Draw]
"""What a case is: one run with errors drawn anew, from the estimator's own model or from another truth."""


@final
@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: RMSE (by quantity) and CEP over the bound at most, NEES/n and regions from and to.

    launch_cep: median miss of the launch point at most, m; free: from and to of the share of runs in which
    the model without a vehicle has half of the weight or more 30 s after the first look; converged: the
    least share of runs that end so; bound: what it is made of, in words; holds: whether it holds of these
    draws, so that an error under it tells of a wrong one.
    """

    nees: tuple[float, float]
    rmse: Mapping[str, float] = field(default_factory=dict)
    cep: float | None = None
    launch_cep: float | None = None
    region_50: tuple[float, float] | None = None
    region_90: tuple[float, float] | None = None
    free: tuple[float, float] | None = None
    converged: float = 1.0
    bound: str = CRAMER_RAO
    holds: bool = True


@final
@dataclass(frozen=True, slots=True)
class Case:
    """A case of the study: its name, in words, how to draw a run, full number of runs, what is asked."""

    name: str
    words: str
    draw: Drawn
    runs: int
    asked: dict[Truth, Asked]


def nothing(status: str) -> Draw:
    """A run whose fit ended otherwise."""
    return Draw(status, {}, np.nan, np.nan, np.nan)


def compared(
    fit: Gaussian,
    x: Array,
    bound: Array,
    inv_beta: float,
    forces: Forces = STANDARD,
    launch: tuple[float, float] | None = None,
    free: float | None = None,
) -> Draw:
    """A converged fit against the true state x (6,) at its epoch and the bound (6, 6) there.

    forces: the truth's own; launch: the launch point's error and its bound, m. The fit's impact is that of
    its state, flown.
    """
    e = fit.x - x
    scale = 1.0 / np.sqrt(np.diag(fit.P))
    nees = float(scale * e @ np.linalg.solve(fit.P * np.outer(scale, scale), scale * e))
    errors = {
        "position": (float(np.linalg.norm(e[:3])), float(np.sqrt(np.trace(bound[:3, :3])))),
        "velocity": (float(np.linalg.norm(e[3:])), float(np.sqrt(np.trace(bound[3:, 3:])))),
    }
    if launch is not None:
        errors = {"launch": launch, **errors}
    at = impact_bound(Gaussian(fit.t, x, bound), inv_beta, forces)
    r = ecef_from_geodetic(at.lat, at.lon, 0.0)
    told = impact(fit.t, fit.x, inv_beta)
    down = told.status == "impact"
    miss = float(np.linalg.norm(told.x[:3] - r)) if down else np.inf
    errors["impact"] = (miss, float(np.sqrt(np.trace(at.P[:2, :2]))))
    errors["time"] = (abs(told.t - at.t) if down else np.inf, at.sigma_t)
    return Draw("converged", errors, nees, at.cep_m, share_that_holds(fit, inv_beta, r), free)


def share_that_holds(fit: Gaussian, inv_beta: float, r: Array) -> float:
    """The share (0 to 1) of the told region of impact whose edge goes through r (3,): 1 - exp(-d^2 / 2)."""
    region = predict_impact(fit, inv_beta)
    if region is None:
        return 1.0
    middle = ecef_from_geodetic(region.lat, region.lon, 0.0)
    east = np.array([-np.sin(region.lon), np.cos(region.lon), 0.0])
    up = middle / np.linalg.norm(middle)
    north = np.cross(up, east)
    flat = np.array([east @ (r - middle), north @ (r - middle)])
    return float(-np.expm1(-0.5 * flat @ np.linalg.solve(region.P, flat)))
