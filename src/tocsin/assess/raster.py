"""Whose ground a point lies on: a raster of cells, and the parts' own lines where a cell is mixed.

Longitude and latitude in degrees; the rings are x, y with `ring_at` where each begins, `part_at` the first
ring of each part. Distances are on the local plane, dx = dlon cos(lat), exact enough for some kilometres.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.kernel import kernel

Array = NDArray[np.float64]
Index = NDArray[np.int32]
Lines = tuple[Array, Array, Index, Index, Array]
CELL_DEG = 0.25
ROWS, COLUMNS = 720, 1440
NOBODY, ABSENT = -1, -2
# Rounding must not leave a cell out that a line just reaches.
MARGIN = 1.0 + 1e-9


@kernel
def row_of(lat: float) -> int:
    """The row of a latitude; beyond a pole, the last."""
    return min(max(math.floor((lat + 90.0) / CELL_DEG), 0), ROWS - 1)


@kernel
def column_of(lon: float) -> int:
    """The column of a longitude, which goes on beyond 180 deg."""
    return math.floor((lon + 180.0) / CELL_DEG)


@kernel
def cell_of(lon: float, lat: float) -> int:
    """The cell of a point; 180 deg east is 180 deg west, and a pole belongs to the last row."""
    return row_of(lat) * COLUMNS + column_of(lon) % COLUMNS


@kernel
def inside(lon: float, lat: float, lines: Lines, part: int | np.int64) -> bool:
    """Whether a point lies in a part: a ray to the east crosses its rings an odd number of times."""
    x, y, ring_at, part_at, box = lines
    found = False
    if not (box[part, 0] <= lon <= box[part, 2] and box[part, 1] <= lat <= box[part, 3]):
        return found
    for ring in range(part_at[part], part_at[part + 1]):
        for i in range(ring_at[ring], ring_at[ring + 1] - 1):
            if (y[i] > lat) != (y[i + 1] > lat):
                found ^= lon < x[i] + (lat - y[i]) / (y[i + 1] - y[i]) * (x[i + 1] - x[i])
    return found


@kernel
def distance2(lon: float, lat: float, lines: Lines, part: int | np.int64, near: float) -> float:
    """The square of the distance to a part's nearest line, deg of a great circle, across 180 deg too.

    Infinite where that is more than `near` farther north or south.
    """
    x, y, ring_at, part_at, box = lines
    shrunk = max(math.cos(math.radians(lat)), 0.0)
    least = np.inf
    if lat < box[part, 1] - near or lat > box[part, 3] + near:
        return least
    for ring in range(part_at[part], part_at[part + 1]):
        for i in range(ring_at[ring], ring_at[ring + 1] - 1):
            if min(y[i], y[i + 1]) > lat + near or max(y[i], y[i + 1]) < lat - near:
                continue
            middle = 0.5 * (x[i] + x[i + 1]) - lon
            turn = 360.0 if middle < -180.0 else -360.0 if middle > 180.0 else 0.0
            ax, ay = (x[i] - lon + turn) * shrunk, y[i] - lat
            dx, dy = (x[i + 1] - x[i]) * shrunk, y[i + 1] - y[i]
            length2 = dx * dx + dy * dy
            s = min(max(-(ax * dx + ay * dy) / length2, 0.0), 1.0) if length2 > 0.0 else 0.0
            least = min(least, (ax + s * dx) ** 2 + (ay + s * dy) ** 2)
    return least


@kernel
def mark(
    lines: Lines, owner: Index, near: float, stamp: Index, end: Index, listed: Index, cell: Index
) -> None:
    """Note in which cells a part's lines come within `near` deg of a point, and which lie inside it whole.

    stamp (cells,): work space, filled with -1. end (cells,): raised by one for each part that is near; where
    `listed` is not empty, the part is put at `end` first. cell (cells,): the owner of those that lie inside.
    """
    x, y, ring_at, part_at, box = lines
    for part in range(len(part_at) - 1):
        for ring in range(part_at[part], part_at[part + 1]):
            for i in range(ring_at[ring], ring_at[ring + 1] - 1):
                low, high = min(y[i], y[i + 1]), max(y[i], y[i + 1])
                left, right = min(x[i], x[i + 1]), max(x[i], x[i + 1])
                for row in range(row_of(low - near * MARGIN), row_of(high + near * MARGIN) + 1):
                    poleward = max(abs(row * CELL_DEG - 90.0), abs((row + 1) * CELL_DEG - 90.0))
                    wide = near * MARGIN / max(math.cos(math.radians(poleward)), near / 360.0 + 1e-9)
                    first, last = column_of(left - wide), column_of(right + wide)
                    for column in range(first, min(last, first + COLUMNS - 1) + 1):
                        k = row * COLUMNS + column % COLUMNS
                        if stamp[k] != part:
                            stamp[k] = part
                            if len(listed):
                                listed[end[k]] = part
                            end[k] += 1
        if len(listed) == 0:
            west, east = column_of(box[part, 0]), column_of(box[part, 2])
            for row in range(row_of(box[part, 1]), row_of(box[part, 3]) + 1):
                for column in range(west, east + 1):
                    k = row * COLUMNS + column % COLUMNS
                    lon, lat = (column + 0.5) * CELL_DEG - 180.0, (row + 0.5) * CELL_DEG - 90.0
                    if stamp[k] != part and inside(lon, lat, lines, part):
                        cell[k] = owner[part]


@kernel
def owners(
    points: Array,
    lines: Lines,
    owner: Index,
    near: float,
    cell: Index,
    begin: Index,
    listed: Index,
    out: Index,
) -> None:
    """The owner of each point (k, 2) lat, lon rad: of the part it lies in, else the nearest within `near`.

    ABSENT where it is no point.
    """
    for i in range(len(points)):
        lat, lon = math.degrees(points[i, 0]), math.degrees(points[i, 1])
        out[i] = ABSENT
        if not (math.isfinite(lat) and math.isfinite(lon)):
            continue
        if not -180.0 <= lon <= 180.0:
            lon -= 360.0 * math.floor((lon + 180.0) / 360.0)
        k = cell_of(lon, lat)
        out[i] = cell[k]
        if out[i] != NOBODY:
            continue
        first, last = begin[k], begin[k + 1]
        for j in range(first, last):
            if inside(lon, lat, lines, np.int64(listed[j])):
                out[i] = owner[listed[j]]
                break
        if out[i] != NOBODY:
            continue
        least = near * near
        for j in range(first, last):
            d2 = distance2(lon, lat, lines, np.int64(listed[j]), near)
            # The first of those that are level: which one it is must not hang on the order of the points.
            if d2 < least or (d2 == least and out[i] == NOBODY):
                least = d2
                out[i] = owner[listed[j]]
