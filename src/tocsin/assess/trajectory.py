"""The predicted trajectory with its uncertainty, and speed, height and apogee along it."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.assess.assessment import Sample
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.estimate.ballistic import Gaussian
from tocsin.motion.ballistic import propagate_stm

Array = NDArray[np.float64]
SAMPLES = 25


def trajectory(state: Gaussian, t_impact: float, inv_beta: float) -> tuple[Sample, ...]:
    """Ephemeris from the state to the impact in 25 samples, each with sigma = sqrt(tr P_r / 3)."""
    t = np.linspace(state.t, t_impact, SAMPLES)
    x, phi = propagate_stm(state.t, state.x, inv_beta, t)
    P = phi[:, :3, :6] @ state.P @ np.swapaxes(phi[:, :3, :6], 1, 2)
    lat, lon, h = geodetic_from_ecef(x[:, :3])
    sigma = np.sqrt(np.trace(P, axis1=1, axis2=2) / 3.0)
    speed = np.linalg.norm(x[:, 3:], axis=1)
    return tuple(
        Sample(
            float(t[k]),
            math.degrees(lat[k]),
            math.degrees(lon[k]),
            float(h[k]) / 1e3,
            float(speed[k]),
            float(sigma[k]) / 1e3,
        )
        for k in range(SAMPLES)
    )


def apogee_sigma(state: Gaussian, t_apogee: float, inv_beta: float) -> float | None:
    """1-sigma km of the apogee's height: n^T Phi P Phi^T n, for at the top a shift in time costs nothing."""
    x, phi = propagate_stm(state.t, state.x, inv_beta, np.array([t_apogee]))
    up = x[0, :3] / np.linalg.norm(x[0, :3])
    row = up @ phi[0, :3, :6]
    variance = float(row @ state.P @ row)
    # An apogee before burnout lies on no arc of this state: nothing is known of its error.
    return math.sqrt(max(variance, 0.0)) / 1e3 if math.isfinite(variance) else None


def speed_and_height(
    state: Gaussian | None, now: float, inv_beta: float, ballistic: bool
) -> tuple[float | None, float | None]:
    """Earth-relative speed m/s and height km now; while it burns, at the last look."""
    if state is None:
        return None, None
    x = state.x
    if ballistic:
        x = propagate_stm(state.t, state.x, inv_beta, np.array([now]))[0][0]
    height = float(geodetic_from_ecef(x[:3])[2])
    if height < 0.0:
        return None, None
    return float(np.linalg.norm(x[3:])), height / 1e3
