"""The posterior bound of powered flight without a vehicle's profile: a recursion of covariances."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue.assumed import assumed, check_assumed
from tocsin.earth.constants import MU, OMEGA
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.earth.frames import enu_from_ecef
from tocsin.estimate.looks import Channel, Looks, compact
from tocsin.estimate.residuals import bias_prior, residuals

Array = NDArray[np.float64]
SIZE = 10  # r, v, ln a, 1 / exhaust speed, deviations of the thrust in pitch and yaw
TURN = np.array([[0.0, -OMEGA, 0.0], [OMEGA, 0.0, 0.0], [0.0, 0.0, 0.0]])


@final
@dataclass(frozen=True, slots=True)
class GravityTurn:
    """Noise and priors of the gravity-turn model; those of the reference bounds."""

    noise_ln_a: float = assumed(0.02, 0.005, 0.1, "/sqrt(s)", "walk of the thrust's logarithm")
    noise_v: float = assumed(0.3, 0.05, 3.0, "m/s/sqrt(s)", "walk of each axis's velocity")
    deviation: float = assumed(math.radians(2.0), 0.0035, 0.17, "rad", "thrust off the velocity")
    deviation_s: float = assumed(20.0, 5.0, 100.0, "s", "correlation time of that")
    prior_level: float = assumed(2e6, 1e5, 1e7, "m", "horizontal place at the first look")
    prior_height: float = assumed(3e3, 5e2, 2e4, "m", "height at the first look")
    prior_v: float = assumed(500.0, 100.0, 2000.0, "m/s", "velocity at the first look")
    prior_ln_a: float = assumed(0.3, 0.1, 1.0, "", "thrust at the first look")
    prior_flow: float = assumed(0.08 / 2800.0, 1e-5, 1e-4, "s/m", "one over the exhaust speed")
    restart_ln_a: float = assumed(0.5, 0.2, 1.0, "", "thrust after a staging")
    frame_s: float = assumed(1.0, 0.1, 10.0, "s", "time between frames, within which the cut-off lies")

    def __post_init__(self) -> None:
        check_assumed(self)


GRAVITY_TURN = GravityTurn()


@final
@dataclass(frozen=True, slots=True)
class PoweredPath:
    """A nominal ascent at ascending times t (k,) s: x (k, 6), thrust acceleration a (k,) and 1/ve (k,).

    a and flow are those of the step that begins there; restart (k,): a stage lights there. The last row is
    the cut-off, where a is that of the step that ends there.
    """

    t: Array
    x: Array
    a: Array
    flow: Array
    restart: NDArray[np.bool_]


def powered_bound(
    path: PoweredPath, looks: Looks, channels: tuple[Channel, ...], model: GravityTurn = GRAVITY_TURN
) -> Array:
    """Covariance (6, 6) at the cut-off of any unbiased estimator that knows this model and no profile.

    P- = F P F' + Q, P = (P-^-1 + H' R^-1 H)^-1 along the nominal, the channels' lasting errors beside the
    state; at a staging ln a is forgotten; the cut-off lies anywhere in a frame. Looks stand at times of the
    path. Source: Tichavsky, Muravchik and Nehorai, IEEE Trans. Signal Processing 46 (1998), 1386-1396, whose
    bound is this recursion where the model is taken as linear about the nominal.
    """
    looks, channels = compact(looks, channels)
    nuisance = bias_prior(channels)
    n = SIZE + len(nuisance)
    P = np.zeros((n, n))
    P[:SIZE, :SIZE] = _prior(path.x[0], model)
    P[SIZE:, SIZE:] = np.diag(1.0 / nuisance)
    Q = np.zeros(n)
    Q[3:6] = model.noise_v**2
    Q[6] = model.noise_ln_a**2
    Q[8:SIZE] = 2.0 * model.deviation**2 / model.deviation_s
    for k, t in enumerate(path.t):
        if path.restart[k]:
            P[6, :] = P[:, 6] = 0.0
            P[6, 6] = model.restart_ln_a**2
        P = _updated(P, looks.where(looks.t == t), channels, path.x[k])
        if k + 1 < len(path.t):
            dt = path.t[k + 1] - t
            F = np.eye(n)
            F[:SIZE, :SIZE] = _transition(path, k, dt, model)
            P = F @ (P + np.diag(0.5 * dt * Q)) @ F.T + np.diag(0.5 * dt * Q)
    v = path.x[-1, 3:]
    jump = path.a[-1] * model.frame_s / math.sqrt(12.0) * v / np.linalg.norm(v)
    P[3:6, 3:6] += np.outer(jump, jump)
    return P[:6, :6]


def _prior(x: Array, model: GravityTurn) -> Array:
    lat, lon, _ = geodetic_from_ecef(x[:3])
    axes = enu_from_ecef(float(lat), float(lon))
    P = np.zeros((SIZE, SIZE))
    P[:3, :3] = axes.T @ np.diag(np.square([model.prior_level, model.prior_level, model.prior_height])) @ axes
    rest = [*[model.prior_v] * 3, model.prior_ln_a, model.prior_flow, model.deviation, model.deviation]
    P[3:, 3:] = np.diag(np.square(rest))
    return P


def _updated(P: Array, looks: Looks, channels: tuple[Channel, ...], x: Array) -> Array:
    """P after the looks of one time, in Joseph's form."""
    if len(looks) == 0:
        return P
    _, dx, c = residuals(looks, channels, np.tile(x, (len(looks), 1)), np.zeros(len(P) - SIZE))
    H = np.zeros((len(dx), len(P)))
    H[:, :6], H[:, SIZE:] = dx, c
    K = np.linalg.solve(H @ P @ H.T + np.eye(len(H)), H @ P).T
    left = np.eye(len(P)) - K @ H
    return np.asarray(left @ P @ left.T + K @ K.T)


def _transition(path: PoweredPath, k: int, dt: float, model: GravityTurn) -> Array:
    """exp(A dt) to third order, A the model's slope half-way along: gravity of a point mass, no drag."""
    x = 0.5 * (path.x[k] + path.x[k + 1])
    a = float(path.a[k]) / (1.0 - 0.5 * dt * float(path.a[k] * path.flow[k]))
    r, v = x[:3], x[3:]
    far, speed = float(np.linalg.norm(r)), float(np.linalg.norm(v))
    along, up = v / speed, r / far
    yaw = np.cross(along, up)
    yaw /= np.linalg.norm(yaw)
    A = np.zeros((SIZE, SIZE))
    A[:3, 3:6] = np.eye(3)
    A[3:6, :3] = MU / far**3 * (3.0 * np.outer(up, up) - np.eye(3)) - TURN @ TURN
    A[3:6, 3:6] = -2.0 * TURN + a / speed * (np.eye(3) - np.outer(along, along))
    A[3:6, 6], A[3:6, 8], A[3:6, 9] = a * along, a * np.cross(yaw, along), a * yaw
    A[6, 6], A[6, 7] = a * path.flow[k], a
    A[8, 8] = A[9, 9] = -1.0 / model.deviation_s
    B = A * dt
    return np.asarray(np.eye(SIZE) + B + B @ B / 2.0 + B @ B @ B / 6.0)
