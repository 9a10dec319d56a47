"""How what several telescopes see climbs or falls, whatever it is."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import R_EQ
from tocsin.earth.ellipsoid import height_and_up
from tocsin.estimate.looks import Looks
from tocsin.sensor.measurement import line_of_sight

Array = NDArray[np.float64]

LAST_S = 30.0  # of the looks of each telescope
LEAST_LOOKS = 4
LEAST_ANGLE = math.radians(10.0)  # between two lines of sight: nearer ones tell no place
MOST_CHI2 = 4.0  # a freedom: fixed errors of the telescopes are in it too


class Climb(NamedTuple):
    """Height m and rate of climb m/s at t (TAI s), with the rate's 1-sigma error."""

    t: float
    height_m: float
    v_up: float
    sigma: float


def climb_of(looks: Looks) -> Climb | None:
    """The climb that infrared looks of two telescopes and more have together; None where they tell none.

    r(t) = r0 + v (t - t0) + a (t - t0)^2 / 2 by least squares of the angles over the newest half-minute, t0
    its middle: p.(r(t_k) - s_k) = 0 for both axes p across each line of sight from s_k, to sigma times the
    distance. Fixed errors of a telescope move r0 and hardly v. No climb is told of looks that one path does
    not explain, chi2 over MOST_CHI2 a freedom: two bodies, one in each telescope.
    """
    looks = _newest(looks)
    if len(np.unique(looks.channel)) < 2:
        return None
    eye = looks.r_sensor
    line = line_of_sight(looks.z[:, :2], eye)
    if not np.any(line @ line.T < math.cos(LEAST_ANGLE)):
        return None
    t0 = 0.5 * float(looks.t.min() + looks.t.max())
    t = looks.t - t0
    p = np.cross(line, np.eye(3)[np.argmin(np.abs(line), axis=1)])
    p /= np.linalg.norm(p, axis=1, keepdims=True)
    axes = np.concatenate([p, np.cross(line, p)])
    # In km and tens of seconds, so that no column drowns another.
    scale = np.repeat([1e3, 1e2, 1e1], 3)
    powers = np.tile(np.stack([np.ones_like(t), t, 0.5 * t * t], axis=1), (2, 1))
    columns = (powers[:, :, None] * axes[:, None]).reshape(len(axes), 9) * scale
    seen = np.einsum("ni,ni->n", axes, np.tile(eye, (2, 1)))
    away = np.linalg.norm(eye, axis=1) - R_EQ
    for _ in range(2):  # the second time with the distances of the first
        weight = np.tile(1.0 / (looks.sigma[:, :2].max(axis=1) * away), 2)
        A, y = weight[:, None] * columns, weight * seen
        spread = np.linalg.pinv(A.T @ A)
        x = spread @ A.T @ y
        away = np.linalg.norm(eye - scale[:3] * x[:3], axis=1)
    if float(np.sum((A @ x - y) ** 2)) > MOST_CHI2 * (len(y) - 9):
        return None
    height, _, _, *normal = height_and_up(*(scale * x)[:3])
    up = np.array(normal)
    sigma = 1e2 * math.sqrt(max(float(up @ spread[3:6, 3:6] @ up), 0.0))
    return Climb(t0, height, float(up @ (scale * x)[3:6]), sigma)


def _newest(looks: Looks) -> Looks:
    """The last half-minute, of the telescopes that looked often enough in it."""
    looks = looks.where(looks.t > looks.t.max(initial=-math.inf) - LAST_S)
    often = [
        c for c in np.unique(looks.channel) if len(np.unique(looks.t[looks.channel == c])) >= LEAST_LOOKS
    ]
    return looks.where(np.isin(looks.channel, often))
