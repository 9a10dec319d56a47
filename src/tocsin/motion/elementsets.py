"""Element sets of many objects at once, as SGP4 takes them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue import Elements
from tocsin.earth.time import DAY
from tocsin.interchange.elementfile import ElementRows

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

_ANGLES = ("inclination_deg", "raan_deg", "argp_deg", "mean_anomaly_deg")
_REV_DAY = 2.0 * np.pi / DAY  # rad/s


@final
@dataclass(frozen=True, slots=True)
class ElementSets:
    """Mean elements (n,) of SGP4, in TEME of date: one object a row.

    norad: its number, 0 where it has none; epoch_t TAI s; mean_motion rad/s (Kozai's); inclination, raan,
    argp, mean_anomaly rad; bstar 1 / Earth radii.
    """

    norad: Ints
    epoch_t: Array
    mean_motion: Array
    eccentricity: Array
    inclination: Array
    raan: Array
    argp: Array
    mean_anomaly: Array
    bstar: Array

    def __len__(self) -> int:
        return len(self.epoch_t)

    def where(self, rows: NDArray[np.bool_] | Ints) -> ElementSets:
        """The rows of a mask or an index."""
        return ElementSets(*(getattr(self, f.name)[rows] for f in fields(self)))


def sets_of_elements(published: tuple[Elements, ...]) -> ElementSets:
    """One table of published element sets."""
    angles = [np.radians(np.array([getattr(e, a) for e in published], dtype=np.float64)) for a in _ANGLES]
    return ElementSets(
        np.array([e.norad for e in published], dtype=np.int64),
        np.array([e.epoch_t_tai for e in published], dtype=np.float64),
        _REV_DAY * np.array([e.mean_motion_rev_day for e in published], dtype=np.float64),
        np.array([e.eccentricity for e in published], dtype=np.float64),
        *(*angles, np.array([e.bstar for e in published], dtype=np.float64)),
    )


def sets_of_rows(rows: ElementRows) -> ElementSets:
    """One table of the rows of a file."""
    angles = [np.radians(getattr(rows, name)) for name in _ANGLES]
    motion = _REV_DAY * rows.mean_motion_rev_day
    return ElementSets(rows.norad, rows.epoch_t_tai, motion, rows.eccentricity, *(*angles, rows.bstar))
