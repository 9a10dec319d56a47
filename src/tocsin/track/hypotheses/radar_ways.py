"""The two ways in which a radar's bodies move: free flight, or pushed, with a chance to change over."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.kernel import kernel
from tocsin.track.hypotheses.radar_motion import (
    ALONG,
    AZIMUTH,
    EAST,
    ELEVATION,
    RANGE,
    UP,
    flight,
    spread,
)

Array = NDArray[np.float64]

FREE, PUSHED = 0, 1
MODELS = 2
# Assumed: 1-sigma acceleration that lasts from scan to scan, m/s2, and how long a body moves in one way, s.
ACCELERATION = (0.02, 30.0)
LASTING_S = (50000.0, 60.0)
BESIDE_M, BESIDE_M_S = 2e3, 300.0  # apart, up to which two ways to move are moved together


@kernel
def _beside(x: Array, d: Array) -> bool:
    """Fill d (6,) with the second of two states x (2, 6) less the first; whether one slope does for both.

    What is of second order is then some metres at most, where a push spreads it by hundreds.
    """
    for i in range(6):
        d[i] = x[1, i] - x[0, i]
    d[AZIMUTH] -= 2.0 * math.pi * math.floor(d[AZIMUTH] / (2.0 * math.pi) + 0.5)
    near: bool = abs(d[RANGE]) < BESIDE_M
    for i in (AZIMUTH, ELEVATION):
        near &= abs(d[i]) * x[0, RANGE] < BESIDE_M
    for i in (ALONG, EAST, UP):
        near &= abs(d[i]) < BESIDE_M_S
    return near


@kernel
def _mixed(x: Array, P: Array, w: Array, dt: float, s: Array) -> None:
    """Mix the two ways x (2, 6), P (2, 6, 6), w (2,) by the chance of a change in dt; s (16, 6) is scratch.

    c_j = sum_i p_ij w_i; x_j = sum_i p_ij w_i x_i / c_j, P_j likewise with the spread of the means (Blom and
    Bar-Shalom 1988).
    """
    stay0, stay1 = math.exp(-dt / LASTING_S[0]), math.exp(-dt / LASTING_S[1])
    c0, c1 = stay0 * w[0] + (1.0 - stay1) * w[1], (1.0 - stay0) * w[0] + stay1 * w[1]
    d, P0, P1 = s[0], s[1:7], s[7:13]
    turn = x[1, AZIMUTH] - x[0, AZIMUTH]
    turn -= 2.0 * math.pi * math.floor(turn / (2.0 * math.pi) + 0.5)
    for i in range(6):
        d[i] = turn if i == AZIMUTH else x[1, i] - x[0, i]
    f0, f1 = (1.0 - stay1) * w[1] / c0, stay1 * w[1] / c1
    for i in range(6):
        for j in range(6):
            dd = d[i] * d[j]
            P0[i, j] = (1.0 - f0) * P[0, i, j] + f0 * P[1, i, j] + f0 * (1.0 - f0) * dd
            P1[i, j] = (1.0 - f1) * P[0, i, j] + f1 * P[1, i, j] + f1 * (1.0 - f1) * dd
    for i in range(6):
        x[1, i] = x[0, i] + f1 * d[i]
        x[0, i] = x[0, i] + f0 * d[i]
        for j in range(6):
            P[0, i, j], P[1, i, j] = P0[i, j], P1[i, j]
    w[0], w[1] = c0, c1


@kernel
def predict_radar(x: Array, P: Array, w: Array, dt: Array, site: Array, enu: Array, s: Array) -> None:
    """Move states x (n, 2, 6), P (n, 2, 6, 6), w (n, 2) by dt (n,) each, in place.

    site (3,), enu (3, 3): the radar's place and east, north, up, Earth-fixed; s (40, 6): scratch.
    """
    work, F, d = s[:27], s[27:33], s[33]
    for i in range(x.shape[0]):
        _mixed(x[i], P[i], w[i], dt[i], s)
        beside = _beside(x[i], d)
        flight(x[i, FREE], dt[i], site, enu, F, work)
        if beside:
            for a in range(6):
                x[i, PUSHED, a] = x[i, FREE, a]
                for b in range(6):
                    x[i, PUSHED, a] += F[a, b] * d[b]
        spread(x[i, FREE], P[i, FREE], dt[i], ACCELERATION[FREE], F, work[:6])
        if not beside:
            flight(x[i, PUSHED], dt[i], site, enu, F, work)
        spread(x[i, PUSHED], P[i, PUSHED], dt[i], ACCELERATION[PUSHED], F, work[:6])
