"""Bodies for a sensor to look at: bright and large, at rest all round the Earth."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import R_EQ
from tocsin.motion.path import Path

Array = NDArray[np.float64]

COUNT = 1000
HEIGHT_M = 300e3
INTENSITY_W_SR = 1e8
RCS_M2 = 1e3
_DEEP_M = 200e3
_BEFORE_S, _AFTER_S = 100.0, 100.0


def places() -> Array:
    """Points (COUNT, 3) m spread evenly over a sphere, each by a golden turn from the one before."""
    k = np.arange(COUNT) + 0.5
    z = 1.0 - 2.0 * k / COUNT
    turn = math.pi * (1.0 + math.sqrt(5.0)) * k
    level = np.sqrt(1.0 - z * z)
    return (R_EQ + HEIGHT_M) * np.stack([level * np.cos(turn), level * np.sin(turn), z], axis=-1)


def hidden(r: Array, r_sensor: Array) -> NDArray[np.bool_]:
    """Whether points (n, 3) are behind the Earth of a sensor at (3,): the line passes 200 km under its face.

    For a sensor on the ground, whether they lie so far below its horizon.
    """
    d = r - r_sensor
    far = np.linalg.norm(d, axis=-1)
    along = np.clip(-(d @ r_sensor) / far, 0.0, far)
    nearest = np.linalg.norm(r_sensor + (along / far)[:, None] * d, axis=-1)
    return np.asarray(nearest < R_EQ - _DEEP_M)


def at_rest(r: Array, t0: float, t1: float) -> tuple[Path, ...]:
    """A path for each point (n, 3), from before t0 to after t1, TAI s."""
    return tuple(
        Path(
            f"body {i}",
            np.array([t0 - _BEFORE_S, t1 + _AFTER_S]),
            np.stack([here, here]),
            np.zeros((2, 3)),
            np.full(2, INTENSITY_W_SR),
            RCS_M2,
        )
        for i, here in enumerate(r)
    )


def written(paths: tuple[Path, ...]) -> bytes:
    """The paths' arrays as they are now, to the last bit."""
    return b"".join(a.tobytes() for p in paths for a in (p.t, p.r_ecef, p.v_ecef, p.power))
