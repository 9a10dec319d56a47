"""A template's ascents at every heading and kick, flown once for each belt of latitude."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.atmosphere import US_1976
from tocsin.earth.ellipsoid import ecef_from_geodetic, height_and_up
from tocsin.earth.frames import enu_from_ecef
from tocsin.earth.kernel import kernel
from tocsin.estimate.boost.ascent import fly
from tocsin.estimate.boost.engine import AZIMUTH, KICK, THRUST
from tocsin.estimate.boost.run import ROWS
from tocsin.estimate.boost.sighting import CLOUD_TOP_M
from tocsin.motion.rocket import Rocket

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

KICKS = np.array([0.02, 0.05, 0.1, 0.18, 0.3, 0.5, 0.8, 1.2])
HEADINGS = 24
NEVER = 1e9  # s, a cut-off after all looks
# Half a belt changes gravity and rotation by 400 m in 200 s: nothing to a search's beginning.
BELT = math.radians(5.0)
LENGTH_S = 240.0
KEPT = 96


@final
@dataclass(frozen=True, slots=True, eq=False)
class Fan:
    """Ascents of k kicks and h headings from a belt's middle on the meridian of Greenwich.

    times (k, h, n) s after launch and rows (k, h, n, 6), of which count (k, h) are filled; passed (k, h):
    when it is at the cloud tops, -1 if never; r0 (3,) the launch place, axes (3, 3) its east, north and up.
    """

    times: Array
    rows: Array
    count: Ints
    passed: Array
    r0: Array
    axes: Array


def nominal(rocket: Rocket, place: tuple[float, float], azimuth: float, kick: float) -> Array:
    """Parameters of an unbent engine that does not stop."""
    theta = np.ones(THRUST + len(rocket.stages))
    theta[:6] = place[0], place[1], 0.0, azimuth, math.log(kick), NEVER
    return theta


def fan(rocket: Rocket, lat: float, until: float) -> Fan:
    """The ascents from near a latitude (rad), flown to `until` s after launch at least."""
    longest = LENGTH_S * math.ceil(until / LENGTH_S)
    return _fan(rocket.stages.tobytes(), rocket.body.tobytes(), rocket.vertical_s, rocket.pitch_over_end_s,
                round(lat / BELT), longest)  # fmt: skip


@lru_cache(maxsize=KEPT)
def _fan(stages: bytes, body: bytes, vertical_s: float, end_s: float, belt: int, until: float) -> Fan:
    rocket = Rocket(
        np.frombuffer(stages).reshape(-1, 4).copy(), np.frombuffer(body).copy(), vertical_s, end_s
    )
    place = belt * BELT, 0.0
    theta = nominal(rocket, place, 0.0, 0.1)
    shape = len(KICKS), HEADINGS
    times, rows = np.full((*shape, ROWS), np.inf), np.zeros((*shape, ROWS, 6))
    count, passed = np.zeros(shape, np.int64), np.zeros(shape)
    _flown(
        theta, KICKS, rocket.stages, rocket.body, vertical_s, end_s, US_1976, until, np.zeros((6, 6)),
        np.empty(9), np.zeros((16, len(theta))), times, rows, count, passed,
    )  # fmt: skip
    most = int(count.max())
    axes = enu_from_ecef(*place)
    r0 = ecef_from_geodetic(*place, 0.0)
    return Fan(times[:, :, :most].copy(), rows[:, :, :most].copy(), count, passed, r0, axes)


@kernel
def _flown(
    theta: Array, kicks: Array, stages: Array, body: Array, begin: float, end: float, air: Array,
    until: float, work: Array, stand: Array, small: Array, times: Array, rows: Array, count: Ints,
    passed: Array,
) -> None:  # fmt: skip
    """Fill times, rows, count and passed with the ascent of each kick and heading."""
    gm, by, du = small[:8, :3], small[8], small[9:12]
    for a in range(kicks.size):
        theta[KICK] = math.log(kicks[a])
        for b in range(count.shape[1]):
            theta[AZIMUTH] = 2.0 * math.pi * b / count.shape[1]
            count[a, b] = fly(
                theta, 0, stages, body, begin, end, air, until, times[a, b], rows[a, b], work, stand, gm, by,
                du,
            )  # fmt: skip
            passed[a, b] = passes(times[a, b], rows[a, b], count[a, b], CLOUD_TOP_M)


@kernel
def passes(times: Array, rows: Array, count: int, height: float) -> float:
    """When an ascent first passes a height, s after launch; -1 if it does not."""
    below = 0.0
    for i in range(1, count):
        above = height_and_up(rows[i, 0], rows[i, 1], rows[i, 2])[0]
        if above >= height:
            part: float = (height - below) / (above - below)
            return float(times[i - 1]) + part * float(times[i] - times[i - 1])
        below = above
    return -1.0
