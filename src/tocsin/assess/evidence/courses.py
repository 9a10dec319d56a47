"""Where an event may be from now on, while no arc is known: free arcs from its launch to areas of ground."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import MU, OMEGA
from tocsin.earth.ellipsoid import verticals
from tocsin.motion.ballistic import propagate

Array = NDArray[np.float64]

RADIUS = 6371e3
STEPS = 40
# Flight-path angles at launch over the least-energy one's: depressed, in between, lofted (assumed).
LOFTS = (0.7, 1.0, 1.3)
# Thrust takes so much longer to the same height than an arc flown from the ground at once: assumed.
CLIMB_S = 90.0


@final
@dataclass(frozen=True, slots=True)
class Courses:
    """k ways that it may go: times t (k, m) TAI s, in order along each, and places r (k, m, 3) m,
    Earth-fixed; burning (k, m): where a plume is to be seen and not a body.
    """

    t: Array
    r: Array
    burning: NDArray[np.bool_]


def arcs_to(launch: tuple[float, float], t_launch: float, aims: Array) -> Courses:
    """Kepler arcs from a launch (lat, lon rad) at t_launch to each of aims (n, 2) rad, in three lofts.

    With psi the angle between both ends and gamma the flight-path angle, Q = 2 sin(psi/2) / (sin(2 gamma +
    psi/2) + sin(psi/2)), a = R / (2 - Q), e^2 = 1 - Q (2 - Q) cos^2 gamma, on a sphere; the least-energy one
    has gamma = (pi - psi) / 4. The Earth turns beneath. Source: Bate, Mueller and White (1971), section 6.2.
    """
    start, ends = verticals(*launch), verticals(aims[:, 0], aims[:, 1])
    psi = np.arccos(np.clip(ends @ start, -1.0, 1.0))
    far = (psi > 1e-3) & (psi < math.pi - 1e-3)
    psi, ends = psi[far], ends[far]
    across = ends - (ends @ start)[:, None] * start
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    ts, rs = [], []
    for loft in LOFTS:
        gamma = np.minimum(loft * (math.pi - psi) / 4.0, 0.49 * math.pi)
        q = 2.0 * np.sin(psi / 2.0) / (np.sin(2.0 * gamma + psi / 2.0) + np.sin(psi / 2.0))
        a = RADIUS / (2.0 - q)
        e = np.sqrt(1.0 - q * (2.0 - q) * np.cos(gamma) ** 2)
        first = np.arccos(np.clip((1.0 - RADIUS / a) / e, -1.0, 1.0))
        turn = first[:, None] + np.linspace(0.0, 1.0, STEPS) * (2.0 * (math.pi - first))[:, None]
        since = (turn - first[:, None]) - e[:, None] * (np.sin(turn) - np.sin(first)[:, None])
        since *= np.sqrt(a**3 / MU)[:, None]
        radius = a[:, None] * (1.0 - e[:, None] * np.cos(turn))
        true = 2.0 * np.arctan2(
            np.sqrt(1.0 + e)[:, None] * np.sin(turn / 2.0), np.sqrt(1.0 - e)[:, None] * np.cos(turn / 2.0)
        )
        along = true - true[:, :1]
        r = np.cos(along)[..., None] * start + np.sin(along)[..., None] * across[:, None, :]
        ts.append(t_launch + CLIMB_S + since)
        rs.append(_turned(radius[..., None] * r, since))
    t, r = np.concatenate(ts), np.concatenate(rs)
    return Courses(t, r, np.zeros(t.shape, bool))


def arc_of(t: float, x: Array, inv_beta: float, begin: float, end: float) -> Courses:
    """The one way of a body whose state x (6,) at t is known, from begin to end."""
    times = np.linspace(begin, end, 3 * STEPS)
    r = propagate(t, x, inv_beta, times)[:, :3]
    sound = np.isfinite(r).all(axis=1)
    return Courses(times[None, sound], r[None, sound], np.zeros((1, int(sound.sum())), bool))


def plume_over(launch: tuple[float, float], height_m: float, begin: float, end: float) -> Courses:
    """A plume over a place (lat, lon rad), taken to stay at one height from begin to end."""
    times = np.linspace(begin, max(end, begin), STEPS)
    r = np.broadcast_to((RADIUS + height_m) * verticals(*launch), (STEPS, 3))
    return Courses(times[None], r[None].copy(), np.ones((1, STEPS), bool))


def _turned(r: Array, since: Array) -> Array:
    """Places (n, m, 3) in axes that stood with the Earth at launch, in those that have turned since."""
    s, c = np.sin(OMEGA * since), np.cos(OMEGA * since)
    return np.stack([c * r[..., 0] + s * r[..., 1], c * r[..., 1] - s * r[..., 0], r[..., 2]], axis=-1)
