"""Resolution cells: what lies closer together than a cell in range and both angles is one look."""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]
Ints = NDArray[np.int64]


def cells(values: Array, power: Array, range_cell: float, beamwidth: float) -> Ints:
    """The leader (n,) of each echo: itself, or the stronger one in whose cell it lies.

    values (n, 3) range m, azimuth and elevation rad; power (n,). From the strongest on, each echo that has no
    leader leads, and takes those within one cell of it in range, azimuth (times cos el) and elevation that
    have none: so a train of bodies is cut into cells, and no two leaders share one.
    """
    leader = np.full(len(power), -1, dtype=np.int64)
    order = np.argsort(values[:, 0], kind="stable")
    _lead(values, np.argsort(-power, kind="stable"), order, range_cell, beamwidth, leader)
    return leader


@njit(cache=True, error_model="numpy")
def _lead(values: Array, strongest: Ints, order: Ints, range_cell: float, beam: float, leader: Ints) -> None:
    n = len(order)
    place = np.empty(n, dtype=np.int64)
    for p in range(n):
        place[order[p]] = p
    for i in strongest:
        if leader[i] >= 0:
            continue
        leader[i] = i
        narrow = math.cos(values[i, 2])
        for way in (-1, 1):
            p = place[i] + way
            while 0 <= p < n and abs(values[order[p], 0] - values[i, 0]) < range_cell:
                j = order[p]
                turn = abs(values[j, 1] - values[i, 1])
                turn = min(turn, 2.0 * math.pi - turn) * narrow
                if leader[j] < 0 and turn < beam and abs(values[j, 2] - values[i, 2]) < beam:
                    leader[j] = i
                p += way


def merged(values: Array, power: Array, leader: Ints) -> tuple[Ints, Array, Array, Array]:
    """One look for each leader: its row (m,), power, mean place (m, 3) and spread (m, 3) of its echoes.

    power = sum of the echoes' powers less the noise that would be counted twice; places are weighted with
    power; spread is the 1-sigma scatter of the echoes about the mean, nought for one alone.
    """
    rows, which, count = np.unique(leader, return_inverse=True, return_counts=True)
    total = np.zeros(len(rows))
    np.add.at(total, which, power)
    off = values - values[rows][which]
    off[:, 1] = (off[:, 1] + np.pi) % (2 * np.pi) - np.pi
    mean, square = np.zeros((len(rows), 3)), np.zeros((len(rows), 3))
    np.add.at(mean, which, off * power[:, None])
    mean /= total[:, None]
    np.add.at(square, which, (off - mean[which]) ** 2 * power[:, None])
    return rows, total - (count - 1), values[rows] + mean, np.sqrt(square / total[:, None])
