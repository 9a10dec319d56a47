"""The reference flight's notional ascent, after the words at the end of the reference bounds."""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import MU, OMEGA, R_EQ
from tocsin.earth.ellipsoid import ecef_from_geodetic, geodetic_from_ecef
from tocsin.earth.frames import enu_from_ecef

Array = NDArray[np.float64]

J2 = 1.08262668e-3
INV_BETA = 1.0 / 9000.0  # Cd A / m of the whole ascent, m2/kg
# Base km, density kg/m3, scale height km of each layer.
AIR = np.array(
    [
        (0, 1.225, 7.249), (25, 3.899e-2, 6.349), (30, 1.774e-2, 6.682), (40, 3.972e-3, 7.554),
        (50, 1.057e-3, 8.382), (60, 3.206e-4, 7.714), (70, 8.770e-5, 6.549), (80, 1.905e-5, 5.799),
        (90, 3.396e-6, 5.382), (100, 5.297e-7, 5.877), (110, 9.661e-8, 7.263), (120, 2.438e-8, 9.473),
        (130, 8.484e-9, 12.636), (140, 3.845e-9, 16.149), (150, 2.070e-9, 22.523),
    ]
)  # fmt: skip
STAGES = ((24.0, 2600.0, 60.0), (30.0, 2850.0, 60.0), (30.0, 2850.0, 68.0))
"""Specific thrust at ignition (m/s2), exhaust speed (m/s) and burn (s) of each stage."""
STRAIGHT = np.zeros((len(STAGES), 2))
VERTICAL_S, PITCHED_S = 6.0, 14.0
STEP_S = 0.5


@final
@dataclass(frozen=True, slots=True)
class Ascent:
    """The eight unknowns of the template, in rad, s and parts of the nominal.

    launch_t: time of lift-off; cutoff counts from it, within the last stage's burn; kick: the angle of the
    programmed pitch-over; thrust and exhaust multiply the specific thrust and the exhaust speed of every
    stage, whose burn times stay.
    """

    lat: float = math.radians(47.0)
    lon: float = math.radians(-110.0)
    launch_t: float = 0.0
    azimuth: float = math.radians(12.262)
    kick: float = math.radians(46.0)
    cutoff: float = 181.358
    thrust: float = 1.0
    exhaust: float = 1.0


@final
@dataclass(frozen=True, slots=True)
class Flown:
    """An ascent as integrated: times t (k,) s and states x (k, 6), Earth-fixed, from lift-off to cut-off."""

    t: Array
    x: Array


@final
@dataclass(frozen=True, slots=True)
class _Leg:
    """Part of the ascents between two events: a0, ve (n,), time of ignition, and the thrust's programme.

    kick (n,), up and aim (n, 3): the pitch-over while it lasts, else None and thrust along the velocity, or
    aside (2,) of it: tangents of the angles upwards and to the side.
    """

    a0: Array
    ve: Array
    lit: float
    programme: tuple[Array, Array, Array] | None
    aside: Array

    def rate(self, t: Array, y: Array) -> Array:
        """dy/dt (n, 6) at times t (n,) after lift-off."""
        if self.programme is None:
            u = self._along(y)
        else:
            kick, up, aim = self.programme
            tilt = kick * np.clip((t - VERTICAL_S) / (PITCHED_S - VERTICAL_S), 0.0, 1.0)
            u = np.cos(tilt)[:, None] * up + np.sin(tilt)[:, None] * aim
        a = self.a0 / (1.0 - self.a0 * (t - self.lit) / self.ve)
        return np.concatenate([y[:, 3:], a[:, None] * u + _fall(y)], axis=1)

    def _along(self, y: Array) -> Array:
        """Directions (n, 3) of a thrust that follows the velocity, but for `aside`."""
        u = y[:, 3:] / np.linalg.norm(y[:, 3:], axis=1, keepdims=True)
        if not self.aside.any():
            return np.asarray(u)
        side = np.cross(u, y[:, :3])
        side /= np.linalg.norm(side, axis=1, keepdims=True)
        u = u + self.aside[0] * np.cross(side, u) + self.aside[1] * side
        return np.asarray(u / np.linalg.norm(u, axis=1, keepdims=True))


