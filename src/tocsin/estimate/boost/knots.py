"""The knots of a gravity turn: what they are solved from, and Gauss-Newton on all of them at once."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.ellipsoid import ecef_from_geodetic, geodetic_from_ecef
from tocsin.earth.frames import enu_from_ecef
from tocsin.estimate.boost.blocks import eliminate
from tocsin.estimate.boost.meeting import Meeting
from tocsin.estimate.boost.sighting import CLOUD_TOP_M, PLACE_M, Sightings
from tocsin.estimate.boost.smoother import assemble
from tocsin.estimate.boost.turn import LN_A, PITCH, RESTART_LN_A, STATE, USUAL, YAW

Array = NDArray[np.float64]

SLOWNESS, SLOWNESS_SIGMA = 1.0 / 2800.0, 0.08 / 2800.0  # 1 / v_e, s/m
LN_A_SIGMA = 0.3
# At a first look at the cloud tops; one that comes late, higher up, tells neither height nor speed.
HEIGHT_SIGMA_M, SPEED_UP, SPEED_SIGMA, LATE_M = 3e3, 500.0, 500.0, 20e3
LATE_HEIGHT_SIGMA_M, LATE_SPEED_SIGMA = 200e3, 3000.0
STAGING_RATE = 1.0 / 60.0  # of a second's beginning a stage (assumed)
ITERATIONS = 25
SETTLED = 0.05  # of the cost, below which a step is the last
LIGHT_S = 0.14  # from the ground to a satellite, for the knot that is nearest to a look


@final
@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """What stays the same while a gravity turn is solved: knots' steps, looks by knot, priors.

    noise: sigma of the thrust's deviation and drift of ln a, of vehicles of one kind.
    """

    seen: Sightings
    dt: Array
    noise: tuple[float, float]
    knot: NDArray[np.int64]
    since: Array
    x0: Array
    W0: Array
    c0: Array
    Wc: Array


@final
@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """Knots and fixed values, their cost and evidence; the last knot's covariance with the fixed values'."""

    x: Array
    c: Array
    restart: Array
    cost: float
    chi2: float
    evidence: float
    P: Array
    sound: bool


def frame_of(seen: Sightings, path: Meeting) -> Frame:
    """Knots about a second apart, the last at the last look; the usual noise; priors as in the docstrings."""
    n = max(math.ceil(seen.last), 1)
    dt = np.full(n, seen.last / n)
    knot = np.clip(np.round((seen.t - LIGHT_S) / dt[0]), 0, n).astype(np.int64)
    lat, lon = seen.place
    axes = enu_from_ecef(lat, lon)
    first, _, _ = path.at(np.zeros(1))
    height = float(geodetic_from_ecef(first)[2][0])
    x0 = np.zeros(STATE)
    if height < LATE_M:
        x0[:3] = ecef_from_geodetic(lat, lon, CLOUD_TOP_M)
        x0[3:6] = SPEED_UP * axes[2]
        sigma = np.array([PLACE_M, PLACE_M, HEIGHT_SIGMA_M, *[SPEED_SIGMA] * 3])
    else:
        x0[:3] = first[0]
        sigma = np.array([PLACE_M, PLACE_M, LATE_HEIGHT_SIGMA_M, *[LATE_SPEED_SIGMA] * 3])
    x0[LN_A] = RESTART_LN_A
    W0 = np.zeros((STATE, STATE))
    W0[:3, :3] = axes.T @ np.diag(sigma[:3] ** -2.0) @ axes
    W0[3:6, 3:6] = axes.T @ np.diag(sigma[3:] ** -2.0) @ axes
    W0[6:, 6:] = np.diag([LN_A_SIGMA**-2.0, USUAL[0] ** -2.0, USUAL[0] ** -2.0])
    return Frame(
        seen=seen,
        dt=dt,
        noise=USUAL,
        knot=knot,
        since=seen.t - knot * dt[0],
        x0=x0,
        W0=W0,
        c0=np.concatenate([[SLOWNESS], np.zeros(len(seen.prior))]),
        Wc=np.concatenate([[SLOWNESS_SIGMA**-2.0], seen.prior]),
    )


def of_noise(frame: Frame, noise: tuple[float, float]) -> Frame:
    """The same for vehicles of another kind."""
    W0 = frame.W0.copy()
    W0[PITCH, PITCH] = W0[YAW, YAW] = noise[0] ** -2.0
    return replace(frame, noise=noise, W0=W0)


@final
class Room:
    """The arrays that a solution is made in, so that many are made without new ones."""

    def __init__(self, frame: Frame) -> None:
        n, m = len(frame.dt) + 1, len(frame.c0)
        self.frame = frame
        self.D, self.L, self.B = (
            np.zeros((n, STATE, STATE)),
            np.zeros((n, STATE, STATE)),
            np.zeros((n, STATE, m)),
        )
        self.C, self.g, self.gc = np.zeros((m, m)), np.zeros((n, STATE)), np.zeros(m)
        self.dx, self.dc, self.out = np.zeros((n, STATE)), np.zeros(m), np.zeros(2)
        self.small, self.e = np.zeros((48, STATE + 1)), np.zeros((len(frame.seen.t), 2))

    def cost(self, x: Array, c: Array, restart: Array, slopes: bool) -> float:
        """The cost of knots x and fixed values c and, with slopes, the normal equations there."""
        f, seen = self.frame, self.frame.seen
        return float(
            assemble(
                x, c, f.dt, f.noise, restart, f.x0, f.W0, f.c0, f.Wc, f.knot, f.since, seen.channel, seen.z,
                seen.weight, seen.eye, seen.columns, slopes, self.D, self.L, self.B, self.C, self.g, self.gc,
                self.small, self.e, self.out,
            )
        )  # fmt: skip

    def step(self) -> float:
        """Solve the normal equations for dx and dc; ln det of the information, NaN if there is none."""
        return float(eliminate(self.D, self.L, self.B, self.C, self.g, self.gc, self.dx, self.dc))

    def evidence(self, cost: float, log: float, restart: Array) -> float:
        """-2 ln of the marginal likelihood of a least cost and its ln det, the stagings' own chance in it."""
        f = self.frame
        log_prior = float(self.out[1]) + float(np.linalg.slogdet(f.W0)[1]) + float(np.log(f.Wc).sum())
        stages, begun = int(np.count_nonzero(restart)), STAGING_RATE * float(f.dt[0])
        chance = stages * math.log(begun) + (len(f.dt) - stages) * math.log(1.0 - begun)
        return cost + log - log_prior - 2.0 * chance

    def foreseen(self, x: Array, c: Array, restart: Array) -> float:
        """The evidence that one step from x and c would have if everything were linear."""
        cost = self.cost(x, c, restart, True)
        log = self.step()
        least = cost - float(np.square(self.g).sum()) + float(self.gc @ self.dc)
        return self.evidence(least, log, restart)


