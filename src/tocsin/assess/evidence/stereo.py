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
    distance. Fixed errors of a telescope move r0 and hardly v.
    """
    looks = looks.where(looks.t > looks.t.max(initial=-math.inf) - LAST_S)
    channels, count = np.unique(looks.channel, return_counts=True)
    looks = looks.where(np.isin(looks.channel, channels[count >= LEAST_LOOKS]))
    if len(np.unique(looks.channel)) < 2:
        return None
    line = line_of_sight(looks.z[:, :2], looks.r_sensor)
    if not np.any(line @ line.T < math.cos(LEAST_ANGLE)):
        return None
    t0 = 0.5 * float(looks.t.min() + looks.t.max())
    t = looks.t - t0
    p = np.cross(line, looks.r_sensor)
    p /= np.linalg.norm(p, axis=1, keepdims=True)
    axes = np.concatenate([p, np.cross(line, p)])
    away = np.linalg.norm(looks.r_sensor, axis=1) - R_EQ
    weight = np.tile(1.0 / (looks.sigma[:, :2].max(axis=1) * away), 2)
    powers = np.tile(np.stack([np.ones_like(t), t, 0.5 * t * t], axis=1), (2, 1))
    A = weight[:, None] * (powers[:, :, None] * axes[:, None]).reshape(len(axes), 9)
    y = weight * np.einsum("ni,ni->n", axes, np.tile(looks.r_sensor, (2, 1)))
    # In km and tens of seconds, so that no column drowns another.
    scale = np.repeat([1e3, 1e2, 1e1], 3)
    spread = np.linalg.pinv((A * scale).T @ (A * scale))
    x = scale * (spread @ (A * scale).T @ y)
    height, _, _, *normal = height_and_up(*x[:3])
    up = np.array(normal)
    sigma = 1e2 * math.sqrt(max(float(up @ spread[3:6, 3:6] @ up), 0.0))
    return Climb(t0, height, float(up @ x[3:6]), sigma)
