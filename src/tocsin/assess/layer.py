"""A layer of ground that belongs to somebody, ready to be asked whose each of many points is."""

from __future__ import annotations

from typing import final

import numpy as np
import shapely
from numpy.typing import NDArray

from tocsin.assess import raster
from tocsin.assess.raster import Array, Index


@final
class Layer:
    """Polygons (n,) in lon, lat deg with an owner each (n,); a point within `near_deg` of one is as in it.

    Cells that lie wholly inside one polygon answer at once; in the others the polygons near them are asked.
    """

    def __init__(self, parts: NDArray[np.object_], owner: NDArray[np.int64], near_deg: float) -> None:
        cells = raster.ROWS * raster.COLUMNS
        self._cell: Index = np.full(cells, raster.NOBODY, np.int32)
        self._begin: Index = np.zeros(cells + 1, np.int32)
        self._listed: Index = np.zeros(0, np.int32)
        self._owner = owner.astype(np.int32)
        self._near = near_deg
        self._lines = _lines(parts)
        if not len(parts):
            return
        stamp: Index = np.full(cells, -1, np.int32)
        count: Index = np.zeros(cells, np.int32)
        raster.mark(self._lines, self._owner, near_deg, stamp, count, self._listed, self._cell)
        np.cumsum(count, out=self._begin[1:])
        self._listed = np.zeros(self._begin[-1], np.int32)
        stamp[:] = -1
        end = self._begin[:-1].copy()
        raster.mark(self._lines, self._owner, near_deg, stamp, end, self._listed, self._cell)

    def owners(self, samples: Array) -> Index:
        """The owner (...,) of each point (..., 2) lat, lon rad: of the polygon it lies in, or the nearest.

        NOBODY where there is none, ABSENT where the point is none.
        """
        points = np.ascontiguousarray(samples, dtype=np.float64).reshape(-1, 2)
        out: Index = np.empty(len(points), np.int32)
        raster.owners(
            points, self._lines, self._owner, self._near, self._cell, self._begin, self._listed, out
        )
        return out.reshape(np.shape(samples)[:-1])


def _lines(parts: NDArray[np.object_]) -> raster.Lines:
    if not len(parts):
        none = np.zeros(0, np.int32)
        return np.zeros(0), np.zeros(0), none, none, np.zeros((0, 4))
    _, xy, (ring_at, part_at) = shapely.to_ragged_array(parts)
    x, y = np.ascontiguousarray(xy.T)
    return x, y, ring_at.astype(np.int32), part_at.astype(np.int32), shapely.bounds(parts)
