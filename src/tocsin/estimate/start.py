"""A first state from radar looks alone: straight regression of their positions against time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import MU
from tocsin.estimate.looks import Looks
from tocsin.sensor.measurement import position_from_radar

Array = NDArray[np.float64]


def radar_start(looks: Looks) -> tuple[float, Array]:
    """Epoch (the looks' mean time) and state (6,) there, by weighted least squares on r0 + v0 s + g s^2 / 2.

    Gravity at the mean position bends the line; weights are one over the squared cross-range error.
    Needs two looks at different times.
    """
    r = position_from_radar(looks.z, looks.r_sensor)
    cross = looks.z[:, 0] * looks.sigma[:, 2]
    w = 1.0 / np.maximum(cross, 1.0) ** 2
    t0 = float(np.average(looks.t, weights=w))
    s = looks.t - t0
    middle = np.average(r, axis=0, weights=w)
    gravity = -MU * middle / np.linalg.norm(middle) ** 3
    flat = r - 0.5 * gravity * (s**2)[:, None]
    root = np.sqrt(w)[:, None]
    design = np.stack([np.ones_like(s), s], axis=1)
    found, *_ = np.linalg.lstsq(design * root, flat * root, rcond=None)
    return t0, np.concatenate([found[0], found[1]])