def solve(room: Room, x: Array, c: Array, restart: Array, iterations: int = ITERATIONS) -> Solved:
    """Gauss-Newton with line search from knots x and fixed values c."""
    sound, log, better = False, math.nan, math.inf
    for _ in range(iterations):
        cost = room.cost(x, c, restart, True)
        log = room.step()
        if not (math.isfinite(cost) and math.isfinite(log)):
            size = STATE + len(c)
            return Solved(x, c, restart, math.inf, math.inf, math.inf, np.zeros((size, size)), False)
        share, better = 1.0, math.inf
        while share > 1e-3:
            better = room.cost(x + share * room.dx, c + share * room.dc, restart, False)
            if better <= cost + 1e-6:
                break
            share *= 0.5
        if not better <= cost + 1e-6:
            break
        x, c = x + share * room.dx, c + share * room.dc
        if share == 1.0 and cost - better < SETTLED:
            sound = True
            break
    P = _covariance(room.D[-1], room.B[-1], room.C)
    return Solved(x, c, restart, better, float(room.out[0]), room.evidence(better, log, restart), P, sound)


def _covariance(D: Array, B: Array, C: Array) -> Array:
    """Covariance (9 + m, 9 + m) of the last knot and the fixed values, from their factors."""
    inverse, border = np.linalg.inv(np.triu(D)), np.linalg.inv(np.triu(C))
    K = inverse @ B
    Pc = border @ border.T
    return np.block([[inverse @ inverse.T + K @ Pc @ K.T, -K @ Pc], [-(K @ Pc).T, Pc]])
