"""Whose ground: the probability that an impact lies in each territory."""

from __future__ import annotations

from collections import Counter

import numpy as np
import shapely
from numpy.typing import NDArray

from tocsin.catalogue import Borders

Array = NDArray[np.float64]
NEAR_DEG = 0.05


class Territories:
    """Borders ready to be asked; a point within about 5 km of a coast counts as that coast's."""

    def __init__(self, borders: Borders) -> None:
        self._iso = np.array(borders.iso)
        self._geometry = borders.geometry
        self._tree = shapely.STRtree(borders.geometry)

    def owners(self, samples: Array) -> list[str]:
        """Territory code of each point (k, 2) lat, lon rad; "none" at sea."""
        points = shapely.points(np.degrees(samples[:, ::-1]))
        out = np.full(len(points), "none", dtype=object)
        near, part = self._tree.query_nearest(points, max_distance=NEAR_DEG, all_matches=False)
        out[near] = self._iso[part]
        return [str(o) for o in out]

    def probabilities(self, samples: Array, landed: float, orbit: float) -> dict[str, float]:
        """Shares of the samples by territory, scaled to what lands; with none and orbit they sum to one."""
        count = Counter(self.owners(samples))
        total = {owner: landed * n / len(samples) for owner, n in count.items() if owner != "none"}
        # Whatever is on no territory and not in orbit is `none`, so that the sum is one to the last bit.
        total["orbit"] = orbit
        total["none"] = max(0.0, 1.0 - sum(total.values()))
        return dict(sorted(total.items(), key=lambda item: (-item[1], item[0])))
