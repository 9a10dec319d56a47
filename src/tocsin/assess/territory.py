"""Whose ground: the probability that an impact lies in each territory, and on protected ground."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.assess.layer import Layer
from tocsin.assess.raster import ABSENT, NOBODY
from tocsin.catalogue import Borders, Protected, WarningSettings, warning_settings
from tocsin.catalogue.cutting import parts_of
from tocsin.catalogue.rings import RADIUS_KM, area_km2

Array = NDArray[np.float64]
Index = NDArray[np.int64]
Owner = NDArray[np.integer]
# The coast is drawn to some kilometres: assumed, plausible range 2 to 10.
NEAR_KM = 5.0


@final
class Territories:
    """Borders and protected ground ready to be asked; the default settings unless others are given.

    A point within 5 km of a coast counts as that coast's. An area of the user's own is taken as it is drawn.
    """

    def __init__(self, borders: Borders, settings: WarningSettings | None = None) -> None:
        self.borders = borders
        self.settings = settings or warning_settings()
        self._codes, owner, self._countries = _countries(borders)
        # The protected area of each country; the last two are absent points' and nobody's.
        self._country = np.full(len(self._codes) + 2, NOBODY)
        self._country[ABSENT] = ABSENT
        for number, one in enumerate(self.settings.protected):
            self._country[:ABSENT][np.isin(self._codes, one.countries)] = number
        parts, area = _areas(self.settings.protected)
        self._areas, self._drawn = Layer(parts, area, 0.0), len(parts) > 0
        held = np.r_[area_km2(borders.geometry), area_km2(parts) if len(parts) else ()]
        whose = np.r_[self._country[owner], area]
        mine = whose != NOBODY
        self.protected_share: Array = np.bincount(
            whose[mine], weights=held[mine], minlength=len(self.settings.protected)
        ) / (4.0 * math.pi * RADIUS_KM**2)

    def owners(self, samples: Array) -> list[str]:
        """Territory code of each point (k, 2) lat, lon rad; "none" at sea."""
        names = [*self._codes.tolist(), "none"]
        return [names[max(i, NOBODY)] for i in self._countries.owners(samples).tolist()]

    def at_sea(self, samples: Array) -> NDArray[np.bool_]:
        """Whether each point (..., 2) lat, lon rad is on no territory."""
        return np.asarray(self._countries.owners(samples) < 0)

    def shares(self, samples: Array, landed: Array, orbit: Array) -> list[dict[str, float]]:
        """P by territory of each track, the likeliest first; with `none` and `orbit` they sum to one.

        samples (n, k, 2) lat, lon rad of what lands, rows of NaN where a track has fewer; landed, orbit (n,):
        P that it lands, and that it stays up. The sum is math.fsum's: exact.
        """
        return self._shares(self._countries.owners(samples), landed, orbit)

    def protected(self, samples: Array, landed: Array) -> Array:
        """P (n, p) that each track comes down in each protected area, in the order of the settings'.

        samples and landed as in `shares`.
        """
        return self._protected(self._countries.owners(samples), samples, landed)

    def on_protected(self, places: Array) -> NDArray[np.bool_]:
        """Which places (k, 2) lat, lon rad lie on protected ground."""
        held = (self._areas.owners(places) >= 0) | (self._country[self._countries.owners(places)] >= 0)
        return np.asarray(held)

    def told(self, samples: Array, landed: Array, orbit: Array) -> tuple[list[dict[str, float]], Array]:
        """`shares` and `protected` in one: the points are looked up once."""
        owner = self._countries.owners(samples)
        return self._shares(owner, landed, orbit), self._protected(owner, samples, landed)

    def probabilities(self, samples: Array, landed: float, orbit: float) -> dict[str, float]:
        """`shares` of one track: samples (k, 2)."""
        return self.shares(samples[None], np.array([landed]), np.array([orbit]))[0]

    def _shares(self, owner: Owner, landed: Array, orbit: Array) -> list[dict[str, float]]:
        share = _share(owner, len(self._codes), landed)
        told: list[dict[str, float]] = [{} for _ in range(len(owner))]
        track, code = np.nonzero(share > 0.0)
        names, p = self._codes[code].tolist(), share[track, code].tolist()
        for i, name, part in zip(track.tolist(), names, p, strict=True):
            told[i][name] = part
        return [_whole(one, o) for one, o in zip(told, orbit.tolist(), strict=True)]

    def _protected(self, owner: Owner, samples: Array, landed: Array) -> Array:
        mine = self._country[owner]
        if self._drawn:
            drawn = self._areas.owners(samples)
            mine = np.where(drawn >= 0, drawn, mine)
        return _share(mine, len(self.settings.protected), landed)


def _share(owner: Owner, most: int, landed: Array) -> Array:
    """The share (n, most) of what lands that each owner has of each track's samples (n, k)."""
    n, wide = len(owner), most + 2
    # The negative numbers, nobody's and absent, count backwards from the end.
    count = np.bincount((np.arange(n)[:, None] * wide + owner % wide).ravel(), minlength=n * wide)
    count = count.reshape(n, wide)
    return np.asarray(
        landed[:, None] * count[:, :most] / np.maximum(count.sum(axis=1) - count[:, ABSENT], 1)[:, None]
    )


def _whole(told: dict[str, float], orbit: float) -> dict[str, float]:
    """With orbit, and as `none` whatever is left, so that the sum is one to the last bit."""
    told["orbit"] = orbit
    told["none"] = max(0.0, math.fsum([1.0, *[-p for p in told.values()]]))
    return dict(sorted(told.items(), key=lambda item: (-item[1], item[0])))


def mixed(parts: Sequence[tuple[float, dict[str, float]]]) -> dict[str, float]:
    """P by territory of whatever is one of several things, each with its weight and told as in `shares`.

    sum w P; weights that sum to one.
    """
    told: dict[str, float] = {}
    for weight, shares in parts:
        for name, p in shares.items():
            told[name] = told.get(name, 0.0) + weight * p
    told.pop("none", None)
    return _whole(told, told.pop("orbit", 0.0))


# A layer is asked by every centre and picture: it is drawn up once.
@lru_cache(maxsize=4)
def _countries(borders: Borders) -> tuple[NDArray[np.str_], Index, Layer]:
    """The codes of a border layer, the code's index of each part, and the layer."""
    codes, owner = np.unique(np.array(borders.iso, dtype=np.str_), return_inverse=True)
    near_deg = math.degrees(NEAR_KM / RADIUS_KM)
    return codes, owner, Layer(borders.geometry, owner, near_deg)


def _areas(protected: tuple[Protected, ...]) -> tuple[NDArray[np.object_], Index]:
    """The parts of the protected areas that are drawn, and the area's number of each."""
    cut = [(n, parts_of(one.polygon)) for n, one in enumerate(protected) if one.polygon is not None]
    parts = np.array([part for _, found in cut for part in found], dtype=object)
    return parts, np.array([n for n, found in cut for _ in found], dtype=np.int64)
