"""Resolution cells: what lies closer together than a cell in range and both angles is one look."""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tocsin.earth.frames import half_turn
from tocsin.errors import TocsinError

Array = NDArray[np.float64]
Ints = NDArray[np.int64]


def cells(values: Array, power: Array, range_cell: float, beamwidth: float) -> Ints:
    """The leader (n,) of each echo: itself, or the stronger one in whose cell it lies.

    values (n, 3) range m, azimuth and elevation rad; power (n,). From the strongest on, each echo that has no
    leader leads, and takes those within one cell of it in range, azimuth (times cos el) and elevation that
    have none: so a train of bodies is cut into cells, and no two leaders share one. Of equally strong echoes
    the nearer leads. TocsinError for a cell or power that is not above 0, or a place that is no number.
    """
    if not (0.0 < range_cell < math.inf and 0.0 < beamwidth < math.inf):
        raise TocsinError(
            f"cells: a cell of {range_cell:g} m, {beamwidth:g} rad is impossible: give both above 0"
        )
    if not np.all(np.isfinite(values)) or not np.all((power > 0.0) & (power < np.inf)):
        raise TocsinError("cells: an echo's place or power is not possible: give finite ones, power above 0")
    leader = np.full(len(power), -1, dtype=np.int64)
    order = np.argsort(values[:, 0], kind="stable")
    strongest = np.argsort(-power, kind="stable")
    if np.any(power[strongest[1:]] == power[strongest[:-1]]):
        strongest = np.lexsort((values[:, 2], values[:, 1], values[:, 0], -power))
    _lead(values, strongest, order, range_cell, beamwidth, leader)
    return leader


@njit(cache=True, error_model="numpy")
def _lead(values: Array, strongest: Ints, order: Ints, range_cell: float, beam: float, leader: Ints) -> None:
    n = len(order)
    # Neighbours in range among those without a leader, each way; the ends are the place n.
    link = np.empty((2, n + 1), dtype=np.int64)
    for p in range(n + 1):
        i = order[p] if p < n else n
        link[0, i] = order[p - 1] if p > 0 else n
        link[1, i] = order[p + 1] if p < n - 1 else n
    for i in strongest:
        if leader[i] >= 0:
            continue
        leader[i] = i
        _unlink(link, i)
        narrow = math.cos(values[i, 2])
        for way in range(2):
            j = link[way, i]
            while j < n and abs(values[j, 0] - values[i, 0]) < range_cell:
                if abs(values[j, 2] - values[i, 2]) < beam:
                    turn = abs(values[j, 1] - values[i, 1])
                    if min(turn, 2.0 * math.pi - turn) * narrow < beam:
                        leader[j] = i
                        _unlink(link, j)
                j = link[way, j]


@njit(cache=True, error_model="numpy")
def _unlink(link: Ints, i: int) -> None:
    # Its own links stay, so that a walk goes on from it.
    link[1, link[0, i]] = link[1, i]
    link[0, link[1, i]] = link[0, i]


def merged(values: Array, power: Array, leader: Ints) -> tuple[Ints, Array, Array, Array]:
    """One look for each leader: its row (m,), power, mean place (m, k) and spread (m, k) of its echoes.

    values (n, k): range, azimuth, elevation and what else is measured, such as range rate. power = sum of
    the echoes' powers less the noise that would be counted twice; places are weighted with power; spread is
    the 1-sigma scatter of the echoes about the mean, nought for one alone.
    """
    rows, which, count = np.unique(leader, return_inverse=True, return_counts=True)
    total = np.zeros(len(rows))
    np.add.at(total, which, power)
    off = values - values[rows][which]
    off[:, 1] = half_turn(off[:, 1])
    mean, square = np.zeros((len(rows), values.shape[1])), np.zeros((len(rows), values.shape[1]))
    np.add.at(mean, which, off * power[:, None])
    mean /= total[:, None]
    np.add.at(square, which, (off - mean[which]) ** 2 * power[:, None])
    return rows, total - (count - 1), values[rows] + mean, np.sqrt(square / total[:, None])
