"""A radar's view of powered flight, and whether two views of it are one motion."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.ballistic import Gaussian
from tocsin.estimate.looks import Channel, Looks
from tocsin.estimate.start import radar_start

Array = NDArray[np.float64]
RECENT_S = 30.0
# Thrust bends the line between looks by up to this (assumed), so it is part of the error.
ACCELERATION = 30.0
LEAST_THRUST = 10.0
# Chi-square with six degrees exceeds these once in ten thousand, and once in a hundred.
LIMIT, STRICT_LIMIT = 27.9, 16.8


def powered_state(looks: Looks, channels: tuple[Channel, ...]) -> Gaussian | None:
    """Position and velocity from radar looks of half a minute, no arc assumed; None from fewer than three.

    Straight regression; its error is the looks' cross-range error and bias, and half the unmodelled
    acceleration times the square of the window's half.
    """
    times = np.unique(looks.t)
    if len(times) < 3:
        return None
    t0, x = radar_start(looks)
    half = float(times[-1] - times[0]) / 2
    angle = np.array([channels[c].bias_sigma[2] for c in looks.channel])
    cross = looks.z[:, 0] * np.hypot(looks.sigma[:, 2], angle)
    noise = float(np.median(looks.z[:, 0] * looks.sigma[:, 2])) / np.sqrt(len(looks))
    place = float(np.hypot(np.min(cross), ACCELERATION * half**2 / 2))
    speed = float(np.hypot(2.0 * noise / half, ACCELERATION * half))
    return Gaussian(t0, x, np.diag(np.repeat([place**2, speed**2], 3)))


def would_show_thrust(looks: Looks) -> bool:
    """Whether looks last long enough for a thrust of 10 m/s2 to stand out of their noise at four sigma.

    a T^2 / 8 >= 4 sigma / sqrt(n / 3): the sagitta that thrust bends into the path, against the cross-range
    noise of the three groups of looks that show it. Until then free flight is not claimed.
    """
    span = float(looks.t.max() - looks.t.min())
    noise = float(np.median(looks.z[:, 0] * looks.sigma[:, 2])) * np.sqrt(3.0 / len(looks))
    return bool(LEAST_THRUST * span**2 / 8.0 >= 4.0 * noise)


def one_motion(a: Gaussian, b: Gaussian, limit: float = LIMIT) -> bool:
    """Whether two states of a powered body, at most 20 s apart, differ by no more than their errors.

    d = x_a + v_a dt - x_b against P_a + P_b, widened by the unmodelled acceleration over dt.
    """
    dt = b.t - a.t
    if abs(dt) > 20.0:
        return False
    move = np.eye(6)
    move[:3, 3:] = dt * np.eye(3)
    slack = np.repeat([(ACCELERATION * dt**2 / 2) ** 2, (ACCELERATION * dt) ** 2], 3)
    d = move @ a.x - b.x
    S = move @ a.P @ move.T + b.P + np.diag(slack)
    return float(d @ np.linalg.solve(S, d)) < limit
