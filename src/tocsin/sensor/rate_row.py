"""Range rate of one echo in a kernel: the equation that simulated looks are held to and that the fits use."""

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import C_LIGHT, MU, OMEGA
from tocsin.earth.kernel import kernel

Array = NDArray[np.float64]


@kernel
def rate_row(x: Array, place: Array, slope: Array) -> tuple[float, float]:
    """Range rate m/s at the reception of an echo, and how fast it changes, m/s2; fills slope (6,) in r and v.

    The carrier's shift is the rate of c (t_receive - t_transmit) / 2 with t_receive: u.v_b (1 - u.v_b / c),
    u from the site to the bounce at r - v tau, v_b = v - a tau, tau = |r - r_s| / c. Light time is in to the
    first order, some 0.2 m/s; a is that of free fall, -mu r / |r|^3 + 2 v x omega + omega^2 (x, y, 0), so
    that an engine's thrust leaves up to 0.5 m/s. The slope and the change are those without light time,
    within 1e-4. x (6,): r, v at the time of reception, m, m/s; place (3,): the site, m.
    """
    dx, dy, dz = x[0] - place[0], x[1] - place[1], x[2] - place[2]
    vx, vy, vz = x[3], x[4], x[5]
    far = math.sqrt(dx * dx + dy * dy + dz * dz)
    tau = far / C_LIGHT
    pull = -MU / math.sqrt(x[0] * x[0] + x[1] * x[1] + x[2] * x[2]) ** 3
    ax = (pull + OMEGA * OMEGA) * x[0] + 2.0 * OMEGA * vy
    ay = (pull + OMEGA * OMEGA) * x[1] - 2.0 * OMEGA * vx
    az = pull * x[2]
    ux, uy, uz = dx / far, dy / far, dz / far
    along = ux * vx + uy * vy + uz * vz
    slope[0], slope[1], slope[2] = (vx - along * ux) / far, (vy - along * uy) / far, (vz - along * uz) / far
    slope[3], slope[4], slope[5] = ux, uy, uz
    change = slope[0] * vx + slope[1] * vy + slope[2] * vz + ux * ax + uy * ay + uz * az
    bx, by, bz = dx - vx * tau, dy - vy * tau, dz - vz * tau
    q = bx * (vx - ax * tau) + by * (vy - ay * tau) + bz * (vz - az * tau)
    q /= math.sqrt(bx * bx + by * by + bz * bz)
    return q * (1.0 - q / C_LIGHT), change


@kernel
def rate_rows(x: Array, place: Array, rate: Array, slope: Array, change: Array) -> None:
    """Fill rate (n,), slope (n, 6) and change (n,) of echoes at x (n, 6), place (n, 3), by `rate_row`."""
    for i in range(len(x)):
        rate[i], change[i] = rate_row(x[i], place[i], slope[i])
