"""Looks that no track can want any more are forgotten, so that a day takes no more room than an hour."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.track.gather import Tables
from tocsin.track.picture import Picture, Sensed
from tocsin.track.sense import Arrived

Ints = NDArray[np.int64]

LEAST, GROWTH = 1_000_000, 3


def tidied(
    base: Picture, later: list[Picture], scans: tuple[Arrived, ...], tables: Tables, old_s: float
) -> None:
    """Forget, once chains or looks have grown threefold, all cells and looks that no picture leads to; and
    those of a sensor's own tracks without a look since old_s.

    Cells and rows are numbered anew in place, in every picture alike: what they stand for stays the same.
    """
    if all(len(table) < max(LEAST, GROWTH * table.kept) for table in (tables.chains, tables.looks)):
        return
    arrays: list[Ints] = []
    parts: list[Sensed] = []
    for picture in (base, *later):
        m = picture.members
        m.cell[m.last_t < base.t - old_s] = -1
        arrays.append(m.cell)
        parts += picture.sensed
    parts += [held for scan in scans for held in (scan.before, scan.after) if held is not None]
    arrays += [
        cells
        for held in parts
        for cells in (held.local.leaves.cell, held.tracks.cell, held.groups.units.cell)
    ]
    # Pictures share most of their parts: each array is changed once.
    arrays = list({id(cells): cells for cells in arrays}.values())
    roots = np.unique(np.concatenate(arrays))
    # A scan that may be folded again needs its rows: those since the first of the window are kept all.
    first = min((int(s.row[0]) for s in scans), default=len(tables.looks))
    number, rows = tables.chains.keep(roots, np.arange(first, len(tables.looks)))
    tables.looks.keep(rows)
    for scan in scans:
        scan.row[0] -= first - np.searchsorted(rows, first)
    for cells in arrays:
        cells[:] = np.where(cells >= 0, number[cells], -1)
    # What was kept under the old rows would be taken for an answer of other looks.
    tables.solves.forget()
    tables.coasts.keep({int(f) for picture in (base, *later) for f in picture.systems.founder})
