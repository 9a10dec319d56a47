"""How long a step may be: by its error, by the edges of the air's layers, and by the ground."""

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.air import air_density, edge, layers
from tocsin.earth.constants import MU, OMEGA, R_EQ
from tocsin.earth.ellipsoid import height_and_up
from tocsin.earth.kernel import kernel

RTOL = 1e-12  # a coast of half an hour is then 0.2 mm off
MAX_STEPS = 50_000
FIRST_STEP = 100.0  # s
FIRST_DROP = 100e3  # m
SHORTEST = 1e-6  # s, below which a step has failed
ROOM = 30.0  # m, how near to an edge of a layer counts as on it
TOP_ROOM = 20e3  # m, the same at the top of the air, where there is next to none
AIR_TOP = 2000e3  # m, above which drag is less than 1e-12 m/s2 even at 1 kg/m2
UNFELT = 2e-7  # m/s2, drag that moves an intercontinental impact by a centimetre
V_FAST = 8e3  # m/s, for that drag
FASTER_FALL = 1.1  # how much a fall's acceleration may grow on the way down
FALL_BELOW = 400e3  # m, the upper bound of a layer that is passed by height


@kernel
def next_step(d: float, size: float, error: float) -> float:
    """The step to try after one of d > 0 with that error: 0.9 d error^(-1/8), within a fifth and six times.

    A step that was cut below `size` and is good does not lower it.
    """
    if not error < math.inf:
        return 0.2 * d
    growth = 0.9 / math.sqrt(math.sqrt(math.sqrt(max(error, 1e-9))))
    grown = d * min(6.0, max(0.2, growth))
    return max(grown, size) if error <= 1.0 and d < size else grown


@kernel
def height_and_rate(y: NDArray[np.float64]) -> tuple[float, float]:
    """Geodetic height (m) and its rate (m/s)."""
    h, _, _, nx, ny, nz = height_and_up(y[0], y[1], y[2])
    return h, nx * y[3] + ny * y[4] + nz * y[5]


@kernel
def air_felt_below(inv_beta: float, air: NDArray[np.float64]) -> float:
    """A height (m) above which drag at orbital speed stays below `UNFELT`, to the next 20 km."""
    least = 2.0 * UNFELT / (V_FAST * V_FAST * inv_beta)
    h = 80e3
    while h < AIR_TOP and air_density(h, air) > least:
        h += TOP_ROOM
    return h


@kernel
def layer_entered(h: float, rate: float, air: NDArray[np.float64], top: float) -> int:
    """The layer of the air that a body is in or, at an edge, moves into; above `top` one more than all."""
    n = layers(air)
    if h >= (top - ROOM if rate >= 0.0 else top + TOP_ROOM):
        return n
    probe = h + ROOM if rate >= 0.0 else h - ROOM
    i = n - 1
    while i > 0 and probe < edge(i, air):
        i -= 1
    return i


@kernel
def bounds(layer: int, air: NDArray[np.float64], top: float) -> tuple[float, float]:
    """The heights (m) between which a layer's law holds; the ground and the space above bound the ends."""
    n = layers(air)
    if layer >= n:
        return top, math.inf
    return edge(layer, air) if layer > 0 else -math.inf, edge(layer + 1, air) if layer < n - 1 else top


@kernel
def time_to(drop: float, rate: float, acceleration: float) -> float:
    """The time (s) to come down by drop >= 0 (m) at a rate of climb and its change; infinite if never."""
    square = rate * rate - 2.0 * acceleration * drop
    if square <= 0.0:
        return math.inf
    below = math.sqrt(square) - rate
    return 2.0 * drop / below if below > 0.0 else math.inf


@kernel
def step_cap(y: NDArray[np.float64], k: NDArray[np.float64], sign: float, low: float, high: float) -> float:
    """The longest step (s) that does not pass the bounds of its layer, or the ground, by more than a little.

    h'' = a . n + |v_horizontal|^2 / r, taken as constant in the air and as growing on a fall from high above.
    k[0] is the state's derivative, `sign` that of the time.
    """
    h, _, _, nx, ny, nz = height_and_up(y[0], y[1], y[2])
    rate = nx * y[3] + ny * y[4] + nz * y[5]
    level2 = y[3] * y[3] + y[4] * y[4] + y[5] * y[5] - rate * rate
    bend = nx * k[0, 3] + ny * k[0, 4] + nz * k[0, 5] + level2 / (R_EQ + h)
    rate *= sign
    floor = max(low, -ROOM)
    if high > FALL_BELOW and bend < 0.0:
        bend *= FASTER_FALL
    cap = time_to(h - floor, rate, bend) if h > floor else math.inf
    if high < math.inf and h < high:
        cap = min(cap, time_to(high - h, -rate, -bend))
    return max(cap, 2.0 * SHORTEST)


@kernel
def part_within(h: float, h_end: float, low: float, high: float) -> float:
    """The part of a step from h to h_end that lies within its layer, 1 where it all does, by proportion.

    A body that comes into the air from less than TOP_ROOM above it is in its top layer already.
    """
    if h_end < low - (TOP_ROOM if high == math.inf else ROOM):
        bound = low
    elif h_end > high + ROOM and h_end > h:
        bound = high
    else:
        return 1.0
    return min(0.95, max(0.05, (bound - h) / (h_end - h)))


@kernel
def falls_for_good(y: NDArray[np.float64], rate: float) -> bool:
    """Whether a body comes down steeply enough, and slowly enough for its place, never to rise again."""
    r2 = y[0] * y[0] + y[1] * y[1] + y[2] * y[2]
    r = math.sqrt(r2)
    v2 = y[3] * y[3] + y[4] * y[4] + y[5] * y[5]
    level = math.sqrt(max(0.0, v2 - rate * rate)) + OMEGA * r
    return rate < -20.0 and level * level < 0.98 * MU / r