def fly(ascents: tuple[Ascent, ...], aside: Array = STRAIGHT) -> tuple[Flown, ...]:
    """Integrate ascents side by side: Runge-Kutta of order four in steps of half a second between events.

    dv/dt = a u - drag + gravity of J2, with a = a0 / (1 - a0 t / ve) and u vertical for 6 s, tilted linearly
    to `kick` toward the azimuth at 14 s, then along the Earth-relative velocity. aside (stages, 2): how far
    each stage's thrust is off that then, upwards and to the side, as tangents.
    """
    lat, lon, launch_t, azimuth, kick, cutoff, thrust, exhaust = np.array([astuple(a) for a in ascents]).T
    stand = np.stack([enu_from_ecef(a.lat, a.lon) for a in ascents])
    aim = np.sin(azimuth)[:, None] * stand[:, 0] + np.cos(azimuth)[:, None] * stand[:, 1]
    now = np.zeros(len(ascents))
    y = np.concatenate([ecef_from_geodetic(lat, lon, now), np.zeros((len(ascents), 3))], axis=1)
    t, x = [now], [y]
    ends = np.cumsum([stage[2] for stage in STAGES])
    for end in (VERTICAL_S, PITCHED_S, *ends[:-1], cutoff):
        begin = float(np.min(now))
        stage = int(np.searchsorted(ends[:-1], begin, side="right"))
        a0, ve, burn = STAGES[stage]
        programme = (kick, stand[:, 2], aim) if begin < PITCHED_S else None
        leg = _Leg(a0 * thrust, ve * exhaust, float(ends[stage]) - burn, programme, aside[stage])
        steps = math.ceil(float(np.max(end - now)) / STEP_S - 1e-9)
        dt = (end - now) / steps
        h = dt[:, None]
        for _ in range(steps):
            k1 = leg.rate(now, y)
            k2 = leg.rate(now + 0.5 * dt, y + 0.5 * h * k1)
            k3 = leg.rate(now + 0.5 * dt, y + 0.5 * h * k2)
            k4 = leg.rate(now + dt, y + h * k3)
            now, y = now + dt, y + h / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4)
            t.append(now)
            x.append(y)
    times, states = np.stack(t) + launch_t, np.stack(x)
    return tuple(Flown(times[:, i], states[:, i]) for i in range(len(ascents)))


def states_at(flown: Flown, t: Array) -> Array:
    """States (n, 6) at times t (n,) between lift-off and cut-off, by the cubic through places and speeds."""
    k = np.clip(np.searchsorted(flown.t, t, side="right") - 1, 0, len(flown.t) - 2)
    dt = (flown.t[k + 1] - flown.t[k])[:, None]
    s = (t - flown.t[k])[:, None] / dt
    r0, r1, v0, v1 = flown.x[k, :3], flown.x[k + 1, :3], flown.x[k, 3:], flown.x[k + 1, 3:]
    bend, lean = 3.0 * (r1 - r0) - dt * (2.0 * v0 + v1), 2.0 * (r0 - r1) + dt * (v0 + v1)
    r = r0 + s * (dt * v0 + s * (bend + s * lean))
    v = v0 + s * (2.0 * bend + 3.0 * s * lean) / dt
    return np.concatenate([r, v], axis=1)


def thrust_at(t: Array) -> tuple[Array, Array]:
    """Thrust acceleration m/s2 and one over the exhaust speed of the nominal ascent at times t (n,)."""
    ends = np.cumsum([stage[2] for stage in STAGES])
    stage = np.clip(np.searchsorted(ends, t, side="right"), 0, len(STAGES) - 1)
    a0, ve, burn = np.array(STAGES)[stage].T
    return np.asarray(a0 / (1.0 - a0 * (t - (ends[stage] - burn)) / ve)), np.asarray(1.0 / ve)


def _fall(y: Array) -> Array:
    """Acceleration (n, 3) without thrust: gravity to J2, the Earth's rotation, drag."""
    r, v = y[:, :3], y[:, 3:]
    far2 = np.sum(r * r, axis=1)
    k = 1.5 * J2 * R_EQ**2 / far2
    level = 1.0 + k * (1.0 - 5.0 * r[:, 2] ** 2 / far2)
    a = -(MU / far2**1.5)[:, None] * r * np.stack([level, level, level + 2.0 * k], axis=1)
    a[:, :2] += OMEGA**2 * r[:, :2] + 2.0 * OMEGA * np.stack([v[:, 1], -v[:, 0]], axis=1)
    height = geodetic_from_ecef(r)[2] / 1e3
    base, rho, scale = AIR[np.clip(np.searchsorted(AIR[:, 0], height, side="right") - 1, 0, len(AIR) - 1)].T
    drag = 0.5 * INV_BETA * rho * np.exp((base - height) / scale) * np.linalg.norm(v, axis=1)
    return np.asarray(a - drag[:, None] * v)
