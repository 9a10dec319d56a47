"""Where a telescope truly points: a fixed bias, slow drift, jitter, and the noise of each look.

Angles are on the two axes of a look, independent and alike; a turn about the line of sight is left out. All
looks of one frame share bias, drift and jitter: draw these for the frames' times. A clock offset is no
matter of pointing: t_look = true time of reception + offset, one for the satellite and run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.catalogue.assumed import assumed, check_assumed
from tocsin.errors import TocsinError
from tocsin.sensor.given import numbers

Array = NDArray[np.float64]


@final
@dataclass(frozen=True, slots=True)
class Pointing:
    """1-sigma values for each axis, and correlation times; `bias_rad` of 0 leaves the bias out."""

    bias_rad: float = assumed(20e-6, 5e-6, 100e-6, "rad", "fixed for a satellite and run", zero=True)
    drift_rad: float = assumed(5e-6, 0.0, 50e-6, "rad", "thermal, over about an hour", zero=True)
    drift_s: float = assumed(3600.0, 1200.0, 21600.0, "s", "correlation time of the drift")
    jitter_rad: float = assumed(5e-6, 1e-6, 20e-6, "rad", "of attitude control and mirror", zero=True)
    jitter_s: float = assumed(5.0, 1.0, 30.0, "s", "correlation time of the jitter")

    def __post_init__(self) -> None:
        check_assumed(self)


POINTING = Pointing()


def covariance(t: ArrayLike, pointing: Pointing = POINTING, noise: ArrayLike = 0.0) -> Array:
    """Covariance (n, n) rad2 of one axis at times t (n,) s, in any order.

    K_ij = bias^2 + drift^2 exp(-|t_i - t_j| / T_drift) + jitter^2 exp(-|t_i - t_j| / T_jitter)
    + noise_i^2 delta_ij; noise, one or (n,) rad.
    """
    ts = numbers("time (s)", t)
    white = np.broadcast_to(numbers("noise (rad)", noise, 0.0), ts.shape)
    apart = np.abs(ts[:, None] - ts)
    p = pointing
    coloured = p.drift_rad**2 * np.exp(-apart / p.drift_s) + p.jitter_rad**2 * np.exp(-apart / p.jitter_s)
    return np.asarray(p.bias_rad**2 + coloured + np.diag(white**2))


def draw(t: ArrayLike, pointing: Pointing, rng: np.random.Generator, noise: ArrayLike = 0.0) -> Array:
    """One draw (n, 2) rad of both axes at ascending times t (n,) s, with the covariance of `covariance`.

    Drift and jitter are first-order Gauss-Markov processes in their steady state. TocsinError for times
    that do not ascend.
    """
    ts = numbers("time (s)", t)
    white = np.broadcast_to(numbers("noise (rad)", noise, 0.0), ts.shape)
    bias = rng.normal(0.0, pointing.bias_rad, 2)
    drift = _gauss_markov(ts, pointing.drift_rad, pointing.drift_s, rng)
    jitter = _gauss_markov(ts, pointing.jitter_rad, pointing.jitter_s, rng)
    return np.asarray(bias + drift + jitter + rng.standard_normal((len(ts), 2)) * white[:, None])


def _gauss_markov(t: Array, sigma: float, correlation_s: float, rng: np.random.Generator) -> Array:
    """x_k = a x_k-1 + sigma sqrt(1 - a^2) w_k, a = exp(-dt / T): (n, 2), of standard deviation sigma."""
    dt = np.diff(t, prepend=t[:1])
    if np.any(dt < 0.0):
        raise TocsinError("draw: the times do not ascend: sort them")
    x = sigma * rng.standard_normal((len(t), 2))
    a = np.exp(-dt / correlation_s)
    fresh = np.sqrt(-np.expm1(-2.0 * dt / correlation_s))
    for k in range(1, len(t)):
        x[k] = a[k] * x[k - 1] + fresh[k] * x[k]
    return x
