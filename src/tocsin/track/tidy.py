"""Looks that no track can want any more are forgotten, so that a day takes no more room than an hour."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.track.gather import Tables
from tocsin.track.picture import Picture
from tocsin.track.sense import Arrived

Ints = NDArray[np.int64]

LEAST, GROWTH = 1_000_000, 3
FORGOTTEN_S = 3.0 * 3600.0  # since a system track's last look: its looks are wanted no more (assumed)


def tidied(base: Picture, later: list[Picture], scans: tuple[Arrived, ...], tables: Tables) -> None:
    """Forget, once chains have grown threefold, all cells and looks that no picture leads to.

    Cells and rows are numbered anew in place, in every picture alike: what they stand for stays the same.
    """
    if len(tables.chains) < max(LEAST, GROWTH * tables.chains.kept):
        return
    pictures = [base, *later]
    arrays: dict[int, Ints] = {}
    for picture in pictures:
        m = picture.members
        m.cell[m.last_t < base.t - FORGOTTEN_S] = -1
        for sensed in picture.sensed:
            for cells in (sensed.local.leaves.cell, sensed.tracks.cell):
                arrays[id(cells)] = cells
        arrays[id(m.cell)] = m.cell
    for scan in scans:
        for held in (scan.before, scan.after):
            if held is not None:
                for cells in (held.local.leaves.cell, held.tracks.cell):
                    arrays[id(cells)] = cells
    roots = np.unique(np.concatenate(list(arrays.values())))
    # A scan that may be folded again needs its rows: those since the first of the window are kept all.
    first = min((int(s.row[0]) for s in scans), default=len(tables.looks))
    number, rows = tables.chains.keep(roots, np.arange(first, len(tables.looks)))
    tables.looks.keep(rows)
    for scan in scans:
        scan.row[0] -= first - np.searchsorted(rows, first)
    for cells in arrays.values():
        cells[:] = np.where(cells >= 0, number[cells], -1)
