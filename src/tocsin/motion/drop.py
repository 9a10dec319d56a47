"""The fall through one layer of the air, by height: its lower edge and the ground are met exactly."""

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.kernel import kernel
from tocsin.motion.dop853 import LAST, copy, step, step_error
from tocsin.motion.equations import rhs
from tocsin.motion.steps import MAX_STEPS, next_step

Array = NDArray[np.float64]

SHORTEST_DROP = 1e-2  # m, below which a step by height has failed
MOST, MOST_PART = 12.5e3, 0.3  # the most that a step tries (m, or part of the height): more has been refused


@kernel
def drop(
    n: int,
    y: Array,
    h: float,
    floor: float,
    inv_beta: float,
    layer: int,
    degree: int,
    order: int,
    air: Array,
    rtol: float,
    size: float,
    w: Array,
    g: Array,
    k: Array,
    z: Array,
) -> tuple[float, float]:
    """Carry y (n,), with the time in y[n], from height h down to floor; the height reached, the next step.

    The height is above the floor only where the fall came to a stand, which calls for steps in time.
    size is the step (m) to try first.
    """
    climb = rhs(n, y, inv_beta, layer, degree, order, air, w, g, k[0])
    for i in range(n):
        k[0, i] /= climb
    k[0, n] = 1.0 / climb
    for _ in range(MAX_STEPS):
        left = h - floor
        d = left / math.ceil(left / min(size, max(MOST, MOST_PART * h)))
        last = d == left
        step(n, n + 1, y, -d, inv_beta, layer, degree, order, air, w, g, k, z)
        error = step_error(n, n + 1, y, d, k, rtol)
        size = next_step(d, size, error)
        if not error <= 1.0:
            if not size > SHORTEST_DROP:
                return h, size
            continue
        copy(n + 1, z, y)
        if last:
            return floor, size
        h -= d
        copy(n + 1, k[LAST], k[0])
    return h, size
