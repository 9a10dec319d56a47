"""What becomes of a body, by its state alone: whether it stays up, and whether it is a state at all."""

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import MU, OMEGA, R_EQ
from tocsin.earth.kernel import kernel
from tocsin.motion.equations import STATE

Array = NDArray[np.float64]

PERIGEE_CLEAR = 100e3  # m, a perigee that the air no longer stops at once


@kernel
def clears(y: Array) -> tuple[bool, bool]:
    """Whether the osculating two-body orbit clears the Earth, and whether it escapes for good."""
    x, yy, z = y[0], y[1], y[2]
    vx = y[3] - OMEGA * yy
    vy = y[4] + OMEGA * x
    vz = y[5]
    r = math.sqrt(x * x + yy * yy + z * z)
    energy = 0.5 * (vx * vx + vy * vy + vz * vz) - MU / r
    hx, hy, hz = yy * vz - z * vy, z * vx - x * vz, x * vy - yy * vx
    h2 = hx * hx + hy * hy + hz * hz
    e = math.sqrt(max(0.0, 1.0 + 2.0 * energy * h2 / (MU * MU)))
    escapes = energy >= 0.0 and x * vx + yy * vy + z * vz > 0.0
    return escapes or h2 / (MU * (1.0 + e)) > R_EQ + PERIGEE_CLEAR, escapes


@kernel
def finite(y: Array) -> bool:
    """Whether the six numbers of a state are finite."""
    zero = 0.0
    for i in range(STATE):
        zero += 0.0 * y[i]
    return zero == 0.0
