"""Ground that two outlines both hold."""

from __future__ import annotations

from typing import NamedTuple, final

import numpy as np
import shapely
from numpy.typing import NDArray

from tocsin.catalogue.rings import area_km2

# Two lines drawn along each other differ by their rounding; so little ground decides nothing.
TOLERATED_KM2 = 1.0
TOLERATED_SHARE = 0.01


@final
class Overlap(NamedTuple):
    """What two owners both hold, by their numbers: how much, and a point in it."""

    first: int
    second: int
    km2: float
    lat_deg: float
    lon_deg: float


def overlaps(parts: NDArray[np.object_], owner: NDArray[np.int64]) -> tuple[Overlap, ...]:
    """The owners whose parts (n,) overlap by more than 1 km2, or a hundredth of the smaller, in order."""
    if not len(parts):
        return ()
    a, b = shapely.STRtree(parts).query(parts, predicate="intersects")
    pair = owner[a] < owner[b]
    a, b = a[pair], b[pair]
    shared = shapely.intersection(parts[a], parts[b])
    real = shapely.area(shared) > 0.0
    a, b, shared = a[real], b[real], shared[real]
    held = np.bincount(owner, weights=area_km2(parts))
    found: dict[tuple[int, int], list[int]] = {}
    for i, key in enumerate(zip(owner[a].tolist(), owner[b].tolist(), strict=True)):
        found.setdefault(key, []).append(i)
    told = []
    for (first, second), where in sorted(found.items()):
        polygons = [p for p in shapely.get_parts(shared[where]) if p.geom_type == "Polygon" and p.area > 0.0]
        km2 = area_km2(np.array(polygons, dtype=object))
        if km2.sum() > min(TOLERATED_KM2, TOLERATED_SHARE * min(held[first], held[second])):
            place = shapely.point_on_surface(polygons[int(np.argmax(km2))])
            told.append(Overlap(first, second, float(km2.sum()), float(place.y), float(place.x)))
    return tuple(told)
