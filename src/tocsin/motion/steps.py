"""How long a step may be: as its error allows, not past the onset of drag, in one layer of the air."""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tocsin.earth.atmosphere import LAYER_Z, TOP_LAYER
from tocsin.earth.ellipsoid import height_and_up

ENTRY_HEIGHT = 100e3  # m, where drag begins to matter
ENTRY_STEP = 4.0  # s, the cap on a step below it
G_SURFACE = 9.9  # m/s2, above any fall's acceleration
EDGE = 0.05  # m, a distance to the edge of a layer that counts as on it
RTOL = 1e-12  # a coast of half an hour is then 0.2 mm off
MAX_STEPS = 50_000
FIRST_STEP = 20.0  # s
SHORTEST = 1e-6  # s, below which a step has failed


@njit(cache=True, error_model="numpy")
def next_step(dt: float, size: float, error: float) -> float:
    """The step to try after one of dt > 0 with that error: 0.9 dt error^(-1/8), within a fifth and six times.

    A step that was cut below `size` and is good does not lower it.
    """
    if not error < math.inf:
        return 0.2 * dt
    growth: float = 0.9 * max(error, 1e-9) ** -0.125
    grown = dt * min(6.0, max(0.2, growth))
    return max(grown, size) if error <= 1.0 and dt < size else grown


@njit(cache=True, error_model="numpy")
def height_and_rate(y: NDArray[np.float64]) -> tuple[float, float]:
    """Geodetic height (m) and its rate (m/s)."""
    h, _, _, nx, ny, nz = height_and_up(y[0], y[1], y[2])
    return h, nx * y[3] + ny * y[4] + nz * y[5]


@njit(cache=True, error_model="numpy")
def layer_entered(h: float, rate: float) -> int:
    """The layer of the air that a body is in or, at an edge, is moving into."""
    probe = h + EDGE if rate >= 0.0 else h - EDGE
    i = TOP_LAYER
    while i > 0 and probe < LAYER_Z[i]:
        i -= 1
    return i


@njit(cache=True, error_model="numpy")
def step_cap(h: float, rate: float, inv_beta: float, layer: int) -> float:
    """The longest step (s) that does not pass unseen into air (in vacuum: ground) or another layer.

    Above: free fall at the surface's acceleration, which no coast exceeds, from h to the floor. In the air:
    the time to the edge ahead at the present rate.
    """
    drop = h - (ENTRY_HEIGHT if inv_beta > 0.0 else 0.0)
    if drop > 0.0:
        return max(ENTRY_STEP, (rate + math.sqrt(rate * rate + 2.0 * G_SURFACE * drop)) / G_SURFACE)
    cap = ENTRY_STEP
    if inv_beta > 0.0:
        if rate < 0.0 and layer > 0:
            cap = min(cap, (LAYER_Z[layer] - h) / rate)
        elif rate > 0.0 and layer < TOP_LAYER:
            cap = min(cap, (LAYER_Z[layer + 1] - h) / rate)
    return max(cap, 2.0 * SHORTEST)


@njit(cache=True, error_model="numpy")
def part_in_layer(h: float, h_end: float, layer: int) -> float:
    """The part of a step from h to h_end that lies in the layer, 1 where it all does, by proportion."""
    if layer > 0 and h_end < LAYER_Z[layer] - EDGE:
        edge: float = LAYER_Z[layer]
    elif layer < TOP_LAYER and h_end > LAYER_Z[layer + 1] + EDGE:
        edge = LAYER_Z[layer + 1]
    else:
        return 1.0
    return min(0.95, max(0.05, (edge - h) / (h_end - h)))
