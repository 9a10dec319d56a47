"""How high the clouds are above which a plume is seen first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.errors import TocsinError
from tocsin.sensor.given import numbers

Array = NDArray[np.float64]

# The limits of low, middle and high cloud, 680 and 440 hPa (published: ISCCP), in the standard atmosphere.
MIDDLE_M, HIGH_M = 3.2e3, 6.5e3


@final
@dataclass(frozen=True, slots=True)
class Clouds:
    """Shares of sky whose highest cloud is low, middle or high, by band of absolute latitude, up to an edge.

    Round figures after ISCCP, assumed to 0.1 each: over the Earth's surface 0.67 of the sky is cloudy,
    0.27 low, 0.19 middle and 0.22 high. Within a class the top is uniform (assumed), low cloud from
    `lowest_m` on, high cloud up to `highest_m`, about the tropopause, assumed to 1.5 km. Over the year,
    land and sea alike; a thin high cloud is taken to hide as a thick one does.
    """

    edges_deg: tuple[float, ...] = (20.0, 35.0, 60.0, 90.0)
    low: tuple[float, ...] = (0.21, 0.29, 0.32, 0.24)
    middle: tuple[float, ...] = (0.13, 0.13, 0.25, 0.30)
    high: tuple[float, ...] = (0.30, 0.16, 0.20, 0.16)
    highest_m: tuple[float, ...] = (16.5e3, 14e3, 11e3, 9e3)
    lowest_m: float = 500.0  # assumed, 300 to 1,000

    def __post_init__(self) -> None:
        bands = (self.low, self.middle, self.high, self.highest_m)
        if {len(b) for b in bands} != {len(self.edges_deg)} or self.edges_deg[-1:] != (90.0,):
            raise TocsinError("Clouds: give each share and highest_m once a band, and end edges_deg with 90")
        shares = np.array(bands[:3])
        if not (np.all(shares >= 0.0) and np.all(shares.sum(axis=0) <= 1.0)):
            raise TocsinError(
                "Clouds: shares of a band must not be below 0 nor sum to more than 1: lower one"
            )
        if not (0.0 < self.lowest_m < MIDDLE_M and all(HIGH_M < top < 20e3 for top in self.highest_m)):
            raise TocsinError(
                f"Clouds: low cloud tops begin between 0 and {MIDDLE_M:g} m, high ones end between "
                f"{HIGH_M:g} and 20000 m: mend lowest_m or highest_m"
            )
        if not np.all(np.diff(self.edges_deg) > 0.0):
            raise TocsinError("Clouds: edges_deg do not ascend: sort the bands from the equator to the pole")


CLOUDS = Clouds()


def cloud_top(share: ArrayLike, lat: ArrayLike, clouds: Clouds = CLOUDS) -> Array:
    """The height (...) m that the cloud top does not pass in a share (...) of cases at latitudes (...) rad.

    The quantile: 0 for the clear share of the band, then low, middle and high tops. They broadcast.
    """
    q, phi = np.broadcast_arrays(
        numbers("share of cases", share, 0.0, 1.0), numbers("latitude (rad)", lat, -np.pi / 2, np.pi / 2)
    )
    band = np.searchsorted(np.radians(clouds.edges_deg[:-1]), np.abs(phi), side="right")
    top = np.zeros(q.shape)
    for i, (low, middle, high) in enumerate(zip(clouds.low, clouds.middle, clouds.high, strict=True)):
        clear = 1.0 - low - middle - high
        shares = [clear, clear + low, clear + low + middle, 1.0]
        heights = [clouds.lowest_m, MIDDLE_M, HIGH_M, clouds.highest_m[i]]
        top = np.where((band == i) & (q > clear), np.interp(q, shares, heights), top)
    return top
