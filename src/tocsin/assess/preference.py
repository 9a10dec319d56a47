"""Where missiles are aimed: at the sea as soon as at land, unless a user tells otherwise."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from msgspec import structs
from numpy.typing import NDArray

from tocsin.assess.classify import CLASSES
from tocsin.assess.territory import mixed
from tocsin.assess.whereabouts import Whereabouts

Array = NDArray[np.float64]

AIMED: Final = np.isin(
    CLASSES, ("srbm", "mrbm", "irbm", "icbm-liquid", "icbm-solid", "slbm", "glide", "fractional-orbit")
)


def preferred(found: Sequence[Whereabouts], p: Array, sea: float) -> list[Whereabouts]:
    """The same whereabouts where a place at sea is aimed at `sea` times as often as one on land.

    P(territory) = sum_c P(c) P(territory | c), p (n, 14); what is aimed and comes down has P(sea) ~ sea s
    and P(land) ~ 1 - s, s the share of its region at sea. Of all else, and with sea = 1, nothing changes.
    """
    if sea == 1.0:
        return list(found)
    aimed = p[:, AIMED].sum(axis=1).tolist()
    return [_preferred(where, share, sea) for where, share in zip(found, aimed, strict=True)]


def _preferred(where: Whereabouts, aimed: float, sea: float) -> Whereabouts:
    told = {name: p for name, p in (where.territory or {}).items() if name not in ("none", "orbit")}
    land = math.fsum(told.values())
    if land <= 0.0 or where.landed <= land:
        return where
    more = where.landed / (land + sea * (where.landed - land))
    times = 1.0 + aimed * (more - 1.0)
    return structs.replace(
        where,
        territory=mixed([(times, told), (1.0, {"orbit": where.orbit})]),
        protected={name: times * p for name, p in (where.protected or {}).items()},
    )
