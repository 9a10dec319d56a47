"""The predicted trajectory with its uncertainty, and speed, height and apogee along it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from tocsin.assess.assessment import Sample
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.estimate.body import Body
from tocsin.estimate.falls import Falls
from tocsin.motion.ballistic import propagate_stm

Array = NDArray[np.float64]
SAMPLES = 25


def trajectory(body: Body, t_impact: float) -> tuple[Sample, ...]:
    """Ephemeris from a body's state to its impact in 25 samples, each with sigma = sqrt(tr P_r / 3)."""
    t = np.linspace(body.t, t_impact, SAMPLES)
    x, phi = propagate_stm(body.t, body.x, body.inv_beta, t)
    P = phi[:, :3] @ body.P @ np.swapaxes(phi[:, :3], 1, 2)
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


def trajectories(falls: Falls, bodies: Sequence[Body]) -> list[tuple[Sample, ...]]:
    """The ephemerides of a picture's bodies as `predict_falls` had them; empty where no region is known.

    A body of which only some points land, and not the middle one, is flown as it is, to the mean time.
    """
    scale = np.array([1.0, *np.degrees([1.0, 1.0]), 1e-3, 1.0, 1e-3])
    samples = map(Sample, *(v.tolist() for v in (falls.ephemeris.reshape(-1, 6) * scale).T))
    flown = [tuple(islice(samples, falls.ephemeris.shape[1])) for _ in bodies]
    known, whole = falls.known.tolist(), np.isfinite(falls.ephemeris[:, 0, 0]).tolist()
    return [
        (flown[i] if whole[i] else trajectory(body, float(falls.t[i]))) if known[i] else ()
        for i, body in enumerate(bodies)
    ]


def speeds_and_heights(x: Array) -> list[tuple[float | None, float | None]]:
    """Earth-relative speed m/s and height km of states (n, 6); None below the ground or where NaN."""
    speed = np.linalg.norm(x[:, 3:], axis=1).tolist()
    height = (geodetic_from_ecef(x[:, :3])[2] / 1e3).tolist()
    return [(s, h) if h >= 0.0 else (None, None) for s, h in zip(speed, height, strict=True)]


def apogee_sigma(body: Body, t_apogee: float) -> float | None:
    """1-sigma km of the apogee's height: n^T Phi P Phi^T n, for at the top a shift in time costs nothing."""
    x, phi = propagate_stm(body.t, body.x, body.inv_beta, np.array([t_apogee]))
    up = x[0, :3] / np.linalg.norm(x[0, :3])
    row = up @ phi[0, :3]
    variance = float(row @ body.P @ row)
    # An apogee before burnout lies on no arc of this state: nothing is known of its error.
    return math.sqrt(max(variance, 0.0)) / 1e3 if math.isfinite(variance) else None


def speed_and_height(body: Body | None, now: float, ballistic: bool) -> tuple[float | None, float | None]:
    """Earth-relative speed m/s and height km now; while it burns, at the last look."""
    if body is None:
        return None, None
    x = body.x
    if ballistic:
        x = propagate_stm(body.t, x, body.inv_beta, np.array([now]))[0][0]
    height = float(geodetic_from_ecef(x[:3])[2])
    if height < 0.0:
        return None, None
    return float(np.linalg.norm(x[3:])), height / 1e3
