"""Powered ascent: staged thrust, vertical rise, programmed pitch-over, gravity turn, climb, cut-off."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.air import air_density
from tocsin.earth.atmosphere import speed_of_sound
from tocsin.earth.constants import OMEGA
from tocsin.earth.ellipsoid import ecef, height_and_up
from tocsin.earth.gravity import gravity
from tocsin.earth.kernel import kernel
from tocsin.motion.forces import STANDARD, Forces
from tocsin.motion.rocket import Rocket

Array = NDArray[np.float64]

AIR_END = 150e3  # m, above which a rocket's drag does not count
MOMENT = 1e-9  # s


@final
@dataclass(frozen=True, slots=True)
class Climb:
    """From `start_s` on the thrust is theta above the horizontal, tan theta = tangent - rate (t - start_s).

    The steering that loses least to gravity on a flat Earth; it serves ascents to orbit. Source: Bryson and
    Ho, Applied Optimal Control (1975), section 2.4.
    """

    start_s: float
    tangent: float
    rate: float


NO_CLIMB = Climb(math.inf, 0.0, 0.0)


@kernel
def drag_coefficient(mach: float, cd: float, cd_peak: float) -> float:
    """Drag coefficient against Mach number: flat, a ridge at Mach 1.2, and a decay (textbook shape)."""
    if mach < 0.8:
        return cd
    if mach < 1.2:
        return cd + (cd_peak - cd) * (mach - 0.8) / 0.4
    return cd + (cd_peak - cd) * math.exp(-(mach - 1.2) / 1.5)


@kernel
def _derivative(
    y: Array, mass: float, thrust: float, aim: Array, along: int, body: Array, degree: int, order: int,
    air: Array, w: Array, k: Array, s: int,
) -> None:  # fmt: skip
    """Fill k[s] with dy/dt for y = (r, v): gravity, rotation, drag, and thrust along the aim (0), the
    velocity (1), or the aim's tangent aim[3] over the horizontal part of the velocity (2)."""
    x, yy, z, vx, vy, vz = y[0], y[1], y[2], y[3], y[4], y[5]
    ax, ay, az = gravity(x, yy, z, degree, order, w)
    ax += OMEGA * OMEGA * x + 2.0 * OMEGA * vy
    ay += OMEGA * OMEGA * yy - 2.0 * OMEGA * vx
    speed = math.sqrt(vx * vx + vy * vy + vz * vz)
    h, _, _, nx, ny, nz = height_and_up(x, yy, z)
    if h < AIR_END and speed > 0.0:
        cd = drag_coefficient(speed / speed_of_sound(h), body[1], body[2])
        d = -0.5 * air_density(h, air) * speed * cd * body[0] / mass
        ax += d * vx
        ay += d * vy
        az += d * vz
    ux, uy, uz = aim[0], aim[1], aim[2]
    if along == 1 and speed > 0.0:
        ux, uy, uz = vx / speed, vy / speed, vz / speed
    elif along == 2:
        climb = nx * vx + ny * vy + nz * vz
        hx, hy, hz = vx - climb * nx, vy - climb * ny, vz - climb * nz
        level = max(math.sqrt(hx * hx + hy * hy + hz * hz), 1e-9)
        c = 1.0 / math.sqrt(1.0 + aim[3] * aim[3])
        ux = c * (hx / level + aim[3] * nx)
        uy = c * (hy / level + aim[3] * ny)
        uz = c * (hz / level + aim[3] * nz)
    a = thrust / mass
    k[s, 0], k[s, 1], k[s, 2] = vx, vy, vz
    k[s, 3], k[s, 4], k[s, 5] = ax + a * ux, ay + a * uy, az + a * uz


@kernel
def _engine(t: float, stages: Array, cutoff: float) -> tuple[float, float, float, float]:
    """Mass, thrust and mass flow at t, and the time at which this regime ends."""
    start = 0.0
    last = stages.shape[0] - 1
    for i in range(last + 1):
        flow = stages[i, 2] / stages[i, 3]
        end = start + stages[i, 1] / flow
        if t < min(end, cutoff):
            return stages[i, 0] - flow * (t - start), stages[i, 2], flow, min(end, cutoff)
        if cutoff <= end or i == last:
            return stages[i, 0] - flow * (min(end, cutoff) - start), 0.0, 0.0, 1e30
        start = end
    return 1.0, 0.0, 0.0, 1e30


