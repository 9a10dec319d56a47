"""What is protected, and how sure a warning of attack on it must be."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import final

import numpy as np
from numpy.typing import NDArray
from shapely.geometry import Polygon

from tocsin.catalogue.borders import Borders
from tocsin.catalogue.rings import RADIUS_KM
from tocsin.errors import TocsinError

Array = NDArray[np.float64]
CIRCLE_POINTS = 180


@final
@dataclass(frozen=True, slots=True, eq=False)
class Protected:
    """One protected area: countries of the border layer by their codes, or a ring (n, 2) lat, lon deg.

    A ring is closed by itself, its edges straight in latitude and longitude; a circle comes as such a ring.
    """

    name: str
    countries: tuple[str, ...] = ()
    ring: Array | None = None

    @property
    def polygon(self) -> Polygon | None:
        """The ring as a polygon in lon, lat deg; None of countries."""
        return None if self.ring is None else Polygon(self.ring[:, ::-1])


@final
@dataclass(frozen=True, slots=True, eq=False)
class WarningSettings:
    """Protected areas, the thresholds of P(impact on them), and how common an attack may be taken to be.

    A threat is possible, probable, confirmed from these P on, and falls only below that times `fall`.
    prior_low, prior_high: the range, in shares of launches meant for protected ground, over which a state
    must be the same or is told to hang on the prior; prior: the share that the user set, None if none.
    """

    protected: tuple[Protected, ...]
    possible: float
    probable: float
    confirmed: float
    fall: float
    prior_low: float
    prior_high: float
    prior: float | None = None


def guarding(settings: WarningSettings, codes: tuple[str, ...], layer: Borders) -> WarningSettings:
    """The settings with these countries protected in place of the others, each under its name in the layer.

    Raises TocsinError for a code that the border layer does not have.
    """
    missing = [code for code in codes if code not in layer.iso]
    if missing:
        raise TocsinError(f"the event protects {', '.join(missing)}, which the border layer does not have")
    areas = tuple(Protected(layer.names[layer.iso.index(code)], (code,)) for code in codes)
    return replace(settings, protected=areas)


def circle(lat_deg: float, lon_deg: float, radius_km: float) -> Array:
    """A circle on the sphere as a ring (180, 2) lat, lon deg: within 0.02 % of its radius.

    sin(lat) = sin(lat0) cos(r) + cos(lat0) sin(r) cos(az), tan(dlon) = sin(az) sin(r) cos(lat0) /
    (cos(r) - sin(lat0) sin(lat)).
    """
    az = np.linspace(0.0, 2.0 * np.pi, CIRCLE_POINTS, endpoint=False)
    lat0, r = math.radians(lat_deg), radius_km / RADIUS_KM
    sin_lat = math.sin(lat0) * math.cos(r) + math.cos(lat0) * math.sin(r) * np.cos(az)
    turn = np.arctan2(np.sin(az) * math.sin(r) * math.cos(lat0), math.cos(r) - math.sin(lat0) * sin_lat)
    return np.stack([np.degrees(np.arcsin(sin_lat)), lon_deg + np.degrees(turn)], axis=1)
