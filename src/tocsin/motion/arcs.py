"""Many bodies' arcs at once, each from its own time: down to the ground and back to where it rose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.earth.air import below
from tocsin.earth.atmosphere import US_1976
from tocsin.motion.back import back_all
from tocsin.motion.equations import STATE, STATE_AND_PHI
from tocsin.motion.fall import fall_all
from tocsin.motion.forces import STANDARD, ZONAL
from tocsin.motion.impact import T_MAX
from tocsin.motion.sweep import COLUMNS, SAMPLES, sweep_all

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

# Above 150 km drag moves an impact by 0.2 m at 1,500 kg/m2, 0.8 m at 300 and 2.5 m at 100; that of a flat arc
# which stays below 200 km for a quarter of an hour by 5 m at 9,000 and 29 m at 1,500.
THIN_AIR = below(US_1976, 149e3)
RTOL_ARC = 3e-8  # 1 m at the impact, 20 m between long steps
RTOL_POINT = 1e-6  # a metre or two


@final
@dataclass(frozen=True, slots=True)
class Arcs:
    """What became of n bodies: status (n,) as a place in `STATUS`, and of those that came down, else NaN:

    t (n,) s after each start, x (n, 6) and phi (n, 6, 7) at impact; apogee (n, 3) from the start on: time,
    height m and variance m2, and for one that falls already, its apogee behind; samples (n, 25, 6): time,
    latitude, longitude, height, speed, 1-sigma position error, at equal steps; asked_x (n, k, 6) and
    asked_phi (n, k, 6, 7) at times that were asked for.
    """

    status: Ints
    t: Array
    x: Array
    phi: Array
    apogee: Array
    samples: Array
    asked_x: Array
    asked_phi: Array


def arcs_down(x0: ArrayLike, inv_beta: ArrayLike, P: ArrayLike, asked: ArrayLike | None = None) -> Arcs:
    """Arcs to the ground of bodies at x0 (n, 6), Cd A / m (n,), covariance of state and ln beta P (n, 7, 7).

    asked (n, k): s after each start. Flown once, in the zonal field to J4, the rest of the 8 x 8 field added
    as Phi int Phi^-1 da dt along the way; drag below 150 km. Against `impact`: within 3 m, and the transition
    within 1 in 200.
    """
    x = np.array(x0, dtype=np.float64, order="C").reshape(-1, STATE)
    n = len(x)
    each = np.array(np.broadcast_to(np.asarray(inv_beta, dtype=np.float64), n))
    when = np.zeros((n, 0)) if asked is None else np.array(asked, dtype=np.float64, order="C")
    status, found = np.empty(n, dtype=np.int64), np.empty((n, 4))
    end, samples = np.empty((n, STATE_AND_PHI)), np.empty((n, SAMPLES, COLUMNS))
    answers = np.empty((n, when.shape[1], STATE_AND_PHI))
    covariance = np.ascontiguousarray(P, dtype=np.float64).reshape(n, 7, 7)
    sweep_all(
        x, each, covariance, when, ZONAL.degree, ZONAL.order, STANDARD.degree, STANDARD.order, THIN_AIR,
        T_MAX, RTOL_ARC, False, status, found, end, samples, answers,
    )  # fmt: skip
    falling = np.flatnonzero((status == 0) & (found[:, 1] == 0.0))
    if len(falling):
        found[falling, 1:] = arcs_back(x[falling], each[falling], covariance[falling])[0]
    return Arcs(
        status=status,
        t=found[:, 0],
        x=end[:, :6],
        phi=end[:, 6:].reshape(n, 6, 7),
        apogee=found[:, 1:],
        samples=samples,
        asked_x=answers[:, :, :6],
        asked_phi=answers[:, :, 6:].reshape(n, when.shape[1], 6, 7),
    )


def arcs_back(x0: ArrayLike, inv_beta: ArrayLike, P: ArrayLike | None = None) -> tuple[Array, Array]:
    """Where bodies came from: apogees (n, 3) and starts on the ground (n, 7) of those at x0 (n, 6).

    An apogee, of a body that falls: its time (s, below 0), height m and variance m2. A start: its time and
    state. Drag is given back on the way down; on the way up there was none, for it would feed the speed that
    it took away. NaN where there is no such place. Within 50 m.
    """
    x = np.array(x0, dtype=np.float64, order="C").reshape(-1, STATE)
    n = len(x)
    each = np.array(np.broadcast_to(np.asarray(inv_beta, dtype=np.float64), n))
    spread = np.zeros((n, 7, 7)) if P is None else np.ascontiguousarray(P, dtype=np.float64)
    tops, grounds = np.empty((n, 3)), np.empty((n, 7))
    back_all(x, each, spread, ZONAL.degree, ZONAL.order, THIN_AIR, RTOL_ARC, tops, grounds)
    return tops, grounds


def points_down(x0: Array, inv_beta: Array, t_max: float = T_MAX) -> tuple[Ints, Array, Array]:
    """Status (n,), time (n,) s after the start and place (n, 3) of bodies x0 (n, 6), to some 200 m.

    In the zonal field: for the points of a wide region.
    """
    y = np.array(x0, dtype=np.float64, order="C").reshape(-1, STATE)
    status, found = np.empty(len(y), dtype=np.int64), np.empty((len(y), 3))
    each = np.ascontiguousarray(inv_beta, dtype=np.float64).ravel()
    fall_all(
        STATE, y, each, ZONAL.degree, ZONAL.order, THIN_AIR, t_max, RTOL_POINT, False, status, found
    )  # fmt: skip
    return status, found[:, 0].copy(), y[:, :3].copy()
