"""Powered ascent: staged thrust, vertical rise, programmed pitch-over, gravity turn, cut-off."""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tocsin.earth.atmosphere import density, speed_of_sound
from tocsin.earth.constants import OMEGA
from tocsin.earth.ellipsoid import ecef, geodetic
from tocsin.earth.gravity import gravity_j2
from tocsin.motion.rocket import Rocket

Array = NDArray[np.float64]


@njit(cache=True)
def drag_coefficient(mach: float, cd: float, cd_peak: float) -> float:
    """Drag coefficient against Mach number: flat, a ridge at Mach 1.2, and a decay (textbook shape)."""
    if mach < 0.8:
        return cd
    if mach < 1.2:
        return cd + (cd_peak - cd) * (mach - 0.8) / 0.4
    return cd + (cd_peak - cd) * math.exp(-(mach - 1.2) / 1.5)


@njit(cache=True)
def _derivative(y, mass, thrust, ux, uy, uz, along_velocity, body, out):  # type: ignore[no-untyped-def]
    """dy/dt for y = (r, v) under gravity, rotation, drag and a thrust along u or along the velocity."""
    x, yy, z, vx, vy, vz = y[0], y[1], y[2], y[3], y[4], y[5]
    ax, ay, az = gravity_j2(x, yy, z)
    ax += OMEGA * OMEGA * x + 2.0 * OMEGA * vy
    ay += OMEGA * OMEGA * yy - 2.0 * OMEGA * vx
    speed = math.sqrt(vx * vx + vy * vy + vz * vz)
    _, _, h = geodetic(x, yy, z)
    if h < 150e3 and speed > 0.0:
        cd = drag_coefficient(speed / speed_of_sound(h), body[1], body[2])
        k = -0.5 * density(h) * speed * cd * body[0] / mass
        ax += k * vx
        ay += k * vy
        az += k * vz
    a = thrust / mass
    if along_velocity and speed > 0.0:
        ux, uy, uz = vx / speed, vy / speed, vz / speed
    out[0], out[1], out[2] = vx, vy, vz
    out[3], out[4], out[5] = ax + a * ux, ay + a * uy, az + a * uz


@njit(cache=True)
def _engine(t, stages, cutoff):  # type: ignore[no-untyped-def]
    """Mass, thrust and mass flow at t, and the time at which this regime ends."""
    start = 0.0
    last = stages.shape[0] - 1
    for k in range(last + 1):
        flow = stages[k, 2] / stages[k, 3]
        end = start + stages[k, 1] / flow
        if t < min(end, cutoff):
            return stages[k, 0] - flow * (t - start), stages[k, 2], flow, min(end, cutoff)
        if cutoff <= end or k == last:
            return stages[k, 0] - flow * (min(end, cutoff) - start), 0.0, 0.0, 1e30
        start = end
    return 1.0, 0.0, 0.0, 1e30


@njit(cache=True)
def _ascend(stages, body, t_vertical, t_pitch, lat, lon, h0, azimuth, kick, cutoff, t_out, h_max):  # type: ignore[no-untyped-def]
    """Runge-Kutta of order four between the ascent's events, states (n, 6) at the times t_out (n,)."""
    out = np.empty((t_out.size, 6))
    y, trial = np.zeros(6), np.empty(6)
    k1, k2, k3, k4 = np.empty(6), np.empty(6), np.empty(6), np.empty(6)
    y[0], y[1], y[2] = ecef(lat, lon, h0)
    up = (math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat))
    ce, cn = math.sin(azimuth), math.cos(azimuth)
    east = (-math.sin(lon), math.cos(lon), 0.0)
    north = (-math.sin(lat) * math.cos(lon), -math.sin(lat) * math.sin(lon), math.cos(lat))
    t = 0.0
    for i in range(t_out.size):
        if t_out[i] <= 0.0:
            out[i] = y
            continue
        while t < t_out[i] - 1e-9:
            mass, thrust, flow, regime_end = _engine(t + 1e-9, stages, cutoff)
            end = min(min(t_out[i], t + h_max), regime_end)
            if t < t_vertical:
                end = min(end, t_vertical)
            elif t < t_pitch:
                end = min(end, t_pitch)
            dt = end - t
            turn = t >= t_pitch - 1e-9
            for stage in range(4):
                c = 0.0 if stage == 0 else (1.0 if stage == 3 else 0.5)
                pitch = 0.0
                if t + c * dt > t_vertical:
                    pitch = kick * min(1.0, (t + c * dt - t_vertical) / (t_pitch - t_vertical))
                s, q = math.sin(pitch), math.cos(pitch)
                ux = q * up[0] + s * (ce * east[0] + cn * north[0])
                uy = q * up[1] + s * (ce * east[1] + cn * north[1])
                uz = q * up[2] + s * (ce * east[2] + cn * north[2])
                m = mass - flow * c * dt
                if stage == 0:
                    _derivative(y, m, thrust, ux, uy, uz, turn, body, k1)
                    trial[:] = y + 0.5 * dt * k1
                elif stage == 1:
                    _derivative(trial, m, thrust, ux, uy, uz, turn, body, k2)
                    trial[:] = y + 0.5 * dt * k2
                elif stage == 2:
                    _derivative(trial, m, thrust, ux, uy, uz, turn, body, k3)
                    trial[:] = y + dt * k3
                else:
                    _derivative(trial, m, thrust, ux, uy, uz, turn, body, k4)
            y += dt / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4)
            t = end
        out[i] = y
    return out


def ascend(
    rocket: Rocket,
    launch: tuple[float, float, float],
    azimuth: float,
    kick: float,
    cutoff: float,
    t: Array,
    step_s: float = 1.0,
) -> Array:
    """States (n, 6) Earth-fixed m, m/s of a powered ascent at times t (n,) s after lift-off, ascending.

    m dv/dt = T u - drag + m g with dm/dt = -T/v_e; u is vertical, then tilts linearly by `kick` rad toward
    `azimuth`, then follows the Earth-relative velocity; after `cutoff` s the body coasts.
    launch: geodetic (lat, lon, height). Steps end on every event, so the order of the method (4) is kept.
    """
    return np.asarray(
        _ascend(
            rocket.stages,
            rocket.body,
            rocket.vertical_s,
            rocket.pitch_over_end_s,
            launch[0],
            launch[1],
            launch[2],
            azimuth,
            kick,
            cutoff,
            np.ascontiguousarray(t, dtype=np.float64),
            step_s,
        )
    )
