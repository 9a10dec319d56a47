"""Cloud over the whole Earth for one run, the same for every telescope: a top for each cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.errors import TocsinError
from tocsin.sensor.given import numbers
from tocsin.sensor.infrared.cloud import CLOUDS, Clouds, cloud_top

Array = NDArray[np.float64]
CELL_DEG = 2.0  # assumed, 0.5 to 5: within a cell the top is one, beyond it another draw
CELLS = round(180.0 / CELL_DEG)


@final
@dataclass(frozen=True, slots=True, eq=False)
class CloudCover:
    """Heights (n, 2n) m of the cloud tops in cells alike in latitude from -90 deg and longitude from 0.

    A body is hidden while its height is below the top at its own place: what its line of sight passes on the
    way is not asked.
    """

    top_m: Array

    def __post_init__(self) -> None:
        tops = numbers("CloudCover, cloud top (m)", self.top_m, 0.0, 30e3)
        if tops.ndim != 2 or len(tops) == 0 or tops.shape[1] != 2 * len(tops):
            raise TocsinError(f"CloudCover: {tops.shape} cells; give (n, 2n), twice as many in longitude")

    def top(self, lat: ArrayLike, lon: ArrayLike) -> Array:
        """Height (...) m of the cloud top at latitudes and longitudes (...) rad."""
        rows, columns = self.top_m.shape
        i = np.floor((np.asarray(lat) / np.pi + 0.5) * rows).astype(np.int64)
        j = np.floor(np.asarray(lon) / (2.0 * np.pi) * columns).astype(np.int64)
        return np.asarray(self.top_m[np.clip(i, 0, rows - 1), j % columns])


def draw_cover(rng: np.random.Generator, clouds: Clouds = CLOUDS) -> CloudCover:
    """One cover for a run: in each cell of CELL_DEG the top of a share that is uniform from 0 to 1."""
    lat = np.radians(-90.0 + CELL_DEG * (np.arange(CELLS) + 0.5))
    return CloudCover(cloud_top(rng.random((CELLS, 2 * CELLS)), lat[:, None], clouds))


def even_cover(top_m: float) -> CloudCover:
    """The same top (m) everywhere."""
    return CloudCover(np.full((1, 2), float(top_m)))
