"""Every look there has been, in the order of arrival: the rows that chains point at."""

from __future__ import annotations

from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.looks import RATE, Looks, in_order
from tocsin.sensor.scan import Scan

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

# Time, value and sigma of range or two angles, third angle and range rate, the sensor's place.
TIME, VALUES, SIGMAS, PLACE, WIDTH = 0, 1, 5, 9, 12


@final
class LookTable:
    """Rows of looks, only ever added to but by `keep`. fed: how many were ever added; kept: left by that."""

    def __init__(self) -> None:
        self._row, self._channel = np.empty((1024, WIDTH)), np.empty(1024, np.int64)
        self._serial = np.empty(1024, np.int64)
        self._count = self.fed = self.kept = 0

    def __len__(self) -> int:
        return self._count

    def add(self, scan: Scan, channel: int) -> int:
        """Write a scan's looks down; the row of the first."""
        first, end, m = self._count, self._count + len(scan), scan.values.shape[1]
        if end > len(self._channel):
            room = max(2 * len(self._channel), end)
            self._row, self._channel = np.resize(self._row, (room, WIDTH)), np.resize(self._channel, room)
            self._serial = np.resize(self._serial, room)
        own = self._row[first:end]
        own[:, TIME] = scan.t_look
        own[:, VALUES : VALUES + 3], own[:, SIGMAS : SIGMAS + 3] = 0.0, 1.0
        own[:, VALUES : VALUES + m], own[:, SIGMAS : SIGMAS + m] = scan.values, scan.sigmas
        own[:, VALUES + RATE], own[:, SIGMAS + RATE] = 0.0, np.inf
        if scan.rate is not None and scan.rate_sigma is not None:
            known = np.isfinite(scan.rate) & (scan.rate_sigma > 0.0)
            own[known, VALUES + RATE] = scan.rate[known]
            own[known, SIGMAS + RATE] = scan.rate_sigma[known]
        own[:, PLACE:] = scan.r_ecef
        self._channel[first:end] = channel
        self._serial[first:end] = np.arange(self.fed, self.fed + len(scan))
        self._count, self.fed = end, self.fed + len(scan)
        return first

    def serial(self, rows: Ints) -> Ints:
        """The numbers (n,) of rows among all looks ever added, from 0."""
        return self._serial[rows]

    def looks(self, rows: Ints, spread: Array) -> Looks:
        """The looks of some rows (n,), in order of time; with range rates where any has one.

        spread (n,): 1 sigma of the group of bodies that a telescope's look is one of, rad, about its middle;
        the k looks of a frame at a group are one at its middle, of (sigma^2 + spread^2) / k.
        """
        order = np.argsort(rows)
        rows, spread = rows[order], spread[order]
        own, channel = self._row[rows], self._channel[rows]
        if (spread > 0.0).any():
            own, channel = _at_the_middle(own, channel, spread)
        wide = RATE + 1 if np.isfinite(own[:, SIGMAS + RATE]).any() else RATE
        parts = (own[:, VALUES : VALUES + wide], own[:, SIGMAS : SIGMAS + wide], own[:, PLACE:])
        looks = Looks(own[:, TIME].copy(), channel, *map(np.ascontiguousarray, parts))
        return in_order(looks)

    def keep(self, rows: Ints) -> None:
        """Forget all rows but these, ascending: the k-th of them is row k from now on."""
        self._row, self._channel, self._serial = self._row[rows], self._channel[rows], self._serial[rows]
        self._count = self.kept = len(rows)


def _at_the_middle(own: Array, channel: Ints, spread: Array) -> tuple[Array, Ints]:
    """Rows and channels with the looks of each frame at a group made one."""
    frames = np.stack([channel.astype(np.float64), own[:, TIME]], axis=1)
    _, frame = np.unique(frames, axis=0, return_inverse=True)
    frame = frame.ravel()
    # A frame with a look at a group has no other at the same body.
    grouped = (np.bincount(frame, spread) > 0.0)[frame]
    _, first, frame, count = np.unique(
        frame[grouped], return_index=True, return_inverse=True, return_counts=True
    )
    middle = own[grouped][first]
    for c in (0, 1):
        middle[:, VALUES + c] = np.bincount(frame, own[grouped, VALUES + c]) / count
        sigma2 = own[grouped, SIGMAS + c] ** 2 + spread[grouped] ** 2
        middle[:, SIGMAS + c] = np.sqrt(np.bincount(frame, sigma2)) / count
    rows = np.concatenate([own[~grouped], middle])
    channels = np.concatenate([channel[~grouped], channel[grouped][first]])
    order = np.argsort(rows[:, TIME], kind="stable")
    return rows[order], channels[order]
