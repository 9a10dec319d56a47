"""Whose ground: the probability that an impact lies in each territory."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from tocsin.catalogue import Borders
from tocsin.catalogue.protected import Protected, WarningSettings

Array = NDArray[np.float64]
NEAR_DEG = 0.05


SETTINGS = WarningSettings(
    (Protected("Russia", ("RU",)), Protected("China", ("CN",))), 0.01, 0.5, 0.9, 0.8, 1e-4, 0.5
)


class Territories:
    """Borders ready to be asked; a point within about 5 km of a coast counts as that coast's."""

    def __init__(self, borders: Borders, settings: WarningSettings = SETTINGS) -> None:
        self.settings = settings
        self.share = 0.052
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

    @property
    def nowhere(self) -> dict[str, float]:
        return {a.name: 0.0 for a in self.settings.protected}

    def protected_by(self, samples: Array, landed: float) -> dict[str, float]:
        count = Counter(self.owners(samples))
        n = len(samples)
        return {a.name: landed * sum(count[c] for c in a.countries) / n for a in self.settings.protected}

    @cached_property
    def aims(self) -> Array:
        k = np.arange(600) + 0.5
        lat = np.arcsin(1.0 - 2.0 * k / 600)
        lon = (np.pi * (1 + 5**0.5) * k + np.pi) % (2 * np.pi) - np.pi
        points = np.stack([lat, lon], axis=1)
        mine = {c for a in self.settings.protected for c in a.countries}
        return points[[o in mine for o in self.owners(points)]]