@kernel
def _aim_at(t: float, stand: Array, programme: Array, aim: Array) -> None:
    """Fill aim with the programmed direction at t (0:3) and the climb's tangent (3).

    stand (9,): up, east and north at the launch; programme: azimuth, kick, end of the vertical rise and of
    the pitch-over, start, tangent and rate of the climb.
    """
    begin, end = programme[2], programme[3]
    pitch = programme[1] * min(1.0, max(0.0, (t - begin) / (end - begin)))
    s, q = math.sin(pitch), math.cos(pitch)
    ce, cn = math.sin(programme[0]), math.cos(programme[0])
    for i in range(3):
        aim[i] = q * stand[i] + s * (ce * stand[3 + i] + cn * stand[6 + i])
    aim[3] = programme[5] - programme[6] * (t - programme[4])


@kernel
def _ascend(
    stages: Array, body: Array, stand: Array, programme: Array, cutoff: float, degree: int, order: int,
    air: Array, t_out: Array, h_max: float, y: Array, work: Array, w: Array, out: Array,
) -> None:  # fmt: skip
    """Runge-Kutta of order four between the ascent's events: states (n, 6) at the times t_out (n,)."""
    trial, aim = work[4], work[5]
    t = 0.0
    for i in range(t_out.size):
        while t < t_out[i] - MOMENT:
            mass, thrust, flow, regime_end = _engine(t + MOMENT, stages, cutoff)
            end = min(t_out[i], t + h_max, regime_end)
            for event in (programme[2], programme[3], programme[4]):
                if t < event - MOMENT:
                    end = min(end, event)
            dt = end - t
            along = 0 if t < programme[3] - MOMENT else 1 if t < programme[4] - MOMENT else 2
            for s in range(4):
                c = 0.0 if s == 0 else 1.0 if s == 3 else 0.5
                _aim_at(t + c * dt, stand, programme, aim)
                for j in range(6):
                    trial[j] = y[j] + c * dt * work[max(s - 1, 0), j]
                _derivative(
                    trial, mass - flow * c * dt, thrust, aim, along, body, degree, order, air, w, work, s
                )
            for j in range(6):
                y[j] += dt / 6.0 * (work[0, j] + 2.0 * work[1, j] + 2.0 * work[2, j] + work[3, j])
            t = end
        for j in range(6):
            out[i, j] = y[j]


def ascend(
    rocket: Rocket,
    launch: tuple[float, float, float],
    azimuth: float,
    kick: float,
    cutoff: float,
    t: Array,
    step_s: float = 1.0,
    climb: Climb = NO_CLIMB,
    forces: Forces = STANDARD,
) -> Array:
    """States (n, 6) Earth-fixed m, m/s of a powered ascent at times t (n,) s after lift-off, ascending.

    m dv/dt = T u - drag + m g with dm/dt = -T/v_e; u is vertical, then tilts linearly by `kick` rad toward
    `azimuth`, then follows the Earth-relative velocity, then the climb's law; after `cutoff` s it coasts.
    launch: geodetic (lat, lon, height). Steps end on every event, so the order of the method (4) is kept.
    """
    lat, lon, _ = launch
    sl, cl, so, co = math.sin(lat), math.cos(lat), math.sin(lon), math.cos(lon)
    stand = np.array([cl * co, cl * so, sl, -so, co, 0.0, -sl * co, -sl * so, cl])
    programme = np.array(
        [azimuth, kick, rocket.vertical_s, rocket.pitch_over_end_s, climb.start_s, climb.tangent, climb.rate]
    )
    times = np.ascontiguousarray(t, dtype=np.float64)
    y = np.zeros(6)
    y[:3] = ecef(*launch)
    out = np.empty((len(times), 6))
    _ascend(
        rocket.stages, rocket.body, stand, programme, float(cutoff), forces.degree, forces.order, forces.air,
        times, float(step_s), y, np.zeros((6, 6)), np.zeros((forces.degree + 3, forces.degree + 3)), out,
    )  # fmt: skip
    return out
