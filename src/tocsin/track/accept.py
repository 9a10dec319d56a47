"""Scans as they come: what cannot be a scan is refused, what is wrong in one is left out, both counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tocsin.sensor.scan import Scan

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

FARTHEST_M = 1e9
FARTHEST_S = 2.7e9  # to the year 2085: the number of a track has no room for more


def shapeless(scan: Scan, telescope: bool) -> str | None:
    """Why something is no scan of such a sensor; None where it is one."""
    n, q = len(scan.t_look), 2 if telescope else 3
    if not abs(scan.t) < FARTHEST_S:
        return "its time is no time"
    if np.shape(scan.r_ecef) != (3,) or not (np.abs(scan.r_ecef) < FARTHEST_M).all():
        return "its sensor's place is no place"
    if np.shape(scan.values) != (n, q) or np.shape(scan.sigmas) != (n, q) or np.shape(scan.snr) != (n,):
        return f"its tables do not hold {n} looks of {q} values"
    if (scan.rate is None) != (scan.rate_sigma is None) or (scan.rate is not None and len(scan.rate) != n):
        return f"its range rates are not {n}"
    return None


def sound(scan: Scan, telescope: bool, frame_s: float) -> Bools:
    """Which looks (k,) can be measurements: numbers, with errors above nought, of the scan's own time."""
    good = np.isfinite(scan.values).all(axis=1) & np.isfinite(scan.sigmas).all(axis=1)
    good &= (scan.sigmas > 0.0).all(axis=1) & np.isfinite(scan.snr) & np.isfinite(scan.t_look)
    good &= np.abs(scan.t_look - scan.t) <= 2.0 * frame_s
    angles = scan.values if telescope else scan.values[:, 1:]
    good &= (np.abs(angles) <= 2.0 * np.pi).all(axis=1)
    if not telescope:
        good &= (scan.values[:, 0] > 0.0) & (scan.values[:, 0] < FARTHEST_M)
        good &= np.abs(scan.values[:, 2]) <= 0.5 * np.pi
    return np.asarray(good)


def doubled(scan: Scan) -> Bools:
    """Which looks (k,) have the values and the time of one before them in the scan."""
    rows = np.column_stack([scan.values, scan.t_look])
    order = np.lexsort(rows.T)  # of equal ones in their order
    again = np.zeros(len(rows), bool)
    again[order[1:]] = (rows[order[1:]] == rows[order[:-1]]).all(axis=1)
    return again


def strongest(scan: Scan, most: int) -> Ints:
    """The rows of the looks of the best signal, so many at most, in their order."""
    order = np.lexsort((np.arange(len(scan)), -scan.snr))
    return np.sort(order[:most])


def part(scan: Scan, rows: Ints, shed: int = 0) -> Scan:
    """A scan with some of its looks, and so many more shed."""
    return replace(
        scan,
        t_look=scan.t_look[rows],
        values=scan.values[rows],
        sigmas=scan.sigmas[rows],
        snr=scan.snr[rows],
        shed=scan.shed + shed,
        rate=None if scan.rate is None else scan.rate[rows],
        rate_sigma=None if scan.rate_sigma is None else scan.rate_sigma[rows],
    )


def rank(scan: Scan) -> bytes:
    """By which one of two scans of one name is chosen, the greater, whichever came first."""
    return b"".join(
        np.ascontiguousarray(a).tobytes() for a in (scan.values, scan.sigmas, scan.t_look, scan.snr)
    )


def cleaned(scan: Scan, telescope: bool, frame_s: float, most: int, counts: Counter[str]) -> Scan:
    """The scan with the looks that can be followed, so many at most; what is left out is counted."""
    good = sound(scan, telescope, frame_s)
    again = doubled(scan) & good
    counts["looks refused"] += int(np.sum(~good))
    counts["looks doubled"] += int(np.sum(again))
    if not good.all() or again.any():
        scan = part(scan, np.flatnonzero(good & ~again))
    if len(scan) > most:
        counts["looks shed"] += len(scan) - most
        scan = part(scan, strongest(scan, most), len(scan) - most)
    return scan
