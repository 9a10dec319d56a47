"""The knots of a gravity turn: what they are solved from, and Gauss-Newton on all of them at once."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.ellipsoid import ecef_from_geodetic, geodetic_from_ecef
from tocsin.earth.frames import enu_from_ecef
from tocsin.estimate.boost.foreseen import foreseen
from tocsin.estimate.boost.front import FIXED, SEEN
from tocsin.estimate.boost.meeting import Meeting
from tocsin.estimate.boost.sighting import CLOUD_TOP_M, PLACE_M, Sightings
from tocsin.estimate.boost.smoother import cost_of, smoothed
from tocsin.estimate.boost.turn import LN_A, PITCH, RESTART_LN_A, STATE, USUAL, YAW

Array = NDArray[np.float64]

SLOWNESS, SLOWNESS_SIGMA = 1.0 / 2800.0, 0.08 / 2800.0  # 1 / v_e, s/m
LN_A_SIGMA = 0.3
# At a first look at the cloud tops; one that comes late, higher up, tells neither height nor speed.
HEIGHT_SIGMA_M, SPEED_UP, SPEED_SIGMA, LATE_M = 3e3, 500.0, 500.0, 20e3
LATE_HEIGHT_SIGMA_M, LATE_SPEED_SIGMA = 200e3, 3000.0
STAGING_RATE = 1.0 / 60.0  # of a second's beginning a stage (assumed)
ITERATIONS = 25
SETTLED = 0.05  # of the cost: a step that misses the least one foreseen by no more is the last
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

    @property
    def log_prior(self) -> float:
        """ln det of the priors' information."""
        return float(np.linalg.slogdet(self.W0)[1]) + float(np.log(self.Wc).sum())


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


def coarser(frame: Frame, kept: NDArray[np.int64]) -> Frame:
    """The same with only some of its knots, (k,) of them rising, the first and the last among them."""
    t = np.concatenate([[0.0], np.cumsum(frame.dt)])
    at = t[kept]
    left = t[frame.knot] + frame.since
    knot = np.searchsorted(0.5 * (at[1:] + at[:-1]), left - LIGHT_S)
    return replace(frame, dt=np.diff(at), knot=knot, since=left - at[knot])


@final
class Room:
    """The arrays that a solution is made in, so that many are made without new ones."""

    def __init__(self, frame: Frame) -> None:
        n, m = len(frame.dt) + 1, len(frame.c0)
        wide, told = FIXED + m + 1, SEEN + m + 1
        self.frame = frame
        self.S, self.Q = np.zeros((2, wide, wide)), np.zeros((n, told, told))
        self.rows, self.border = np.zeros((n, STATE, wide)), np.zeros((m, wide))
        self.d, self.dx, self.dc, self.out = np.zeros(wide), np.zeros((n, STATE)), np.zeros(m), np.zeros(2)
        self.small = np.zeros((62, max(told, STATE + 1)))

    def cost(self, x: Array, c: Array, restart: Array) -> tuple[float, float]:
        """The cost of knots x and fixed values c, and the looks' chi-square in it."""
        f, seen = self.frame, self.frame.seen
        cost = cost_of(
            x, c, f.dt, f.noise, restart, f.x0, f.W0, f.c0, f.Wc, f.knot, f.since, seen.channel, seen.z,
            seen.weight, seen.eye, seen.columns, self.S[0], self.Q[0], self.small, self.out,
        )  # fmt: skip
        return float(cost), float(self.out[0])

    def step(self, x: Array, c: Array, restart: Array) -> tuple[float, float]:
        """Fill dx and dc with the step from there: ln det of the information less the noise's, and the cost
        that is foreseen; NaN if there is none."""
        f, seen = self.frame, self.frame.seen
        sound = smoothed(
            x, c, f.dt, f.noise, restart, f.x0, f.W0, f.c0, f.Wc, f.knot, f.since, seen.channel, seen.z,
            seen.weight, seen.eye, seen.columns, self.S[0], self.Q[0], self.small, self.rows, self.border,
            self.d, self.dx, self.dc, self.out,
        )  # fmt: skip
        return (float(self.out[0] - self.out[1]), float(self.S[0, -1, -1])) if sound else (math.nan, math.nan)

    def evidence(self, cost: float, log: float, restart: Array) -> float:
        """-2 ln of the marginal likelihood of a least cost and its ln det, the stagings' own chance in it."""
        return cost + log - self.frame.log_prior - 2.0 * self.chance(int(np.count_nonzero(restart)))

    def chance(self, stages: int) -> float:
        """ln of the chance that so many stages begin, each at a certain step."""
        n, begun = len(self.frame.dt), STAGING_RATE * float(self.frame.dt[0])
        return stages * math.log(begun) + (n - stages) * math.log(1.0 - begun)

    def foreseen(self, x: Array, c: Array, restart: Array, kind: float, steps: NDArray[np.int64]) -> Array:
        """-2 ln of the likelihood that a restart of a kind would have at each of the steps (k,), if all were
        linear, but for what is the same for all of them."""
        f, seen = self.frame, self.frame.seen
        out = np.full(len(steps), math.inf)
        foreseen(
            x, c, f.dt, f.noise, restart, kind, steps, f.x0, f.W0, f.c0, f.Wc, f.knot, f.since, seen.channel,
            seen.z, seen.weight, seen.eye, seen.columns, self.S, self.Q, self.small, self.rows[0],
            self.border, out,
        )  # fmt: skip
        return out


def solve(room: Room, x: Array, c: Array, restart: Array, iterations: int = ITERATIONS) -> Solved:
    """Gauss-Newton with line search from knots x and fixed values c."""
    sound, log = False, math.nan
    cost, chi2 = room.cost(x, c, restart)
    better = cost
    for _ in range(iterations):
        log, least = room.step(x, c, restart)
        if not (math.isfinite(cost) and math.isfinite(log)):
            size = STATE + len(c)
            return Solved(x, c, restart, math.inf, math.inf, math.inf, np.zeros((size, size)), False)
        share, better = 1.0, math.inf
        while share > 1e-3:
            better, chi2 = room.cost(x + share * room.dx, c + share * room.dc, restart)
            if better <= cost + 1e-6:
                break
            share *= 0.5
        if not better <= cost + 1e-6:
            break
        x, c = x + share * room.dx, c + share * room.dc
        # What was foreseen and is reached was as good as linear: one step more would bring next to nothing.
        if share == 1.0 and abs(better - least) < SETTLED:
            sound = True
            break
        cost = better
    P = _covariance(room.rows[-1, :, :STATE], room.rows[-1, :, FIXED:-1], room.border[:, FIXED:-1])
    return Solved(x, c, restart, better, chi2, room.evidence(better, log, restart), P, sound)


def _covariance(D: Array, B: Array, C: Array) -> Array:
    """Covariance (9 + m, 9 + m) of the last knot and the fixed values, from their factors."""
    inverse, border = np.linalg.inv(np.triu(D)), np.linalg.inv(np.triu(C))
    K = inverse @ B
    Pc = border @ border.T
    return np.block([[inverse @ inverse.T + K @ Pc @ K.T, -K @ Pc], [-(K @ Pc).T, Pc]])
