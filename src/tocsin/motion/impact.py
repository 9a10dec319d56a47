"""Where and when an unpowered body comes down: the ground as an event, with apogee and state transition."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.motion.equations import STATE, STATE_AND_PHI
from tocsin.motion.fall import fall_all
from tocsin.motion.forces import STANDARD, Forces
from tocsin.motion.steps import RTOL

Array = NDArray[np.float64]

STATUS = ("impact", "orbit", "no-impact", "invalid")

RTOL_BATCH = 1e-9  # 1 cm at the impact of an intercontinental arc
T_MAX = 43200.0  # s, half a day


@dataclass(frozen=True, slots=True)
class Impact:
    """The end of an unpowered arc.

    status: "impact"; "orbit" (perigee above 100 km, or escape); "no-impact" (still up at t_max); "invalid" (a
    start that is not a number or lies under the ground). t (TAI s), x (6,) and phi (6, 7) are at impact, NaN
    without one; phi is the state transition to the fixed time t, not corrected for the change of that time.
    apogee_m is the geodetic height (m) of the highest point from t0 on, at t_apogee.
    """

    status: str
    t: float
    x: Array
    phi: Array
    apogee_m: float
    t_apogee: float


def start_with_phi(x0: ArrayLike) -> Array:
    """The 48 numbers at t0: the state x0 (6,), and phi (6, 7) with the unit matrix and a zero column."""
    return np.concatenate([np.array(x0, dtype=np.float64).reshape(STATE), np.eye(6, 7).reshape(-1)])


def impact(
    t0: float, x0: ArrayLike, inv_beta: float, t_max: float = T_MAX, forces: Forces = STANDARD
) -> Impact:
    """The impact on the ellipsoid (height 0) of a body at x0 (6,), Earth-fixed m and m/s, at t0 (TAI s).

    inv_beta = Cd A / m in m2/kg, 0 for vacuum; t_max is the longest flight looked for, in s. In the air the
    ground is met by steps in height, elsewhere by fresh steps to 1e-6 s; an arc without an impact says so in
    its status. Raises nothing for numbers that make no arc.
    """
    y = start_with_phi(x0)[None]
    status, found = np.empty(1, dtype=np.int64), np.empty((1, 3))
    each = np.array([inv_beta], dtype=np.float64)
    fall_all(
        STATE_AND_PHI,
        y,
        each,
        forces.degree,
        forces.order,
        forces.air,
        float(t_max),
        RTOL,
        True,
        status,
        found,
    )
    t, apogee_m, t_apogee = (float(value) for value in found[0])
    return Impact(
        STATUS[status[0]], t0 + t, y[0, :6].copy(), y[0, 6:].reshape(6, 7).copy(), apogee_m, t0 + t_apogee
    )


def _many(
    n: int, t0: float, y: Array, inv_beta: ArrayLike, t_max: float, forces: Forces
) -> tuple[NDArray[np.int64], Array]:
    """Status (b,) and times (b,) of many falls, with y (b, n) carried to the ground in place."""
    each = np.array(np.broadcast_to(np.asarray(inv_beta, dtype=np.float64), len(y)))
    status, found = np.empty(len(y), dtype=np.int64), np.empty((len(y), 3))
    fall_all(
        n, y, each, forces.degree, forces.order, forces.air, float(t_max), RTOL_BATCH, False, status, found
    )
    return status, t0 + found[:, 0]


def impacts(
    t0: float, x0: ArrayLike, inv_beta: ArrayLike, t_max: float = T_MAX, forces: Forces = STANDARD
) -> tuple[NDArray[np.int64], Array, Array]:
    """Impacts of many bodies: status (n,) as a place in STATUS, time (n,) TAI s, Earth-fixed place (n, 3) m.

    x0 (n, 6) at t0, inv_beta (n,) or one for all; within 0.1 m for arcs of half an hour. Without an impact,
    time and place are NaN.
    """
    y = np.array(x0, dtype=np.float64).reshape(-1, STATE)
    status, t = _many(STATE, t0, y, inv_beta, t_max, forces)
    return status, t, y[:, :3].copy()


def impacts_stm(
    t0: float, x0: ArrayLike, inv_beta: ArrayLike, t_max: float = T_MAX, forces: Forces = STANDARD
) -> tuple[NDArray[np.int64], Array, Array, Array]:
    """As `impacts`, with the whole state x (n, 6) at impact and phi (n, 6, 7) to that fixed time."""
    start = np.array(x0, dtype=np.float64).reshape(-1, STATE)
    y = np.concatenate([start, np.tile(np.eye(6, 7).reshape(-1), (len(start), 1))], axis=1)
    status, t = _many(STATE_AND_PHI, t0, y, inv_beta, t_max, forces)
    return status, t, y[:, :6].copy(), y[:, 6:].reshape(-1, 6, 7).copy()


def arcs(
    t0: float, x0: ArrayLike, inv_beta: ArrayLike, t_max: float = T_MAX, forces: Forces = STANDARD
) -> tuple[NDArray[np.int64], Array, Array, Array]:
    """As `impacts`, with the apogee (n,) m, geodetic, of each arc from its start on."""
    y = np.array(x0, dtype=np.float64).reshape(-1, STATE)
    each = np.array(np.broadcast_to(np.asarray(inv_beta, dtype=np.float64), len(y)))
    status, found = np.empty(len(y), dtype=np.int64), np.empty((len(y), 3))
    fall_all(
        STATE, y, each, forces.degree, forces.order, forces.air, float(t_max), RTOL_BATCH, True, status, found
    )
    return status, t0 + found[:, 0], y[:, :3].copy(), found[:, 1].copy()
